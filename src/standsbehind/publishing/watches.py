"""Watches: saved questions, what their last answer said, and the alerts that came of them."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import orjson

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.publishing.home import Home
from standsbehind.store.disk import only_writer, write_file

__all__ = ["Seen", "Watch", "WatchKind", "Watches"]

WatchKind = Literal["screen", "trace", "source"]
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Watch:
    """One saved question."""

    name: str
    kind: WatchKind
    asked: Mapping[str, Any]
    """The terms of the question, as its verb takes them."""
    webhook: str | None = None
    """The address that is told of alerts."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last run saw, and how many alerts there have been."""

    at: str
    """ISO time in UTC."""
    snapshot: str
    ledger_size: int
    as_of: str
    """The day that was asked about."""
    rules: str
    code: str
    input: str | None
    """SHA-256 of the screened file; None where there is none."""
    facts: tuple[Mapping[str, Any], ...]
    alerts: int = 0
    undelivered: tuple[int, ...] = ()
    """Numbers of the alerts that the webhook has not taken yet."""


@dataclass(frozen=True, slots=True)
class Watches:
    """The watches of one data folder.

    An alert is written before what was seen is: a run that is killed between the two makes
    the same alert again, under the same number.
    """

    folder: Path

    @classmethod
    def of(cls, home: Home) -> "Watches":
        """Return those of a data folder."""
        return cls(home.folder / "watches")

    def writing(self) -> AbstractContextManager[None]:
        """Hold the watches for one writer."""
        return only_writer(self.folder)

    def names(self) -> list[str]:
        """List the names in alphabetical order."""
        return sorted(path.parent.name for path in self.folder.glob("*/watch.json"))

    def add(self, watch: Watch, seen: Seen, secret: str | None) -> None:
        """Keep a watch with its first answer.

        Raises UsageError for a name that is taken or is none.
        """
        self.need_free(watch.name)
        folder = self.folder / watch.name
        if secret is not None:
            write_file(folder / "secret", secret.encode(), _OWNER_ALONE)
        self.see(watch.name, seen)
        # Last: a watch is there when its question is.
        write_file(folder / "watch.json", _json(asdict(watch)))

    def need_free(self, name: str) -> None:
        """Raise UsageError where a watch cannot have the name."""
        if not _NAME.fullmatch(name):
            message = f"{name!r}: not a name; use letters a to z, digits, - and _"
            raise UsageError(message)
        if (self.folder / name / "watch.json").is_file():
            message = f"{name}: is there already; `behind watch remove {name}` ends it"
            raise UsageError(message)

    def remove(self, name: str) -> None:
        """End a watch and drop its alerts. Raises UsageError where there is none."""
        self.watch(name)
        (self.folder / name / "watch.json").unlink()
        shutil.rmtree(self.folder / name)

    def watch(self, name: str) -> Watch:
        """Return a watch. Raises UsageError where there is none, EvidenceError if damaged."""
        path = self.folder / name / "watch.json"
        if not _NAME.fullmatch(name) or not path.is_file():
            message = f"{name}: no such watch; `behind watch list` says what is watched"
            raise UsageError(message)
        try:
            found = Watch(**_read(path))
        except TypeError as error:
            raise _damaged(path, error) from error
        _need(path, found.asked, _TERMS.get(found.kind), _LATER.get(found.kind))
        return found

    def seen(self, name: str) -> Seen:
        """Return what the last run saw. Raises EvidenceError where that is damaged."""
        path = self.folder / name / "seen.json"
        told = _read(path)
        try:
            lists = {key: tuple(told[key]) for key in ("facts", "undelivered")}
            found = Seen(**told | lists)
        except (TypeError, KeyError) as error:
            raise _damaged(path, error) from error
        for fact in found.facts:
            _need(path, fact, _OF_FACT)
        return found

    def see(self, name: str, seen: Seen) -> None:
        """Keep what a run saw in place of what was seen before."""
        write_file(self.folder / name / "seen.json", _json(asdict(seen)))

    def secret(self, name: str) -> str:
        """Return what signs the messages to the webhook. Raises EvidenceError if gone."""
        path = self.folder / name / "secret"
        try:
            return path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            message = (
                f"{path}: cannot be read ({error}); remove the watch and add it again"
            )
            raise EvidenceError(message) from error

    def keep(self, name: str, number: int, alert: Mapping[str, Any]) -> None:
        """Keep an alert under its number."""
        write_file(self._alert(name, number), _json(alert))

    def alert(self, name: str, number: int) -> dict[str, Any]:
        """Return an alert. Raises EvidenceError where it is gone or damaged."""
        return _alert_in(self._alert(name, number))

    def alerts(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """List the alerts of watches, in the order of the watches, oldest first."""
        for name in names:
            for path in sorted((self.folder / name / "alerts").glob("[!.]*.json")):
                yield _alert_in(path)

    def _alert(self, name: str, number: int) -> Path:
        return self.folder / name / "alerts" / f"{number:06d}.json"


_TERMS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "screen": frozenset(
            [
                "file",
                "roles",
                "as_of",
                "jurisdiction",
                "threshold",
                "lists",
                "columns",
                "encoding",
                "sheet",
            ]
        ),
        "trace": frozenset(["source", "target", "as_of", "max_hops", "limit", "types"]),
        "source": frozenset({"dataset"}),
    }
)
"""The terms of each kind of question."""
_LATER: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "trace": frozenset(
            [
                "every",
                "shortest",
                "status",
                "min_voice",
                "min_origins",
                "direction",
                "hubs",
                "time_limit",
            ]
        )
    }
)
"""Terms that a question kept by an older version does not have."""
_OF_FACT = frozenset({"kind", "key", "about", "text", "ids"})
_OF_ALERT = frozenset({"id", "watch", "kind", "asked", "at", "from", "to", "changes"})


def _need(
    path: Path,
    told: object,
    wanted: frozenset[str] | None,
    later: frozenset[str] | None = None,
) -> None:
    """Raise EvidenceError where a part of a file is not what was written there.

    The parts in `later` may be missing, all together.
    """
    newer = (wanted or frozenset()) | (later or frozenset())
    if not isinstance(told, dict) or told.keys() not in (wanted, newer):
        raise _damaged(path, "other parts than were written")


def _alert_in(path: Path) -> dict[str, Any]:
    told = _read(path)
    _need(path, told, _OF_ALERT)
    return told


def _read(path: Path) -> dict[str, Any]:
    try:
        told = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    if not isinstance(told, dict):
        raise _damaged(path, "not an object of JSON")
    return told


def _damaged(path: Path, why: object) -> EvidenceError:
    return EvidenceError(f"{path}: damaged ({why}); remove the watch and add it again")


def _json(content: object) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"
