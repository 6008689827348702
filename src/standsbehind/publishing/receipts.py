"""Receipts kept in the data folder, and which of them rest on what was since withdrawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.errors import EvidenceError
from standsbehind.publishing.home import Home
from standsbehind.store.disk import write_file

__all__ = ["Dependent", "dependents", "file_receipt"]


@dataclass(frozen=True, slots=True)
class Dependent:
    """A receipt whose answer used a statement that the ledger has since ended."""

    receipt: str
    file: str
    """What was screened, as it was named."""
    snapshot: str
    statement: str
    entity: str
    prop: str
    value: str
    op: str
    """`retract` or `supersede`."""
    recorded_at: str
    entry: str

    def to_json(self) -> dict[str, str]:
        """Give all fields by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def file_receipt(home: Home, receipt: Mapping[str, Any], used: Sequence[str]) -> None:
    """Keep a receipt with the ids of the statements that its answer used."""
    content = {**receipt, "used": list(used)}
    path = home.folder / "receipts" / f"{receipt['id']}.json"
    write_file(path, orjson.dumps(content, option=orjson.OPT_SORT_KEYS))


def dependents(home: Home) -> Iterator[Dependent]:
    """Tell each kept receipt that used a statement which was later retracted or superseded."""
    kept = [_read(path) for path in sorted((home.folder / "receipts").glob("*.json"))]
    users: dict[str, list[dict[str, Any]]] = {}
    for receipt in kept:
        for statement in receipt["used"]:
            users.setdefault(statement, []).append(receipt)
    if not users:
        return
    wanted = pa.array(list(users), pa.string())
    for entry in home.ledger.entries():
        rows = entry.table("claims")
        ended = pc.and_(
            pc.not_equal(rows["op"], "assert"), pc.is_in(rows["id"], value_set=wanted)
        )
        for row in rows.filter(ended).to_pylist():
            for receipt in users[row["id"]]:
                if receipt["ledger_size"] < entry.seq:
                    yield _dependent(receipt, row, entry.folder.name)


def _dependent(
    receipt: Mapping[str, Any], row: Mapping[str, Any], entry: str
) -> Dependent:
    return Dependent(
        receipt=receipt["id"],
        file=receipt["input_name"],
        snapshot=receipt["snapshot"],
        statement=row["id"],
        entity=row["canonical_id"],
        prop=row["prop"],
        value=row["value"],
        op=row["op"],
        recorded_at=row["recorded_at"],
        entry=entry,
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        receipt: dict[str, Any] = orjson.loads(path.read_bytes())
        receipt["used"], receipt["ledger_size"], receipt["id"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = (
            f"{path}: not a receipt as it was filed ({error}); remove it, or restore it"
        )
        raise EvidenceError(message) from error
    return receipt
