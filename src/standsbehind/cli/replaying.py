"""`behind replay`: make an answer again from its receipt, and say whether it is the same."""

from collections.abc import Mapping
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any, get_args

import click

from standsbehind.answers.answering import answer_to
from standsbehind.answers.answers import Verb
from standsbehind.cli.screened import open_file, receipt_for_file
from standsbehind.cli.session import Session, json_option, pass_session, print_json
from standsbehind.errors import UsageError

__all__ = ["replay"]


@click.command()
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--input",
    "given",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The screened file, where it is not where it was.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The list of yours that was searched, where it is not where it was.",
)
@json_option
@pass_session
def replay(
    session: Session,
    receipt: Path,
    given: Path | None,
    against: Path | None,
    as_json: bool,
) -> int:
    """Ask again as RECEIPT says, on the snapshot it names; print `identical` if it is.

    A screened file is looked for where it was and beside the receipt.
    """
    said = _read(receipt)
    if "against" in said:
        options = _options(said, _input(said, receipt, given))
        listed = _listed(said, receipt, against)
        made = _screened(session, {**options, **listed})
        return _tell(said, made, as_json=as_json)
    session.reader  # noqa: B018 - puts the built-in data in place at first use
    size = int(said.get("ledger_size") or 0)
    snapshot = session.home.reopen(str(said["snapshot"]), size)
    session.open_at(snapshot, said["parameters"]["known_on"])
    _judge_as(session, said.get("judgements"))
    verb = said.get("verb", "screen")
    if verb == "screen":
        made = _screened(session, _options(said, _input(said, receipt, given)))
    elif verb in get_args(Verb):
        made = _asked(session, verb, said["parameters"])
    else:
        message = f"{receipt}: of {verb!r}, which this version cannot ask again"
        raise UsageError(message)
    return _tell(said, made, as_json=as_json)


def _screened(session: Session, options: Mapping[str, Any]) -> dict[str, Any]:
    return receipt_for_file(session, open_file(options["path"], options), options)


def _asked(session: Session, verb: Verb, asked: Mapping[str, Any]) -> dict[str, Any]:
    from standsbehind.reports.document import receipt_for

    try:
        answer = answer_to(session, verb, asked)
    except (KeyError, TypeError, ValueError) as error:
        message = f"the receipt's parameters are not those of {verb} ({error})"
        raise UsageError(message) from error
    snapshot = session.reader.snapshot
    return receipt_for(verb, snapshot, asked, answer.document, answer.judgements)


def _judge_as(session: Session, said: Mapping[str, Any] | None) -> None:
    try:
        session.judge_as(said)
    except (KeyError, TypeError, ValueError) as error:
        message = f"the receipt does not name judgements as `--receipt` does ({error})"
        raise UsageError(message) from error


def _read(path: Path) -> dict[str, Any]:
    import orjson

    try:
        said: dict[str, Any] = orjson.loads(path.read_bytes())
        needed = {"input", "snapshot", "parameters", "result", "input_name"}
        # A screening also says how its file was read; other verbs name themselves.
        of_verb = {"known_on"} if "verb" in said else {"known_on", "reading"}
        if needed <= said.keys() and of_verb <= said["parameters"].keys():
            return said
    except (ValueError, AttributeError, TypeError) as error:
        message = f"{path}: not a receipt ({error}); `--receipt` writes one"
        raise UsageError(message) from error
    message = f"{path}: lacks a part of a receipt; `--receipt` writes one"
    raise UsageError(message)


def _input(said: Mapping[str, Any], receipt: Path, given: Path | None) -> Path:
    named = str(said["parameters"]["reading"].get("file") or said["input_name"])
    return _found(said["input"], (named, said["input_name"]), receipt, given)


def _found(
    digest: str, names: tuple[str, str], receipt: Path, given: Path | None
) -> Path:
    """Find a file by its digest: where it is said to be, where it was, beside the receipt."""
    named = names[0]
    folder = receipt.parent
    tried = [given] if given else [Path(named), *(folder / name for name in names)]
    there = [path for path in tried if path.is_file()]
    for path in there:
        if _digest(path) == digest:
            return path
    if there:
        message = f"{there[0]}: not the file that was screened: its SHA-256 is another"
        raise UsageError(message)
    option = "--input or --against"
    message = f"{named}: the file is not here; give it with {option}"
    raise UsageError(message)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _options(said: Mapping[str, Any], file: Path) -> dict[str, Any]:
    asked = said["parameters"]
    reading = asked["reading"]
    return {
        "as_of": date.fromisoformat(asked["as_of"]),
        "roles": [asked["roles"]],
        "jurisdiction": asked["in"],
        "threshold": asked["threshold"],
        "lists": ",".join(asked["lists"]),
        "columns": [f"{kind}={name}" for kind, name in reading["columns"].items()],
        "encoding": reading["encoding"],
        "sheet": reading["sheet"],
        "file": reading.get("file", str(file)),
        "path": str(file),
    }


def _listed(
    said: Mapping[str, Any], receipt: Path, given: Path | None
) -> dict[str, Any]:
    """Find the list of the user's own that was searched."""
    asked = said["parameters"]["against"]
    file = _found(
        said["against"], (asked["file"], said["against_name"]), receipt, given
    )
    columns = [f"{kind}={name}" for kind, name in asked["columns"].items()]
    return {
        "against": str(file),
        "against_file": asked["file"],
        "against_columns": columns,
    }


_MADE_FROM = {
    "snapshot_manifest": "data",
    "rules_digest": "rules",
    "code_digest": "code",
    "parameters": "parameters",
    "judgements": "judgements",
    "result": "result",
}


def _tell(said: Mapping[str, Any], made: Mapping[str, Any], *, as_json: bool) -> int:
    differ = [word for key, word in _MADE_FROM.items() if said.get(key) != made[key]]
    is_same = said["result"] == made["result"]
    if as_json:
        print_json({"identical": is_same, "differences": differ, "receipt": made})
    else:
        click.echo("identical" if is_same else "different")
        others = [word for word in differ if word != "result"]
        if others:
            click.echo(f"note: another {' and '.join(others)} than then", err=True)
        elif not is_same:
            click.echo("the same data, rules and code gave another result", err=True)
    return 0 if is_same else 3
