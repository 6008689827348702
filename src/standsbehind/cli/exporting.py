"""`behind export`: the snapshot in other formats."""

import click

from standsbehind.cli.session import Session, known_on_option, pass_session, write

__all__ = ["export"]


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["ftm", "statements"]),
    default="ftm",
    show_default=True,
)
@click.option("--out", metavar="PATH", help="Where to write; stdout without it.")
@known_on_option
@pass_session
def export(session: Session, form: str, out: str | None) -> None:
    """Write the snapshot as FollowTheMoney entities (ftm) or statements (CSV)."""
    from standsbehind.reports import export as exports

    written = exports.ftm_entities if form == "ftm" else exports.ftm_statements
    write("".join(written(session.reader)), out)
