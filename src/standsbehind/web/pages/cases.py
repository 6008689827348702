"""Cases: the docket to be read, with every reply beside the claim that it answers."""

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.api.answering import Refused
from standsbehind.api.asking import desk_of
from standsbehind.errors import UsageError
from standsbehind.model.case import Case
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.case_page import CasePage
from standsbehind.web.asking import rendered
from standsbehind.web.welcome import is_at_this_machine, reader_of

if TYPE_CHECKING:
    from standsbehind.store.docket import Docket

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/cases")
async def cases(request: Request) -> Response:
    """List the cases, those that wait for something first."""
    docket = await _docket(request)
    found = await desk_of(request).slow.run(lambda _: docket.cases()) if docket else ()
    return rendered(request, "cases.html.j2", {"cases": _in_order(found)})


@router.get("/cases/{case_id}")
async def one(request: Request, case_id: str) -> Response:
    """Set out one case with all its acts."""
    docket = await _docket(request)
    if docket is None:
        raise Refused(404, f"{case_id}: no case is kept here")
    try:
        case = await desk_of(request).slow.run(lambda _: docket.case(case_id))
    except UsageError as error:
        raise Refused(404, str(error)) from error
    told = {"case": case, "page": CasePage(case), "sources": Bibliography()}
    return rendered(request, "case.html.j2", told)


async def _docket(request: Request) -> "Docket | None":
    """Open the docket; None where none was begun, for reading makes none.

    A case names who works on it, and tells of findings that are not decided. Whom the policy
    let here may read it; where nobody is asked who they are, raises Refused for whoever asks
    from another machine.
    """
    if not (reader_of(request).is_asked or is_at_this_machine(request)):
        why = "Cases are shown on the machine alone that holds them, or with --auth to those who may read them."
        raise Refused(403, why)
    home = desk_of(request).home
    address: str | None = request.app.state.docket
    if address is None and not home.docket.is_file():
        return None
    # A database may take its time to answer; nobody else waits for it.
    opened = _of_server if address else _opened
    return await asyncio.to_thread(opened, address or home.docket)


def _opened(address: Path | str) -> "Docket":
    from standsbehind.store.docket import Docket

    return Docket.at(address)


_of_server = cache(_opened)
"""Opens the docket of a database server once: its connections are kept."""


def _in_order(found: Sequence[Case]) -> list[Case]:
    by_last = sorted(found, key=lambda case: case.acts[-1].at, reverse=True)
    return sorted(by_last, key=lambda case: case.is_closed)
