"""The docket: cases and people, kept as acts that are added and never changed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Row,
    String,
    Table,
    Text,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from standsbehind.errors import EngineError, EvidenceError, UsageError
from standsbehind.model.act import Act, Draft, canonical, first_bad
from standsbehind.model.case import Case
from standsbehind.model.procedure import PEOPLE, People, refusal, refusal_of_people
from standsbehind.store.database import TABLES, Database

__all__ = ["ACTS", "Docket"]

ACTS = Table(
    "acts",
    TABLES,
    Column("case_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("person", Text, nullable=False),
    Column("role", String(16)),
    Column("at", String(20), nullable=False),
    Column("said", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
)
"""The one table of cases; case and number together are its key, so that one place takes one act."""

_TRIES = 100
"""How often an act is put after others that came at the same moment."""


@dataclass(frozen=True, slots=True)
class Docket:
    """All cases of one database."""

    database: Database

    @classmethod
    def at(cls, address: Path | str) -> "Docket":
        """Open a docket by the path of its file or the URL of its database."""
        return cls(Database(address))

    def cases(self) -> tuple[Case, ...]:
        """Read all cases, by their ids. Raises EvidenceError where one is damaged."""
        logs = self._logs()
        return tuple(Case.of(key, acts) for key, acts in logs if key != PEOPLE)

    def case(self, key: str) -> Case:
        """Read one case. Raises UsageError where there is none of that id."""
        with self.database.reading() as connection:
            acts = _acts(connection, key)
        if not acts or key == PEOPLE:
            raise _no_case(key)
        return Case.of(key, acts)

    def people(self) -> People:
        """Read who may act."""
        with self.database.reading() as connection:
            return _people(connection)

    def open(self, draft: Draft, now: datetime) -> Act:
        """Open a case; its id is the year and the next number of that year."""
        (act,) = self._added(None, (draft,), now)
        return act

    def add(
        self, case: str, drafts: Sequence[Draft], now: datetime, seen: int | None = None
    ) -> tuple[Act, ...]:
        """Add acts to a case, all or none.

        `seen`: how many acts whoever does it has read; where others came since, none is
        added. Raises UsageError where an act is not legal or came too late.
        """
        return self._added(case, drafts, now, seen)

    def add_person(self, draft: Draft, now: datetime) -> None:
        """Enrol or retire a person. Raises UsageError where that is not legal."""
        self._added(PEOPLE, (draft,), now)

    def _added(
        self,
        case: str | None,
        drafts: Sequence[Draft],
        now: datetime,
        seen: int | None = None,
    ) -> tuple[Act, ...]:
        for _ in range(_TRIES):
            try:
                with self.database.writing() as connection:
                    return _append(connection, case, drafts, now, seen)
            except _TakenError:
                continue  # another act took the place: read it, and ask again
        message = f"{self.database.name}: too many write at once; run it again"
        raise EngineError(message)

    def problems(self) -> Iterator[str]:
        """Yield one line for each act: empty where its case is what was written to it.

        Of a case that is not, the first act that is not is named.
        """
        try:
            logs = list(self._logs())
        except EvidenceError as error:
            yield str(error)
            return
        for key, acts in logs:
            bad = first_bad(key, acts)
            yield from [""] * (len(acts) - bool(bad))
            if bad:
                yield f"{self.database.name}: {bad}"
        for gap in _gaps([key for key, _ in logs]):
            yield f"{self.database.name}: case {gap}: is missing"

    def _logs(self) -> list[tuple[str, list[Act]]]:
        with self.database.reading() as connection:
            order = select(ACTS).order_by(ACTS.c.case_id, ACTS.c.number)
            acts = list(map(_act, connection.execute(order)))
        return [
            (key, list(found)) for key, found in groupby(acts, lambda act: act.case)
        ]


class _TakenError(Exception):
    """Another act has the number that this one was to have."""


def _append(
    connection: Connection,
    case: str | None,
    drafts: Sequence[Draft],
    now: datetime,
    seen: int | None,
) -> tuple[Act, ...]:
    """Add acts after those that the database holds now, each judged on what it then holds."""
    key = case or _next_id(connection, now)
    acts = _acts(connection, key)
    if case not in {None, PEOPLE} and not acts:
        raise _no_case(key)
    _refuse_unseen(acts, seen)
    people = _people(connection)
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for draft in drafts:
        if case == PEOPLE:
            why = refusal_of_people(people, draft)
        else:
            held = Case.of(key, acts) if acts else None
            why = refusal(held, people, draft, now.date())
        if why:
            raise UsageError(why)
        acts.append(Act.after(key, acts, draft, moment))
    added = acts[-len(drafts) :]
    try:
        connection.execute(insert(ACTS), list(map(_row, added)))
    except IntegrityError as error:
        raise _TakenError from error
    return tuple(added)


def _refuse_unseen(acts: Sequence[Act], seen: int | None) -> None:
    if seen is None or seen >= len(acts):
        return
    first = acts[seen]
    message = (
        f"case {first.case}: act {first.number} ({first.kind} by {first.by}) came first, "
        "so nothing was added; read the case again, and repeat this if it still holds"
    )
    raise UsageError(message)


def _people(connection: Connection) -> People:
    acts = _acts(connection, PEOPLE)
    if bad := first_bad(PEOPLE, acts):
        message = f"{bad}; restore the docket from a backup"
        raise EvidenceError(message)
    return People.of(acts)


def _next_id(connection: Connection, now: datetime) -> str:
    year = f"{now.year:04d}-"
    ids = select(func.max(ACTS.c.case_id)).where(ACTS.c.case_id.startswith(year))
    last = connection.execute(ids).scalar_one()
    return f"{year}{int(last.removeprefix(year)) + 1 if last else 1:05d}"


def _gaps(keys: Sequence[str]) -> Iterator[str]:
    """Name the cases that were there and are not: their numbers have no gap within a year."""
    held = {key for key in keys if re.fullmatch(r"\d{4}-\d+", key)}
    for year in sorted({key[:5] for key in held}):
        last = max(int(key[5:]) for key in held if key.startswith(year))
        numbered = (f"{year}{number:05d}" for number in range(1, last + 1))
        yield from (key for key in numbered if key not in held)


def _acts(connection: Connection, case: str) -> list[Act]:
    if "\0" in case:
        return []  # PostgreSQL takes no such text
    order = select(ACTS).where(ACTS.c.case_id == case).order_by(ACTS.c.number)
    return list(map(_act, connection.execute(order)))


def _act(row: Row[Any]) -> Act:
    try:
        said = orjson.loads(row.said)
    except ValueError as error:
        message = (
            f"case {row.case_id}, act {row.number}: was changed after it was written "
            f"({error}); restore the docket from a backup"
        )
        raise EvidenceError(message) from error
    return Act(
        case=row.case_id,
        number=row.number,
        kind=row.kind,
        by=row.person,
        role=row.role,
        at=row.at,
        said=said,
        previous=row.previous,
        digest=row.digest,
    )


def _row(act: Act) -> Mapping[str, Any]:
    return {
        "case_id": act.case,
        "number": act.number,
        "kind": act.kind,
        "person": act.by,
        "role": act.role,
        "at": act.at,
        "said": canonical(act.said).decode(),
        "previous": act.previous,
        "digest": act.digest,
    }


def _no_case(key: str) -> UsageError:
    return UsageError(f"{key}: no such case; `behind case list` says which there are")
