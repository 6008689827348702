"""Dossier pages: a case to be read and printed, with every reply beside the claim that it answers."""

from dataclasses import dataclass
from hashlib import sha256

from standsbehind.ledger.ledger import TreeHead
from standsbehind.ledger.notes import Verifier
from standsbehind.model.case import Case
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.case_page import CasePage
from standsbehind.reports.setting import style, template
from standsbehind.standards.norms import Standard

__all__ = ["Sealing", "render_dossier"]


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a dossier is sealed with."""

    key: Verifier
    ledger: TreeHead


def render_dossier(case: Case, standard: Standard, sealing: Sealing) -> str:
    """Render a case as one self-contained HTML page, free of scripts and outside requests.

    The same case and sealing give the same page.
    """
    return template("dossier.html.j2").render(
        page=CasePage(case),
        case=case,
        standard=standard,
        sealing=sealing,
        fingerprint=_fingerprint(sealing.key),
        own_css=style("dossier.css"),
        sources=Bibliography(),
    )


def _fingerprint(key: Verifier) -> str:
    digest = sha256(key.key).hexdigest()
    return " ".join(digest[n : n + 4] for n in range(0, 64, 4))
