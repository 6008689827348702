"""Limits: what an answer did not look at, in sentences, so that silence is not read as clear."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standsbehind.cases.screening import ScreenAnswer
from standsbehind.connectors.dataset import dataset_ids, load_dataset
from standsbehind.reports.words import counted, sentence
from standsbehind.standards.programs import load_programs
from standsbehind.tracing.exposure import MAX_HOPS, MOST

__all__ = ["Limit", "limits", "limits_of_list"]

_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that was not examined."""

    what: str
    why: str


def limits(answer: ScreenAnswer) -> Iterator[Limit]:
    """Say what the answer did not look at: rows, lists, programs, names, paths."""
    yield from _of_the_file(answer)
    yield from _of_lists_not_searched(answer)
    for source in answer.lists:
        yield from limits_of_list(source)
    yield from _of_programs(answer)
    yield from _of_matching(answer)
    yield from _of_judgements(answer)
    yield from _of_paths(answer)


def _of_the_file(answer: ScreenAnswer) -> Iterator[Limit]:
    for note in answer.intake.notes:
        yield Limit("How the file was read", note)


def _of_lists_not_searched(answer: ScreenAnswer) -> Iterator[Limit]:
    known = dataset_ids()
    titles = [
        f"{load_dataset(key).title} ({key})" if key in known else key
        for key in answer.not_searched
    ]
    if titles:
        yield Limit("Lists that were not searched", sentence("; ".join(titles)))


def limits_of_list(source: Mapping[str, Any]) -> Iterator[Limit]:
    """Say what of a list is missing, old or unproven."""
    title = str(source.get("title") or source["id"])
    missing = source.get("partial") or ()
    if missing:
        yield Limit(
            title,
            sentence(f"This list was read in part. Missing: {'; '.join(missing)}"),
        )
    if source.get("stale"):
        failed = f": {source['failed']}" if source.get("failed") else ""
        yield Limit(
            title,
            f"The last attempt to read it anew failed{failed}. An older copy was searched.",
        )
    if source.get("quarantined"):
        records = counted(source["quarantined"], "record", "records")
        yield Limit(title, f"{records} could not be read without guessing: set aside.")
    if source.get("unproven"):
        yield Limit(
            title, f"The reading of this list is unproven: {source['unproven']}"
        )


def _of_programs(answer: ScreenAnswer) -> Iterator[Limit]:
    named = {
        designation.program
        for row in answer.rows
        for hit in row.told
        for exposure in hit.exposures
        for designation in exposure.designations
    }
    for program in sorted(named - set(load_programs())):
        yield Limit(program, "No effect rule is written for this program.")


def _of_matching(answer: ScreenAnswer) -> Iterator[Limit]:
    yield Limit(
        "Names",
        "Names were compared by spelling, by the aliases that the lists and sources give, "
        "and by transliteration. A firm under a name that none of them gives is not found.",
    )
    options = answer.options
    yield Limit(
        "Weaker likenesses",
        f"A name that scores under {options.threshold:.2f} is not shown, and no row shows "
        f"more than {options.limit} hits.",
    )


def _of_judgements(answer: ScreenAnswer) -> Iterator[Limit]:
    aside = sum(len(row.judged) for row in answer.rows)
    if aside:
        yield Limit(
            "Judged hits",
            f"{counted(aside, 'hit was', 'hits were')} set aside because a person judged "
            "that it is not the row's subject. Each is shown with author, date and reason; "
            "whether the judgement is right was not examined.",
        )


def _of_paths(answer: ScreenAnswer) -> Iterator[Limit]:
    yield Limit(
        "Paths",
        f"Listed subjects were looked for at most {MAX_HOPS} links from a hit, and at most "
        f"{MOST} are shown for each. Two that have no more in common than a customer, a "
        "place or a capability are not joined. Whether a listing reaches a hit was worked out "
        "from the stakes, statements and supplies that the snapshot holds, at any remove.",
    )
    more = {
        hit.hit.entity_id: answer.names.get(hit.hit.entity_id, hit.hit.entity_id)
        for row in answer.rows
        for hit in row.told
        if hit.more_exposures
    }
    if more:
        yield Limit(
            "Further listed subjects",
            sentence(
                f"More than {MOST} stand near these hits, and not all are shown: "
                f"{_some_of(tuple(more.values()))}"
            ),
        )


def _some_of(names: tuple[str, ...]) -> str:
    shown = "; ".join(names[:_MOST_NAMES])
    left = len(names) - _MOST_NAMES
    return f"{shown}; and {left:,} more" if left > 0 else shown
