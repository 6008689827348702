"""Two interests of one party in one entity: parcels where the source names their classes."""

from datetime import date

import pytest

from standsbehind.cases.ownership import examine
from standsbehind.tracing.ownership import Question, ownership
from tests.connectors.ownership import entity, held, reading, relation
from tests.published import published

DAY = date(2023, 6, 1)
FIRM, OWNER = entity("firm"), entity("owner", "Holding AG")
BAND = {"minimum": 10, "maximum": 25}
TEST = "us-ofac-50"


def opened(folder, *relations):
    reader = published(folder, reading(folder, FIRM, OWNER, *relations).claims)
    keys = {reader.caption(key): key for key in reader.ids}
    return reader, keys["Lens Works Ltd"], keys["Holding AG"]


def bounds(folder, *relations):
    """Return the bounds of the stake, the kinds of notes on it, and how many links tell of it."""
    reader, firm, _ = opened(folder, *relations)
    found = ownership(reader, Question(firm, "owners", DAY))
    (holder,) = found.holders
    kinds = [note.kind for note in found.notes]
    return float(holder.lower), float(holder.upper), kinds, len(holder.direct)


def test_two_classes_of_shares_add_up(tmp_path):
    ordinary = held(share=BAND, details="Ordinary shares")
    preference = held(share={"exact": 5}, details="Preference shares")
    told = relation("r", "firm", "owner", ordinary, preference)
    assert bounds(tmp_path, told) == (0.15, 0.3, [], 2)


def test_two_classes_in_two_records_add_up_too(tmp_path):
    ordinary = held(share={"exact": 30}, details="A Ordinary shares")
    other = held(share={"exact": 25}, details="B Ordinary shares")
    told = (
        relation("r", "firm", "owner", ordinary),
        relation("s", "firm", "owner", other),
    )
    assert bounds(tmp_path, *told) == (0.55, 0.55, [], 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("", "", id="no class"),
        pytest.param("Ordinary shares", "", id="one class"),
        pytest.param("Ordinary shares", "ordinary shares", id="the same class"),
        pytest.param("Ordinary shares", "A Ordinary shares", id="perhaps the same"),
    ],
)
def test_two_interests_that_do_not_say_that_they_are_parcels_may_add_up(
    tmp_path, first, second
):
    one = held(share={"exact": 30}, details=first)
    two = held(share={"exact": 25}, details=second)
    told = relation("r", "firm", "owner", one, two)
    assert bounds(tmp_path, told) == (0.25, 0.55, ["parcels"], 2)


def test_two_records_of_one_register_that_differ_may_add_up(tmp_path):
    told = (
        relation("r", "firm", "owner", held(share={"exact": 30})),
        relation("s", "firm", "owner", held(share={"exact": 25})),
    )
    assert bounds(tmp_path, *told) == (0.25, 0.55, ["parcels"], 2)


def test_an_answer_that_hangs_on_it_names_both_and_asks_whether_they_add_up(tmp_path):
    parts = (held(share={"exact": 30}), held(share={"exact": 25}))
    reader, firm, owner = opened(tmp_path, relation("r", "firm", "owner", *parts))
    (found,) = examine(reader, firm, DAY, [owner], [TEST])
    (missing,) = found.missing
    assert found.answer == "UNDETERMINED"
    assert missing.text == (
        "the share of Holding AG in Lens Works Ltd, stated as 25 % and as 30 %, and not "
        "whether these are parcels that add up; from 50 % on the answer is YES, at 25 % "
        "it is NO"
    )


def test_parcels_that_make_half_are_all_shown_as_proof(tmp_path):
    parts = (
        held(share={"exact": 30}, details="Ordinary shares"),
        held(share={"exact": 25}, details="Preference shares"),
    )
    reader, firm, owner = opened(tmp_path, relation("r", "firm", "owner", *parts))
    (found,) = examine(reader, firm, DAY, [owner], [TEST])
    assert found.answer == "YES"
    assert sorted(stake.share for stake in found.proof) == ["25 %", "30 %"]
