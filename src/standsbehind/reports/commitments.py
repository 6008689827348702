"""Commitments as a document and as text: the word, what came after, how it stands, the answer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from standsbehind.cases.commitments import Firm, LaterAct, Search, Word
from standsbehind.cases.grounds import strength_in_words, told_by
from standsbehind.cases.told import Told
from standsbehind.graph.reader import Reader
from standsbehind.model.evidence import Fact
from standsbehind.reports.fields import citations_json, reply_json
from standsbehind.reports.findings import NOTICES as OF_FINDINGS
from standsbehind.reports.findings import standard_json, told_from
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted
from standsbehind.standards.commitments import CLASS, RULE
from standsbehind.standards.norms import Standard
from standsbehind.standards.provisions import LAW_AS_OF
from standsbehind.standards.thresholds import reason

__all__ = [
    "KINDS",
    "NOTICES",
    "act_note",
    "act_sources",
    "commitments_json",
    "commitments_text",
    "name_in_words",
    "rests_on",
    "scope_in_words",
    "state_in_words",
]

_NO_BREACH = f"""
How a commitment stands is computed from the records by a rule, which is printed with it. It is
no finding that a word was broken: the finding is that of class {CLASS} of the standard.
"""

NOTICES = (
    " ".join(_NO_BREACH.split()),
    "What records say is told in our words, unless it stands in quotation marks.",
    *OF_FINDINGS,
)
"""Printed wherever a commitment is."""

KINDS: Mapping[str, str] = {
    "inside the scope": "act read as inside the scope",
    "scope changed": "scope changed",
    "made again": "made again or extended",
    "carried out": "carried out",
    "looked at": "looked at, not read as inside the scope",
}


def name_in_words(word: Word, reader: Reader) -> str:
    """Name a commitment; one without an entity of its own by whom it is about."""
    caption = reader.caption(word.commitment.matter)
    return caption if _has_a_name(word, reader) else f"word on {caption}"


def _has_a_name(word: Word, reader: Reader) -> bool:
    return bool(reader.entities[word.commitment.matter]["schema"] == "Commitment")


def scope_in_words(word: Word, reader: Reader) -> str:
    """Say what a commitment covers, as its record gives it."""
    told = word.made[0]
    places = [reader.caption(p) if len(p) > 2 else p.upper() for p in told.places]
    until = f"until {word.until}" if word.until else ""
    named = name_in_words(word, reader) if _has_a_name(word, reader) else "as told"
    parts = [named, told.amount, until, *places]
    stated = "" if word.commitment.scope else "not stated by a record"
    return "; ".join(filter(None, (*parts, stated)))


def state_in_words(word: Word) -> str:
    """Say how a commitment stands, and what stands in doubt of it."""
    is_open = word.state not in {"kept", "changed with notice"}
    contested = "; the subject replies" * (word.is_contested and is_open)
    unshown = "; that it was made is not shown" * (not word.commitment.is_shown)
    return f"{word.state}{unshown}{contested}"


def rests_on(told: Told, fact: Fact) -> str:
    """Say what the sources of a fact amount to, with the count of their origins."""
    amount = strength_in_words(fact, is_enough=True)
    if "origin" in amount:
        return amount
    return f"{amount}; {counted(len(told.origins), 'origin', 'origins')}"


def act_sources(act: LaterAct) -> str:
    """Say what the sources of a later act amount to, and whether that is enough."""
    count = len(act.told.origins)
    if act.act is None:
        return counted(count, "origin", "origins")
    enough = "" if act.act.is_shown else ", not enough"
    sure = "" if act.act.is_later else ", not surely later"
    return f"{rests_on(act.told, act.act.fact)}{enough}{sure}"


def act_note(act: LaterAct, word: Word) -> str:
    """Say of an act after the end of a commitment on what it rests that it went on."""
    if not act.is_after_term:
        return ""
    again = [
        f"{one.told.day} ({act_sources(one)})"
        for one in word.acts
        if one.kind == "made again"
    ]
    told = f"is told of {'; '.join(again)}" if again else "no record says"
    return (
        f"later than the end that the commitment states, {word.until}; that it was "
        f"prolonged {told}"
    )


def commitments_json(
    firms: Sequence[Firm], standard: Standard, reader: Reader, as_of: str | None
) -> dict[str, Any]:
    """Give every commitment with the acts after it, the replies, and the rule of the states."""
    return {
        "snapshot": reader.snapshot.id,
        "standard": standard_json(standard),
        "as_of": as_of,
        "law_as_of": LAW_AS_OF.isoformat(),
        "rule": [{"state": state, "when": when} for state, when in RULE.items()],
        "firms": [_firm_json(firm, reader) for firm in firms],
        "notices": list(NOTICES),
    }


def _firm_json(firm: Firm, reader: Reader) -> dict[str, Any]:
    row = reader.entities[firm.subject]
    return {
        "entity": {
            "id": firm.subject,
            "caption": row["caption"],
            "schema": row["schema"],
        },
        "finding": {"norm": firm.finding.norm, "result": firm.finding.result},
        "commitments": [_word_json(word, reader) for word in firm.words],
        "searches": [_search_json(search) for search in firm.searches],
    }


def _word_json(word: Word, reader: Reader) -> dict[str, Any]:
    first = word.commitment.made[0]
    return {
        "id": word.commitment.matter,
        "name": name_in_words(word, reader),
        "made": word.made[0].day,
        "until": word.until or None,
        "scope": scope_in_words(word, reader),
        "scope_stated_by": sorted({fact.record for fact in word.commitment.scope}),
        "said": [_told_json(told) for told in word.made],
        "sources": reason(first.sources),
        "is_shown": word.commitment.is_shown,
        "state": word.state,
        "is_contested": word.is_contested,
        "later_acts": [_act_json(act, word) for act in word.acts],
        "replies": [reply_json(reply) for reply in word.replies],
    }


def _told_json(told: Told) -> dict[str, Any]:
    return {
        "record": told.record,
        "text": told.said,
        "is_quotation": False,
        "quotations": list(told.quotes),
        "date": told.day,
        "origins": list(told.origins),
        "origin_count": len(told.origins),
        "citations": citations_json(told.citations),
    }


def _act_json(act: LaterAct, word: Word) -> dict[str, Any]:
    read = act.act
    return {
        **_told_json(act.told),
        "kind": act.kind,
        "sources": act_sources(act),
        "is_shown": bool(read and read.is_shown),
        "is_later": read.is_later if read else True,
        "reading": read.fact.reading if read else "",
        "note": act_note(act, word),
    }


def _search_json(search: Search) -> dict[str, Any]:
    return {
        "record": search.told.record,
        "date": search.told.day,
        "says": search.told.said,
        "looked_at": [told.record for told in search.looked_at],
        "citations": citations_json(search.told.citations),
    }


def commitments_text(
    firms: Sequence[Firm], standard: Standard, reader: Reader, as_of: str | None
) -> RenderableType:
    """Write the commitments out, firm by firm, with the rule at the end."""
    head = safe_text(told_from(standard, reader, as_of), "dim")
    parts = [line for firm in firms for line in _firm_lines(firm, reader)]
    if not firms:
        parts.append(safe_text("No commitment is stated in this snapshot."))
    states = {word.state for firm in firms for word in firm.words}
    rule = [
        safe_text(f"rule: {state}: {when}", "dim")
        for state, when in RULE.items()
        if state in states
    ]
    return Group(head, *parts, *rule, *(safe_text(n, "italic") for n in NOTICES))


def _firm_lines(firm: Firm, reader: Reader) -> Iterator[Text]:
    yield safe_text(f"{reader.caption(firm.subject)}  {firm.subject}", "bold")
    yield safe_text(f"  {CLASS} of the standard: {firm.finding.result}")
    if not firm.words:
        yield safe_text("  No commitment of it is stated in this snapshot.")
    for word in firm.words:
        yield from _word_lines(word, reader)
    for search in firm.searches:
        said = f"  searched {search.told.day}: {search.told.said}  {search.told.record}"
        yield safe_text(said, "dim")
        for told in firm.only_in(search):
            said = f"{told.day} {told.said}".strip()
            yield safe_text(f"    looked at: {said}  {told.record}", "dim")
    if not firm.searches:
        yield safe_text("  no search is recorded", "dim")


def _word_lines(word: Word, reader: Reader) -> Iterator[Text]:
    name, key = name_in_words(word, reader), word.commitment.matter
    yield safe_text(f"  {word.made[0].day} {name}  {key}", "bold")
    yield safe_text(f"    stands: {state_in_words(word)}")
    yield safe_text(f"    covers: {scope_in_words(word, reader)}")
    for told, fact in zip(word.made, word.commitment.made, strict=True):
        yield from _told_lines(told, f"in our words: {told.said}", rests_on(told, fact))
    for act in word.acts:
        said = f"{act.told.day} {KINDS[act.kind]}: {act.told.said}"
        yield from _told_lines(act.told, said, act_sources(act))
        if act.act and act.act.fact.reading:
            yield safe_text(f"      read so because: {act.act.fact.reading}", "dim")
        if note := act_note(act, word):
            yield safe_text(f"      note: {note}", "dim")
    for reply in word.replies:
        who = reader.caption(reply.author)
        yield safe_text(f"    reply {reply.date}, {who}: {reply.text}  {reply.id}")


def _told_lines(told: Told, said: str, sources: str) -> Iterator[Text]:
    yield safe_text(f"    {said}")
    for quote in told.quotes:
        yield safe_text(f"      “{quote}”")
    by = told_by(told)
    yield safe_text(f"      {sources}, {by}  {told.record}", "dim")
