"""`behind` in processes of its own, as an administrator starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

BEHIND = Path(sys.executable).with_name("behind")


def surroundings(home, docket=None):
    """Return an environment with this data folder, and this docket."""
    kept = {key: v for key, v in os.environ.items() if not key.startswith("BEHIND_")}
    told = {"BEHIND_DATA": str(home.folder)}
    return {**kept, **told, **({"BEHIND_DOCKET": docket} if docket else {})}


def behind(home, *arguments, docket=None):
    """Run the command to its end."""
    return subprocess.run(
        [BEHIND, *arguments],
        capture_output=True,
        env=surroundings(home, docket),
        text=True,
        check=False,
    )


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def served(home, *arguments, docket=None):
    """Serve with accounts until the end; give the address and the process."""
    port = free_port()
    server = subprocess.Popen(
        [BEHIND, "serve", "--auth", "--port", str(port), *arguments],
        env=surroundings(home, docket),
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            assert server.poll() is None
            if is_up(address):
                break
            time.sleep(0.1)
        yield address, server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def is_up(address):
    try:
        return httpx.get(f"{address}/healthz", timeout=60).status_code == 200
    except httpx.TransportError:
        return False
