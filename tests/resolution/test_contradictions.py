"""Contradictions: nobody can judge what goes against what is held, unless that is withdrawn."""

from standsbehind.resolution.contradictions import Step, contradiction
from standsbehind.resolution.judgements import Evidence, Judgement


def judged(left, verdict, right, *, link=None, key=None):
    words = {"=": "positive", "!": "negative", "?": "unsure"}
    return Judgement(
        left=left,
        right=right,
        verdict=words[verdict],
        scope="everywhere",
        author="A. Reviewer",
        reason="seen in the register",
        made_at="2026-11-23T12:00:00Z",
        until=None,
        evidence=Evidence("20261123-0", {}),
        id=f"{left}{right}" if key is None else key,
        link=link,
    )


NUMBER = Step("a", "b", "leiCode 5299", is_number=True)


def test_nothing_contradicts_where_nothing_is_held():
    assert contradiction(judged("a", "=", "b"), [], []) is None


def test_what_is_one_by_way_of_a_third_is_not_two():
    held = [judged("a", "=", "b"), judged("b", "=", "c")]
    found = contradiction(judged("a", "!", "c", key=""), held, [])
    assert found.said == (
        "a = b (ab: judged the same by A. Reviewer on 2026-11-23), "
        "b = c (bc: judged the same by A. Reviewer on 2026-11-23), "
        "but a != c (this judgement)"
    )
    assert not found.by_numbers


def test_what_is_two_is_not_made_one_by_way_of_a_third():
    held = [judged("a", "=", "b"), judged("a", "!", "c")]
    found = contradiction(judged("c", "=", "b", key=""), held, [])
    assert found.said.endswith(
        "but a != c (ac: judged not the same by A. Reviewer on 2026-11-23)"
    )


def test_a_number_contradicts_as_a_judgement_does():
    found = contradiction(judged("a", "!", "b"), [], [NUMBER])
    assert found.by_numbers
    assert "leiCode 5299" in found.said


def test_a_judgement_is_replaced_by_one_of_the_same_two_records():
    held = [judged("a", "=", "b")]
    assert contradiction(judged("b", "!", "a"), held, []) is None


def test_what_is_one_is_not_linked_to_itself():
    held = [judged("a", "=", "b"), judged("b", "=", "c")]
    renamed = judged("a", "?", "c", link="renamed", key="")
    assert contradiction(renamed, held, []) is not None


def test_what_is_left_open_contradicts_nothing():
    held = [judged("a", "=", "b"), judged("a", "?", "c")]
    assert contradiction(judged("b", "=", "c"), held, []) is None


def test_an_old_contradiction_does_not_stop_what_has_no_part_in_it():
    held = [judged("a", "=", "b"), judged("b", "=", "c"), judged("a", "!", "c")]
    assert contradiction(judged("d", "=", "e"), held, []) is None
