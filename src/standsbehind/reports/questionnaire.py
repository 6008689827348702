"""Questionnaires: the questions of necessity as a YAML file to be filled in."""

from collections.abc import Iterator
from textwrap import wrap

from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.necessity import Question, Questionnaire
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = ["questionnaire_text"]

_WIDTH = 92
_HEAD = """
Necessity and proportionality of a deployment, planned or in use. Fill in what you can.
An answer without a citation is not taken as stated. Where you looked and found nothing, say so
under `looked`; a question that is left blank is "not examined".

Days are written 2020, 2020-04 or 2020-04-29. A citation is a record of the data, or a source
of your own that somebody else can find:

    citations:
      - record: core-R149
      - title: Minutes of the board
        publisher: Our firm
        date: 2020-04-21
        place: page 3
        quote: the words that say it

(`url` in place of `place`, or beside it; `origin` where two sources go back to one.)
"""

_ABOUT = """
about:
  buyer:                 # who deploys it or would
  buyer_is_invented: no
  product:               # what is bought; by its id in the data it is looked for there
  state: planned         # planned, in use or ended
  day:                   # the day for which you ask: what was published later was not known then
  look_for: []           # words by which tests in the data are looked for: [fever screening]
"""

_ANSWER = """answer:
from:
to:
citations: []
looked:
  on:
  where:
"""


def questionnaire_text(questionnaire: Questionnaire) -> str:
    """Write the form: for each question why it is asked, its norm, and what counts."""
    head = [f"# {line}".rstrip() for line in _HEAD.strip().splitlines()]
    law = f"# {NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}."
    first = [
        *head,
        law,
        "",
        f'questionnaire: "{questionnaire.version}"',
        _ABOUT.rstrip(),
    ]
    parts = [
        line
        for number, question in enumerate(questionnaire.questions, start=1)
        for line in ("", *_question(number, question, questionnaire))
    ]
    return "\n".join((*first, *parts)) + "\n"


def _question(
    number: int, question: Question, questionnaire: Questionnaire
) -> Iterator[str]:
    yield f"# {number}. {question.title}"
    yield from _said("", question.asks)
    yield from _said("Why: ", question.why)
    yield from _said("Counts: ", question.counts)
    yield from _said("Norm: ", questionnaire.place(question))
    yield f"{question.id}:"
    for means in question.means:
        yield f"  - means: {means}"
        yield "    tried:             # yes or no"
        yield from (f"    {line}" for line in _ANSWER.splitlines())
    if not question.means:
        yield from (f"  {line}" for line in _ANSWER.splitlines())


def _said(label: str, text: str) -> Iterator[str]:
    for line in wrap(f"{label}{text}", _WIDTH - 2):
        yield f"# {line}"
