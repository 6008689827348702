"""`behind archive`: the copies of sources, and how they leave and enter the house."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from standsbehind.cli.session import Session, json_option, pass_session, print_json

if TYPE_CHECKING:
    from standsbehind.publishing.archived import ArchivedCopy, Imported

__all__ = ["archive"]


@click.group()
def archive() -> None:
    """List the copies of sources, write them as a web archive (WACZ), or read one in."""


@archive.command(name="list", short_help="List the copies and how they came.")
@json_option
@pass_session
def list_copies(session: Session, as_json: bool) -> None:
    """List the copies: digest, source, where and when they came from, and their captures."""
    from standsbehind.publishing.archived import archived_copies

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    copies = list(archived_copies(session.home))
    if as_json:
        print_json({"copies": [copy.to_json() for copy in copies]})
        return
    for copy in copies:
        click.echo(_line(copy))


def _line(copy: "ArchivedCopy") -> str:
    from standsbehind.reports.plain import plain

    parts = [
        copy.digest,
        copy.source or "read for no source",
        copy.url or copy.name or "no address",
        copy.retrieved or "no date",
        f"capture {copy.capture}" if copy.capture else "no capture",
    ]
    if not copy.is_kept:
        parts.append("MISSING from the archive")
    return "  ".join(plain(part) for part in parts)


@archive.command(short_help="Write copies as one WACZ file.")
@click.argument("digests", metavar="[DIGEST]...", nargs=-1)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@json_option
@pass_session
def export(
    session: Session, digests: tuple[str, ...], out: Path, as_json: bool
) -> None:
    """Write copies as one WACZ file: all, or those of each DIGEST.

    A copy that was fetched goes with the exchange that brought it; a file that a user gave
    goes by itself, as a resource record.
    """
    from standsbehind.errors import UsageError
    from standsbehind.publishing.archived import export_wacz
    from standsbehind.publishing.home import timestamp

    if out.is_dir():
        message = f"{out}: is a folder; name a file"
        raise UsageError(message)
    session.reader  # noqa: B018 - puts the built-in data in place at first use
    count = export_wacz(session.home, out, digests, timestamp(session.now))
    if as_json:
        print_json({"wacz": str(out), "copies": count})
        return
    click.echo(f"{out}: {count} {'copy' if count == 1 else 'copies'}")


@archive.command(name="import", short_help="Check a WACZ package, then take it in.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@json_option
@pass_session
def import_copies(session: Session, path: Path, as_json: bool) -> None:
    """Check the WACZ package FILE whole, then put its files into the archive.

    What comes in is evidence kept, not a list read: `behind pull --file` reads a list.
    """
    from standsbehind.publishing.archived import import_wacz

    session.reader  # noqa: B018 - puts the built-in data in place at first use
    done = list(import_wacz(session.home, path))
    if as_json:
        print_json({"imported": [one.to_json() for one in done]})
        return
    for one in done:
        click.echo(_told(one))
    if not done:
        click.echo("nothing in it was answered with 200 or handed over as a file")


def _told(one: "Imported") -> str:
    from standsbehind.reports.plain import plain

    what = one.digest or f"left aside: {one.problem}"
    known = "" if one.is_new or one.problem else "  (was here already)"
    return plain(f"{what}  {one.url}  {one.date}{known}")
