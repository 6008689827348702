"""`behind necessity`: the questions that a deployment has to answer, and what was answered."""

import sys
from pathlib import Path
from typing import Any

import click

from standsbehind.answers.answer import Answer
from standsbehind.cli.answers import keep_pages, need_pdf, page_options
from standsbehind.cli.session import (
    Session,
    json_option,
    known_on_option,
    pass_session,
    print_json,
    tell_written,
    write,
)
from standsbehind.errors import UsageError

__all__ = ["necessity"]


@click.group()
def necessity() -> None:
    """Ask of a deployment what makes it necessary, and keep the answers.

    It never says that a deployment is lawful. It says which answers are stated by what,
    which are open, and what a buyer should ask before the purchase.
    """


@necessity.command()
@click.option("--out", metavar="PATH", help="Where to write it (stdout).")
def new(out: str | None) -> None:
    """Write the questionnaire: each question with why it is asked, its norm and what counts."""
    from standsbehind.reports.questionnaire import questionnaire_text
    from standsbehind.standards.necessity import load_questionnaire

    if out and out != "-" and Path(out).exists():
        message = f"{out}: is there already; name another file, or remove it first"
        raise UsageError(message)
    write(questionnaire_text(load_questionnaire()), out)
    if out:
        tell_written(out)


@necessity.command()
@click.argument("file")
@page_options
@click.option(
    "--fail-on",
    type=click.Choice(["open"]),
    help="Leave with 1 where anything is open.",
)
@known_on_option
@json_option
@pass_session
def check(session: Session, file: str, **options: Any) -> int:
    """Read the questionnaire FILE (`-` is stdin): what is stated, and what is open, by line."""
    if options["pdf"]:
        need_pdf()
    answer, is_open = _weighed(session, file)
    if options["as_json"]:
        print_json(answer.document)
    else:
        from standsbehind.reports import terminal

        terminal.console().print(answer.shown())
    keep_pages(session, answer, {"as_of": None}, options)
    return 1 if options["fail_on"] and is_open else 0


def _weighed(session: Session, file: str) -> tuple[Answer, bool]:
    """Weigh a form; say too whether anything of it is open."""
    from standsbehind.cases.form import read_form
    from standsbehind.cases.necessity import weigh
    from standsbehind.reports.necessity import necessity_json, necessity_text
    from standsbehind.standards.necessity import load_questionnaire

    reader, questions = session.reader, load_questionnaire()
    form = read_form("stdin" if file == "-" else file, _content(file), questions)
    record = weigh(form, reader, session.lookup)

    def page(made_at: str) -> str:
        from standsbehind.reports.weighed import render_necessity

        return render_necessity(record, questions, reader, made_at)

    answer = Answer(
        necessity_json(record, questions, reader),
        (),
        lambda: necessity_text(record, questions, reader),
        page=page,
    )
    return answer, bool(record.open)


def _content(file: str) -> bytes:
    """Read a form; of a file that is far too long no more than shows that it is."""
    from standsbehind.cases.lined import MOST_BYTES

    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror}); check the path"
        raise UsageError(message) from error
