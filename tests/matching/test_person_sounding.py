"""Many parts sound at once as each does by itself."""

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.person_sounding import sound, sounds

PARTS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))


@given(PARTS)
def test_no_part_is_heard_in_its_neighbour(parts):
    assert sounds(parts) == [sound(part) for part in parts]
