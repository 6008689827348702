"""What the verbs of a case share: who acts, in which role, and how an act is put on record."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.session import Session, docket_option, json_option, print_json
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.model.act import Act, ActKind, Draft

__all__ = [
    "acting_options",
    "desk_options",
    "drafted",
    "kept_file",
    "named",
    "put_on_record",
    "reason_option",
    "said",
    "tell",
    "text_or_file",
]

_ROLES = ("researcher", "reviewer", "decider")

reason_option = click.option("--reason", required=True, help="Why.")

_actor_option = click.option(
    "--as", "by", envvar="BEHIND_AS", default="", help="Who acts (BEHIND_AS)."
)


def desk_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that every verb of a case has."""
    return docket_option(json_option(verb))


def acting_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that say who acts, in which role."""
    role = click.option(
        "--role",
        type=click.Choice(_ROLES),
        help="In which role (the one that fits the act).",
    )
    return _actor_option(role(desk_options(verb)))


def said(text: str, option: str) -> str:
    """Take what somebody wrote as it is, without what no terminal can print.

    Raises UsageError where nothing is said.
    """
    from standsbehind.reports.plain import plain

    words = plain(text).strip()
    if not words:
        message = f"{option}: says nothing"
        raise UsageError(message)
    return words


def named(text: str, option: str) -> str:
    """Take a name, on one line. Raises UsageError where there is none."""
    return " ".join(said(text, option).split())


def drafted(
    session: Session, kind: "ActKind", what: object, options: Mapping[str, Any]
) -> "Draft":
    """Put together what somebody wants to do."""
    from standsbehind.model.act import Draft
    from standsbehind.model.filed import plain

    by = named(options["by"], "--as")
    role = options["role"] or session.docket.people().role_for(by, kind)
    return Draft(kind, by, role, plain(what))


def put_on_record(
    session: Session,
    key: str,
    drafts: "Sequence[Draft]",
    options: Mapping[str, Any],
    seen: int | None = None,
) -> None:
    """Add acts to a case, all or none, and say so.

    Where `seen` acts were read and more have come, they are refused.
    """
    tell(session, session.docket.add(key, drafts, session.now, seen), options)


def tell(
    session: Session, acts: "Sequence[Act]", options: Mapping[str, Any], **more: object
) -> None:
    """Say that acts are on record; the JSON is that of the whole case, and `more`."""
    if options["as_json"]:
        from standsbehind.reports.cases import case_json

        print_json({"case": case_json(session.docket.case(acts[0].case)), **more})
        return
    from standsbehind.reports.cases import act_line
    from standsbehind.reports.plain import one_line

    for act in acts:
        click.echo(one_line(act_line(act)))


def text_or_file(text: str, file: Path | None) -> tuple[str, bytes]:
    """Give what was typed, or what a file of text says, and the bytes of the file.

    Raises UsageError where the file is not text and nothing was typed.
    """
    content = file.read_bytes() if file else b""
    if text or not file:
        return said(text, "TEXT"), content
    try:
        return said(content.decode("utf-8-sig"), str(file)), content
    except UnicodeDecodeError as error:
        message = f"{file}: not text; give what it says as TEXT, and --file beside it"
        raise UsageError(message) from error


def kept_file(session: Session, content: bytes) -> str:
    """Keep a file of a case, for its owner alone, and give its digest; empty for none."""
    if not content:
        return ""
    files = session.home.case_files
    files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return files.put(content)
