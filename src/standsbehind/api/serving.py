"""Serving: the application as a web server starts it, in as many processes as are wanted."""

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
import uvicorn
from fastapi import FastAPI

from standsbehind.api.app import Settings, make_app
from standsbehind.api.callers import Proxy
from standsbehind.api.shield import LOOPBACK
from standsbehind.api.wire import PatientProtocol
from standsbehind.publishing.home import Home

__all__ = ["TOKEN", "Terms", "app_of_environment", "arrange", "serve"]

_DATA = "BEHIND_DATA"
_DOCKET = "BEHIND_DOCKET"
_TERMS = "BEHIND_SERVING"
KEEP_ALIVE = 75
"""Seconds without a request after which a connection is closed: longer than clients and proxies keep one,
so that none is closed under a request that is on its way."""
TOKEN = "BEHIND_UPDATE_TOKEN"  # noqa: S105 - the name of a variable
"""The variable of the environment that holds what `/updatez` asks for."""


@dataclass(frozen=True, slots=True)
class Terms:
    """To whom the server answers; no secret is among it."""

    names: Sequence[str] = ()
    """Names of the server besides those of loopback."""
    asks_who: bool = False
    rate: int = 6_000
    """Requests a minute of one key, and half of those of one address."""
    proxies: Sequence[str] = ()
    user_header: str = ""
    keep_days: int | None = None
    """Days for which files that were sent are kept; None: until somebody deletes them."""

    def proxy(self) -> Proxy:
        """Read whom is trusted. Raises UsageError where an address is none."""
        return Proxy.of(self.proxies, self.user_header)


def arrange(terms: Terms, docket: str | None) -> None:
    """Tell the processes that will serve on which terms, through the environment."""
    os.environ[_TERMS] = orjson.dumps(asdict(terms)).decode()
    if docket:
        os.environ[_DOCKET] = docket


def app_of_environment() -> FastAPI:
    """Make the application of one process."""
    home = Home(Path(os.environ[_DATA]))
    terms = Terms(**orjson.loads(os.environ.get(_TERMS) or "{}"))
    settings = Settings(
        update_token=os.environ.get(TOKEN) or None,
        hosts=LOOPBACK | set(terms.names),
        asks_who=terms.asks_who,
        docket=os.environ.get(_DOCKET) or None,
        proxy=terms.proxy(),
        per_caller=terms.rate,
        per_address=2 * terms.rate,
        keep_days=terms.keep_days,
    )
    return make_app(home, settings)


def serve(
    home: Home,
    host: str,
    port: int,
    workers: int,
    make: Callable[[], FastAPI] = app_of_environment,
) -> None:
    """Serve until the process is told to stop. `make` makes the application of a process."""
    # Each process makes its own application; the environment tells it the folder.
    os.environ[_DATA] = str(home.folder)
    uvicorn.run(
        f"{make.__module__}:{make.__name__}",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=PatientProtocol,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # what a proxy says is believed by `Callers` alone
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=10,
    )
