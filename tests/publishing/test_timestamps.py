"""A checkpoint is stamped by an authority on this machine, and nothing else is taken for a stamp."""

import shutil
import subprocess
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from standsbehind.errors import SourceError, UsageError
from standsbehind.publishing.bundle import bundle
from standsbehind.publishing.home import Home
from standsbehind.publishing.timestamps import stamp
from standsbehind.publishing.verify import verify_home, verify_path
from standsbehind.publishing.verify_bundle import unpacked
from tests.published import take_in
from tests.publisher import served
from tests.told import firm

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="no openssl on the machine"
)

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
[req]
distinguished_name = name
[name]
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


class Authority:
    """A certificate, a key, and openssl to stamp with."""

    def __init__(self, folder):
        self.folder, self.root = folder, folder / "root.pem"
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=root "
            "-keyout root.key -out root.pem"
        )
        self.openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=stamps -keyout tsa.key -out tsa.csr"
        )
        self.openssl(
            "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial "
            "-days 2 -extfile tsa.cnf -extensions stamping -out tsa.pem"
        )

    def openssl(self, line):
        command = ["openssl", *line.split()]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def reply(self, query):
        (self.folder / "query.tsq").write_bytes(query)
        self.openssl(
            "ts -reply -queryfile query.tsq -signer tsa.pem -inkey tsa.key "
            "-config tsa.cnf -out reply.tsr"
        )
        return (self.folder / "reply.tsr").read_bytes()

    def says(self, token, content):
        (self.folder / "t.tsr").write_bytes(token)
        (self.folder / "c.txt").write_bytes(content)
        self.openssl("ts -verify -in t.tsr -data c.txt -CAfile root.pem")


def answering(reply):
    """Answer queries at an address with what `reply` makes of each."""

    class Here(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            content = reply(query)
            self.send_response(200 if content else 503)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Keep quiet."""

    return served(Here)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "data")
    take_in(home.ledger, firm("acme", "Acme"))
    home.keys.new("desk", "2026-11-25")
    home.publish()
    return home


def test_a_stamp_is_kept_checked_and_travels_in_the_bundle(home, authority, tmp_path):
    with answering(authority.reply) as url:
        made = stamp(home, url, authority.root)
    assert made.is_checked
    today = datetime.now(UTC).date().isoformat()
    assert made.time[:10] <= today
    assert verify_home(home).failed == ()
    bundle(home, ["acme"], tmp_path / "b.zip", with_copies=True)
    held = unpacked(tmp_path / "b.zip")
    authority.says(held["checkpoint.1.tsr"], held["checkpoint.txt"])
    assert verify_path(tmp_path / "b.zip").failed == ()


def test_a_bundle_of_a_later_ledger_does_not_take_an_old_stamp(
    home, authority, tmp_path
):
    with answering(authority.reply) as url:
        assert not stamp(home, url, None).is_checked
    take_in(home.ledger, firm("bolt", "Bolt"), "2026-11-26T00:00:00Z", "other")
    bundle(home, ["acme"], tmp_path / "b.zip", with_copies=True)
    assert not [n for n in unpacked(tmp_path / "b.zip") if n.endswith(".tsr")]


def test_a_changed_or_orphaned_stamp_is_named(home, authority):
    with answering(authority.reply) as url:
        path = stamp(home, url, None).path
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    (line,) = verify_home(home).failed
    assert str(path) in line
    path.write_bytes(whole)
    (path.parent / "000001.txt").unlink()
    assert [x for x in verify_home(home).failed if "is gone" in x]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (lambda _: b"", "answered 503"),
        (lambda _: b"<html>sign in</html>", "sent no time stamp"),
        (lambda _: bytes(2 << 20), "and no stamp"),
    ],
)
def test_what_is_no_stamp_is_refused(home, reply, why):
    with answering(reply) as url, pytest.raises(SourceError, match=why):
        stamp(home, url, None)
    assert not list(home.checkpoints.glob("*.tsr"))


def test_a_stamp_of_another_request_is_refused(home, authority):
    seen = []

    def replay(query):
        seen.append(authority.reply(query))
        return seen[0]

    with answering(replay) as url:
        stamp(home, url, None)
        with pytest.raises(SourceError, match="something else"):
            stamp(home, url, None)


def test_a_stamp_under_another_root_is_refused(home, authority, tmp_path_factory):
    other = Authority(tmp_path_factory.mktemp("other"))
    with answering(authority.reply) as url:
        with pytest.raises(SourceError, match="not signed under"):
            stamp(home, url, other.root)
        broken = other.folder / "broken.pem"
        broken.write_text("no certificate")
        with pytest.raises(UsageError, match="PEM"):
            stamp(home, url, broken)


def test_without_a_checkpoint_there_is_nothing_to_stamp(tmp_path):
    with pytest.raises(UsageError, match="keys new"):
        stamp(Home(tmp_path / "data"), "http://127.0.0.1:9/", None)
    home = Home(tmp_path / "data")
    take_in(home.ledger, firm("acme", "Acme"))
    home.keys.new("desk", "2026-11-25")
    home.publish()
    with pytest.raises(SourceError, match="cannot be reached"):
        stamp(home, "http://127.0.0.1:9/", None)
