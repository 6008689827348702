"""The log of judgements: what was judged and withdrawn, in order, and never an edit.

An addition is one numbered file that is whole or not there. Each names the digest of the one
before it, and `HEAD` the digest of the last, so that a file that was changed or taken out is
found before anything is answered from the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from standsbehind.connectors.collector import without_collector
from standsbehind.errors import EvidenceError, UsageError
from standsbehind.resolution.judgements import Judgement
from standsbehind.store.disk import only_writer, write_file

__all__ = ["JudgementLog", "Kept", "LogState", "Withdrawal"]

HEAD = "HEAD"
_ID_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A judgement is taken back, by whom and why; both stay in the log."""

    id: str
    """The judgement that is taken back."""
    author: str
    reason: str
    made_at: str
    """ISO time in UTC."""

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement of the log, and what became of it."""

    judgement: Judgement
    withdrawn: Withdrawal | None = None
    replaced_by: str | None = None
    """The id of a later judgement of the same question."""

    @property
    def counts(self) -> bool:
        """Whether it has a say in answers."""
        return self.withdrawn is None and self.replaced_by is None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One addition as it lies on disk."""

    path: Path
    content: bytes
    record: Mapping[str, Any]

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class LogState:
    """The log up to one of its entries."""

    size: int
    """How many entries."""
    head: str
    """SHA-256 of the last entry, which vouches for all before it; empty where there is none."""
    kept: tuple[Kept, ...]
    """Every judgement, oldest first."""

    @cached_property
    def _about(self) -> Mapping[str, tuple[Judgement, ...]]:
        found: dict[str, list[Judgement]] = {}
        for one in self.kept:
            if one.counts and not one.judgement.is_pair:
                found.setdefault(one.judgement.right, []).append(one.judgement)
        return {key: tuple(told) for key, told in found.items()}

    def pairs(self, day: date) -> tuple[Judgement, ...]:
        """Return the judgements of two records that hold on a day."""
        told = (one.judgement for one in self.kept if one.counts)
        return tuple(one for one in told if one.is_pair and one.holds_on(day))

    def about(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """Return the judgements of rows and an entity, by all ids that it has had."""
        return tuple(one for key in ids for one in self._about.get(key, ()))

    def find(self, key: str) -> Kept:
        """Return the judgement of an id or the beginning of one. Raises UsageError for none."""
        fits = [one for one in self.kept if key and one.judgement.id.startswith(key)]
        if len(fits) == 1:
            return fits[0]
        what = "several judgements begin so" if fits else "no such judgement"
        message = f"{key}: {what}; `behind judge list --all` says which there are"
        raise UsageError(message)


@dataclass(frozen=True, slots=True)
class JudgementLog:
    """The judgements of one data folder. They are the user's own, and no feed holds them."""

    folder: Path

    def read(self, accepts: Callable[[int, str], bool] | None = None) -> LogState:
        """Read the log, or its first entries as long as `accepts` takes number and time.

        Raises EvidenceError where an entry is missing or is not what was written.
        """
        entries = self._entries()
        if accepts is not None:
            taken = [accepts(e.record["seq"], e.record["recorded_at"]) for e in entries]
            entries = entries[: taken.index(False) if False in taken else None]
        with without_collector():
            return _state(entries)

    def up_to(self, size: int) -> LogState:
        """Read the first `size` entries. Raises UsageError where the log holds fewer."""
        state = self.read(lambda seq, _: seq <= size)
        if state.size != size:
            message = (
                f"{self.folder}: holds {state.size} of the {size} entries of judgements "
                "that the answer was made with; it is another data folder"
            )
            raise UsageError(message)
        return state

    def keep(
        self,
        found: Sequence[Judgement],
        now: str,
        check: Callable[[LogState], None] = lambda _: None,
    ) -> tuple[Judgement, ...]:
        """Add judgements in one entry, whole or not at all; give them with their ids.

        One that is in the log already, word for word and with the same evidence, is not
        added again. `now` is an ISO time in UTC. `check` sees the log while nobody else
        writes to it, and raises where the judgements cannot be added.
        """
        with only_writer(self.folder):
            entries = self._entries()
            state = _state(entries)
            check(state)
            asked = {
                one.judgement.question: one.judgement
                for one in state.kept
                if one.counts
            }
            fresh: list[Judgement] = []
            for one in found:
                if not _is_same(one, asked.get(one.question)):
                    fresh.append(one)
                    asked[one.question] = one
            if not fresh:
                return ()
            return self._append(entries, [{"judged": o.to_json()} for o in fresh], now)

    def withdraw(self, withdrawal: Withdrawal, now: str) -> Judgement:
        """Add that a judgement is taken back. Raises UsageError where it cannot be."""
        with only_writer(self.folder):
            entries = self._entries()
            one = _state(entries).find(withdrawal.id)
            if one.withdrawn:
                message = (
                    f"{one.judgement.id}: withdrawn already, by {one.withdrawn.author} "
                    f"on {one.withdrawn.made_at[:10]}"
                )
                raise UsageError(message)
            told = replace(withdrawal, id=one.judgement.id)
            self._append(entries, [{"withdrawn": told.to_json()}], now)
            return one.judgement

    def problems(self) -> Iterator[str]:
        """Yield one line for each entry: empty where it is what it was."""
        try:
            state = self.read()
        except EvidenceError as error:
            yield str(error)
            return
        yield from [""] * state.size

    def _append(
        self, entries: Sequence[_Entry], acts: Sequence[Mapping[str, Any]], now: str
    ) -> tuple[Judgement, ...]:
        last = entries[-1] if entries else None
        record = {
            "seq": len(entries) + 1,
            # A clock that went back does not put an entry before its elder.
            "recorded_at": max(now, last.record["recorded_at"] if last else ""),
            "previous": last.digest if last else "",
            "acts": list(acts),
        }
        content = orjson.dumps(record, option=orjson.OPT_INDENT_2) + b"\n"
        path = self.folder / f"{record['seq']:06d}.json"
        write_file(path, content)
        made = _Entry(path, content, record)
        write_file(self.folder / HEAD, f"{record['seq']} {made.digest}\n".encode())
        return tuple(_judgements_in(made))

    def _entries(self) -> list[_Entry]:
        found = [_entry(p) for p in sorted(self.folder.glob("[!.]*.json"))]
        before = ""
        for number, entry in enumerate(found, start=1):
            if entry.record["seq"] != number:
                message = (
                    f"{entry.path}: stands where entry {number} should; restore that"
                )
                raise EvidenceError(message)
            if entry.record["previous"] != before:
                elder = found[number - 2].path if number > 1 else self.folder
                message = (
                    f"{elder}: not what {entry.path} says of it; one of them has "
                    "changed; restore it from a backup"
                )
                raise EvidenceError(message)
            before = entry.digest
        self._check_head(found)
        return found

    def _check_head(self, found: Sequence[_Entry]) -> None:
        path = self.folder / HEAD
        held = path.read_bytes() if path.is_file() else b""
        # A crash may come between the last entry and the head; then the head is one behind.
        last = [f"{len(found)} {found[-1].digest}\n"] if found else [""]
        if found:
            elder = found[-1].record["previous"]
            last.append(f"{len(found) - 1} {elder}\n" if elder else "")
        if held.decode("ascii", "replace") not in last:
            where = found[-1].path if found else self.folder
            message = (
                f"{where}: not what {path} says of it; one of them has changed or is "
                "gone; restore it from a backup"
            )
            raise EvidenceError(message)


def _is_same(new: Judgement, held: Judgement | None) -> bool:
    if held is None:
        return False
    names = ("left", "right", "verdict", "link", "since", "author", "reason", "until")
    same = all(getattr(new, name) == getattr(held, name) for name in names)
    seen, before = new.evidence, held.evidence
    return same and (seen.entities, seen.sources) == (before.entities, before.sources)


def _state(entries: Sequence[_Entry]) -> LogState:
    kept: dict[str, Kept] = {}
    asked: dict[object, str] = {}
    for entry in entries:
        for one in _judgements_in(entry):
            kept[one.id] = Kept(one)
            question = one.question
            elder = asked.get(question)
            if elder is not None:
                kept[elder] = replace(kept[elder], replaced_by=one.id)
            asked[question] = one.id
        for back in _withdrawals_in(entry):
            kept[back.id] = replace(kept[back.id], withdrawn=back)
    last = entries[-1].digest if entries else ""
    return LogState(len(entries), last, tuple(kept.values()))


def _judgements_in(entry: _Entry) -> Iterator[Judgement]:
    for place, act in enumerate(entry.record["acts"]):
        if "judged" in act:
            try:
                yield Judgement.of_json(act["judged"], _id(entry, place, act["judged"]))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise _damaged(entry.path, error) from error


def _id(entry: _Entry, place: int, told: Mapping[str, Any]) -> str:
    """Make the id of what was said and of its place in the log, so that no two are one."""
    said = {name: value for name, value in told.items() if name != "evidence"}
    content = orjson.dumps([entry.record["seq"], place, said], option=_SORTED)
    return sha256(content).hexdigest()[:_ID_LETTERS]


_SORTED = orjson.OPT_SORT_KEYS


def _withdrawals_in(entry: _Entry) -> Iterator[Withdrawal]:
    for act in entry.record["acts"]:
        if "withdrawn" in act:
            try:
                yield Withdrawal(**act["withdrawn"])
            except TypeError as error:
                raise _damaged(entry.path, error) from error


def _entry(path: Path) -> _Entry:
    try:
        content = path.read_bytes()
        record = orjson.loads(content)
        is_whole = {"seq", "recorded_at", "previous", "acts"} == record.keys()
    except (OSError, ValueError, AttributeError) as error:
        raise _damaged(path, error) from error
    if not is_whole:
        raise _damaged(path, "other parts than were written")
    return _Entry(path, content, record)


def _damaged(path: Path, why: object) -> EvidenceError:
    return EvidenceError(f"{path}: damaged ({why}); restore it from a backup")
