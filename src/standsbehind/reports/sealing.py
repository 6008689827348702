"""Sealing: a case as one file, with its page, for a stranger to read and to check."""

from datetime import date

from standsbehind.cases.dossier import compile_case
from standsbehind.errors import UsageError
from standsbehind.model.case import Case
from standsbehind.publishing.dossier import seal
from standsbehind.publishing.home import Home
from standsbehind.reports import pdf
from standsbehind.reports.dossier import Sealing, render_dossier

__all__ = ["seal_case"]


def seal_case(home: Home, case: Case, *, with_pdf: bool = False) -> bytes:
    """Seal a case with the key in use: the same case, data and key give the same bytes.

    A PDF of the page is the same where the same fonts and typst are installed.

    Raises UsageError where there is no key or a snapshot is gone, EvidenceError where the
    data no longer holds what the case rests on.
    """
    keys = home.keys.verifiers()
    if not keys:
        message = (
            f"{home.keys.folder}: no key to seal with; `behind keys new` makes one"
        )
        raise UsageError(message)
    compiled = compile_case(home, case)
    sealing = Sealing(keys[-1], home.ledger.tree_head(compiled.size))
    page = render_dossier(case, compiled.standard, sealing)
    pages = {"dossier.html": page.encode()}
    if with_pdf:
        last = date.fromisoformat(case.acts[-1].at[:10])
        pages["dossier.pdf"] = pdf.write(page, last)
    return seal(home, compiled.told(home, pages))
