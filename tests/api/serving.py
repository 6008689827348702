"""A server in a test: the application behind a real socket, for clients that nobody changed."""

import threading
import time
from contextlib import contextmanager

import uvicorn

from standsbehind.api.app import make_app
from standsbehind.api.wire import PatientProtocol


@contextmanager
def serving(home, around=lambda app: app, **settings):
    """Serve a data folder on a free port of this machine; give the address.

    `around` may put more on the application.
    """
    from standsbehind.api.app import Settings

    with running(around(make_app(home, Settings(**settings)))) as address:
        yield address


@contextmanager
def running(app):
    """Serve an application in the same way."""
    config = uvicorn.Config(
        app,
        port=0,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
