"""The log of judgements keeps both kinds of judgement, in order, and loses none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.model.statement import Statement
from standsbehind.resolution.identity import Identity, changes, identity_of
from standsbehind.resolution.judgement_log import JudgementLog, Withdrawal
from standsbehind.resolution.judgements import (
    Customer,
    Evidence,
    Judgement,
    standing_of,
)

DAY = "2026-11-25T12:00:00Z"
LISTED = {"tiny": Identity({"country": ("cn",), "name": ("Acme",)})}
JUDGED = Judgement(
    left=Customer("Acme Foods", ("Acme",), ("de",), (("lei", "5299"),)),
    right="x-acme",
    verdict="negative",
    scope="customer",
    author="A. Reviewer",
    reason="a grocer",
    made_at=DAY,
    until="2027-01-01",
    evidence=Evidence("20261125-abc", {"x-acme": LISTED}),
)
OF_ENTITIES = replace(
    JUDGED,
    left="y-acme",
    verdict="positive",
    scope="everywhere",
    evidence=Evidence("20261125-abc", {"x-acme": LISTED, "y-acme": LISTED}),
)


@pytest.fixture
def log(tmp_path):
    return JudgementLog(tmp_path / "judgements")


def test_what_is_kept_is_read_back_of_rows_and_of_entities(log):
    made = log.keep([JUDGED, OF_ENTITIES], DAY)
    assert [replace(one, id="") for one in made] == [JUDGED, OF_ENTITIES]
    assert [one.judgement for one in log.read().kept] == list(made)
    assert len({one.id for one in made}) == 2


def test_a_clock_that_went_back_does_not_change_the_order(log):
    log.keep([JUDGED], DAY)
    log.keep([OF_ENTITIES], "2020-01-01T00:00:00Z")
    known = log.read(lambda _, when: when <= "2020-12-31T00:00:00Z")
    assert (known.size, log.read().size) == (0, 2)


def test_an_earlier_state_knows_nothing_of_what_followed(log):
    (made,) = log.keep([JUDGED], DAY)
    before = log.read()
    log.withdraw(Withdrawal(made.id, "B", "a mistake", DAY), DAY)
    assert log.read().about(["x-acme"]) == ()
    assert log.up_to(1) == before
    assert before.about(["x-acme"]) == (made,)


def test_a_withdrawal_brings_no_replaced_judgement_back(log):
    log.keep([JUDGED], DAY)
    (second,) = log.keep([replace(JUDGED, verdict="positive")], DAY)
    log.withdraw(Withdrawal(second.id, "B", "a mistake", DAY), DAY)
    assert log.read().about(["x-acme"]) == ()


def test_a_head_that_is_one_behind_is_mended_by_the_next_entry(log):
    log.keep([JUDGED], DAY)
    behind = (log.folder / "HEAD").read_bytes()
    log.keep([OF_ENTITIES], DAY)
    (log.folder / "HEAD").write_bytes(behind)
    assert log.read().size == 2
    log.keep([replace(JUDGED, author="B")], DAY)
    assert (log.folder / "HEAD").read_text().startswith("3 ")


def test_a_last_entry_that_is_gone_is_missed(log):
    log.keep([JUDGED], DAY)
    log.keep([OF_ENTITIES], DAY)
    (log.folder / "000002.json").unlink()
    with pytest.raises(EvidenceError, match="HEAD"):
        log.read()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"seq": 1}', b"\xff"])
def test_an_entry_that_is_none_is_named(log, content):
    log.folder.mkdir()
    (log.folder / "000001.json").write_bytes(content)
    with pytest.raises(EvidenceError, match=r"000001\.json"):
        log.read()


def test_writers_at_the_same_time_lose_no_judgement(log):
    authors = [f"Reviewer {n}" for n in range(12)]
    rows = [replace(JUDGED, left=Customer(f"Acme {a}"), author=a) for a in authors]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: log.keep([one], DAY), rows))
    kept = log.read()
    assert sorted(one.judgement.author for one in kept.kept) == sorted(authors)
    assert kept.size == 12


@pytest.mark.parametrize("key", ["", "zz", "not-an-id"])
def test_an_id_that_tells_none_is_refused(log, key):
    log.keep([JUDGED, OF_ENTITIES], DAY)
    with pytest.raises(UsageError, match="no such judgement"):
        log.read().find(key)


def statement(prop, value, **more):
    told = {"entity_id": "x", "schema": "Company", "dataset": "tiny"} | more
    return Statement(prop=prop, value=value, **told)


def test_what_tells_an_entity_is_kept_and_what_is_said_about_it_is_not():
    held = identity_of(
        [
            statement("id", "x"),
            statement("name", "Acme"),
            statement("weakAlias", "A"),
            statement("addressEntity", "addr-1"),
            statement("notes", "makes lenses"),
            statement("topics", "sanction"),
            statement("programId", "US-X"),
            statement("sourceUrl", "https://example.org"),
        ]
    )
    assert held["tiny"].values == {
        "addressEntity": ("addr-1",),
        "name": ("Acme",),
        "schema": ("Company",),
        "weakAlias": ("A",),
    }


def test_a_dataset_that_says_nothing_else_has_not_changed():
    one = [statement("name", "Acme"), statement("name", "Acme Works")]
    assert changes(identity_of(one), identity_of(reversed(one))) == ()


def test_an_expired_judgement_still_says_what_changed():
    now = {"tiny": Identity({"country": ("de",), "name": ("Acme",)})}
    standing = standing_of(JUDGED, now, date(2027, 1, 2))
    assert standing.state == "expired"
    (changed,) = standing.changes
    assert changed.said == "tiny: country added 'de' and removed 'cn'"
    assert standing_of(JUDGED, LISTED, date(2027, 1, 1)).state == "in_force"
