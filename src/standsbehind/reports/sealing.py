"""Sealing: a case as one file, with its page, for a stranger to read and to check."""

from standsbehind.cases.dossier import compile_case
from standsbehind.errors import UsageError
from standsbehind.model.case import Case
from standsbehind.publishing.dossier import seal
from standsbehind.publishing.home import Home
from standsbehind.reports.dossier import Sealing, render_dossier

__all__ = ["seal_case"]


def seal_case(home: Home, case: Case) -> bytes:
    """Seal a case with the key in use: the same case, data and key give the same bytes.

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
    told = compiled.told(home, {"dossier.html": page.encode()})
    return seal(home, told)
