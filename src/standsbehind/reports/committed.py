"""Pages of commitments: a timeline with one line a firm, and the same as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from standsbehind.cases.commitments import Firm, LaterAct, Word
from standsbehind.cases.told import Told
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import earliest, latest, partial_date
from standsbehind.model.evidence import Fact
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.commitments import (
    KINDS,
    NOTICES,
    act_note,
    act_sources,
    name_in_words,
    rests_on,
    scope_in_words,
    state_in_words,
)
from standsbehind.reports.setting import style, template
from standsbehind.reports.strokes import Paper, Shape
from standsbehind.reports.timeline import (
    Key,
    Lane,
    Mark,
    Span,
    Timeline,
    draw_timeline,
    legend_mark,
)
from standsbehind.standards.commitments import RULE
from standsbehind.standards.norms import Standard

__all__ = ["render_commitments"]

_SHAPES: Mapping[str, Shape] = {
    "commitment": "disc",
    "made again": "square",
    "inside the scope": "triangle",
    "scope changed": "diamond",
    "carried out": "hexagon",
    "looked at": "dot",
}

_KEYS = (
    *(Key(shape, KINDS.get(kind, kind)) for kind, shape in _SHAPES.items()),
    Key("triangle", "hollow: not enough sources", is_solid=False),
)
_PAPER = 660
"""The width of a sheet of A4 within its margins, in pixels."""


@dataclass(frozen=True)
class _Page:
    """The commitments in the order in which their page tells them."""

    firms: Sequence[Firm]
    standard: Standard
    reader: Reader
    as_of: str | None

    def name(self, entity_id: str) -> str:
        return self.reader.caption(entity_id)

    def title(self, word: Word) -> str:
        return name_in_words(word, self.reader)

    def scope(self, word: Word) -> str:
        return scope_in_words(word, self.reader)

    def stands(self, word: Word) -> str:
        return state_in_words(word)

    def rests_on(self, told: Told, fact: Fact) -> str:
        return rests_on(told, fact)

    def amount_to(self, act: LaterAct) -> str:
        return act_sources(act)

    def note(self, act: LaterAct, word: Word) -> str:
        return act_note(act, word)

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each record on the page, by the commitment that it is told of."""
        told = (
            (word.commitment.matter, one.record)
            for firm in self.firms
            for word in firm.words
            for one in (*word.made, *(act.told for act in word.acts))
        )
        return {key: n for n, key in enumerate(dict.fromkeys(told), start=1)}

    def number(self, word: Word, told: Told) -> int:
        return self.numbers[word.commitment.matter, told.record]

    @property
    def legend(self) -> Iterator[tuple[Markup, str]]:
        return ((legend_mark(key), key.meaning) for key in _KEYS)

    def picture(self, *, on_paper: bool) -> Markup | None:
        """Draw the timeline; on paper its keys stand in the picture."""
        lanes = tuple(lane for firm in self.firms if (lane := self._lane(firm)).marks)
        if not lanes:
            return None
        said = [
            f"{self.name(firm.subject)}: {word.made[0].day or 'day not stated'}, {word.state}"
            for firm in self.firms
            for word in firm.words
        ]
        title = "Commitments and what came after"
        timeline = Timeline(lanes, title, ". ".join(said))
        if on_paper:
            return draw_timeline(timeline, Paper(_PAPER), _KEYS)
        return draw_timeline(timeline)

    def _lane(self, firm: Firm) -> Lane:
        marks, spans = [], []
        for word in firm.words:
            again = [act.told for act in word.acts if act.kind == "made again"]
            spans += [s for told in (word.made[0], *again) for s in _span(told)]
            for told, kind, is_solid in _told(word):
                if day := partial_date(told.day):
                    marks.append(
                        Mark(
                            earliest(day),
                            latest(day),
                            _SHAPES[kind],
                            str(self.number(word, told)),
                            is_solid,
                        )
                    )
        return Lane(self.name(firm.subject), tuple(marks), tuple(spans))


def _told(word: Word) -> Iterator[tuple[Told, str, bool]]:
    """Give each record with what it is to the commitment, and whether its sources suffice."""
    for told in word.made:
        yield told, "commitment", True
    for one in word.acts:
        yield one.told, one.kind, one.act is None or one.act.is_shown


def _span(told: Told) -> Iterator[Span]:
    start, end = told.interval.start, told.interval.end
    if start:
        yield Span(earliest(start), latest(end) if end else None)


def render_commitments(
    firms: Sequence[Firm],
    standard: Standard,
    reader: Reader,
    as_of: str | None,
    made_at: str,
) -> str:
    """Render the commitments as one self-contained HTML page, free of scripts.

    The same commitments, snapshot and moment of making give the same page.
    """
    return template("commitments.html.j2").render(
        page=_Page(firms, standard, reader, as_of),
        made_at=made_at,
        sources=Bibliography(),
        notices=NOTICES,
        own_css=style("committed.css"),
        rule=RULE,
        kinds=KINDS,
    )
