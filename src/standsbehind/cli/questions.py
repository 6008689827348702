"""Questions that are kept: how options tell one, and how it is asked on a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standsbehind.cli.screening import answer_to, read_file
from standsbehind.cli.session import Session
from standsbehind.cli.showing import traced
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.watched import Fact
    from standsbehind.publishing.watches import WatchKind

__all__ = ["Look", "asked_by", "look"]


@dataclass(frozen=True, slots=True)
class Look:
    """What an answer says now, and what it was made from."""

    facts: "tuple[Fact, ...]"
    as_of: str
    input: str | None = None


def asked_by(options: Mapping[str, Any]) -> "tuple[WatchKind, dict[str, Any]]":
    """Read which question it is, and keep the options that belong to it."""
    given = [kind for kind in ("screen", "ends", "source") if options[kind]]
    if len(given) != 1:
        message = "name one question: --screen FILE, --trace FROM TO or --source SOURCE"
        raise UsageError(message)
    day = options["as_of"].isoformat() if options["as_of"] else None
    if options["screen"]:
        if options["screen"] == "-":
            message = "--screen -: stdin cannot be read again later; name a file"
            raise UsageError(message)
        names = ("jurisdiction", "threshold", "lists", "columns", "encoding", "sheet")
        roles = [role for group in options["roles"] for role in group]
        file = str(Path(options["screen"]).resolve())
        kept = {name: options[name] for name in names}
        return "screen", {"file": file, "roles": roles, "as_of": day, **kept}
    if options["ends"]:
        kept = {name: options[name] for name in ("max_hops", "limit", "types")}
        source, target = options["ends"]
        return "trace", {"source": source, "target": target, "as_of": day, **kept}
    return "source", {"dataset": options["source"]}


def look(session: Session, kind: "WatchKind", asked: Mapping[str, Any]) -> Look:
    """Ask a question on the session's snapshot; without a day of its own, of today."""
    today = session.now.date().isoformat()
    day = asked.get("as_of")
    options = {**asked, "as_of": date.fromisoformat(day) if day else None}
    match kind:
        case "screen":
            return _look_screening(session, options)
        case "trace":
            return Look(_facts_of_trace(session, options), day or today)
        case "source":
            _need_source(session, asked["dataset"])
            return Look((), today)


def _look_screening(session: Session, options: dict[str, Any]) -> Look:
    from standsbehind.cases.watched import facts_of_screening

    terms = {**options, "roles": [tuple(options["roles"])]}
    intake = read_file(options["file"], terms)
    answer = answer_to(session, intake, terms)
    facts = tuple(facts_of_screening(answer))
    return Look(facts, answer.position.as_of.isoformat(), intake.digest)


def _facts_of_trace(session: Session, options: Mapping[str, Any]) -> "tuple[Fact, ...]":
    from standsbehind.cases.watched import facts_of_trace

    source, target = options["source"], options["target"]
    found = traced(session, source, target, options)
    names = {e: session.reader.caption(e) for p in found.paths for e in p.entities}
    return tuple(facts_of_trace(found, names, f"{source} to {target}"))


def _need_source(session: Session, dataset: str) -> None:
    held = [source["id"] for source in session.reader.snapshot.sources]
    if dataset not in held:
        message = f"{dataset}: not in this snapshot; it holds {', '.join(held)}"
        raise UsageError(message)
