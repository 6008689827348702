"""Alias tables: which names and brand words a snapshot's statements hold to be one entity's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from standsbehind.graph.aliases import BRAND_WORDS, STATED_NAMES
from standsbehind.matching.aliases import Stated, keys_of
from standsbehind.matching.brand_words import brand_words
from standsbehind.matching.names import fold, read_once
from standsbehind.model import schema

__all__ = ["alias_tables"]

PROPS = ("name", "alias", "previousName", "abbreviation")
"""The properties whose values are names of the whole entity; a weak alias is no such name."""

BODY = "LegalEntity"


def alias_tables(live: pa.Table, citations: pa.Table) -> dict[str, pa.Table]:
    """Lay out what `graph.aliases` reads: names by key, and brand words.

    Only an entity of several names has aliases; one that bears an alias of another as its
    only name is kept as well, for then the two are two. Persons are left out: too many
    share one name.
    """
    names = live.filter(pc.is_in(live["prop"], pa.array(PROPS)))
    names = names.filter(pc.not_equal(names["schema"], "Person"))
    several, single = _split(names, citations)
    bodies = names.filter(pc.is_in(names["schema"], pa.array(_bodies())))
    texts = zip(
        bodies["canonical_id"].to_pylist(), bodies["value"].to_pylist(), strict=True
    )
    acting = set(bodies["canonical_id"].to_pylist())
    keyed = sorted(
        (key, row)
        for row in chain(chain.from_iterable(several.values()), single)
        for key in keys_of(read_once(row.value))
    )
    brands = brand_words({k: v for k, v in several.items() if k in acting}, texts)
    return {
        "stated_names": pa.Table.from_pylist(
            [{"key": key, **asdict(row)} for key, row in keyed], schema=STATED_NAMES
        ),
        "brand_words": pa.Table.from_pylist(
            [
                {
                    "word": found.word,
                    "other": found.other,
                    "entity": found.entity,
                    "foreign": asdict(found.statements[0]),
                    "latin": asdict(found.statements[1]),
                }
                for found in brands
            ],
            schema=BRAND_WORDS,
        ),
    }


def _bodies() -> list[str]:
    """Name the schemata of what may own a brand: firms, authorities, bodies of all kinds."""
    return sorted(name for name in schema.schemata() if schema.is_a(name, BODY))


def _split(
    names: pa.Table, citations: pa.Table
) -> tuple[Mapping[str, Sequence[Stated]], Sequence[Stated]]:
    """Return the names of entities of several names, and the only names like one of them."""
    counts = names.group_by("canonical_id").aggregate([("value", "count_distinct")])
    ids = counts.filter(pc.greater(counts["value_count_distinct"], 1))["canonical_id"]
    is_several = pc.is_in(names["canonical_id"], ids.combine_chunks())
    several: dict[str, list[Stated]] = defaultdict(list)
    for row in _stated(names.filter(is_several), citations):
        several[row.entity].append(row)
    borne = {fold(row.value) for rows in several.values() for row in rows}
    rest = names.filter(pc.invert(is_several))
    is_like = [fold(value) in borne for value in rest["value"].to_pylist()]
    like = rest.filter(pa.array(is_like, pa.bool_()))
    return several, list(_stated(like, citations))


def _stated(names: pa.Table, citations: pa.Table) -> Iterator[Stated]:
    rows = names.to_pylist()
    wanted = sorted({row["citations"][0] for row in rows if row["citations"]})
    cited = citations.filter(pc.is_in(citations["id"], pa.array(wanted, pa.string())))
    by_id: dict[str, Mapping[str, Any]] = {row["id"]: row for row in cited.to_pylist()}
    for row in rows:
        source = by_id.get(row["citations"][0], {}) if row["citations"] else {}
        yield Stated(
            entity=row["canonical_id"],
            value=row["value"],
            prop=row["prop"],
            statement=row["id"],
            dataset=row["source"],
            publisher=source.get("publisher") or "",
            url=source.get("url") or "",
            published=source.get("published") or "",
            quote=source.get("quote") or "",
            since=row["valid_from"] or "",
            until=row["valid_to"] or "",
        )
