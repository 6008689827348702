"""Ends: a set of entities that a search begins or ends at, by the list that names them."""

from datetime import date

from standsbehind.errors import UnknownEntityError
from standsbehind.graph.reader import Reader

__all__ = ["listed_by"]


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
    wanted = of_dataset or {e for e in rows["value"].to_pylist() if e in reader.numbers}
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
