"""`behind export`: the snapshot in other formats."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import click

from standsbehind.cli.session import (
    Session,
    as_of_option,
    known_on_option,
    opened_to_write,
    pass_session,
    tell_written,
)

if TYPE_CHECKING:
    from datetime import date

    from standsbehind.graph.reader import Reader

__all__ = ["export"]

FORMS = (
    "ftm",
    "statements",
    "bods",
    "graphml",
    "gexf",
    "csv",
    "parquet",
    "geojson",
)


@click.command()
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="ftm", show_default=True
)
@click.option(
    "--out", metavar="PATH", default="-", help="Where to write; stdout without it."
)
@as_of_option
@known_on_option
@pass_session
def export(session: Session, form: str, out: str, as_of: "date | None") -> None:
    """Write the whole snapshot in another tool's form, piece by piece.

    \b
    ftm         FollowTheMoney entities, JSON lines
    statements  FollowTheMoney statements, CSV
    bods        who holds and directs whom, Beneficial Ownership Data Standard 0.4
    graphml     entities and links, for yEd, igraph, networkx
    gexf        the same with days, for Gephi
    csv         every link with its evidence, a row each
    parquet     the same, typed
    geojson     places and deployments, with what is linked to each

    With --as-of, without the links, listings and values that do not hold on that day.
    """  # noqa: D301 - click's mark of a block to be left as it is
    with opened_to_write(out) as write:
        for piece in _written(form)(session.reader, as_of):
            write(piece if isinstance(piece, bytes) else piece.encode())
    tell_written(out)


def _written(
    form: str,
) -> "Callable[[Reader, date | None], Iterable[str | bytes]]":
    from standsbehind.reports.exports import bods, ftm, graphs, places, tables

    forms: Mapping[str, Callable[[Reader, date | None], Iterable[str | bytes]]] = {
        "ftm": ftm.ftm_entities,
        "statements": ftm.ftm_statements,
        "bods": bods.bods,
        "graphml": graphs.graphml,
        "gexf": graphs.gexf,
        "csv": tables.csv_of_links,
        "parquet": tables.parquet_of_links,
        "geojson": places.geojson,
    }
    return forms[form]
