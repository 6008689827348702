"""Forms: a questionnaire as its user filled it in, every part checked, with the line of each."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal

from standsbehind.cases.checking import Checking, line_of
from standsbehind.cases.lined import Lined, read_lined
from standsbehind.errors import UsageError
from standsbehind.model.citation import Citation, Quote
from standsbehind.model.dates import Interval, PartialDate, earliest, latest
from standsbehind.standards.necessity import Question, Questionnaire

__all__ = ["About", "Answer", "Cited", "Form", "Looked", "read_form"]

_STATES = ("planned", "in use", "ended")
_ABOUT = ("buyer", "buyer_is_invented", "product", "state", "day", "look_for")
_ANSWER = ("answer", "from", "to", "citations", "looked")
_MEANS = ("means", "tried", *_ANSWER)
_OWN = ("title", "publisher", "date", "url", "place", "quote", "origin")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}

Tried = Literal["", "yes", "no"]


@dataclass(frozen=True, slots=True)
class About:
    """Who asks, of what, for which day."""

    buyer: str
    is_invented: bool
    product: str
    state: str
    day: PartialDate
    look_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of the form: a record of the data, or a source of the user's own."""

    line: int
    record: str = ""
    own: Citation | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """Where an answer was looked for and not found, and when."""

    on: str
    where: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the form says to one question, or of one means."""

    question: Question
    line: int
    text: str = ""
    means: str = ""
    tried: Tried = ""
    interval: Interval = field(default=Interval())
    cited: tuple[Cited, ...] = ()
    looked: Looked | None = None
    is_asked: bool = True
    """Whether the form holds the question; its line is else the one where it would stand."""


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire filled in, with the SHA-256 of its file."""

    file: str
    digest: str
    about: About
    answers: tuple[Answer, ...]


def read_form(name: str, content: bytes, questionnaire: Questionnaire) -> Form:
    """Read a form from the bytes of a file, whose name is said in errors.

    Raises UsageError that names the first thing that is wrong by file and line, and the lines
    of the others: what is no YAML, an unknown key, a date that is none or before its start, a
    citation that leads nowhere.
    """
    root = read_lined(name, content)
    reading = _Reading()
    about, answers = reading.form(root, questionnaire)
    if about is None or reading.problems:
        first, *others = sorted(reading.problems, key=itemgetter(0))
        lines = ", ".join(dict.fromkeys(str(line) for line, _ in others))
        more = f" (wrong too: line {lines})" if others else ""
        message = f"{name}:{first[0]}: {first[1]}{more}"
        raise UsageError(message)
    digest = hashlib.sha256(content).hexdigest()
    return Form(name, digest, about, tuple(answers))


class _Reading(Checking):
    """One reading of a form."""

    def form(
        self, root: Lined, questionnaire: Questionnaire
    ) -> tuple[About | None, list[Answer]]:
        names = [question.id for question in questionnaire.questions]
        parts = self.mapping(root, ("questionnaire", "about", *names))
        said = self.text(parts, "questionnaire")
        if said != questionnaire.version:
            what = f"questionnaire {said!r}; this version reads {questionnaire.version}"
            self.wrong(line_of(parts, "questionnaire", root.line), what)
        answers = [
            answer
            for question in questionnaire.questions
            for answer in self.answers(question, parts.get(question.id), root.line)
        ]
        return self.about(parts.get("about"), root.line), answers

    def about(self, found: Lined | None, line: int) -> About | None:
        if found is None:
            self.wrong(line, "no `about`; it names the buyer and the day")
            return None
        parts = self.mapping(found, _ABOUT)
        buyer = self.text(parts, "buyer")
        if not buyer:
            self.wrong(line_of(parts, "buyer", found.line), "buyer: nobody is named")
        day = self.day(parts, "day")
        if day is None:
            self.wrong(line_of(parts, "day", found.line), "day: no day is stated")
            return None
        return About(
            buyer=buyer,
            is_invented=_TRUTH[self.choice(parts, "buyer_is_invented", _TRUTH, "no")],
            product=self.text(parts, "product"),
            state=self.choice(parts, "state", _STATES, _STATES[0]),
            day=day,
            look_for=self.listed(parts, "look_for", self.phrase),
        )

    def answers(
        self, question: Question, found: Lined | None, line: int
    ) -> Iterator[Answer]:
        """Read one answer; of a question about means, one for each, the asked ones first."""
        if not question.means:
            yield self.answer(question, found, line, _ANSWER)
            return
        items = {} if found is None else {question.id: found}
        given = self.listed(
            items, question.id, lambda one: self.answer(question, one, one.line, _MEANS)
        )
        at = found.line if found else line
        named: set[str] = set()
        for answer in given:
            if answer.means.casefold() in named:
                self.wrong(answer.line, f"{answer.means} stands twice; keep one")
            named.add(answer.means.casefold())
            yield answer
        for means in question.means:
            if means not in named:
                yield Answer(question, at, means=means, is_asked=False)

    def answer(
        self, question: Question, found: Lined | None, line: int, keys: Sequence[str]
    ) -> Answer:
        if found is None:
            return Answer(question, line, is_asked=False)
        if found.value == "":
            return Answer(question, found.line)
        parts = self.mapping(found, keys)
        means = self.text(parts, "means")
        if question.means and not means:
            self.wrong(found.line, f"{question.id}: no `means` is named")
        tried = self.choice(parts, "tried", ("", "yes", "no"), "")
        return Answer(
            question=question,
            line=found.line,
            text=self.text(parts, "answer"),
            means=means,
            tried="yes" if tried == "yes" else "no" if tried == "no" else "",
            interval=self.interval(parts),
            cited=self.listed(parts, "citations", self.cited),
            looked=self.looked(parts.get("looked")),
        )

    def interval(self, parts: Mapping[str, Lined]) -> Interval:
        start, end = self.day(parts, "from"), self.day(parts, "to")
        if start and end and latest(end) < earliest(start):
            self.wrong(parts["to"].line, f"to {end}: before the start, {start}")
        return Interval(start, end)

    def looked(self, found: Lined | None) -> Looked | None:
        if found is None or found.value == "":
            return None
        parts = self.mapping(found, ("on", "where"))
        on, where = self.day(parts, "on"), self.text(parts, "where")
        if bool(on) != bool(where):
            self.wrong(found.line, "looked: say both `on` (a day) and `where`")
        return Looked(on, where) if on and where else None

    def cited(self, found: Lined) -> Cited:
        """Read a citation: a record of the data, or a source that a reader can find."""
        parts = self.mapping(found, ("record", *_OWN))
        record = self.text(parts, "record")
        if record:
            if len(parts) > 1:
                self.wrong(found.line, "a citation of a record needs nothing beside it")
            return Cited(found.line, record)
        said = {key: self.text(parts, key) for key in _OWN}
        for key in ("title", "publisher"):
            if not said[key]:
                self.wrong(found.line, f"a citation without {key}")
        if not said["url"] and not said["place"]:
            self.wrong(found.line, "a citation without `url` or `place`: where is it?")
        day = self.day(parts, "date")
        if day is None and not said["date"]:
            self.wrong(found.line, "a citation without date")
        own = Citation(
            source="form",
            title=said["title"],
            publisher=said["publisher"],
            url=said["url"],
            origin_group=said["origin"] or said["publisher"],
            locator=said["place"],
            quote=Quote(said["quote"]) if said["quote"] else None,
            published=day,
        )
        return Cited(found.line, own=own)

    def phrase(self, found: Lined) -> str:
        if isinstance(found.value, str) and found.value:
            return found.value
        self.wrong(found.line, "look_for: write words, as [fever screening]")
        return ""
