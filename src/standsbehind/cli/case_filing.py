"""`behind case add`, `reply`, `conflict`, `correct` and `check`: what comes into a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.case_desk import (
    acting_options,
    desk_options,
    drafted,
    kept_file,
    named,
    put_on_record,
    reason_option,
    said,
    tell,
    text_or_file,
)
from standsbehind.cli.session import Day, Session, pass_session, print_json
from standsbehind.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    from standsbehind.model.citation import Citation

__all__ = ["add", "check", "conflict", "correct", "reply"]

_a_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_KINDS = ("statement", "document", "correspondence", "data")


@click.command(short_help="Add evidence to a case.")
@click.argument("key", metavar="CASE")
@click.argument("records", metavar="[RECORD]...", nargs=-1)
@click.option("--file", type=_a_file, help="A document; a copy is kept.")
@click.option("--title", default="", help="What the document is called.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--url", default="", help="Where it stands.")
@click.option("--sealed", type=_a_file, help="Evidence of which only a digest is kept.")
@click.option("--kind", type=click.Choice(_KINDS), help="What the sealed evidence is.")
@acting_options
@pass_session
def add(session: Session, key: str, records: tuple[str, ...], **options: Any) -> None:
    """Add evidence to CASE: records of the data, a document, or a sealed one.

    Of sealed evidence the docket keeps neither content nor name. It prints a salt once: keep
    it with the file, for without it nobody can show that the file is the one that was sealed.
    """
    given = [bool(records), bool(options["file"]), bool(options["sealed"])]
    if sum(given) != 1:
        message = "name records, or --file PATH, or --sealed PATH: one of them"
        raise click.UsageError(message)
    if options["sealed"]:
        _add_sealed(session, key, options)
    elif options["file"]:
        _add_document(session, key, options)
    else:
        _add_records(session, key, records, options)


def _add_records(
    session: Session, key: str, records: tuple[str, ...], options: dict[str, Any]
) -> None:
    from standsbehind.cases.filing import record

    found = [record(session.reader, one) for one in dict.fromkeys(records)]
    drafts = [drafted(session, "add", one, options) for one in found]
    put_on_record(session, key, drafts, options)


def _add_document(session: Session, key: str, options: dict[str, Any]) -> None:
    from standsbehind.cases.filing import document

    file: Path = options["file"]
    content = file.read_bytes()
    what = document(said(file.name, "--file"), content, _cited(session, options))
    draft = drafted(session, "add", what, options)
    kept_file(session, content)
    put_on_record(session, key, [draft], options)


def _cited(session: Session, options: dict[str, Any]) -> "Citation | None":
    from standsbehind.model.citation import Citation, digest_of

    if not options["title"]:
        return None
    return Citation(
        source="docket",
        title=said(options["title"], "--title"),
        publisher=options["publisher"],
        url=options["url"],
        origin_group=options["publisher"],
        digest=digest_of(options["file"].read_bytes()),
        retrieved=session.now.date().isoformat(),
    )


def _add_sealed(session: Session, key: str, options: dict[str, Any]) -> None:
    import secrets

    from standsbehind.cases.filing import sealed

    if options["kind"] is None:
        message = f"--sealed needs --kind: one of {', '.join(_KINDS)}"
        raise click.UsageError(message)
    salt = secrets.token_bytes(32)
    what = sealed(options["kind"], options["sealed"].read_bytes(), salt)
    draft = drafted(session, "add_sealed", what, options)
    acts = session.docket.add(key, [draft], session.now)
    tell(session, acts, options, salt=salt.hex())
    if not options["as_json"]:
        click.echo(f"salt {salt.hex()}: keep it with the file; it is not kept here")


@click.command(short_help="Check what was sealed.")
@click.argument("key", metavar="CASE")
@click.argument("number", metavar="ACT", type=int)
@click.argument("file", type=_a_file)
@click.option("--salt", required=True, help="The salt that was printed.")
@desk_options
@pass_session
def check(session: Session, key: str, number: int, file: Path, **options: Any) -> None:
    """Say whether FILE is the evidence that was sealed by ACT of CASE."""
    from standsbehind.cases.filing import is_under_seal

    salt = options["salt"]
    seals = {one.number: one.what for one in session.docket.case(key).sealed}
    if number not in seals:
        message = f"case {key}: act {number} seals nothing"
        raise UsageError(message)
    try:
        is_it = is_under_seal(seals[number], file.read_bytes(), bytes.fromhex(salt))
    except ValueError as error:
        message = f"--salt {salt}: not hexadecimal; it was printed when it was sealed"
        raise UsageError(message) from error
    if not is_it:
        message = f"{file}: with this salt, not what act {number} of case {key} sealed"
        raise EvidenceError(message)
    if options["as_json"]:
        print_json({"case": key, "act": number, "sealed": True})
    else:
        click.echo(f"{file}: is what act {number} of case {key} sealed")


@click.command(short_help="Put a reply on record.")
@click.argument("key", metavar="CASE")
@click.argument("text", default="")
@click.option(
    "--to",
    multiple=True,
    metavar="CLAIM",
    help="The claim (a record) or class that it answers; repeatable (the whole case).",
)
@click.option("--file", type=_a_file, help="The reply as it came; a copy is kept.")
@click.option("--author", default="", help="Who replies (the subject).")
@click.option("--received", type=Day(), help="The day on which it came (today).")
@click.option(
    "--more-to-come", is_flag=True, help="The subject says that it will say more."
)
@acting_options
@pass_session
def reply(session: Session, key: str, text: str, **options: Any) -> None:
    """Put on record what the subject of CASE replies, word for word."""
    from standsbehind.model.filed import Answer

    words, content = text_or_file(text, options["file"])
    case = session.docket.case(key)
    answer = Answer(
        author=named(options["author"] or case.opening.caption, "--author"),
        received=(options["received"] or session.now.date()).isoformat(),
        to=tuple(dict.fromkeys(options["to"])),
        text=words,
        digest=kept_file(session, content),
        more_to_come=options["more_to_come"],
    )
    draft = drafted(session, "reply", answer, options)
    put_on_record(session, key, [draft], options)


@click.command(short_help="Note a person's interest.")
@click.argument("key", metavar="CASE")
@click.option("--of", "person", default="", help="Whose interest it is (your own).")
@reason_option
@acting_options
@pass_session
def conflict(session: Session, key: str, person: str, **options: Any) -> None:
    """Note that a person has an interest in CASE, and so neither reviews nor decides."""
    from standsbehind.model.filed import Conflict

    whose = named(person or options["by"], "--of")
    what = Conflict(whose, said(options["reason"], "--reason"))
    draft = drafted(session, "conflict", what, options)
    put_on_record(session, key, [draft], options)


@click.command(short_help="Take an act back.")
@click.argument("key", metavar="CASE")
@click.argument("number", metavar="ACT", type=int)
@reason_option
@acting_options
@pass_session
def correct(session: Session, key: str, number: int, **options: Any) -> None:
    """Take ACT of CASE back: it stays readable, with the reason.

    A decided finding is not taken back: `behind case find` with --reason proposes the one
    that corrects it.
    """
    from standsbehind.model.filed import Correction

    what = Correction(number, said(options["reason"], "--reason"))
    draft = drafted(session, "correct", what, options)
    put_on_record(session, key, [draft], options)
