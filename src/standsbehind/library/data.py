"""Data: a snapshot that is opened from Python, and the questions that can be put to it."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from standsbehind.answers.answering import answer_to, receipt_of
from standsbehind.answers.answers import Verb
from standsbehind.answers.at_hand import AtHand
from standsbehind.answers.known import KnownBy
from standsbehind.answers.screened import ask_snapshot
from standsbehind.answers.terms import iso
from standsbehind.answers.traces import TRACE_TERMS
from standsbehind.cases.effects import Position
from standsbehind.errors import UsageError
from standsbehind.library.found import Found
from standsbehind.library.screening import Screening
from standsbehind.library.tables import Table, open_table
from standsbehind.matching.names import fold
from standsbehind.screening.files.countries import countries_in
from standsbehind.screening.match import Options
from standsbehind.standards.ownership_tests import load_ownership_tests
from standsbehind.standards.provisions import Role

__all__ = ["Data", "open_data"]

BUYER: tuple[Role, ...] = ("buyer",)


def open_data(
    data: str | Path | None = None, *, known_on: date | str | None = None
) -> "Data":
    """Open the current snapshot of a data folder.

    Where none is named, it is that of `BEHIND_DATA`, or the platform's folder for user data.
    `known_on` asks for what was known on that day. The built-in data is put in place at
    first use. What is opened stays: a snapshot that is published later is another `open`.
    """
    day = _day(known_on)
    known = KnownBy.on(day) if day else None
    return Data(data or os.environ.get("BEHIND_DATA"), known)


class Data(AtHand):
    """One snapshot; every answer names it. For one thread."""

    def __init__(
        self, data: str | Path | None = None, known_on: KnownBy | None = None
    ) -> None:
        super().__init__(data, known_on)
        self._notes: list[str] = []

    def tell(self, note: str) -> None:
        """Keep a note for the answer that is being made."""
        self._notes.append(note)

    @property
    def snapshot(self) -> str:
        """The id of the snapshot."""
        return self.reader.snapshot.id

    def __repr__(self) -> str:
        """Name the snapshot."""
        return f"<Data of snapshot {self.snapshot}>"

    def current(self) -> "Data":
        """Open the snapshot that is current by now, with what was judged by now.

        What was read of the same snapshot stays in memory.
        """
        now = Data(self._data, self.known_on)
        if now.home.snapshot(now.now, now.tell_first_use).id == self.snapshot:
            now.reader, now.lookup = self.reader, self.lookup
        return now

    def screen(
        self,
        table: Table,
        *,
        columns: Mapping[str, str] | None = None,
        roles: Sequence[Role] = BUYER,
        jurisdiction: str | None = None,
        as_of: date | str | None = None,
        threshold: float = 0.7,
        lists: Iterable[str] = (),
    ) -> Screening:
        """Screen the rows of a table or file, as `behind screen` does.

        Row 1 is the first row of a table; of a file, rows count as the command counts them.
        Raises UsageError for what is no table, and for roles or lists that are not known.
        """
        opened = open_table(table, columns)
        file = str(table) if isinstance(table, str | Path) else "-"
        asked = ask_snapshot(
            self,
            opened,
            self._position(roles, jurisdiction, as_of),
            Options(_least(threshold), frozenset(lists)),
            reading={
                "file": file,
                "columns": dict(columns or {}),
                "encoding": None,
                "sheet": None,
            },
        )
        totals = asked.run(asked.streaming((), digests=True, keeps=True), ())
        answer = totals.answer(asked.head)
        return Screening(answer, totals.counts, totals.receipt(answer))

    def match(
        self,
        name: str,
        *,
        country: str = "",
        schema: str | None = None,
        limit: int = 5,
        threshold: float = 0.7,
        roles: Sequence[Role] = BUYER,
        jurisdiction: str | None = None,
        as_of: date | str | None = None,
    ) -> Found:
        """Screen one name. Raises UsageError for a name without letters, or no country."""
        countries, unknown = countries_in(country)
        if unknown:
            message = f"{', '.join(unknown)}: not a country; write a code such as cn"
            raise UsageError(message)
        if not fold(name):
            message = f"{name!r}: no letter or digit to look for"
            raise UsageError(message)
        asked = {
            "name": name,
            "countries": list(countries),
            "threshold": _least(threshold),
            "limit": limit,
            "schema": schema,
        }
        return self._ask("match", asked | self._placed(roles, jurisdiction, as_of))

    def show(self, entity: str, *, as_of: date | str | None = None) -> Found:
        """Show all that is known of an entity (an id or a name), with its sources."""
        return self._ask("show", {"entity": entity, "as_of": iso(_day(as_of))})

    def trace(
        self,
        source: str,
        target: str,
        *,
        as_of: date | str | None = None,
        **terms: Any,
    ) -> Found:
        """Trace how one entity stands behind another; `terms` are those of `behind trace`.

        Raises UsageError for a term that does not exist, and where both ends are one entity.
        """
        if unknown := terms.keys() - TRACE_TERMS.keys():
            known = ", ".join(TRACE_TERMS)
            message = f"{', '.join(sorted(unknown))}: no such term; known are {known}"
            raise UsageError(message)
        ends = {"source": source, "target": target, "as_of": iso(_day(as_of))}
        return self._ask("trace", {**ends, **TRACE_TERMS, **terms})

    def effects(
        self,
        entity: str,
        *,
        roles: Sequence[Role] = BUYER,
        jurisdiction: str | None = None,
        as_of: date | str | None = None,
    ) -> Found:
        """Say what each program does about an entity for your role on a day."""
        placed = self._placed(roles, jurisdiction, as_of)
        return self._ask("effects", {"entity": entity, **placed})

    def owners(
        self,
        entity: str,
        *,
        by: Iterable[str] = (),
        tests: Iterable[str] = (),
        limit: int = 200,
        as_of: date | str | None = None,
    ) -> Found:
        """Say who holds an entity, and which rules reach it so. Raises UsageError for no test."""
        wanted, known = list(dict.fromkeys(tests)), load_ownership_tests()
        if unknown := [name for name in wanted if name not in known]:
            message = (
                f"{', '.join(unknown)}: no such test; known are {', '.join(known)}"
            )
            raise UsageError(message)
        day = _day(as_of) or self.now.date()
        asked = {"by": list(by), "tests": wanted, "limit": limit}
        return self._ask("owners", {"entity": entity, **asked, "as_of": iso(day)})

    def _ask(self, verb: Verb, asked: Mapping[str, Any]) -> Found:
        self._notes.clear()
        answer = answer_to(self, verb, asked)
        receipt = receipt_of(self, verb, asked, answer)
        return Found(answer, receipt, tuple(self._notes))

    def _placed(
        self, roles: Sequence[Role], where: str | None, as_of: date | str | None
    ) -> dict[str, Any]:
        position = self._position(roles, where, as_of)
        return {
            "roles": list(position.roles),
            "in": position.jurisdiction,
            "as_of": iso(position.as_of),
        }

    def _position(
        self, roles: Sequence[Role], where: str | None, as_of: date | str | None
    ) -> Position:
        known = set(get_args(Role))
        if isinstance(roles, str) or not roles or not set(roles) <= known:
            message = f"{roles!r}: roles are a list out of {', '.join(get_args(Role))}"
            raise UsageError(message)
        if where is not None and not (len(where) == 2 and where.isascii()):
            message = f"{where}: not a jurisdiction; write two letters such as us or eu"
            raise UsageError(message)
        day = _day(as_of) or self.now.date()
        return Position(day, tuple(dict.fromkeys(roles)), where and where.lower())


def _least(threshold: float) -> float:
    """Refuse a least score that would let all through, or nothing: that reads as no hit."""
    if not 0.1 <= threshold <= 1:
        message = f"threshold {threshold}: the least score of a hit is from 0.1 to 1"
        raise UsageError(message)
    return threshold


def _day(given: date | str | None) -> date | None:
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        message = f"{given!r} is not a day; write it as 2026-11-23"
        raise UsageError(message) from error
