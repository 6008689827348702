"""The application: the routes, what lies around them, and what they are answered from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from standsbehind import __version__
from standsbehind.api.answering import (
    Refused,
    on_behind_error,
    on_http_error,
    on_invalid,
    on_os_error,
    on_refused,
    on_unforeseen,
)
from standsbehind.api.callers import Callers, Proxy
from standsbehind.api.desk import Desk
from standsbehind.api.documenting import tell_who_may
from standsbehind.api.earlier import Earlier
from standsbehind.api.edges import Limits, Marks, OpenToSites
from standsbehind.api.entry import plainly
from standsbehind.api.guard import Guard
from standsbehind.api.jobs import Jobs
from standsbehind.api.keeping import Keeping
from standsbehind.api.matching import answer_all
from standsbehind.api.metrics import Metrics
from standsbehind.api.policy import Policy, only_by_its_line
from standsbehind.api.rates import Rates
from standsbehind.api.routes import (
    entering,
    entities,
    match,
    ours,
    reconcile,
    reconcile_draft,
    ruled,
    screenings,
    search,
    service,
    stated,
    suggest,
    traced,
)
from standsbehind.api.shield import LOOPBACK, Shield
from standsbehind.api.streaming import Streams
from standsbehind.api.together import Together
from standsbehind.errors import BehindError
from standsbehind.publishing.home import Home

__all__ = ["Settings", "make_app"]

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is set up."""

    update_token: str | None = None
    """What `/updatez` asks for; without one nobody may."""
    most_body: int = 4 * MIB
    """Bytes of a request."""
    most_upload: int = 256 * MIB
    """Bytes of a file to screen."""
    hosts: frozenset[str] = LOOPBACK
    """The names that the server answers to."""
    asks_who: bool = False
    """Whether each request must say who makes it; off, everybody may everything."""
    docket: str | None = None
    """The URL of the database of accounts and cases, where it is not a file of the data folder."""
    proxy: Proxy = field(default_factory=Proxy)
    per_address: int = 12_000
    """Requests a minute of one address,"""
    per_caller: int = 6_000
    """those of one key or person,"""
    failures: int = 20
    """and wrong keys or passwords."""
    keep_days: int | None = None
    """Days for which files that were sent are kept; None: until somebody deletes them."""


def make_app(home: Home, settings: Settings = Settings()) -> FastAPI:
    """Make the application over a data folder; its snapshot is opened when it starts."""
    desk, metrics, jobs = Desk(home), Metrics(), Jobs(home)
    earlier = Earlier(desk)
    keeping = Keeping(jobs, settings.keep_days)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        held = desk.home.snapshot(datetime.now(tz=UTC), lambda: None)
        await asyncio.to_thread(desk.open, held)
        desk.start()
        keeping.start()
        yield
        await keeping.stop()
        await jobs.stop()
        await earlier.remakes.stop()
        await desk.stop()

    app = FastAPI(
        title="standsbehind",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(only_by_its_line)],
    )
    app.state.jobs, app.state.earlier = jobs, earlier
    app.state.metrics = metrics
    _set_out(app, desk, settings)
    for part in _PARTS:
        app.include_router(part.router)
    _handle_errors(app)
    app.add_middleware(
        Limits,
        most=settings.most_body,
        most_upload=settings.most_upload,
        uploads=app.state.uploads,
    )
    if settings.asks_who:
        _ask_who(app, home, settings)
    app.add_middleware(OpenToSites, below="/reconcile/")
    app.add_middleware(Shield, hosts=settings.hosts, framed=("/reconcile/", "/preview"))
    app.add_middleware(Marks, desk=desk, metrics=metrics)
    return app


def _set_out(app: FastAPI, desk: Desk, settings: Settings) -> None:
    """Lay out what the routes answer with."""
    app.state.desk = desk
    app.state.matching = Together(desk.quick, answer_all)
    app.state.streams = Streams()
    app.state.tasks = set()
    app.state.uploads = {screenings.UPLOADS}
    app.state.update_token = settings.update_token
    app.state.view = "entities"
    app.state.docket = settings.docket
    app.state.policy = Policy()
    app.state.set_entry = plainly


def _ask_who(app: FastAPI, home: Home, settings: Settings) -> None:
    """Let nobody to a route whom its line in the policy does not let."""
    from standsbehind.store.accounts import Accounts

    accounts = Accounts.at(settings.docket or home.docket)
    app.include_router(entering.router)
    tell_who_may(app)
    app.add_middleware(
        Guard,
        policy=app.state.policy,
        callers=Callers(accounts, settings.proxy),
        rates=Rates.of(settings.per_address, settings.per_caller, settings.failures),
    )


_PARTS = (
    match,
    search,
    entities,
    service,
    reconcile,
    suggest,
    reconcile_draft,
    ours,
    traced,
    ruled,
    stated,
    screenings,
)

_DESCRIPTION = """\
Who stands behind a camera, a vendor, a purchase: cited answers.

A hit is a lead to examine, not an identity and not a finding; no hit found is not clear.
Nothing here is legal advice.
"""


def _handle_errors(app: FastAPI) -> None:
    handlers: tuple[tuple[Any, Any], ...] = (
        (Refused, on_refused),
        (BehindError, on_behind_error),
        (OSError, on_os_error),
        (RequestValidationError, on_invalid),
        (HTTPException, on_http_error),
        (Exception, on_unforeseen),
    )
    for error, handler in handlers:
        app.add_exception_handler(error, handler)
