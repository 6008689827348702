"""`behind assess` and `neutrality`: what the conduct standard finds, and that it is the same for all."""

from pathlib import Path
from typing import Any

import click

from standsbehind.cli.answers import receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    iso,
    json_option,
    known_on_option,
    pass_session,
    print_json,
)
from standsbehind.cli.showing import answered
from standsbehind.errors import SourceError

__all__ = ["assess", "neutrality"]


@click.command()
@click.argument("entity")
@click.option(
    "--standard",
    default="biometric-surveillance",
    show_default=True,
    metavar="ID",
    help="The standard to apply.",
)
@as_of_option
@known_on_option
@receipt_option
@json_option
@pass_session
def assess(session: Session, entity: str, standard: str, **options: Any) -> None:
    """Apply the conduct standard to ENTITY (an id or a name): findings with their grounds.

    The standard is the same for everyone and knows no names, countries or lists. With
    --as-of, acts that began later are left out.
    """
    day = iso(options["as_of"])
    asked = {"entity": entity, "standard": standard, "as_of": day}
    answered(session, "assess", asked, options)


@click.command()
@click.option("--runs", default=100, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--seed", default=1, show_default=True, type=int)
@click.option(
    "--firms",
    default=1_000,
    show_default=True,
    type=click.IntRange(0, 1_000_000),
    help="How many invented firms to try as well.",
)
@click.option(
    "--catalog",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Prove a catalog of your own (that of the package).",
)
@known_on_option
@json_option
@pass_session
def neutrality(
    session: Session, catalog: Path | None, as_json: bool, **options: int
) -> int:
    """Prove that names, homes, publishers and lists decide nothing; leave with 3 if they do.

    Every line of the catalog and of the rules is read first: one that names a firm, a country
    or a list is refused, and named.
    """
    from standsbehind.cases.neutral_proof import certify
    from standsbehind.reports import certificate, terminal
    from standsbehind.standards.norms import catalog_files

    found = certify(session.reader, catalog_files(catalog), **options)
    if as_json:
        print_json(certificate.certificate_json(found))
    else:
        terminal.console().print(certificate.certificate_text(found))
    return 0 if found.holds else SourceError.exit_code
