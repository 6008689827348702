"""Publishing: from the ledger to a snapshot that answers can be given from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from standsbehind.connectors.collector import without_collector
from standsbehind.engines import local, plans
from standsbehind.errors import SourceError
from standsbehind.graph.edges import build_edges
from standsbehind.ledger.ledger import Ledger
from standsbehind.matching.search import list_names
from standsbehind.model import schema
from standsbehind.publishing.alias_tables import alias_tables
from standsbehind.publishing.merging import merged, settled_before, tables_of
from standsbehind.resolution.numbers import rules_digest
from standsbehind.store import snapshot
from standsbehind.store.snapshot import Snapshot

__all__ = ["FORMAT", "publish"]

FORMAT = 7
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
    with without_collector():
        before = settled_before(ledger, home, FORMAT)
        live, settled = merged(ledger.live(), ledger, before)
        citations = ledger.citations()
        parts = _tables(live, citations) | alias_tables(live, citations)
        parts |= tables_of(settled)
        arrays = _arrays(parts)

    def fill(folder: Path) -> None:
        for name, table in parts.items():
            pq.write_table(
                table,
                folder / f"{name}.parquet",
                compression="zstd",
                row_group_size=20_000,
            )
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


def _source(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **record["source"],
        "published": record["published"],
        "recorded_at": record["recorded_at"],
        "digests": [copy["sha256"] for copy in record["copies"]],
    }


def _tables(live: pa.Table, citations: pa.Table) -> dict[str, pa.Table]:
    tables = {"live": live}
    entities = _entities(
        local.run(plans.ENTITIES, tables), _values(live, COUNTRY_PROPS)
    )
    names = _values(live, NAME_PROPS)
    return {
        "claims": live,
        "citations": citations,
        "entities": _captioned(entities, names, _values(live, ("title",))),
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
    return found.filter(pa.compute.equal(found["schema"], only))


def _entities(stated: pa.Table, countries: pa.Table) -> list[dict[str, Any]]:
    by_entity: dict[str, dict[str, None]] = {}
    for row in countries.to_pylist():
        by_entity.setdefault(row["id"], {})[row["value"]] = None
    return [
        {
            "id": row["id"],
            "schema": schema.most_specific(row["schemata"]),
            "datasets": row["datasets"],
            "countries": list(by_entity.get(row["id"], ())),
        }
        for row in stated.to_pylist()
    ]


def _captioned(
    entities: list[dict[str, Any]], names: pa.Table, titles: pa.Table
) -> pa.Table:
    """Give each entity its caption: a name, in Latin letters where there is one, or a title."""
    titled = {row["id"]: row["value"] for row in titles.to_pylist()}
    captions: dict[str, tuple[tuple[bool, bool], str]] = {}
    for row in names.to_pylist():
        rank = (row["prop"] != "name", not row["value"][0].isascii())
        held = captions.get(row["id"])
        if held is None or rank < held[0]:
            captions[row["id"]] = (rank, row["value"])
    untitled = {e["id"]: titled.get(e["id"], e["id"]) for e in entities}
    rows = [
        e | {"caption": captions.get(e["id"], ((), untitled[e["id"]]))[1]}
        for e in entities
    ]
    return pa.Table.from_pylist(rows, schema=_ENTITIES)


_ENTITIES = pa.schema(
    [
        ("id", pa.string()),
        ("schema", pa.string()),
        ("caption", pa.string()),
        ("countries", pa.list_(pa.string())),
        ("datasets", pa.list_(pa.string())),
    ]
)


def _edges(live: pa.Table) -> pa.Table:
    ends = pa.Table.from_pylist(
        [
            {"schema": name, "source": found[0], "target": found[1]}
            for name in sorted(schema.schemata())
            if (found := schema.acting_ends(name)) is not None
        ]
    )
    return local.run(plans.EDGES, {"live": live, "ends": ends})


def _arrays(tables: Mapping[str, pa.Table]) -> dict[str, NDArray[np.generic]]:
    numbers = {key: i for i, key in enumerate(tables["entities"]["id"].to_pylist())}
    graph = build_edges(
        len(numbers),
        [numbers[key] for key in tables["edges"]["source"].to_pylist()],
        [numbers[key] for key in tables["edges"]["target"].to_pylist()],
    )
    schemata = tables["entities"]["schema"].to_pylist()
    names = tables["names"]
    listed = list_names(
        names["value"].to_pylist(),
        [schemata[numbers[key]] for key in names["id"].to_pylist()],
    )
    return {
        **{f"graph-{name}": array for name, array in graph.arrays().items()},
        **{f"names-{name}": array for name, array in listed.arrays().items()},
    }
