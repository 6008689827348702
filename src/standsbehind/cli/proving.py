"""`behind keys` and `behind bundle`: what leaves the house, signed and provable."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from standsbehind.cli.session import Session, json_option, pass_session, print_json

__all__ = ["bundle", "keys"]


@click.group()
def keys() -> None:
    """Make the Ed25519 keys that sign checkpoints of the ledger, and have these stamped."""


@keys.command()
@click.option("--name", default="standsbehind", show_default=True, help="Who signs.")
@json_option
@pass_session
def new(session: Session, name: str, as_json: bool) -> None:
    """Make a key; one in use hands over to it in a record that both sign."""
    session.reader  # noqa: B018 - puts the built-in data in place at first use
    today = session.now.date().isoformat()
    made = session.home.keys.new(name, today)
    session.home.sign_checkpoint()
    if as_json:
        print_json({"key": made.text})
        return
    click.echo(made.text)
    click.echo(
        "This is the public key: give it to those who shall check your bundles. The "
        f"private key stays in {session.home.keys.folder}; keep a copy in a safe place.",
        err=True,
    )


@keys.command(name="list")
@json_option
@pass_session
def list_keys(session: Session, as_json: bool) -> None:
    """List the public keys, oldest first; the last one signs."""
    listed = [key.text for key in session.home.keys.verifiers()]
    if as_json:
        print_json({"keys": listed})
    elif listed:
        click.echo("\n".join(listed))
    else:
        click.echo("no key yet; `behind keys new` makes one")


@keys.command()
@click.argument("url")
@click.option(
    "--root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The authority's root certificate (PEM); with it the signature is checked.",
)
@json_option
@pass_session
def timestamp(session: Session, url: str, root: Path | None, as_json: bool) -> None:
    """Have the last checkpoint stamped by the time-stamping authority (RFC 3161) at URL."""
    from standsbehind.publishing.timestamps import stamp

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    made = stamp(session.home, url, root)
    if as_json:
        print_json(
            {"token": str(made.path), "time": made.time, "checked": made.is_checked}
        )
        return
    click.echo(f"{made.path}: stamped at {made.time} by the authority's clock")
    if not made.is_checked:
        click.echo(
            "  its signature was not checked: --root takes the authority's certificate",
            err=True,
        )


@click.command()
@click.argument("entities", metavar="ENTITY...", nargs=-1, required=True)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@click.option("--no-copies", is_flag=True, help="Leave the copies of sources out.")
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint that somebody kept: prove that the ledger only grew since.",
)
@json_option
@pass_session
def bundle(session: Session, entities: tuple[str, ...], **options: Any) -> None:
    """Write the statements about each ENTITY with their proofs, for a stranger to check.

    ENTITY is a name or an id; its links, listings and replies come with it. It may also be
    the id of one statement. The file holds the script that checks it.
    """
    from standsbehind.publishing.bundle import bundle as write_bundle
    from standsbehind.reports.words import counted

    ids = list(dict.fromkeys(key for text in entities for key in _meant(session, text)))
    out = options["out"]
    made = write_bundle(
        session.home,
        ids,
        out,
        with_copies=not options["no_copies"],
        since=options["since"],
    )
    if options["as_json"]:
        print_json(
            {
                "bundle": str(out),
                "statements": made.statements,
                "copies": made.copies,
                "missing": list(made.missing),
                "signed": made.is_signed,
                "ledger": {"size": made.head.size, "root": made.head.root},
            }
        )
        return
    statements = counted(made.statements, "statement", "statements")
    copies = counted(made.copies, "copy of a source", "copies of sources")
    click.echo(f"{out}: {statements}, {copies}")
    for digest in made.missing:
        click.echo(f"  no copy in the archive: {digest}", err=True)
    if not made.is_signed:
        click.echo(
            "  not signed: `behind keys new` makes a key; without one a bundle shows "
            "only that it holds together",
            err=True,
        )


def _records(session: Session, key: str) -> Iterator[str]:
    """Give the records of which the ledger states an entity, and what made them one."""
    merges = session.lookup.merges
    members = {one.id for one in merges.members(key)}
    stated = {claim.statement.entity_id for claim in session.reader.claims([key])[key]}
    yield from sorted(members & stated) or [key]
    yield from sorted(merges.judgements(key))


def _meant(session: Session, text: str) -> Iterator[str]:
    """Read a name as the entities that it means, with their links, listings and replies."""
    from standsbehind.cases.screening import own_links

    if len(text) == 40 and all(c in "0123456789abcdef" for c in text):
        yield text  # the id of a statement
        return
    reader = session.reader
    for key in session.lookup.find(text):
        told = [
            *_records(session, key),
            *(edge.id for edge in own_links(reader, key)),
            *(listing.id for listing in reader.designations([key])[key]),
        ]
        yield from told
        yield from (reply.id for reply in reader.replies(told))
