"""Answers in a terminal: a table to read, with the words that must stand beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from standsbehind.cases.counts import Counts
from standsbehind.cases.screening import AnsweredHit, AnsweredRow, ScreenAnswer
from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.designation import Designation
from standsbehind.model.edge import Edge
from standsbehind.model.reply import Reply
from standsbehind.reports.dated import designations_on, entity_on
from standsbehind.reports.exposures import (
    effects_on_roles,
    effects_through,
)
from standsbehind.reports.hanging import Hanging
from standsbehind.reports.plain import plain
from standsbehind.reports.words import (
    NOTICES,
    alias_in_words,
    alias_with_address,
    counted,
    list_title,
    outcome,
    program_title,
)
from standsbehind.standards.effects import LAW_AS_OF, NOT_LEGAL_ADVICE
from standsbehind.store.snapshot import Snapshot
from standsbehind.tracing.paths import Path

__all__ = [
    "as_text",
    "console",
    "match_text",
    "safe_text",
    "screen_table",
    "show_text",
    "source_line",
    "sources_table",
]

SHOWN_QUIET_ROWS = 200
"""Rows without a hit that a terminal shows; a file format shows all."""
_NOT_SCREENED = (
    "Places, deployments and norms are not screened; `behind show` finds them."
)


def safe_text(words: str, style: str = "") -> Text:
    """Make text for a terminal; control codes that hide in data are shown, not obeyed."""
    return Hanging(plain(words), style)


def screen_table(answer: ScreenAnswer) -> RenderableType:
    """Lay a screening out: one line per row, the best hit with what it is exposed to."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    for heading in ("row", "name", "status", "meets", "score", "stands behind it"):
        is_number = heading in {"row", "score"}
        table.add_column(
            heading, justify="right" if is_number else "left", overflow="fold"
        )
    quiet = 0
    for row in answer.rows:
        quiet += not row.told
        if row.told or quiet <= SHOWN_QUIET_ROWS:
            table.add_row(*_line(row, answer))
    for skipped in answer.skipped[:SHOWN_QUIET_ROWS]:
        table.add_row(
            str(skipped.row),
            "",
            safe_text("not_examined", "yellow"),
            "",
            "",
            safe_text(skipped.reason),
        )
    return Group(table, Text(), *_footer(answer, quiet))


def _line(row: AnsweredRow, answer: ScreenAnswer) -> Sequence[RenderableType]:
    query = row.result.query
    if not row.hits:
        return (
            str(query.row),
            safe_text(query.name),
            safe_text("no_hit_found", "dim"),
            Text("\n").join(safe_text(hit.caption, "dim") for hit in row.judged),
            Text("\n").join(safe_text(f"{h.hit.score:.2f}", "dim") for h in row.judged),
            Text("\n").join(_judged(row.judged)),
        )
    best = row.hits[0]
    return (
        str(query.row),
        safe_text(query.name),
        safe_text("hit", "bold red"),
        Text("\n").join(_met(best, more=len(row.hits) - 1)),
        f"{best.hit.score:.2f}",
        Text("\n").join(
            (*_behind(best, answer), *_judged(row.hits), *_judged(row.judged))
        ),
    )


def _met(hit: AnsweredHit, more: int = 0) -> Iterator[Text]:
    yield safe_text(f"{hit.caption} ({hit.hit.kind})")
    for claim in hit.aliases:
        yield safe_text(alias_in_words(claim), "dim")
    if more:
        yield safe_text(f"and {counted(more, 'more hit', 'more hits')}", "dim")


def _judged(hits: Sequence[AnsweredHit]) -> Iterator[Text]:
    for hit in hits:
        for one in hit.judgements:
            yield safe_text(f"{hit.caption}: {one.said}", "dim")


def _behind(hit: AnsweredHit, answer: ScreenAnswer) -> Iterator[Text]:
    own = [e for e in hit.exposures if e.path is None]
    near = [e.path for e in hit.exposures if e.path is not None]
    listings = [d for e in own for d in e.designations]
    holding = [d for d in listings if d.holds_on(answer.position.as_of)]
    if holding:
        named_first = sorted(holding, key=lambda d: not d.listed_name)
        yield safe_text(
            ", ".join(dict.fromkeys(program_title(d.program) for d in named_first))
        )
        if near:
            more = "at least " if hit.more_exposures else ""
            subjects = counted(len(near), "listed subject", "listed subjects")
            yield safe_text(f"{more}{subjects} within two links", "dim")
    elif answer.against is not None:
        yield safe_text("in your list")
    else:
        yield safe_text("on no list on that day" if listings else _on_no_list(hit))
        yield from (_through(path, answer) for path in near)
    yield from map(safe_text, effects_on_roles(hit))
    yield from map(safe_text, effects_through(hit))


def _on_no_list(hit: AnsweredHit) -> str:
    count = len(hit.links)
    if not count:
        return "on no list searched"
    links = "one cited link" if count == 1 else f"{count} cited links"
    return f"on no list searched; {links}"


def _through(path: Path, answer: ScreenAnswer) -> Text:
    """Draw a path as `<- supplied (2020-04, reported, one origin) Dahua`."""
    text = Text()
    for hop in path.hops:
        arrow = "->" if hop.forward else "<-"
        text.append(f"{arrow} {plain(hop.edge.role)} ({hop.edge.grade}) ", "dim")
        text.append(f"{plain(answer.names[hop.target])} ")
    return text


def _footer(answer: ScreenAnswer, quiet: int) -> Iterator[Text]:
    yield safe_text(outcome(Counts.of((*answer.rows, *answer.skipped))), "bold")
    if quiet > SHOWN_QUIET_ROWS:
        yield safe_text(
            f"{quiet - SHOWN_QUIET_ROWS} rows without a hit are not shown", "dim"
        )
    for source in answer.lists:
        yield safe_text(f"searched: {source['title']} ({_dates(source)})", "dim")
    if answer.not_searched:
        yield safe_text(f"not searched: {', '.join(answer.not_searched)}", "dim")
    yield safe_text(f"{answer.searched}, as of {answer.position.as_of}", "dim")
    yield safe_text(" ".join(NOTICES), "italic")


def _dates(source: object) -> str:
    found = source if isinstance(source, dict) else {}
    published = found.get("published")
    said = f"published {published}, " if published else ""
    partial = ", partial" if found.get("partial") else ""
    stale = ", stale: the last pull failed" if found.get("stale") else ""
    return f"{said}read {found.get('retrieved')}{partial}{stale}"


def sources_table(states: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Lay the sources out: who publishes each, when it was read, and what is amiss."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("source", "publisher", "published", "read", "rows", "state"):
        table.add_column(heading, overflow="fold")
    for state in states:
        name = safe_text(f"{state['id']}\n")
        name.append(plain(f"{state['title']}; {state['licence']}"), "dim")
        table.add_row(
            name,
            safe_text(state["publisher"]),
            safe_text(state["published"] or ""),
            state["retrieved"] or "not pulled",
            str(state["rows"] or ""),
            safe_text("\n".join(_remarks(state))),
        )
    return table


def _remarks(state: Mapping[str, Any]) -> Iterator[str]:
    if state["failed"]:
        yield f"stale: {state['failed']}"
    if state["partial"]:
        yield f"partial: {'; '.join(state['partial'])}"
    if state["quarantined"]:
        yield f"{state['quarantined']} records set aside"
    if state.get("unproven"):
        yield f"unproven: {state['unproven']}"


def source_line(citation: Citation) -> str:
    """Say who published what, when and where: `The Paper, 2020-04-29: Title <url>`."""
    said = f"{citation.publisher}, {citation.published or 'no date'}: {citation.title}"
    address = f" <{citation.url}>" if citation.url else ""
    return f"{said}{address} (origin: {citation.origin_group})"


def show_text(
    entity_id: str, reader: Reader, edges: Sequence[Edge], as_of: date | None = None
) -> RenderableType:
    """Write a profile: names and numbers, listings by date, links, replies, with sources."""
    entity = entity_on(entity_id, reader, as_of)
    designations = designations_on(entity_id, reader, as_of)
    told = [entity_id, *(e.id for e in edges), *(d.id for d in designations)]
    parts: list[RenderableType] = [
        safe_text(f"{reader.caption(entity_id)}  {entity.schema}  {entity_id}", "bold")
    ]
    for prop, values in entity.properties.items():
        parts.append(safe_text(f"  {prop}: {'; '.join(values)}"))
    if designations:
        parts.append(safe_text("\nListings", "bold"))
        parts.extend(safe_text(line) for d in designations for line in _listing(d))
    if edges:
        parts.append(safe_text("\nLinks", "bold"))
        for edge in edges:
            names = f"{reader.caption(edge.source)} - {edge.role} -> {reader.caption(edge.target)}"
            parts.append(
                safe_text(f"  {names}  [{edge.interval}; {edge.grade}]  {edge.id}")
            )
            parts.append(safe_text(f"    {edge.summary}", "dim"))
            parts.extend(
                safe_text(f"    {source_line(c)}", "dim") for c in edge.citations
            )
    replies = reader.replies(told)
    if replies:
        parts.append(safe_text("\nReplies", "bold"))
        for reply in replies:
            parts.append(safe_text(f"  {_reply(reply, reader)}"))
            parts.extend(
                safe_text(f"    {source_line(c)}", "dim") for c in reply.citations
            )
    return Group(*parts)


def _reply(reply: Reply, reader: Reader) -> str:
    """Say who replied when, and to which of the links and listings above."""
    to = f" to {', '.join(reply.answers)}" if reply.answers else ""
    return f"{reply.date} {reader.caption(reply.author)}{to}: {reply.text}"


def match_text(row: AnsweredRow, snapshot: Snapshot) -> RenderableType:
    """Write the hits of one name with their reasons, and where it was looked for."""
    names = ", ".join(source["id"] for source in snapshot.sources)
    where = safe_text(f"searched: {names}; snapshot {snapshot.id}", "dim")
    if not row.told:
        none = safe_text("no hit found. That is not clearance.")
        return Group(none, where, safe_text(_NOT_SCREENED, "dim"))
    parts: list[RenderableType] = []
    if not row.hits:
        said = "no hit found that was not judged away. That is not clearance."
        parts.append(safe_text(said))
    for hit in row.told:
        head = f"{hit.hit.score:.2f}  {hit.caption}  {hit.schema}  {hit.hit.entity_id}"
        parts.append(safe_text(head, "bold"))
        parts.append(safe_text(f"      met {hit.hit.matched!r} ({hit.hit.kind})"))
        parts.extend(safe_text(f"      {one.said}", "yellow") for one in hit.judgements)
        parts.extend(
            safe_text(f"        {alias_with_address(claim)}", "dim")
            for claim in hit.aliases
        )
        parts.extend(
            safe_text(f"      {r.weight:.2f} {r.feature}: {r.detail}", "dim")
            for r in hit.hit.explanation
        )
        for exposure in hit.exposures:
            if exposure.path is None:
                parts.extend(
                    safe_text(f"    {line}")
                    for d in exposure.designations
                    for line in _listing(d)
                )
        parts.extend(safe_text(f"      {line}") for line in effects_through(hit))
    said = "A hit is a lead to examine, not an identity."
    if any(line for hit in row.told for line in effects_through(hit)):
        said = f"{said} {NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}."
    return Group(*parts, where, safe_text(said, "italic"))


def _listing(designation: Designation) -> Iterator[str]:
    yield (
        f"  {designation.interval}  {list_title(designation)}, {designation.status}, "
        f"{f'as {designation.listed_name}' if designation.listed_name else 'not by name'}"
    )
    if designation.legal_ground:
        yield f"    ground: {designation.legal_ground}"
    if designation.scope:
        yield f"    scope: {designation.scope}"
    for citation in designation.citations:
        yield f"    {source_line(citation)}"


def as_text(text: RenderableType) -> str:
    """Write what a terminal would show as text without colour, 160 columns wide."""
    written = StringIO()
    Console(file=written, width=160, highlight=False).print(text)
    return written.getvalue()


def console() -> Console:
    """Make a console for stdout that keeps wide tables whole in a pipe."""
    made = Console(highlight=False)
    if not made.is_terminal:
        made = Console(highlight=False, width=160)
    return made
