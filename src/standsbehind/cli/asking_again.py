"""Asking again: the question of a watch on today's data, held against its last answer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.questions import Look, look
from standsbehind.cli.session import Session
from standsbehind.errors import BehindError

if TYPE_CHECKING:
    from standsbehind.cases.watched import Change
    from standsbehind.publishing.watches import Seen, Watch, Watches

__all__ = ["Outcome", "ask_again", "ask_first"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one watch in one run."""

    name: str
    alert: dict[str, Any] | None = None
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the outcome, as in `behind watch run --json`."""
        changes = len(self.alert["changes"]) if self.alert else 0
        problems = list(self.problems)
        return {"name": self.name, "changes": changes, "problems": problems}

    def tell(self) -> None:
        """Say on stderr what went wrong, or that nothing changed."""
        for problem in self.problems:
            click.echo(f"behind: {self.name}: {problem}", err=True)
        if not self.alert and not self.problems:
            click.echo(f"{self.name}: nothing changed", err=True)


def ask_first(session: Session, one: "Watch") -> "Seen":
    """Ask the question of a new watch: later answers are held against this one."""
    return _seen(session, look(session, one.kind, one.asked))


def ask_again(session: Session, watches: "Watches", name: str) -> Outcome:
    """Ask one question again; an alert is kept before what was seen is."""
    try:
        one, before = watches.watch(name), watches.seen(name)
        found = look(session, one.kind, one.asked)
        changes = _changes(session, one, before, found)
        now = replace(
            _seen(session, found), alerts=before.alerts, undelivered=before.undelivered
        )
        alert = None
        if changes:
            number = before.alerts + 1
            alert = _alert(one, number, before, now, changes)
            watches.keep(name, number, alert)
            waiting = (*now.undelivered, number) if one.webhook else ()
            now = replace(now, alerts=number, undelivered=waiting)
        watches.see(name, now)
        problems = _deliver(session, watches, one, now)
    except BehindError as error:
        return Outcome(name, problems=(str(error),))
    return Outcome(name, alert, problems)


def _changes(
    session: Session, one: "Watch", before: "Seen", found: Look
) -> "tuple[Change, ...]":
    from standsbehind.cases.receipt import code_digest, rules_digest
    from standsbehind.cases.watched import (
        Fact,
        Moved,
        changes_between,
        changes_of_source,
    )
    from standsbehind.publishing.difference import Difference

    was = session.home.snapshot_up_to(before.ledger_size, lambda: None)
    now = session.reader.snapshot
    if one.kind == "source":
        return changes_of_source(Difference(was, now, one.asked["dataset"]))
    moved = Moved(
        file=before.input != found.input,
        day=before.as_of != found.as_of,
        rules=before.rules != rules_digest(),
        code=before.code != code_digest(),
    )
    held = [Fact.of_json(fact) for fact in before.facts]
    return changes_between(held, found.facts, Difference(was, now), moved)


def _alert(
    one: "Watch", number: int, before: "Seen", now: "Seen", changes: "Sequence[Change]"
) -> dict[str, Any]:
    from standsbehind.reports.alerts import alert_json

    sides = [
        {
            "snapshot": side.snapshot,
            "ledger_size": side.ledger_size,
            "as_of": side.as_of,
            "at": side.at,
            "input": side.input,
        }
        for side in (before, now)
    ]
    about = {
        "id": f"{one.name}/{number:06d}",
        "watch": one.name,
        "kind": one.kind,
        "asked": dict(one.asked),
        "at": now.at,
    }
    return alert_json(about, sides[0], sides[1], changes)


def _deliver(
    session: Session, watches: "Watches", one: "Watch", seen: "Seen"
) -> tuple[str, ...]:
    """Send what the webhook has not taken yet; what fails is tried again at the next run."""
    import orjson

    from standsbehind.publishing.home import timestamp
    from standsbehind.publishing.webhook import deliver

    if not one.webhook or not seen.undelivered:
        return ()
    secret, moment = watches.secret(one.name), timestamp(session.now)
    failed: dict[int, str] = {}
    for number in seen.undelivered:
        alert = watches.alert(one.name, number)
        why = deliver(one.webhook, secret, alert["id"], moment, orjson.dumps(alert))
        if why:
            failed[number] = f"alert {number} not delivered: the webhook {why}"
    watches.see(one.name, replace(seen, undelivered=tuple(failed)))
    return tuple(failed.values())


def _seen(session: Session, found: Look) -> "Seen":
    from standsbehind.cases.receipt import code_digest, rules_digest
    from standsbehind.publishing.home import timestamp
    from standsbehind.publishing.watches import Seen

    snapshot = session.reader.snapshot
    return Seen(
        at=timestamp(session.now),
        snapshot=snapshot.id,
        ledger_size=snapshot.manifest["ledger"]["size"],
        as_of=found.as_of,
        rules=rules_digest(),
        code=code_digest(),
        input=found.input,
        facts=tuple(asdict(fact) for fact in found.facts),
    )
