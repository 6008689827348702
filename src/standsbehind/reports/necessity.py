"""A record of necessity as a document and as text: what is stated by what, and what is open."""

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from standsbehind.cases.grounds import told_by
from standsbehind.cases.necessity import Element, Known, Offered, Record
from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.reports.fields import citations_json, reply_json
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted
from standsbehind.standards.effects import NOT_LEGAL_ADVICE
from standsbehind.standards.necessity import Questionnaire
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = [
    "LATER",
    "NOTICES",
    "about_in_words",
    "dates_in_words",
    "necessity_json",
    "necessity_text",
]

_NO_VERDICT = """
This record says which answers are stated and by what, and which questions are open. It does
not say that the deployment is lawful, necessary or proportionate, nor that it is not.
"""
_NOT_CHECKED = """
Stated says that there is an answer with a citation; nobody checked here whether it is true.
Not examined says that nothing is recorded.
"""
NOTICES = (
    " ".join(_NO_VERDICT.split()),
    " ".join(_NOT_CHECKED.split()),
    f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.",
)
"""Printed with every record."""

LATER = "published after the day of the record: not known then"

_STYLES = {"stated": "bold", "not stated": "", "not examined": "dim"}


def about_in_words(record: Record) -> str:
    """Say who asks, of what, in which state and for which day."""
    about = record.form.about
    invented = " (invented)" if about.is_invented else ""
    product = f", {about.product}" if about.product else ""
    return f"{about.buyer}{invented}{product}: {about.state}, on {about.day}"


def dates_in_words(element: Element) -> str:
    """Say from when to when an answer holds; empty where it states no day."""
    interval = element.answer.interval
    return str(interval) if interval.start or interval.end else ""


def necessity_json(
    record: Record, questionnaire: Questionnaire, reader: Reader
) -> dict[str, Any]:
    """Give each question with its answer, its citations and what is open by line."""
    about = record.form.about
    return {
        "snapshot": reader.snapshot.id,
        "questionnaire": questionnaire.version,
        "form": {"file": record.form.file, "sha256": record.form.digest},
        "about": {
            "buyer": about.buyer,
            "buyer_is_invented": about.is_invented,
            "product": about.product,
            "product_id": record.product,
            "state": about.state,
            "day": about.day,
            "look_for": list(about.look_for),
        },
        "law_as_of": LAW_AS_OF.isoformat(),
        "elements": [_element_json(e, questionnaire) for e in record.elements],
        "open": [
            {"line": one.line, "element": element.name, "what": one.what}
            for element, one in record.open
        ],
        "ask_before": [
            {"element": question.id, "ask": question.before}
            for question in record.to_ask
        ],
        "offered": [_offered_json(one) for one in record.offered],
        "texts": [text.model_dump(mode="json") for text in questionnaire.of.texts],
        "notices": list(NOTICES),
    }


def _element_json(element: Element, questionnaire: Questionnaire) -> dict[str, Any]:
    answer, question = element.answer, element.question
    looked = answer.looked
    return {
        "id": question.id,
        "means": answer.means or None,
        "asks": question.asks,
        "norm": questionnaire.norm,
        "element": question.element or None,
        "mitigating": question.mitigating,
        "state": element.state,
        "line": answer.line,
        "answer": answer.text,
        "tried": answer.tried or None,
        "from": answer.interval.start,
        "to": answer.interval.end,
        "citations": [_known_json(known) for known in element.known],
        "looked": {"on": looked.on, "where": looked.where} if looked else None,
        "open": [{"line": one.line, "what": one.what} for one in element.open],
    }


def _known_json(known: Known) -> dict[str, Any]:
    return {
        "line": known.cited.line,
        "record": known.cited.record or None,
        "says": known.told.said if known.told else None,
        "is_later": known.is_later,
        "citations": citations_json(known.citations),
    }


def _offered_json(one: Offered) -> dict[str, Any]:
    return {
        "record": one.told.record,
        "date": one.told.day,
        "says": one.told.said,
        "because": one.because,
        "is_later": one.is_later,
        "origins": list(one.told.origins),
        "citations": citations_json(one.told.citations),
        "replies": [reply_json(reply) for reply in one.replies],
    }


def necessity_text(
    record: Record, questionnaire: Questionnaire, reader: Reader
) -> RenderableType:
    """Write the record out: the answers, what is open by line, and what the data offers."""
    form = record.form
    parts = [
        safe_text(about_in_words(record), "bold"),
        safe_text(
            f"{form.file} (SHA-256 {form.digest[:12]}), questionnaire "
            f"{questionnaire.version}, snapshot {reader.snapshot.id}",
            "dim",
        ),
        *(
            line
            for element in record.elements
            for line in _element_lines(element, questionnaire)
        ),
        *_open_lines(record),
        *_offered_lines(record, reader),
    ]
    texts = safe_text(
        f"Texts of {questionnaire.norm}: {questionnaire.founded_on}.", "dim"
    )
    return Group(*parts, texts, *(safe_text(notice, "italic") for notice in NOTICES))


def _element_lines(element: Element, questionnaire: Questionnaire) -> Iterator[Text]:
    answer = element.answer
    tried = {"yes": ", tried", "no": ", not tried"}.get(answer.tried, "")
    where = questionnaire.place(element.question)
    said = f"{element.name}: {element.state}{tried}  ({where})"
    yield safe_text(said, _STYLES[element.state])
    if answer.text:
        yield safe_text(f"  {answer.text}")
    if dates := dates_in_words(element):
        yield safe_text(f"  {dates}")
    if answer.looked:
        yield safe_text(f"  looked on {answer.looked.on}: {answer.looked.where}")
    for known in element.known:
        yield from _known_lines(known)


def _known_lines(known: Known) -> Iterator[Text]:
    later = f" ({LATER})" if known.is_later else ""
    if known.told:
        yield safe_text(f"  {known.told.day} {known.told.said}")
        by, key = told_by(known.told), known.told.record
        yield safe_text(
            f"    {_origins(known.told.origins)}, {by}  {key}{later}", "dim"
        )
        return
    for citation in known.citations:
        yield safe_text(f"    {_source(citation)}{later}", "dim")
        if citation.quote:
            yield safe_text(f"    “{citation.quote}”")


def _source(citation: Citation) -> str:
    where = " ".join(filter(None, (citation.locator, citation.url)))
    return f"{citation.publisher}, {citation.published}: {citation.title}, {where}"


def _origins(origins: tuple[str, ...]) -> str:
    return counted(len(origins), "origin", "origins")


def _open_lines(record: Record) -> Iterator[Text]:
    if not record.open:
        yield safe_text("Nothing is open.", "bold")
        return
    yield safe_text(f"Open: {counted(len(record.open), 'point', 'points')}", "bold")
    for element, one in record.open:
        yield safe_text(f"  {record.form.file}:{one.line}: {element.name}: {one.what}")
    yield safe_text("To be asked before a purchase", "bold")
    for question in record.to_ask:
        yield safe_text(f"  {question.title}: {question.before}")


def _offered_lines(record: Record, reader: Reader) -> Iterator[Text]:
    yield safe_text("In the data, offered and not taken as an answer", "bold")
    if record.is_product_missing:
        yield safe_text("  the product is not in the data under that name")
    if not record.offered:
        yield safe_text("  nothing was found; that does not say that there is nothing")
    for one in record.offered:
        yield safe_text(f"  {one.told.day} {one.told.said}")
        later = f"; {LATER}" if one.is_later else ""
        by = told_by(one.told)
        count = _origins(one.told.origins)
        yield safe_text(
            f"    {count}, {by}; {one.because}{later}  {one.told.record}", "dim"
        )
        for reply in one.replies:
            who = reader.caption(reply.author)
            yield safe_text(f"    reply {reply.date}, {who}: {reply.text}  {reply.id}")
