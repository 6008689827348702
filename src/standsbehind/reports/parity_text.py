"""Parity as text: a table for each class, then pairs, waits, lists, and what else differs."""

from collections.abc import Iterator

from rich.console import Group as Together
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from standsbehind.cases.parity import Parity
from standsbehind.graph.reader import Reader
from standsbehind.reports.findings import told_from
from standsbehind.reports.parity import Sides
from standsbehind.reports.parity_words import (
    NOTICES,
    OUTCOMES_IN_WORDS,
    at_home_in_words,
    differences,
    exposure_notes,
    few_note,
    first_list_in_words,
    found_in_words,
    grades_in_words,
    home_in_words,
    homes_in_words,
    interval_in_words,
    listed_in_words,
    reach_in_words,
    sizes_in_words,
    wait_in_words,
)
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import counted, program_title
from standsbehind.standards.matched import Pair
from standsbehind.standards.parity import ClassParity, Examined, Exposure, Group

__all__ = ["parity_text"]


def parity_text(found: Parity, reader: Reader, limit: int) -> RenderableType:
    """Write the comparison out; as many pairs as asked for."""
    return Together(*_parts(found, reader, limit))


def _parts(found: Parity, reader: Reader, limit: int) -> Iterator[RenderableType]:
    standard = found.standard
    yield safe_text(f"Who is listed on {found.as_of}, by home, class by class", "bold")
    yield safe_text(told_from(standard, reader, None), "dim")
    yield safe_text(sizes_in_words(found))
    yield from (safe_text(notice, "italic") for notice in NOTICES)
    silent = [one.norm for one in found.classes if not one.groups]
    for one in found.classes:
        if one.groups:
            yield safe_text(f"\n{one.norm} {standard.norm(one.norm).title}", "bold")
            yield from _class(one)
    if silent:
        said = f"\nnobody was examined, nothing was looked at: {', '.join(silent)}"
        yield safe_text(said, "dim")
    yield from _pairs(found, Sides(found, reader), limit)
    yield from _waits(found, reader)
    yield from _lists(found)
    yield safe_text("\nWhat else differs, beside the conduct", "bold")
    for confounder in found.confounders:
        yield safe_text(f"{confounder.title}: {confounder.says}")
        where = f"{confounder.reference.title} <{confounder.reference.href}>"
        yield safe_text(f"  {confounder.counted}. {where}", "dim")


def _class(one: ClassParity) -> Iterator[RenderableType]:
    if one.of("shown") is None:
        yield safe_text("  shown of nobody")
    for group in one.groups:
        yield safe_text(f"  {OUTCOMES_IN_WORDS[group.outcome]}")
        yield _table(group)
        note = few_note(group.together, group.exposures)
        if note:
            yield safe_text(f"    {note}", "dim")


_HEADINGS = ("home", "listed", "exact 95 % interval", "on an open list")


def _table(group: Group) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
    table.add_column("   ", width=3)
    for heading in (*_HEADINGS, "by lister", "beside it"):
        table.add_column(heading, overflow="fold")
    for row in group.exposures:
        table.add_row("", safe_text(home_in_words(row.country)), *_cells(row))
    if len(group.exposures) > 1:
        table.add_row("", Text("all homes", "dim"), *_cells(group.together))
    return table


def _cells(row: Exposure) -> Iterator[Text]:
    yield safe_text(f"{row.designated.count} of {row.designated.of}")
    yield safe_text(interval_in_words(row.designated))
    yield safe_text(f"{row.on_open_list.count} of {row.on_open_list.of}")
    listers = (f"{code or 'not stated'} {n}" for code, n in row.by_lister.items())
    yield safe_text(", ".join(listers))
    yield safe_text("; ".join(exposure_notes(row)), "dim")


def _pairs(found: Parity, sides: Sides, limit: int) -> Iterator[Text]:
    yield safe_text("\nMatched pairs: same class, same found, same grade", "bold")
    shown = found.matched.pairs[:limit]
    if not shown:
        yield safe_text(
            "  None: no listed name is alike, in that way, to one that is not."
        )
    for pair in shown:
        yield from _pair(pair, sides)
    left = found.matched.possible - len(shown)
    if left:
        more = counted(left, "more pair is", "more pairs are")
        yield safe_text(f"  {more} not shown; --limit shows more", "dim")


def _pair(pair: Pair, sides: Sides) -> Iterator[Text]:
    found = found_in_words(pair.listed.outcome)
    grades = grades_in_words(sides.elements(pair.norm), pair.listed.grades)
    yield safe_text(f"{pair.norm} {found}; on: {grades}", "bold")
    for word, one in (("listed", pair.listed), ("not listed", pair.other)):
        name = f"{sides.reader.caption(one.subject)} ({home_in_words(one.home)})"
        yield safe_text(f"  {word}: {name}, {listed_in_words(one)}  {one.subject}")
        yield from _grounds(one, sides)
    differ = (f"{w}: {ours} / {theirs}" for w, ours, theirs in differences(pair))
    yield safe_text(
        f"  also differs: {'; '.join(differ) or 'nothing that is recorded'}"
    )


def _grounds(one: Examined, sides: Sides) -> Iterator[Text]:
    for claim in sides.claims(one):
        publishers = "; ".join(
            dict.fromkeys(f"{c.publisher}, {c.published}" for c in claim["citations"])
        )
        yield safe_text(f"    {claim['element']}: {claim['says']}", "dim")
        yield safe_text(f"      {publishers}  {claim['record']}", "dim")
    for reply in sides.replies(one):
        who = sides.reader.caption(reply.author)
        yield safe_text(f"    reply {reply.date}, {who}: {reply.text}  {reply.id}")


def _waits(found: Parity, reader: Reader) -> Iterator[RenderableType]:
    yield safe_text("\nFrom the first report to the first listing", "bold")
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
    headings = ("class", "home", "name", "result", "first report", "first list", "days")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for one in found.classes:
        for wait in one.waits:
            table.add_row(
                one.norm,
                safe_text(home_in_words(wait.home)),
                safe_text(reader.caption(wait.subject)),
                wait.outcome,
                wait.first_report or "no date",
                safe_text(first_list_in_words(wait)),
                safe_text(wait_in_words(wait, found.as_of.isoformat())),
            )
    yield table


def _lists(found: Parity) -> Iterator[RenderableType]:
    yield safe_text("\nWhom each list names that day, whatever they did", "bold")
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False)
    for heading in (
        "lister",
        "list",
        "organisations, by home",
        "at home with the lister",
        "whom its text can reach",
    ):
        table.add_column(heading, overflow="fold")
    for roll in found.rolls:
        table.add_row(
            safe_text(roll.lister or "not stated"),
            safe_text(program_title(roll.program)),
            safe_text(homes_in_words(roll.homes)),
            at_home_in_words(roll),
            safe_text(reach_in_words(roll)),
        )
    yield table
