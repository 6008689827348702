"""A publisher on this machine, which can be told to behave badly."""

import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import (
    BaseHTTPRequestHandler,
    SimpleHTTPRequestHandler,
    ThreadingHTTPServer,
)

LIST = b"Name\nAcme\n"


class Publisher(BaseHTTPRequestHandler):
    """Serves one list, an index of editions, and a few kinds of trouble."""

    content = LIST

    def do_GET(self):
        if self.path == "/titles.json":
            titles = [{"number": 15, "up_to_date_as_of": "2026-11-19"}]
            self.answer(200, json.dumps({"titles": titles}).encode())
        elif self.path == "/broken":
            self.answer(503, b"down")
        elif self.path == "/short":
            self.answer(200, self.content, length=len(self.content) + 50)
        elif self.headers.get("If-None-Match") == '"one"':
            self.answer(304, b"")
        else:
            self.answer(200, self.content, etag='"one"')

    def answer(self, status, content, *, length=None, etag=None):
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        size = len(content) if length is None else length
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Keep quiet."""


@contextmanager
def served(handler):
    """Answer requests as the handler does, and yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def publishing(content=LIST, kind=Publisher):
    """Serve the content at an address; `kind` is how the publisher behaves."""
    return served(type("Here", (kind,), {"content": content}))


def serving_folder(folder):
    """Serve the files of a folder at an address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Keep quiet."""

    return served(partial(Quiet, directory=folder))
