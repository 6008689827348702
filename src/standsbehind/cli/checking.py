"""`behind check`: vendor files of a repository, one line for each hit, as a hook prints it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from standsbehind.cli.options import position_options
from standsbehind.cli.screened import answer_to, open_file
from standsbehind.cli.screening import reading_options
from standsbehind.cli.session import Session, pass_session
from standsbehind.cli.writing import refuse_too_many

if TYPE_CHECKING:
    from standsbehind.cases.screening import ScreenAnswer
    from standsbehind.reports.lines import Line

__all__ = ["check"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@position_options
@reading_options
@pass_session
def check(session: Session, files: tuple[str, ...], **options: Any) -> int:
    """Check vendor files: a line for each hit and for each row that was not examined.

    Exits 1 where a row has a hit, for pre-commit and other hooks. No hit found is not clear.
    """
    from standsbehind.cases.counts import Counts
    from standsbehind.reports.words import NOTICES, outcome

    counts = Counts()
    for file in files:
        opened = open_file(file, options)
        refuse_too_many(opened, ["check"])
        answer = answer_to(session, opened, {**options, "file": file})
        for line in _lines(answer, file):
            click.echo(line)
        counts += Counts.of((*answer.rows, *answer.skipped))
    click.echo(f"{outcome(counts)}. {' '.join(NOTICES)}")
    return 1 if counts.hits else 0


def _lines(answer: "ScreenAnswer", file: str) -> Iterator[str]:
    from standsbehind.reports.lines import lines
    from standsbehind.reports.plain import one_line

    line_of = answer.intake.line_of
    for line in lines(answer):
        if line.status != "no_hit_found":
            place = f"row {line.row}" if line_of is None else line_of(line.row)
            yield one_line(f"{file}:{place}: {_said_of(line)}")


def _said_of(line: "Line") -> str:
    if line.status == "not_examined":
        return f"not examined: {line.note}"
    listed = f"; lists: {line.lists}" if line.lists else ""
    paths = f"; paths: {line.paths}" if line.paths else ""
    judged = f"; judged: {line.judgements}" if line.judgements else ""
    met = f"may be {line.entity} ({line.entity_id}), {line.score}"
    return f"{line.name}: {met}{listed}{paths}{judged}"
