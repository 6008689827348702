"""Which act is legal: each story is a run of acts, and the last is let in or refused."""

from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.errors import EvidenceError
from standsbehind.model.act import Act, canonical, first_bad
from standsbehind.model.case import Case
from standsbehind.model.procedure import (
    PEOPLE,
    People,
    refusal,
    refusal_of_people,
)
from tests.casework import (
    add,
    add_sealed,
    appeal,
    close,
    conflict,
    correct,
    day,
    decide,
    enrolments,
    find,
    notify,
    opening,
    reply,
    review,
    rule,
)


def people():
    acts = []
    for draft in enrolments():
        assert refusal_of_people(People.of(acts), draft) is None
        acts.append(Act.after(PEOPLE, acts, draft, "2026-11-23T12:00:00Z"))
    return People.of(acts)


PEOPLE_NOW = people()


def asked(acts, draft, on=0):
    """Say why an act is refused; where it is not, it joins the acts."""
    case = Case.of("2026-00001", acts) if acts else None
    why = refusal(case, PEOPLE_NOW, draft, day(on).date())
    if why is None:
        now = day(on).strftime("%Y-%m-%dT%H:%M:%SZ")
        acts.append(Act.after("2026-00001", acts, draft, now))
    return why


def told(*drafts, on=0):
    """Let acts in one after the other, and return them."""
    acts = []
    for draft in drafts:
        assert asked(acts, draft, on) is None, draft
    return acts


PROPOSED = (opening(), find())
TOLD = (*PROPOSED, notify(2))
REPLIED = (*TOLD, reply("x-1"))
REVIEWED = (*REPLIED, review(2))
DECIDED = (*REVIEWED, decide(2))
APPEALED = (*DECIDED, appeal(2))
CLOSED = (*DECIDED, close())


@pytest.mark.parametrize(
    ("before", "draft", "why"),
    [
        pytest.param((), find(), "no such case", id="nothing without a case"),
        pytest.param(PROPOSED, opening(), "is open already", id="opened twice"),
        pytest.param((), opening(by="Nobody"), "not enrolled", id="a stranger"),
        pytest.param(
            (), opening(by="Vera"), "is not a researcher", id="not in that role"
        ),
        pytest.param(
            (),
            opening(by="Vera", role="reviewer"),
            "for a researcher",
            id="role not fit",
        ),
        pytest.param(
            PROPOSED[:1],
            find(result="not examined"),
            "nothing to find",
            id="not examined",
        ),
        pytest.param(
            PROPOSED[:1], notify(), "proposes no finding", id="letter of nothing"
        ),
        pytest.param(
            PROPOSED, notify(1), "must tell findings 2", id="letter of another act"
        ),
        pytest.param(
            PROPOSED, notify(2, on=-40), "must name today", id="letter dated back"
        ),
        pytest.param(PROPOSED, reply(), "no notice was sent", id="reply before notice"),
        pytest.param(TOLD, reply("x-7"), "no claim of case", id="reply to no claim"),
        pytest.param(
            PROPOSED, review(2), "was not told of it", id="review before notice"
        ),
        pytest.param(
            TOLD, review(2), "until 2026-12-23", id="review within the period"
        ),
        pytest.param(
            (*TOLD, reply("x-1", more=True)),
            review(2),
            "not said all",
            id="more is to come",
        ),
        pytest.param(
            REPLIED, review(9), "proposes no finding; it has 2", id="no such finding"
        ),
        pytest.param(
            REPLIED, decide(2), "nobody decides alone", id="decided without review"
        ),
        pytest.param(
            (*REVIEWED, reply("C1")),
            decide(2),
            "since the last reply",
            id="review before a reply",
        ),
        pytest.param(
            (*REPLIED, review(2, agrees=False)),
            decide(2),
            "does not agree",
            id="against the review",
        ),
        pytest.param(
            (*REPLIED, review(2, by="Alma")),
            decide(2, by="Alma"),
            "Alma reviewed it",
            id="who reviewed decides",
        ),
        pytest.param(
            (opening(), find(by="Alma"), notify(2), reply()),
            review(2, by="Alma"),
            "Alma: investigated",
            id="who proposed reviews",
        ),
        pytest.param(
            (*REVIEWED, add(by="Otto")),
            decide(2, by="Otto"),
            "investigated",
            id="who added decides",
        ),
        pytest.param(
            (*REPLIED, conflict("Vera")),
            review(2),
            "noted interest",
            id="interest, and reviews",
        ),
        pytest.param(
            (*REVIEWED, conflict("Dora")),
            decide(2),
            "noted interest",
            id="interest, and decides",
        ),
        pytest.param(
            (*REVIEWED, conflict("Vera")),
            decide(2),
            "was not reviewed",
            id="a review by whose interest is noted later",
        ),
        pytest.param(
            DECIDED, decide(2, by="Egon"), "Dora decided it already", id="decided twice"
        ),
        pytest.param(REVIEWED, appeal(2), "is proposed", id="appeal before a decision"),
        pytest.param(DECIDED, rule(2), "has no appeal", id="no appeal to decide"),
        pytest.param(APPEALED, rule(2, by="Dora"), "another decider", id="own appeal"),
        pytest.param(
            (
                opening(),
                find(),
                notify(2),
                reply(),
                review(2, by="Alma"),
                decide(2),
                appeal(2),
            ),
            rule(2, by="Alma"),
            "Alma reviewed it",
            id="the reviewer on the appeal",
        ),
        pytest.param(APPEALED, appeal(2), "was appealed already", id="appealed twice"),
        pytest.param(
            (*APPEALED, rule(2)), rule(2, by="Otto"), "already", id="ruled twice"
        ),
        pytest.param(APPEALED, close(), "an appeal waits", id="closed over an appeal"),
        pytest.param(
            APPEALED,
            find(why="New."),
            "an appeal is open",
            id="corrected over an appeal",
        ),
        pytest.param(REVIEWED, close(), "wait for a decision", id="closed undecided"),
        pytest.param(CLOSED, close(), "is closed", id="closed twice"),
        pytest.param(CLOSED, add(), "is closed", id="evidence after closing"),
        pytest.param(CLOSED, add_sealed(), "is closed", id="a seal after closing"),
        pytest.param(
            CLOSED, find(norm="C2"), "is closed", id="another class after closing"
        ),
        pytest.param(
            DECIDED, find(), "say why it is corrected", id="a correction without reason"
        ),
        pytest.param(
            DECIDED, correct(2), "propose a finding", id="a decision taken back"
        ),
        pytest.param(
            DECIDED, correct(6), "cannot be taken back", id="an act taken back"
        ),
        pytest.param(DECIDED, correct(99), "has no act 99", id="no such act"),
        pytest.param(
            (*PROPOSED, conflict("Dora")),
            correct(3, by="Dora", role="decider"),
            "own interest",
            id="own interest taken back",
        ),
        pytest.param(
            (*PROPOSED, conflict("Dora")),
            correct(3),
            "by a decider",
            id="interest, by a researcher",
        ),
        pytest.param(
            (*PROPOSED, correct(2)), correct(2), "already", id="taken back twice"
        ),
        pytest.param(
            (*PROPOSED, conflict("Dora")), conflict("Dora"), "already", id="noted twice"
        ),
    ],
)
def test_an_act_out_of_turn_is_refused_and_changes_nothing(before, draft, why):
    acts = told(*before)
    count = len(acts)
    assert why in (asked(acts, draft) or "")
    assert len(acts) == count


@pytest.mark.parametrize(
    ("before", "state", "standing"),
    [
        pytest.param(PROPOSED, "open", "proposed", id="proposed"),
        pytest.param(TOLD, "notified", "proposed", id="told"),
        pytest.param(DECIDED, "decided", "made", id="decided"),
        pytest.param(
            (*REVIEWED, decide(2, outcome="not made")),
            "decided",
            "not made",
            id="not made",
        ),
        pytest.param(APPEALED, "appealed", "appealed", id="appealed"),
        pytest.param((*APPEALED, rule(2)), "decided", "made", id="appeal dismissed"),
        pytest.param(
            (*APPEALED, rule(2, outcome="allowed")),
            "decided",
            "set aside",
            id="appeal allowed",
        ),
        pytest.param((*PROPOSED, correct(2)), "open", "withdrawn", id="taken back"),
        pytest.param(
            (*PROPOSED, find(record="x-2")), "open", "superseded", id="proposed anew"
        ),
        pytest.param(CLOSED, "closed", "made", id="closed"),
        pytest.param((*CLOSED, reply()), "closed", "made", id="a reply after closing"),
        pytest.param(
            (*CLOSED, appeal(2)), "appealed", "appealed", id="an appeal after closing"
        ),
    ],
)
def test_where_a_case_and_its_finding_stand(before, state, standing):
    case = Case.of("2026-00001", told(*before))
    assert (case.state, case.findings[0].standing) == (state, standing)


def test_without_a_reply_it_is_decided_when_the_period_has_ended():
    acts = told(*TOLD)
    assert "until 2026-12-23" in asked(acts, review(2), on=30)
    assert asked(acts, review(2), on=31) is None
    assert asked(acts, decide(2), on=31) is None


def test_a_reply_to_another_class_does_not_end_the_period():
    acts = told(
        opening(), find(), find(norm="C2", record="x-2"), notify(2, 3), reply("C2")
    )
    assert asked(acts, review(2)) is not None
    assert asked(acts, review(3)) is None


def test_what_is_proposed_after_the_notice_is_told_again():
    acts = told(*REPLIED, find(norm="C2", record="x-2"))
    assert "was not told" in asked(acts, review(5))
    assert asked(acts, notify(2, 5)) is None


def test_a_reply_makes_it_answered_and_one_that_is_taken_back_does_not():
    acts = told(*REPLIED)
    assert Case.of("2026-00001", acts).findings[0].result == "answered"
    assert asked(acts, correct(4)) is None
    assert Case.of("2026-00001", acts).findings[0].result == "shown"


def test_a_correction_stands_beside_what_it_corrects_until_it_is_made():
    again = (
        find(result="not shown", record="x-2", why="Retracted."),
        notify(8),
        reply(),
    )
    acts = told(*CLOSED, *again)
    first, second = Case.of("2026-00001", acts).findings
    assert (first.standing, second.standing) == ("made", "proposed")
    for draft in (review(8), decide(8, by="Egon")):
        assert asked(acts, draft) is None
    first, second = Case.of("2026-00001", acts).findings
    assert (first.standing, first.superseded_by, second.standing) == (
        "superseded",
        8,
        "made",
    )


def test_nobody_gives_themself_a_role():
    drafts = list(enrolments())
    acts = [Act.after(PEOPLE, [], drafts[0], "2026-11-23T12:00:00Z")]
    own = replace(drafts[0], by="Ruth", said={"name": "Ruth", "roles": ["decider"]})
    stranger = replace(drafts[1], by="Mallory")
    assert "their own roles" in refusal_of_people(People.of(acts), own)
    assert "not enrolled" in refusal_of_people(People.of(acts), stranger)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text("abcXYZ_09", max_size=5), inner)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_the_canonical_form_is_that_of_the_standard(value):
    assert canonical(value) == rfc8785.dumps(value)


CHANGES = {
    "case": "2026-00002",
    "number": 77,
    "kind": "close",
    "by": "Mallory",
    "role": "king",
    "at": "2026-11-24T12:00:00Z",
    "said": {"other": "words"},
    "previous": "0" * 64,
    "digest": "0" * 64,
}


@given(st.integers(0, len(DECIDED) - 1), st.sampled_from(sorted(CHANGES)))
def test_a_changed_field_of_any_act_is_found_and_the_act_named(place, name):
    acts = told(*DECIDED)
    acts[place] = replace(acts[place], **{name: CHANGES[name]})
    assert f"act {place + 1}:" in first_bad("2026-00001", acts)
    with pytest.raises(EvidenceError, match="restore"):
        Case.of("2026-00001", acts)


@given(st.integers(0, len(DECIDED) - 2))
def test_an_act_that_was_taken_out_is_found(place):
    acts = told(*DECIDED)
    del acts[place]
    assert f"act {place + 1}: is missing" in first_bad("2026-00001", acts)


def test_an_act_that_was_rewritten_with_its_digest_does_not_fit_the_next():
    acts = told(*DECIDED)
    acts[3] = Act.after("2026-00001", acts[:3], reply("x-1", more=True), acts[3].at)
    assert "act 5: does not follow from act 4" in first_bad("2026-00001", acts)


@pytest.mark.parametrize(
    ("said", "is_read"),
    [
        pytest.param(
            {"finding": 2, "agrees": True, "reason": "Read."}, True, id="as written"
        ),
        pytest.param({"finding": 2, "agrees": True}, False, id="a part is missing"),
        pytest.param(
            {"finding": 2, "agrees": True, "reason": "", "secret": 1},
            False,
            id="a part is unknown",
        ),
        pytest.param(
            {"finding": "two", "agrees": True, "reason": ""}, False, id="another type"
        ),
    ],
)
def test_an_act_says_what_its_kind_says_or_is_not_read(said, is_read):
    acts = told(*REPLIED)
    acts.append(
        Act.after("2026-00001", acts, replace(review(2), said=said), acts[-1].at)
    )
    case = Case.of("2026-00001", acts)
    if is_read:
        assert case.reviews[0].what.reason == "Read."
    else:
        with pytest.raises(EvidenceError, match="act 5: does not say what"):
            _ = case.state


def test_a_part_that_came_later_takes_its_default_in_acts_of_before():
    acts = told(*TOLD)
    draft = reply("x-1")
    older = {
        name: value for name, value in draft.said.items() if name != "more_to_come"
    }
    acts.append(Act.after("2026-00001", acts, replace(draft, said=older), acts[-1].at))
    assert Case.of("2026-00001", acts).replies[0].what.more_to_come is False
