"""The deployment guide's unit and proxy, tried: systemd reads the one, nginx runs the other before a server."""

import os
import re
import signal
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager

import httpx
import pytest

from standsbehind.api.callers import SESSION, Proxy
from standsbehind.cli.serving import serve
from standsbehind.web.site import with_pages
from tests.accounts.guide import blocks, needs
from tests.accounts.processes import BEHIND, free_port
from tests.accounts.test_entering import enter

NAME = "behind.example"
MIB = 1 << 20


def test_systemd_has_no_complaint_about_the_unit(tmp_path):
    needs("systemd-analyze")
    (unit,) = blocks("systemd", "ini")
    path = tmp_path / "behind.service"
    path.write_text(unit.replace("/opt/behind/bin/behind", str(BEHIND)))
    asked = ["systemd-analyze", "verify", "--man=no", path]
    run = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_unit_starts_the_command_as_it_may_be_started():
    (unit,) = blocks("systemd", "ini")
    started = re.search(r"^ExecStart=\S+/behind serve (.*)$", unit, re.MULTILINE)[1]
    # The names of help are those of `behind`: the command keeps what it is told first.
    helps = {"help_option_names": ["-h", "--help"]}
    read = serve.make_context("serve", started.split(), obj={}, **helps).params
    assert read["auth"]
    assert read["hosts"] == (NAME,)
    assert Proxy.of(read["proxies"], "").trusts("127.0.0.1")


def certificate(folder):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    made += ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    made += [
        "-subj",
        f"/CN={NAME}",
        "-addext",
        f"subjectAltName=DNS:{NAME},IP:127.0.0.1",
    ]
    subprocess.run(made, check=True, capture_output=True)


def configuration(folder, port, behind):
    """Lay the guide's block elsewhere, and give it a certificate; nothing else is changed."""
    (block,) = blocks("A proxy in front", "nginx")
    laid = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/cert.pem; "
        f"ssl_certificate_key {folder}/key.pem;",
        "http://127.0.0.1:8000;": f"{behind};",
    }
    for told, instead in laid.items():
        assert told in block
        block = block.replace(told, instead)
    kept = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    return (
        f"{user} daemon off; master_process off; pid {folder}/pid; error_log {folder}/log;"
        f"events {{}} http {{ access_log off; {kept}\n{block}\n}}"
    )


@contextmanager
def nginx(folder, behind):
    needs("nginx", "openssl")
    certificate(folder)
    port = free_port()
    (folder / "nginx.conf").write_text(configuration(folder, port, behind))
    asked = ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "log"]
    proxy = subprocess.Popen(asked, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            assert proxy.poll() is None, (folder / "log").read_text()
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"https://127.0.0.1:{port}"
    finally:
        proxy.send_signal(signal.SIGTERM)
        proxy.wait(30)


@pytest.fixture(scope="module")
def proxied(guarding, tmp_path_factory):
    """Return an address of nginx, and of the server behind it that believes what it says."""
    terms = {"hosts": frozenset({NAME, "127.0.0.1"})}
    proxy = Proxy.of(["127.0.0.1"], "X-Remote-User")
    with (
        guarding(with_pages, proxy=proxy, **terms) as behind,
        nginx(tmp_path_factory.mktemp("nginx"), behind) as address,
    ):
        yield address, behind


@contextmanager
def client_of(address, at="127.0.0.2"):
    """Ask as a browser does that was led to this machine by the name, from an address of its own."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    reach = httpx.HTTPTransport(verify=trusting, local_address=at)
    headers = {"host": NAME}
    with httpx.Client(
        base_url=address, transport=reach, headers=headers, timeout=60
    ) as client:
        yield client


@pytest.fixture
def someone(proxied):
    with client_of(proxied[0]) as client:
        yield client


def test_the_address_on_record_is_not_what_the_client_says(someone, accounts, key_of):
    for told in ("203.0.113.9", "127.0.0.1, 203.0.113.9", "127.0.0.1"):
        sent = {**key_of("reader"), "x-forwarded-for": told, "forwarded": f"for={told}"}
        assert someone.post("/updatez", headers=sent).status_code == 403
        assert accounts.audit.last(1)[0].address == "127.0.0.2"


@pytest.mark.parametrize("name", ["X-Remote-User", "x-remote-user", "X_Remote_User"])
def test_nobody_says_through_the_proxy_who_they_are(someone, proxied, name):
    assert someone.get("/catalog", headers={name: "admin"}).status_code == 401
    # The server itself would believe it of the proxy, which sends none on.
    told = {"x-remote-user": "admin"}
    assert httpx.get(f"{proxied[1]}/catalog", headers=told).status_code == 200


def test_other_names_are_not_answered_to(someone):
    assert someone.get("/healthz").status_code == 200
    told = {"host": "evil.example"}
    assert someone.get("/healthz", headers=told).status_code == 400


def test_cookies_go_over_tls_alone_and_a_session_is_whole(someone):
    ours = {"origin": f"https://{NAME}", "sec-fetch-site": "same-origin"}
    form = someone.get("/login")
    entered = enter(someone, **ours)
    for answer in (form, entered):
        assert "; Secure" in answer.headers["set-cookie"]
        assert "HttpOnly" in answer.headers["set-cookie"]
    assert (entered.status_code, entered.headers["location"]) == (303, "/catalog")
    secret = re.search(rf"{SESSION}=([\w-]+)", entered.headers["set-cookie"])[1]
    cookie = {"cookie": f"{SESSION}={secret}"}
    page = someone.get("/", headers={**cookie, "accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-store"
    away = {"origin": "https://evil.example"}
    sent = someone.post(
        "/match/default", json={"queries": {}}, headers={**cookie, **away}
    )
    assert sent.status_code == 403


def pieces(size):
    for _ in range(size // MIB):
        yield b"name\n" + b"a" * (MIB - 5)


@pytest.mark.parametrize(
    ("path", "size"),
    [
        pytest.param("/match/default", 5 * MIB, id="a request, by the server"),
        pytest.param("/api/v1/screenings", 257 * MIB, id="a file, by the server"),
        pytest.param("/api/v1/screenings", 300 * MIB, id="a file, by the proxy"),
    ],
)
def test_what_is_too_large_is_refused_and_said_so(someone, key_of, path, size):
    sent = {**key_of("screener"), "content-length": str(size)}
    answer = someone.post(path, content=pieces(size), headers=sent)
    assert answer.status_code == 413


def test_a_large_file_passes(someone, key_of):
    rows = b"name\n" + b"Acme Optics Ltd\n" * 300_000  # more than nginx takes of itself
    files = {"file": ("v.csv", rows, "text/csv")}
    sent = someone.post("/api/v1/screenings", files=files, headers=key_of("screener"))
    assert sent.status_code == 202
    job = sent.headers["location"]
    assert someone.delete(job, headers=key_of("screener")).status_code in {204, 409}


def test_no_other_protocol_is_taken_up(someone, key_of):
    asked = {
        **key_of("admin"),
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    assert someone.get("/catalog", headers=asked).status_code == 200
    assert someone.get("/ws", headers=asked).status_code == 404
