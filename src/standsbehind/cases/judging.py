"""Judging: what a person says of a row and an entity, kept with what was in view when it was said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from standsbehind.cases.needed import (
    MOST_OF_A_NAME,
    needed_author,
    needed_reason,
    needed_text,
)
from standsbehind.cases.resolving import PairBench
from standsbehind.errors import UsageError
from standsbehind.graph.lookup import Lookup
from standsbehind.graph.reader import Reader
from standsbehind.matching.names import fold
from standsbehind.publishing.home import timestamp
from standsbehind.resolution.identity import identity_of
from standsbehind.resolution.judgement_log import Kept
from standsbehind.resolution.judgements import (
    CUSTOMER,
    EVERYWHERE,
    ON_LIST,
    Customer,
    Evidence,
    Judgement,
    Standing,
    Verdict,
    standing_of,
)
from standsbehind.screening.files.headings import normalise
from standsbehind.screening.judged import customer_of
from standsbehind.screening.query import Intake, Query

__all__ = [
    "BadRow",
    "Bench",
    "Reviewed",
    "Word",
    "read_reviewed",
]


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says: whether a customer is an entity, how far that reaches, and why."""

    customer: Customer
    entity: str
    """An id or a name."""
    verdict: Verdict
    scope: str
    author: str
    reason: str
    until: date | None = None
    row: int = 0
    """Of the reviewed file; 0 where it was said on the command line."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a reviewed file that cannot be taken."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reviewed file: what it says, and what cannot be taken."""

    words: tuple[Word, ...]
    bad: tuple[BadRow, ...]
    not_judged: int
    """Rows without a verdict."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where judgements are made: one snapshot, and the moment."""

    reader: Reader
    lookup: Lookup
    now: datetime

    def judgement(self, word: Word) -> Judgement:
        """Make a judgement of a word, with what identifies its entity now.

        Raises UsageError where a part of it is missing, too long or no text, where the
        entity is not told, where its list does not name it, and for a day that is past.
        """
        customer = word.customer
        needed_text("the name", customer.name, MOST_OF_A_NAME)
        if not fold(customer.name):
            message = f"{customer.name!r}: no letter or digit in the name"
            raise UsageError(message)
        for more in (*customer.names, *(n for _, n in customer.identifiers)):
            needed_text(f"what {customer.name} is known by", more, MOST_OF_A_NAME)
        if word.until is not None and word.until < self.now.date():
            message = f"until {word.until}: that day is past"
            raise UsageError(message)
        entity = self._entity(word.entity)
        return Judgement(
            left=customer,
            right=entity,
            verdict=word.verdict,
            scope=word.scope,
            author=needed_author(word.author),
            reason=needed_reason(word.reason),
            made_at=timestamp(self.now),
            until=word.until.isoformat() if word.until else None,
            evidence=self._evidence(entity, word.scope),
        )

    def _entity(self, told: str) -> str:
        return self.lookup.find_one(needed_text("the entity", told, MOST_OF_A_NAME))

    def _evidence(self, entity: str, scope: str) -> Evidence:
        claims = self.reader.claims([entity])[entity]
        held = identity_of(claim.statement for claim in claims)
        if scope.startswith(ON_LIST):
            limit = scope.removeprefix(ON_LIST)
            if limit not in held:
                message = (
                    f"{scope}: does not name {self.reader.caption(entity)} ({entity}); "
                    f"{', '.join(held)} does"
                )
                raise UsageError(message)
            held = {limit: held[limit]}
        elif scope not in {CUSTOMER, EVERYWHERE}:
            message = (
                f"{scope}: not a scope; write {CUSTOMER}, {EVERYWHERE} or {ON_LIST}ID"
            )
            raise UsageError(message)
        return Evidence(self.reader.snapshot.id, {entity: held})

    def standing(self, one: Kept) -> Standing | None:
        """Say how a judgement stands today; None where its entity is in the data no more."""
        if one.judgement.is_pair:
            return PairBench(self.reader, self.lookup, self.now).standing(one)
        key = self.lookup.merges.canonical(one.judgement.right)
        if key not in self.reader.entities:
            return None
        claims = self.reader.claims([key])[key]
        held = identity_of(claim.statement for claim in claims)
        return standing_of(one.judgement, held, self.now.date())


def read_reviewed(intake: Intake, author: str, scope: str) -> Reviewed:
    """Read what a reviewer wrote into a file; a row without a verdict is not judged yet.

    `author` and `scope` hold where a row gives none. Raises UsageError where the file has
    no column `verdict`, or none that names the entity.
    """
    rows = [(query, _cells(query.fields)) for query in intake.queries]
    skipped = [(one, _cells(one.fields)) for one in intake.skipped]
    _need_columns(intake, {name for _, cells in (*rows, *skipped) for name in cells})
    words: list[Word] = []
    bad = [
        BadRow(one.row, one.reason) for one, cells in skipped if cells.get("verdict")
    ]
    for query, cells in rows:
        if not cells.get("verdict"):
            continue
        try:
            words.append(_word(query, cells, author, scope))
        except UsageError as error:
            bad.append(BadRow(query.row, str(error)))
    not_judged = len(rows) + len(skipped) - len(words) - len(bad)
    return Reviewed(tuple(words), tuple(bad), not_judged)


def _cells(fields: Mapping[str, str]) -> dict[str, str]:
    return {normalise(head): cell.strip() for head, cell in fields.items()}


def _need_columns(intake: Intake, found: set[str]) -> None:
    for needed in ({"verdict"}, {"entity", "entity id"}):
        if not needed & found:
            message = (
                f"{intake.name}: there is no column {min(needed)!r}; needed are "
                "name, entity, verdict and reason; author, until and scope may be there"
            )
            raise UsageError(message)


def _word(query: Query, cells: Mapping[str, str], author: str, scope: str) -> Word:
    given = customer_of(query)
    numbers = (*given.identifiers, *_identifiers(cells.get("identifiers", "")))
    return Word(
        customer=Customer(
            given.name, given.names, given.countries, tuple(dict.fromkeys(numbers))
        ),
        entity=cells.get("entity id") or cells.get("entity", ""),
        verdict=_verdict(cells["verdict"]),
        scope=(cells.get("scope") or scope).strip(),
        author=cells.get("author") or author,
        reason=cells.get("reason", ""),
        until=_until(cells.get("until", "")),
        row=query.row,
    )


def _identifiers(cell: str) -> Iterator[tuple[str, str]]:
    """Read numbers back as a screening writes them: `lei: 5299...; tax: DE12`."""
    for part in filter(None, map(str.strip, cell.split(";"))):
        kind, colon, value = part.partition(":")
        yield (kind.strip(), value.strip()) if colon else ("identifier", part)


_VERDICTS: Mapping[str, Verdict] = {
    "negative": "negative",
    "not same": "negative",
    "positive": "positive",
    "same": "positive",
    "unsure": "unsure",
}


def _verdict(cell: str) -> Verdict:
    found = _VERDICTS.get(normalise(cell))
    if found is None:
        message = f"verdict {cell[:60]!r}: not one of not-same, same and unsure"
        raise UsageError(message)
    return found


def _until(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError as error:
        message = f"until {cell[:60]!r}: not a day; write it as 2026-11-23"
        raise UsageError(message) from error
