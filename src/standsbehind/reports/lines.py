"""Lines: an answer made flat, one line for each hit, the same in every table format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from standsbehind.cases.screening import AnsweredHit, AnsweredRow, Row, ScreenAnswer
from standsbehind.model.citation import Citation
from standsbehind.model.designation import Designation
from standsbehind.reports import words
from standsbehind.reports.exposures import effects_on_roles, effects_through
from standsbehind.reports.words import NOTICES
from standsbehind.screening.query import Query, Skipped
from standsbehind.tracing.paths import Path, in_one_line

__all__ = ["COLUMNS", "Line", "citations_of_hit", "lines", "lines_of_row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One hit of one row; a row without a hit, or not examined, is one line."""

    row: int
    name: str
    status: str
    entity_id: str = ""
    entity: str = ""
    schema: str = ""
    score: str = ""
    kind: str = ""
    matched: str = ""
    lists: str = ""
    """Titles of the programs that list the entity on the day asked about."""
    programs: str = ""
    """Ids of all programs that ever named it, with the status of each."""
    effects: str = ""
    paths: str = ""
    sources: str = ""
    note: str = ""
    judgements: str = ""
    """What people judged of the hit, and how that stands."""
    countries: str = ""
    """With the next two, what the row gives besides its name, for `behind judge --file`."""
    other_names: str = ""
    identifiers: str = ""


COLUMNS = tuple(field.name for field in fields(Line))


def lines(answer: ScreenAnswer) -> Iterator[Line]:
    """Give the lines one by one: the rows in their order, then what was not examined."""
    for row in answer.rows:
        yield from lines_of_row(row, answer)
    for skipped in answer.skipped:
        yield _of_skipped(skipped)


def lines_of_row(row: Row, answer: ScreenAnswer) -> Iterator[Line]:
    """Give the lines of one row of the file; of `answer` all but its rows is used."""
    if isinstance(row, Skipped):
        yield _of_skipped(row)
        return
    query = row.result.query
    if not row.told:
        line = Line(query.row, query.name, row.result.status, note=NOTICES[1])
        yield _with_given(line, query)
    for hit in row.hits:
        yield _of_hit(row, hit, answer)
    for hit in row.judged:
        note = words.JUDGED if row.hits else f"{words.JUDGED} {NOTICES[1]}"
        yield replace(_of_hit(row, hit, answer), note=f"{note}{_aliases(hit)}")


def _with_given(line: Line, query: Query) -> Line:
    """Add what a row says besides its name, in the form in which it can be read back."""
    return replace(
        line,
        countries="; ".join(query.countries),
        other_names="; ".join((*query.names, *query.products)),
        identifiers="; ".join(f"{kind}: {value}" for kind, value in query.identifiers),
    )


def _of_skipped(skipped: Skipped) -> Line:
    given = "; ".join(
        f"{head}: {value}" for head, value in skipped.fields.items() if value
    )
    note = f"{skipped.reason} ({given})" if given else skipped.reason
    return Line(skipped.row, "", "not_examined", note=note)


def _of_hit(row: AnsweredRow, hit: AnsweredHit, answer: ScreenAnswer) -> Line:
    own = [d for x in hit.exposures if x.path is None for d in x.designations]
    paths = [x.path for x in hit.exposures if x.path is not None]
    more = (
        " More listed subjects stand near than are shown." if hit.more_exposures else ""
    )
    line = Line(
        row=row.result.query.row,
        name=row.result.query.name,
        status=row.result.status,
        entity_id=hit.hit.entity_id,
        entity=hit.caption,
        schema=hit.schema,
        score=f"{hit.hit.score:.4f}",
        kind=hit.hit.kind,
        matched=hit.hit.matched,
        lists="; ".join(_listing_it(own, answer)),
        programs="; ".join(f"{d.program} ({d.status}, {d.interval})" for d in own),
        effects="; ".join(_effects(hit)),
        paths="; ".join(_path(path, answer) for path in paths),
        sources="; ".join(_addresses(hit)),
        note=f"{NOTICES[0]}{more}{_aliases(hit)}",
        judgements="; ".join(one.said for one in hit.judgements),
    )
    return _with_given(line, row.result.query)


def _aliases(hit: AnsweredHit) -> str:
    told = "; ".join(map(words.alias_with_address, hit.aliases))
    return f" Alias: {told}" if told else ""


def _listing_it(own: Sequence[Designation], answer: ScreenAnswer) -> Iterator[str]:
    holding = (d for d in own if d.holds_on(answer.position.as_of))
    yield from dict.fromkeys(words.program_title(d.program) for d in holding)


def _effects(hit: AnsweredHit) -> Iterator[str]:
    yield from effects_on_roles(hit)
    yield from effects_through(hit)


def _path(path: Path, answer: ScreenAnswer) -> str:
    return in_one_line(path, answer.names, lambda edge: f"{edge.role} ({edge.grade})")


def _addresses(hit: AnsweredHit) -> Iterator[str]:
    cited = citations_of_hit(hit)
    yield from dict.fromkeys(citation.url for citation in cited if citation.url)


def citations_of_hit(hit: AnsweredHit) -> Iterator[Citation]:
    """Give the citations of the entity, its listings, and what leads to listed subjects."""
    yield from hit.citations
    for link in hit.relied_on:
        yield from link.edge.citations
    for exposure in hit.exposures:
        for designation in exposure.designations:
            yield from designation.citations
        for hop in exposure.path.hops if exposure.path else ():
            yield from hop.edge.citations
