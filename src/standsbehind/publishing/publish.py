"""Publishing: from the ledger to a snapshot that answers can be given from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from standsbehind.connectors.collector import without_collector
from standsbehind.engines import local, plans
from standsbehind.errors import SourceError
from standsbehind.graph.nodes import ENTITIES
from standsbehind.ledger.ledger import Ledger
from standsbehind.matching.search import list_names
from standsbehind.model import schema
from standsbehind.publishing.alias_tables import alias_tables
from standsbehind.publishing.graph_arrays import ends_table, graph_parts
from standsbehind.publishing.merging import merged, settled_before, tables_of
from standsbehind.resolution.numbers import rules_digest
from standsbehind.store import snapshot
from standsbehind.store.rows import write_mapped, write_rows
from standsbehind.store.snapshot import Snapshot

__all__ = ["FORMAT", "publish"]

FORMAT = 10
"""The layout of a snapshot's tables and arrays; one of another layout is built anew."""

NAME_PROPS = ("name", "alias", "weakAlias", "previousName", "abbreviation")
IDENTIFIER_PROPS = (
    "leiCode",
    "uscCode",
    "registrationNumber",
    "ticker",
    "isin",
    "isinCode",
    "taxNumber",
    "innCode",
    "ogrnCode",
    "imoNumber",
    "idNumber",
)
COUNTRY_PROPS = ("country", "jurisdiction", "mainCountry", "nationality", "flag")


def publish(ledger: Ledger, home: Path, *, make_current: bool = True) -> Snapshot:
    """Build a snapshot from all that the ledger holds, and make it the current one.

    Raises SourceError where the ledger holds nothing; reading goes on from the old snapshot
    until the new one is whole.
    """
    entries = ledger.latest()
    if not entries:
        message = (
            f"{ledger.folder}: nothing was pulled yet; run `behind pull SOURCE` first"
        )
        raise SourceError(message)
    with without_collector(), local.kept_open():
        before = settled_before(ledger, home, FORMAT)
        live, settled = merged(ledger.live(), ledger, before)
        citations = ledger.citations()
        parts = _tables(live, citations)
        graph = graph_parts(parts)
        parts |= graph.tables | alias_tables(live, citations) | tables_of(settled)
        arrays = _arrays(parts) | graph.arrays

    def fill(folder: Path) -> None:
        for name, table in parts.items():
            _write(name, table, folder)
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    head = ledger.tree_head(max(entry.seq for entry in entries.values()))
    description = {
        "format": FORMAT,
        "numbers": rules_digest(),
        "ledger": {"size": head.size, "root": head.root},
        "known_on": max(entry.recorded_at for entry in entries.values()),
        "rows": {name: table.num_rows for name, table in parts.items()},
        "sources": [_source(entry.record) for _, entry in sorted(entries.items())],
    }
    return snapshot.publish(home, description, fill, make_current=make_current)


MAPPED = frozenset({"entities", "kinds", "origins", "schemata"})
"""The tables of which each value is read from where it lies."""
IN_ROWS = frozenset({"claims", "citations"})
"""The tables of which a few rows are read without the rest."""
IN_ARRAYS = frozenset({"edges", "replies"})
"""The tables that are kept as arrays alone."""


def _write(name: str, table: pa.Table, folder: Path) -> None:
    path = folder / f"{name}.arrow"
    if name in MAPPED:
        write_mapped(table, path)
    elif name in IN_ROWS:
        write_rows(table, path)
    elif name not in IN_ARRAYS:
        pq.write_table(
            table,
            path.with_suffix(".parquet"),
            compression="zstd",
            row_group_size=20_000,
        )


def _source(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **record["source"],
        "published": record["published"],
        "recorded_at": record["recorded_at"],
        "digests": [copy["sha256"] for copy in record["copies"]],
    }


def _tables(live: pa.Table, citations: pa.Table) -> dict[str, pa.Table]:
    names = _values(live, NAME_PROPS)
    return {
        "claims": live,
        "citations": citations,
        "entities": _entities(live, names),
        "names": names,
        "identifiers": _values(live, IDENTIFIER_PROPS),
        "sanctions": _values(live, ("entity",), "Sanction"),
        "replies": _values(live, ("about", "answers", "author"), "Reply"),
        "edges": _edges(live),
    }


def _values(
    live: pa.Table, props: tuple[str, ...], only: str | None = None
) -> pa.Table:
    found = local.run(plans.VALUES, {"live": live}, {"props": list(props)})
    if only is None:
        return found
    return found.filter(pc.equal(found["schema"], only))


def _entities(live: pa.Table, names: pa.Table) -> pa.Table:
    """List the entities, each of the most specific schema that is stated of it."""
    tables = {
        "live": live,
        "names": names,
        "titles": _values(live, ("title",)),
        "countries": _values(live, COUNTRY_PROPS),
    }
    found = local.run(plans.ENTITIES, tables)
    stated = found["schemata"].combine_chunks().dictionary_encode()
    several = (names.split(" ") for names in stated.dictionary.to_pylist())
    schemata = pa.array([schema.most_specific(of) for of in several], pa.string())
    place = found.schema.get_field_index("schemata")
    known = found.set_column(place, "schema", schemata.take(stated.indices))
    return known.cast(ENTITIES)


def _edges(live: pa.Table) -> pa.Table:
    return local.run(plans.EDGES, {"live": live, "ends": ends_table()})


def _arrays(tables: Mapping[str, pa.Table]) -> dict[str, NDArray[np.generic]]:
    """Index the names."""
    names, entities = tables["names"], tables["entities"]
    bearers = pc.index_in(names["id"], entities["id"])
    listed = list_names(
        names["value"].to_pylist(), entities["schema"].take(bearers).to_pylist()
    )
    return {f"names-{name}": array for name, array in listed.arrays().items()}
