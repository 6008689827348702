"""`behind assess`, `neutrality` and `parity`: what the standard finds, and that it is one for all."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from standsbehind.answers.terms import iso
from standsbehind.cli.answers import page_options, picture_options, receipt_option
from standsbehind.cli.session import (
    Session,
    as_of_option,
    json_option,
    known_on_option,
    pass_session,
    print_json,
)
from standsbehind.cli.showing import answered
from standsbehind.errors import SourceError, UsageError

__all__ = ["assess", "neutrality", "parity"]

_standard_option: Callable[..., Any] = click.option(
    "--standard",
    default="biometric-surveillance",
    show_default=True,
    metavar="ID",
    help="The standard to apply.",
)


@click.command()
@click.argument("entity", required=False)
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help="Every firm and body in one table, by name, under the same elements.",
)
@click.option(
    "--class",
    "classes",
    multiple=True,
    metavar="ID",
    help="Only this class, as in C7; repeatable. Without ENTITY, over every firm and body.",
)
@_standard_option
@as_of_option
@known_on_option
@page_options
@click.option("--csv", "as_csv", is_flag=True, help="Print the table as CSV.")
@receipt_option
@json_option
@pass_session
def assess(session: Session, entity: str | None, **options: Any) -> None:
    """Apply the conduct standard to ENTITY (an id or a name): findings with their grounds.

    The standard is the same for everyone and knows no names, countries or lists. With
    --as-of, acts that began later are left out. --all and --class put every firm and body
    beside each other: no ranking, no score.
    """
    _one_question(entity, options)
    asked = {
        **({"entity": entity} if entity else {}),
        "classes": list(dict.fromkeys(options["classes"])),
        "standard": options["standard"],
        "as_of": iso(options["as_of"]),
    }
    answered(session, "assess", asked, options)


def _one_question(entity: str | None, options: Mapping[str, Any]) -> None:
    """Raise UsageError where the options ask nothing, or two things at once."""
    if entity and options["is_all"]:
        message = f"{entity} and --all: name an entity, or ask for all of them"
    elif not (entity or options["is_all"] or options["classes"]):
        message = "name an entity, or ask for --all of them, or for one --class"
    elif entity and options["as_csv"]:
        message = f"--csv {entity}: one entity is no table; leave it out and add --all, or use --json"
    elif options["as_csv"] and options["as_json"]:
        message = "--csv and --json: stdout holds one of them"
    else:
        return
    raise UsageError(message)


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


@click.command()
@_standard_option
@click.option(
    "--class",
    "classes",
    multiple=True,
    metavar="C1,C2",
    help="Only these conduct classes; repeatable (all).",
)
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(0, 100_000),
    help="The most matched pairs to show.",
)
@as_of_option
@known_on_option
@picture_options
@receipt_option
@json_option
@pass_session
def parity(
    session: Session,
    standard: str,
    classes: tuple[str, ...],
    limit: int,
    **options: Any,
) -> None:
    """Count who is listed, by home, among those of whom the same conduct was found.

    With exact intervals, matched pairs, the time from the first report to the listing, and
    what else differs. It says who is listed and not why; it is no verdict.
    """
    day = options["as_of"] or session.now.date()
    asked = {
        "standard": standard,
        "classes": _classes(standard, classes),
        "limit": limit,
        "as_of": day.isoformat(),
    }
    answered(session, "parity", asked, options)


def _classes(standard: str, given: Sequence[str]) -> list[str]:
    """Read which classes are meant; raises UsageError for one that the standard lacks."""
    from standsbehind.standards.norms import load_standard

    known = [norm.id for norm in load_standard(standard).norms]
    named = {name.strip().upper() for group in given for name in group.split(",")}
    for name in sorted(named - {""}):
        if name not in known:
            message = f"--class {name}: no such class; known are {', '.join(known)}"
            raise UsageError(message)
    return [norm for norm in known if norm in named] or known
