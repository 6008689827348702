"""The questions of necessity, and when an answer to one is stated."""

import pytest

from standsbehind.standards.necessity import load_questionnaire, stands

QUESTIONS = load_questionnaire()


def test_the_questions_ask_for_all_that_the_class_knows():
    norm = QUESTIONS.of
    asked = {question.element for question in QUESTIONS.questions} - {""}
    assert asked == {element.id for element in norm.elements}
    softened = {question.mitigating for question in QUESTIONS.questions} - {None}
    assert softened == set(norm.mitigating)


def test_every_question_says_why_and_what_counts():
    for question in QUESTIONS.questions:
        for said in (question.asks, question.before):
            assert said.endswith("?"), question.id
        for said in (question.why, question.counts):
            assert said.endswith("."), question.id
        assert question.element or question.mitigating
        assert QUESTIONS.place(question).startswith("C6; ")


@pytest.mark.parametrize(
    ("answered", "whole", "looked", "state"),
    [
        (True, True, False, "stated"),
        (True, False, False, "not stated"),
        (False, False, True, "not stated"),
        (False, False, False, "not examined"),
    ],
)
def test_an_answer_is_stated_only_when_it_is_whole(answered, whole, looked, state):
    found = stands(is_answered=answered, is_whole=whole, was_looked_for=looked)
    assert found == state
