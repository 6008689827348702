"""Questions that are kept: how options tell one, and how it is asked on a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standsbehind.answers.terms import iso
from standsbehind.answers.traces import TRACE_TERMS, traced
from standsbehind.cli.screened import answer_to, open_file
from standsbehind.cli.session import Session
from standsbehind.errors import UsageError

if TYPE_CHECKING:
    from standsbehind.cases.watched import Fact
    from standsbehind.publishing.watches import WatchKind

__all__ = ["QUESTIONS", "Look", "asked_by", "look"]


QUESTIONS = ("screen", "ends", "source")
"""The options that each tell a question."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an answer says now, and what it was made from."""

    facts: "tuple[Fact, ...]"
    as_of: str
    input: str | None = None


def asked_by(options: Mapping[str, Any]) -> "tuple[WatchKind, dict[str, Any]]":
    """Read which question it is, and keep the options that belong to it."""
    given = [kind for kind in QUESTIONS if options[kind]]
    if len(given) != 1:
        message = "name one question: --screen FILE, --trace FROM TO or --source SOURCE"
        raise UsageError(message)
    day = iso(options["as_of"])
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
        kept = {**TRACE_TERMS, **{n: options[n] for n in TRACE_TERMS if n in options}}
        source, target = options["ends"]
        return "trace", {"source": source, "target": target, "as_of": day, **kept}
    return "source", {"dataset": options["source"]}


def look(session: Session, kind: "WatchKind", asked: Mapping[str, Any]) -> Look:
    """Ask a question on the session's snapshot; without a day of its own, of today."""
    today = session.now.date().isoformat()
    match kind:
        case "screen":
            return _look_screening(session, asked)
        case "trace":
            return Look(_facts_of_trace(session, asked), asked["as_of"] or today)
        case "source":
            _need_source(session, asked["dataset"])
            return Look((), today)


def _look_screening(session: Session, asked: Mapping[str, Any]) -> Look:
    from standsbehind.cases.watched import facts_of_screening

    day = date.fromisoformat(asked["as_of"]) if asked["as_of"] else None
    terms = {**asked, "as_of": day, "roles": [tuple(asked["roles"])]}
    opened = open_file(asked["file"], terms)
    answer = answer_to(session, opened, terms)
    facts = tuple(facts_of_screening(answer))
    return Look(facts, answer.position.as_of.isoformat(), opened.intake.digest)


def _facts_of_trace(session: Session, asked: Mapping[str, Any]) -> "tuple[Fact, ...]":
    from standsbehind.cases.watched import facts_of_trace

    found = traced(session, asked)
    names = {e: session.reader.caption(e) for p in found.paths for e in p.entities}
    about = f"{asked['source']} to {asked['target']}"
    return tuple(facts_of_trace(found, names, about))


def _need_source(session: Session, dataset: str) -> None:
    held = [source["id"] for source in session.reader.snapshot.sources]
    if dataset not in held:
        message = f"{dataset}: not in this snapshot; it holds {', '.join(held)}"
        raise UsageError(message)
