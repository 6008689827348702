"""Nodes: every entity is found by its id, and nothing else is."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.graph.nodes import Ids, Numbers

IDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1), unique=True)


@given(IDS, st.text(st.characters(codec="utf-8")), st.integers(1, 4))
def test_ids_are_found_in_their_order_and_others_are_not(ids, other, pieces):
    ordered = sorted(ids, key=str.encode)
    size = len(ordered) // pieces + 1
    parts = [ordered[n : n + size] for n in range(0, len(ordered), size)]
    numbers = Numbers(Ids(pa.chunked_array(parts, pa.string())))
    assert [numbers[key] for key in ordered] == list(range(len(ids)))
    assert (other in numbers) == (other in ids)
    assert list(numbers) == ordered


def test_an_unknown_id_is_no_node():
    numbers = Numbers(Ids(pa.chunked_array([["a", "c"]])))
    assert numbers.get("b") is None
    with pytest.raises(KeyError):
        numbers["d"]


@given(IDS, st.slices(10))
def test_a_row_of_ids_is_that_of_a_list(ids, part):
    read = Ids(pa.chunked_array([ids], pa.string()))
    assert list(read[part]) == ids[part]
