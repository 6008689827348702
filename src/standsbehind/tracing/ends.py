"""Ends: a set of entities that a search begins or ends at, by the list that names them."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.errors import UnknownEntityError
from standsbehind.graph.reader import NO_PROGRAM, Reader

__all__ = ["listed_by"]

_PROGRAM = ("programId", "program")
"""The properties of a listing that name its program."""


def listed_by(reader: Reader, name: str, as_of: date | None = None) -> tuple[str, ...]:
    """Return the entities that a list names: a dataset, or a program of one, by its id.

    With a day given, those whose listing holds on it. Raises UnknownEntityError where
    nothing in the snapshot is listed under that name.
    """
    rows = reader.snapshot.table("sanctions", columns=["id", "value"])
    of_dataset = {
        entity
        for listing, entity in zip(*rows.to_pydict().values(), strict=True)
        if name in reader.entities[listing]["datasets"] and entity in reader.numbers
    }
    if of_dataset and as_of is None:
        return tuple(sorted(of_dataset))
    wanted = of_dataset or _under_program(reader, name)
    held = reader.designations(sorted(wanted))
    found = tuple(
        entity
        for entity, listings in held.items()
        if any(
            (of_dataset or listing.program == name)
            and (as_of is None or listing.holds_on(as_of))
            for listing in listings
        )
    )
    if not found:
        when = f" on {as_of}" if as_of else ""
        message = (
            f"list:{name}: lists nobody in this snapshot{when}; `behind sources` names "
            "the lists, `behind show ENTITY` the programs"
        )
        raise UnknownEntityError(message)
    return found


def _under_program(reader: Reader, name: str) -> set[str]:
    """Find the entities of which a listing says the program, before any listing is read whole."""
    told = reader.snapshot.table("claims", columns=["canonical_id", "prop", "value"])
    told = told.filter(pc.is_in(told["prop"], value_set=pa.array(_PROGRAM)))
    listed = reader.snapshot.table("sanctions", columns=["id", "value"])
    if name == NO_PROGRAM:
        found = pc.invert(pc.is_in(listed["id"], value_set=told["canonical_id"]))
    else:
        named = told.filter(pc.equal(told["value"], name))["canonical_id"]
        found = pc.is_in(listed["id"], value_set=named)
    entities = listed.filter(found)["value"].to_pylist()
    return {entity for entity in entities if entity in reader.numbers}
