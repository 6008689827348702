"""Pages of necessity: the answers with what they rest on, what is open, and what to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from standsbehind.cases.necessity import Element, Known, Offered, Record
from standsbehind.graph.reader import Reader
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.necessity import (
    LATER,
    NOTICES,
    about_in_words,
    dates_in_words,
)
from standsbehind.reports.setting import style, template
from standsbehind.standards.necessity import Question, Questionnaire
from standsbehind.standards.provisions import Reference

__all__ = ["render_necessity"]


@dataclass(frozen=True)
class _Page:
    """A record in the order in which its page tells it."""

    record: Record
    questionnaire: Questionnaire
    reader: Reader

    @property
    def about(self) -> str:
        return about_in_words(self.record)

    def name(self, entity_id: str) -> str:
        return self.reader.caption(entity_id)

    def dates(self, element: Element) -> str:
        return dates_in_words(element)

    def place(self, question: Question) -> str:
        return self.questionnaire.place(question)

    def marks(self, element: Element, sources: Bibliography) -> Sequence[int]:
        return sources.cite(c for known in element.known for c in known.citations)

    def laws(self, sources: Bibliography) -> Sequence[int]:
        texts = self.questionnaire.of.texts
        return [sources.cite_law(Reference(t.title, t.href)) for t in texts]

    def later(self, one: Known | Offered) -> str:
        return LATER if one.is_later else ""


def render_necessity(
    record: Record, questionnaire: Questionnaire, reader: Reader, made_at: str
) -> str:
    """Render a record as one self-contained HTML page, free of scripts.

    The same form, snapshot and moment of making give the same page.
    """
    return template("necessity.html.j2").render(
        page=_Page(record, questionnaire, reader),
        made_at=made_at,
        sources=Bibliography(),
        notices=NOTICES,
        own_css=style("weighed.css"),
    )
