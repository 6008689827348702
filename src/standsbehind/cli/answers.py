"""What is kept of an answer: its receipt, its page and its picture."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from standsbehind.answers.answer import Answer
from standsbehind.answers.answers import Verb
from standsbehind.answers.terms import day_of
from standsbehind.cli.session import Session, tell_written, write
from standsbehind.errors import UsageError

__all__ = [
    "keep_pages",
    "keep_receipt",
    "need_pdf",
    "page_options",
    "picture_options",
    "receipt_option",
    "write_receipt",
]

receipt_option = click.option(
    "--receipt", metavar="PATH", help="Where to write the receipt."
)


def keep_receipt(
    session: Session, verb: Verb, asked: Mapping[str, Any], answer: Answer, path: str
) -> None:
    """Write the receipt of an answer, and keep it with the statements that it used."""
    from standsbehind.answers.answering import receipt_of
    from standsbehind.cases.receipt import used_statements
    from standsbehind.publishing.receipts import file_receipt

    receipt = receipt_of(session, verb, asked, answer)
    file_receipt(session.home, receipt, used_statements(answer.told, session.reader))
    write_receipt(receipt, path)


def page_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options by which its answer is set as a page, for a screen or for paper."""
    page = click.option("--html", metavar="PATH", help="Where to write it as a page.")
    paper = click.option("--pdf", metavar="PATH", help="Where to write it as a PDF.")
    return page(paper(verb))


def picture_options(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options by which its answer is set as a page or drawn."""
    drawn = click.option("--svg", metavar="PATH", help="Where to draw it.")
    return page_options(drawn(verb))


def need_pdf() -> None:
    """Raise UsageError where no PDF can be written, before there is anything to write."""
    from standsbehind.reports.pdf import need_typst

    need_typst()


def keep_pages(
    session: Session,
    answer: Answer,
    asked: Mapping[str, Any],
    options: Mapping[str, Any],
) -> None:
    """Write the pages and the drawing of an answer where they are wanted.

    Raises UsageError where there is nothing to be drawn.
    """
    html, paper, svg = (options.get(name) for name in ("html", "pdf", "svg"))
    if html and answer.page:
        from standsbehind.publishing.home import timestamp

        write(answer.page(timestamp(session.now)), html)
        tell_written(html)
    if paper and answer.page:
        from standsbehind.reports import pdf

        day = day_of(asked) or session.reader.snapshot.day
        write(pdf.write(answer.page(""), day), paper)
        tell_written(paper)
    if svg and answer.picture:
        write(f"{answer.picture()}\n", svg)
        tell_written(svg)
    elif svg:
        message = f"--svg {svg}: nothing was found, so there is nothing to be drawn"
        raise UsageError(message)


def write_receipt(receipt: Mapping[str, Any], path: str) -> None:
    """Write a receipt where the user asked for it."""
    import orjson

    write(orjson.dumps(receipt, option=orjson.OPT_INDENT_2) + b"\n", path)
