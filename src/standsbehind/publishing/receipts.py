"""What was answered: receipts, reports and alerts, and which rest on what was since withdrawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.errors import EvidenceError
from standsbehind.publishing.home import Home
from standsbehind.publishing.watches import Watches
from standsbehind.store.disk import write_file

__all__ = ["Dependent", "dependents", "file_receipt", "read_receipt"]


@dataclass(frozen=True, slots=True)
class Dependent:
    """An answer that used a statement which the ledger has since ended."""

    kind: Literal["receipt", "alert"]
    receipt: str
    """The id of the receipt, or of the alert."""
    file: str
    """What was asked, as it was named: the screened file, a name, a watch."""
    reports: tuple[str, ...]
    """The files that the answer was written to, as far as we know."""
    snapshot: str
    statement: str
    entity: str
    prop: str
    value: str
    op: str
    """`retract` or `supersede`."""
    recorded_at: str
    entry: str

    def to_json(self) -> dict[str, Any]:
        """Give all fields by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class _Used:
    """An answer that was given, and the statements that it rests on."""

    kind: Literal["receipt", "alert"]
    id: str
    file: str
    reports: tuple[str, ...]
    snapshot: str
    ledger_size: int
    statements: frozenset[str]


def file_receipt(
    home: Home,
    receipt: Mapping[str, Any],
    used: Sequence[str],
    reports: Sequence[str] = (),
) -> None:
    """Keep a receipt with the ids of the statements that its answer used.

    `reports` are the files that the answer was written to; those of the same answer add up.
    """
    path = home.folder / "receipts" / f"{receipt['id']}.json"
    before = _read(path).get("reports", []) if path.is_file() else []
    written = sorted({*before, *reports})
    content = {**receipt, "used": list(used), "reports": written}
    write_file(path, orjson.dumps(content, option=orjson.OPT_SORT_KEYS))


def read_receipt(home: Home, receipt_id: str) -> dict[str, Any] | None:
    """Return a receipt that was kept, by its id; None where there is none."""
    path = home.folder / "receipts" / f"{receipt_id}.json"
    return _read(path) if path.is_file() else None


def dependents(home: Home) -> Iterator[Dependent]:
    """Tell each answer that used a statement which was later retracted or superseded."""
    users: dict[str, list[_Used]] = {}
    for one in (*_receipts(home), *_alerts(home)):
        for statement in one.statements:
            users.setdefault(statement, []).append(one)
    if not users:
        return
    wanted = pa.array(list(users), pa.string())
    for entry in home.ledger.entries():
        rows = entry.table("claims")
        ended = pc.and_(
            pc.not_equal(rows["op"], "assert"), pc.is_in(rows["id"], value_set=wanted)
        )
        for row in rows.filter(ended).to_pylist():
            for one in users[row["id"]]:
                if one.ledger_size < entry.seq:
                    yield _dependent(one, row, entry.folder.name)


def _dependent(one: _Used, row: Mapping[str, Any], entry: str) -> Dependent:
    return Dependent(
        kind=one.kind,
        receipt=one.id,
        file=one.file,
        reports=one.reports,
        snapshot=one.snapshot,
        statement=row["id"],
        entity=row["canonical_id"],
        prop=row["prop"],
        value=row["value"],
        op=row["op"],
        recorded_at=row["recorded_at"],
        entry=entry,
    )


def _receipts(home: Home) -> Iterator[_Used]:
    for path in sorted((home.folder / "receipts").glob("[!.]*.json")):
        told = _read(path)
        try:
            yield _Used(
                "receipt",
                told["id"],
                told["input_name"],
                tuple(told.get("reports", ())),
                told["snapshot"],
                int(told["ledger_size"]),
                frozenset(told["used"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(path, error) from error


def _alerts(home: Home) -> Iterator[_Used]:
    """Give the alerts with the statements that they told as new."""
    watches = Watches.of(home)
    for alert in watches.alerts(watches.names()):
        told = [one["after"] for c in alert["changes"] for one in c["statements"]]
        yield _Used(
            "alert",
            alert["id"],
            alert["watch"],
            (),
            alert["to"]["snapshot"],
            alert["to"]["ledger_size"],
            frozenset(claim["id"] for claim in told if claim),
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        receipt = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    if not isinstance(receipt, dict):
        raise _damaged(path, "not an object of JSON")
    return receipt


def _damaged(path: Path, why: object) -> EvidenceError:
    return EvidenceError(
        f"{path}: not a receipt as it was filed ({why}); remove it, or restore it"
    )
