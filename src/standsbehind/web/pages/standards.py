"""Standards: the norms with their texts, findings by firm, who is listed by home, and neutrality."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.api.answering import Refused
from standsbehind.api.held import Held
from standsbehind.cases.compared import compare
from standsbehind.cases.neutral_proof import Certificate, certify
from standsbehind.cases.parity import parity
from standsbehind.model.labels import value_label
from standsbehind.reports import parity_words
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.certificate import KINDS, NOTE
from standsbehind.standards.norms import catalog_files, load_standard
from standsbehind.web.asking import Asked, page
from standsbehind.web.linked import Counted, Findings
from standsbehind.web.linking import Names

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

MOST_RUNS = 20
"""Permutations of each kind that a page makes; the command makes as many as one likes."""
SEED = 1
MOST_PAIRS = 10


@router.get("/standards")
async def standards(request: Request) -> Response:
    """Show the standard, and the findings under it by firm."""
    return await page(request, "standards.html.j2", _told, lane="slow")


@router.get("/standards/neutrality")
async def neutrality(request: Request) -> Response:
    """Prove on this snapshot that names, homes, publishers and lists decide nothing."""
    return await page(request, "neutrality.html.j2", _proof, lane="slow")


@router.get("/standards/parity")
async def parity_by_home(request: Request) -> Response:
    """Count who is listed, by home, among those of whom the same was found."""
    return await page(request, "by_home_page.html.j2", _by_home, lane="slow")


def _told(asked: Asked) -> Mapping[str, Any]:
    reader, standard = asked.held.reader, load_standard()
    wanted = asked.text("class")
    fits = [norm for norm in standard.norms if norm.id == wanted]
    if wanted and not fits:
        raise Refused(404, f"{wanted}: not a class of {standard.id}")
    day = asked.day()
    found = asked.held.once(
        "compared",
        (wanted, day),
        lambda: compare(reader, standard, fits or standard.norms, day),
    )
    told = Findings(
        found,
        reader,
        day.isoformat() if day else None,
        names=Names(reader, asked.to),
    )
    return {"page": told, "standard": standard, "wanted": wanted}


def _by_home(asked: Asked) -> Mapping[str, Any]:
    reader, standard = asked.held.reader, load_standard()
    day = asked.day() or asked.held.now.date()
    norms = tuple(norm.id for norm in standard.norms)
    found = asked.held.once("parity", day, lambda: parity(reader, standard, norms, day))
    return {
        "page": Counted(found, reader, MOST_PAIRS, names=Names(reader, asked.to)),
        "said": parity_words,
        "sources": Bibliography(),
        "settled": {"as_of": day.isoformat()},
    }


def _proof(asked: Asked) -> Mapping[str, Any]:
    """Deal anew as often as is asked for: it takes seconds, so nothing is dealt unasked."""
    runs = asked.number("runs", 0, MOST_RUNS)
    return {
        "found": _certificate(asked.held, runs) if runs else None,
        "standard": load_standard(),
        "most": MOST_RUNS,
        "kinds": KINDS,
        "note": NOTE,
        "country": partial(value_label, "country"),
    }


def _certificate(held: Held, runs: int) -> Certificate:
    return held.once(
        "neutrality",
        runs,
        lambda: certify(held.reader, catalog_files(), runs=runs, seed=SEED, firms=0),
    )
