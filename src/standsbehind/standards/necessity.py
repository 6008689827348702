"""Necessity: which questions a deployment has to answer, why, and when an answer is stated."""

from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from standsbehind.model.packaged import read_yaml
from standsbehind.standards.norms import Norm, load_standard
from standsbehind.standards.terms import MEANINGS, Term

__all__ = [
    "Need",
    "Question",
    "Questionnaire",
    "State",
    "load_questionnaire",
    "stands",
]

Need = Literal["from", "to", "tried"]
"""What an answer must hold beside its text and a citation."""

State = Literal["stated", "not stated", "not examined"]
"""`stated` says that there is a cited answer; never that it is true, or that it suffices."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Question(_Model):
    """One question, what it bears on in the standard, and what counts as an answer."""

    id: str
    title: str
    asks: str
    why: str
    counts: str
    before: str
    """What a buyer should ask before the purchase while the question is open."""
    element: str = ""
    mitigating: Term | None = None
    needs: Annotated[tuple[Need, ...], Field(strict=False)] = ()
    means: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """The means to be named; where there are none, the question has one answer."""


class Questionnaire(_Model):
    """All questions, with the class of the standard that they serve."""

    version: str
    norm: str
    questions: Annotated[tuple[Question, ...], Field(strict=False)]

    @property
    def of(self) -> Norm:
        """The class of the standard."""
        return load_standard().norm(self.norm)

    def place(self, question: Question) -> str:
        """Say what of the class an answer bears on."""
        parts = [f"element {question.element}"] * bool(question.element)
        if question.mitigating:
            parts.append(f"would mitigate: {MEANINGS[question.mitigating]}")
        return "; ".join((self.norm, *parts))

    @property
    def founded_on(self) -> str:
        """Name the texts that the class rests on, and what is not verified of them."""
        return "; ".join(
            f"{t.title} (unverified: {t.unverified})" if t.unverified else t.title
            for t in self.of.texts
        )


@cache
def load_questionnaire() -> Questionnaire:
    """Read the questions that ship with the package."""
    file = resources.files(__package__) / "necessity.yml"
    return Questionnaire.model_validate(read_yaml(file.read_text("utf-8")))


def stands(*, is_answered: bool, is_whole: bool, was_looked_for: bool) -> State:
    """Say how a question stands.

    Whole is an answer with a citation and all that the question needs; one that falls short,
    and one that was looked for and not found, is not stated. Nothing at all is not examined.
    """
    if is_answered and is_whole:
        return "stated"
    return "not stated" if is_answered or was_looked_for else "not examined"
