"""`behind serve`: what it says where it cannot serve, and that it serves."""

import os
import signal
import socket
import subprocess
import sys
import time

import httpx


def test_without_the_extra_it_names_the_remedy(behind, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("standsbehind.api")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    run = behind("serve")
    assert run.code == 2
    assert "pip install 'standsbehind[web]'" in run.err
    assert "uvicorn" in run.err


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def test_it_serves_until_it_is_told_to_stop(filled):
    port = free_port()
    command = [sys.executable, "-c", "from standsbehind.cli.entry import run; run()"]
    terms = ["serve", "--port", str(port)]
    server = subprocess.Popen(
        [*command, *terms],
        env={**os.environ, "BEHIND_DATA": str(filled)},
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            answer = httpx.get(f"http://127.0.0.1:{port}/readyz")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    server.send_signal(signal.SIGTERM)
    _, told = server.communicate(timeout=30)
    assert answer.json() == {"status": "ok"}
    assert f"on http://127.0.0.1:{port}" in told
    assert "Traceback" not in told
