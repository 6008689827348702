"""Judged: who judges, taking a judgement back, and publishing what judgements make one."""

from typing import Any

import click

from standsbehind.cli.session import Session, print_json
from standsbehind.errors import UsageError

__all__ = ["author_of", "publish_judged", "withdraw_judgement"]


def author_of(given: str) -> str:
    """Return who judges. Raises UsageError where nobody is named."""
    if not given.strip():
        message = "who judges? Name yourself with --author, or in BEHIND_AUTHOR"
        raise UsageError(message)
    return given


def withdraw_judgement(
    session: Session, judgement: str, options: dict[str, Any]
) -> None:
    """Take a judgement back, and publish where that changes which records are one."""
    from standsbehind.cases.needed import needed_author, needed_reason
    from standsbehind.publishing.home import timestamp
    from standsbehind.reports.judged import kept_json
    from standsbehind.reports.plain import one_line
    from standsbehind.resolution.judgement_log import Withdrawal

    now = timestamp(session.now)
    author = needed_author(author_of(options["author"]))
    reason = needed_reason(options["reason"])
    log = session.home.judgements
    one = log.withdraw(Withdrawal(judgement, author, reason, now), now)
    if one.is_pair:
        publish_judged(session)
    if options["as_json"]:
        print_json({"judgement": kept_json(log.read().find(one.id))})
    else:
        click.echo(one_line(f"{one.id}: withdrawn by {author}: {reason}"))


def publish_judged(session: Session) -> str:
    """Read what was judged of two records into the ledger, and publish where that is new."""
    from standsbehind.publishing.judging import read_judged

    if read_judged(session.home, session.now) is None:
        return session.reader.snapshot.id
    return session.home.publish().id
