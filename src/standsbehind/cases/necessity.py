"""Necessity of a deployment: which answers are stated by what, which are open, and what the data knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from standsbehind.cases.form import Answer, Cited, Form
from standsbehind.cases.kinds import entities_of
from standsbehind.cases.told import Told, tell
from standsbehind.errors import UsageError
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.matching.names import fold
from standsbehind.model.citation import Citation
from standsbehind.model.dates import earliest, latest, partial_date
from standsbehind.model.reply import Reply
from standsbehind.standards.necessity import Need, Question, State, stands

__all__ = ["Element", "Known", "Offered", "Open", "Record", "weigh"]

_LACKS: dict[Need, str] = {
    "from": "no day is stated (from)",
    "to": "no end is stated (to)",
    "tried": "whether it was tried is not stated",
}
_TESTS = frozenset({"AuditFinding", "HarmReport"})
"""Kinds of records that may tell of a product or a purpose without a link to it."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is missing, and where in the form."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Known:
    """A citation of the form, with what it cites and whether that was public on the day."""

    cited: Cited
    citations: tuple[Citation, ...]
    told: Told | None
    """The record of the data that is cited; None for a source of the user's own."""
    is_later: bool


@dataclass(frozen=True, slots=True)
class Element:
    """One question with its answer, how it stands, and what is open of it."""

    answer: Answer
    state: State
    known: tuple[Known, ...]
    open: tuple[Open, ...]

    @property
    def question(self) -> Question:
        """The question."""
        return self.answer.question

    @property
    def name(self) -> str:
        """The question, and the means where it is about several."""
        means = self.answer.means
        return f"{self.question.title}: {means}" if means else self.question.title


@dataclass(frozen=True, slots=True)
class Offered:
    """A record of the data that may bear on the case; nobody has said yet that it does."""

    told: Told
    because: str
    is_later: bool
    """Whether all its sources were published after the day of the form."""
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The form, weighed: never a verdict."""

    form: Form
    product: str | None
    """The product in the data."""
    elements: tuple[Element, ...]
    offered: tuple[Offered, ...]

    @property
    def is_product_missing(self) -> bool:
        """Whether a product is named that the data does not know by that name."""
        return bool(self.form.about.product) and self.product is None

    @property
    def open(self) -> list[tuple[Element, Open]]:
        """All that is open, by line."""
        found = [(e, one) for e in self.elements for one in e.open]
        return sorted(found, key=lambda pair: pair[1].line)

    @property
    def to_ask(self) -> list[Question]:
        """The questions of which anything is open, in their order."""
        asked = {e.question.id: e.question for e in self.elements if e.open}
        return list(asked.values())


def weigh(form: Form, reader: Reader, lookup: Lookup) -> Record:
    """Say of each question whether it is stated and by what, and offer what the data knows.

    Raises UsageError, with the line, for a cited record that is not in the snapshot.
    """
    day = latest(form.about.day)
    elements = tuple(_element(answer, form, reader, day) for answer in form.answers)
    product = _product(form, lookup)
    cited = {known.cited.record for element in elements for known in element.known}
    offered = tuple(
        one
        for one in _offers(form, product, reader, day)
        if one.told.record not in cited
    )
    return Record(form, product, elements, offered)


def _element(answer: Answer, form: Form, reader: Reader, day: date) -> Element:
    known = tuple(_known(cited, form, reader, day) for cited in answer.cited)
    is_answered = bool(answer.text)
    lacks = tuple(_lacks(answer))
    state = stands(
        is_answered=is_answered or bool(answer.tried),
        is_whole=not lacks,
        was_looked_for=answer.looked is not None,
    )
    return Element(
        answer, state, known, tuple(Open(answer.line, what) for what in lacks)
    )


def _lacks(answer: Answer) -> Iterator[str]:
    """Say what an answer lacks; one that is not there lacks itself alone."""
    has = {
        "from": answer.interval.start,
        "to": answer.interval.end,
        "tried": answer.tried,
    }
    if not answer.is_asked:
        yield "no answer; the form lacks the question"
        return
    if not answer.text and not answer.tried:
        looked = answer.looked
        yield f"no answer; looked for on {looked.on}" if looked else "no answer"
        return
    if not answer.text:
        yield "no effect, and no reason why it was not tried, is stated (answer)"
    if not answer.cited:
        yield "answered without a citation"
    for need in answer.question.needs:
        if not has[need]:
            yield _LACKS[need]
    if answer.tried == "yes" and not answer.interval.start:
        yield _LACKS["from"]


def _known(cited: Cited, form: Form, reader: Reader, day: date) -> Known:
    if cited.own is not None:
        return Known(cited, (cited.own,), None, _came_after([cited.own], day))
    told = tell(reader, cited.record)
    if not told.claims:
        message = (
            f"{form.file}:{cited.line}: record {cited.record}: not in snapshot "
            f"{reader.snapshot.id}; `behind show` prints the ids of records"
        )
        raise UsageError(message)
    return Known(cited, told.citations, told, _came_after(told.citations, day))


def _came_after(citations: Sequence[Citation], day: date) -> bool:
    """Whether everything cited was surely published after a day."""
    days = [partial_date(c.published or "") for c in citations]
    return all(when is not None and earliest(when) > day for when in days)


def _product(form: Form, lookup: Lookup) -> str | None:
    """Find the product by its id or exact name; what is not in the data is told in words."""
    said = form.about.product
    if not said:
        return None
    entities = lookup.reader.entities
    if said in entities:
        return said
    same = [m.entity_id for m in lookup.matches(said) if m.score >= 1.0]
    kinds = [key for key in same if entities[key]["schema"] == "Product"]
    return kinds[0] if len(kinds) == 1 else None


def _offers(
    form: Form, product: str | None, reader: Reader, day: date
) -> Iterator[Offered]:
    """Offer the links of the product, and the tests and harms told of in the words given."""
    found: dict[str, str] = {}
    if product:
        found.update(dict.fromkeys(_links(product, reader), "of the product"))
    for key, phrase in _told_of(form.about.look_for, reader):
        for record in _links(key, reader) or [key]:
            found.setdefault(
                record, f"by the words “{phrase}”; of which products is not said here"
            )
    told = sorted((tell(reader, record) for record in found), key=_order)
    for one in told:
        replies = reader.replies([one.record])
        is_later = _came_after(one.citations, day)
        yield Offered(one, found[one.record], is_later, replies)


def _links(entity_id: str, reader: Reader) -> list[str]:
    _, numbers = reader.graph.links(reader.numbers[entity_id])
    return sorted(reader.edges_at(numbers.tolist()))


def _told_of(phrases: Sequence[str], reader: Reader) -> Iterator[tuple[str, str]]:
    """Find the tests and harms whose name and text hold all words of a phrase."""
    wanted = {phrase: _words(phrase) for phrase in phrases}
    if not wanted:
        return
    for key, _ in entities_of(reader, _TESTS.__contains__):
        entity = reader.entity(key)
        said = _words(" ".join((*entity.get("name"), *entity.get("summary"))))
        met = next((p for p, words in wanted.items() if words and words <= said), None)
        if met:
            yield key, met


def _words(text: str) -> frozenset[str]:
    """Return the words of a text without the letter of an English plural."""
    return frozenset(word.removesuffix("s") for word in fold(text).split())


def _order(told: Told) -> tuple[str, str]:
    return told.day, told.record
