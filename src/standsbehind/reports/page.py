"""The page: a screening as one HTML file or PDF to read, print and file, with every source numbered."""

from standsbehind.cases.screening import ScreenAnswer
from standsbehind.reports import pdf
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.outline import Outline
from standsbehind.reports.setting import template

__all__ = ["render_page", "to_pdf"]


def render_page(answer: ScreenAnswer, made_at: str) -> str:
    """Render the answer as one self-contained HTML page, free of scripts and outside requests.

    `made_at` is the moment of making, as it is to be printed; where it is empty, none is.
    The same answer and moment give the same page.
    """
    return template("page.html.j2").render(
        page=Outline(answer), made_at=made_at, sources=Bibliography()
    )


def to_pdf(answer: ScreenAnswer) -> bytes:
    """Set the same page as a PDF, which says no moment of making: the same answer, the same bytes."""
    return pdf.write(render_page(answer, ""), answer.position.as_of)
