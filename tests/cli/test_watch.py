"""`behind watch`: a saved question is asked again, and what changed is told with its reason."""

import hashlib
import hmac
import json
import stat
from http.server import BaseHTTPRequestHandler

import pytest
from lxml import etree

from tests.publisher import served

FEED = "{http://www.w3.org/2005/Atom}"


def firm(name, **more):
    properties = {"name": [name], **{k: [v] for k, v in more.items()}}
    return {"id": f"x-{name.lower()}", "schema": "Company", "properties": properties}


def owned(owner, asset):
    ends = {"owner": [f"x-{owner.lower()}"], "asset": [f"x-{asset.lower()}"]}
    return {"id": f"x-{owner}-{asset}", "schema": "Ownership", "properties": ends}


@pytest.fixture
def pull(behind, tmp_path):
    """Return how a list of the test's own is read in, edition by edition."""

    def pull(*entities):
        file = tmp_path / "list.ftm.json"
        file.write_text("".join(json.dumps(one) + "\n" for one in entities))
        told = behind("pull", "tiny", "--file", file, "--accept-shrink")
        assert told.code == 0, told.err

    return pull


@pytest.fixture
def vendors(tmp_path):
    file = tmp_path / "vendors.csv"
    file.write_text("Vendor,Country\nZyxomar Optics,us\nQuiet Bakery,us\n")
    return file


def alerts_of(run):
    assert run.code == 0, run.err
    return run.json["alerts"]


def told(alert):
    return [(one["change"], one["kind"], one["causes"]) for one in alert["changes"]]


def test_what_stays_the_same_is_no_alert(behind, pull, vendors):
    pull(firm("Zyxomar Optics"))
    assert behind("watch", "add", "v", "--screen", vendors).code == 0
    pull(firm("Zyxomar Optics"), firm("Another One"))
    again = behind("watch", "run", "--json")
    assert alerts_of(again) == []
    assert again.json["watches"] == [{"name": "v", "changes": 0, "problems": []}]


def test_a_new_entry_on_a_list_is_told_with_its_statements(behind, pull, vendors):
    pull(firm("Acme"))
    behind("watch", "add", "v", "--screen", vendors)
    pull(firm("Acme"), firm("Zyxomar Optics"))
    (alert,) = alerts_of(behind("watch", "run", "--json"))
    assert told(alert) == [("added", "hit", ["statements"])]
    (change,) = alert["changes"]
    assert (change["about"], change["ids"]) == (
        "row 2, Zyxomar Optics",
        ["x-zyxomar optics"],
    )
    names = [s["after"]["value"] for s in change["statements"]]
    assert "Zyxomar Optics" in names
    cited = change["statements"][0]["after"]["citations"][0]
    assert (cited["source"], cited["digest"] != "") == ("tiny", True)
    assert alerts_of(behind("watch", "run", "--json")) == []
    (kept,) = behind("watch", "alerts", "--json").json["alerts"]
    assert kept == alert


def test_an_entry_that_is_gone_is_told_too(behind, pull, vendors):
    pull(firm("Acme"), firm("Zyxomar Optics"))
    behind("watch", "add", "v", "--screen", vendors)
    pull(firm("Acme"))
    (alert,) = alerts_of(behind("watch", "run", "--json"))
    assert told(alert) == [("removed", "hit", ["statements"])]
    assert {s["change"] for s in alert["changes"][0]["statements"]} == {"removed"}


def test_a_row_that_the_user_added_is_not_blamed_on_a_list(behind, pull, vendors):
    pull(firm("Acme"), firm("Zyxomar Optics"))
    vendors.write_text("Vendor\nQuiet Bakery\n")
    behind("watch", "add", "v", "--screen", vendors)
    vendors.write_text("Vendor\nZyxomar Optics\nQuiet Bakery\n")
    run = behind("watch", "run")
    assert run.out.count("\n+ ") == 1
    assert "+ row 2, Zyxomar Optics: asked about\n    because your file changed" in (
        run.out
    )
    assert "    + meets Zyxomar Optics (x-zyxomar optics)" in run.out
    vendors.write_text("Vendor\nQuiet Bakery\nZyxomar Optics\n")
    assert alerts_of(behind("watch", "run", "--json")) == []


def test_a_path_that_opens_is_told_with_the_link_that_opened_it(behind, pull):
    firms = [firm("Acme"), firm("Bolt"), firm("Cargo")]
    pull(*firms, owned("Acme", "Bolt"))
    behind("watch", "add", "way", "--trace", "x-acme", "x-cargo")
    pull(*firms, owned("Acme", "Bolt"), owned("Bolt", "Cargo"))
    (alert,) = alerts_of(behind("watch", "run", "--json"))
    assert told(alert) == [("added", "path", ["statements"])]
    assert "Acme" in alert["changes"][0]["after"]
    ids = {s["line"].split()[1] for s in alert["changes"][0]["statements"]}
    assert "asset:" in ids


def test_a_source_is_watched_entity_by_entity(behind, pull):
    pull(firm("Acme"))
    behind("watch", "add", "tiny", "--source", "tiny")
    pull(firm("Acme", country="us"), firm("Bolt"), owned("Bolt", "Acme"))
    (alert,) = alerts_of(behind("watch", "run", "--json"))
    said = {one["change"]: one["after"] for one in alert["changes"]}
    assert set(said) == {"added", "changed"}
    run = behind("watch", "alerts")
    assert run.out.startswith("tiny: 2 changes from ")
    assert "\n+ Bolt: Company\n" in run.out
    assert "    + Ownership of Bolt, Acme" in run.out
    assert "+ country: us" in run.out


@pytest.mark.shared
def test_five_weeks_of_the_covered_list_give_an_alert_where_it_changed(behind, shared):
    folder = shared / "data" / "us-fcc-covered"
    pages = {page.stem[-10:]: page for page in folder.rglob("*.html")}
    alerted = []
    for day, page in sorted(pages.items()):
        assert behind("pull", "us_fcc_covered_list", "--file", page).code == 0
        if not alerted and day == min(pages):
            behind("watch", "add", "fcc", "--source", "us_fcc_covered_list")
        alerted += [day for _ in alerts_of(behind("watch", "run", "--json"))]
        assert alerts_of(behind("watch", "run", "--json")) == []
    # Of the ten steps, the last changes how links open and nothing that a reader reads.
    assert alerted == sorted(pages)[1:-1]


def test_one_watch_that_fails_stops_no_other(behind, pull, vendors, tmp_path):
    pull(firm("Acme"))
    behind("watch", "add", "broken", "--source", "tiny")
    behind("watch", "add", "lost", "--screen", vendors)
    behind("watch", "add", "sound", "--source", "tiny")
    (tmp_path / "data/watches/broken/seen.json").write_text('{"at": ')
    vendors.unlink()
    pull(firm("Acme"), firm("Bolt"))
    run = behind("watch", "run", "--json")
    assert run.code == 3
    assert [alert["watch"] for alert in run.json["alerts"]] == ["sound"]
    problems = {one["name"]: one["problems"] for one in run.json["watches"]}
    assert "seen.json: damaged" in problems["broken"][0]
    assert "vendors.csv" in problems["lost"][0]
    assert problems["sound"] == []


@pytest.mark.parametrize(
    "damage",
    [
        ("watch.json", '"file"', '"fike"'),
        ("watch.json", '"screen"', '"scream"'),
        ("seen.json", '"text"', '"test"'),
        ("seen.json", '"alerts"', '"aler+s"'),
        ("seen.json", "{", "["),
    ],
)
def test_a_damaged_watch_is_named(behind, vendors, tmp_path, damage):
    file, old, new = damage
    behind("watch", "add", "v", "--screen", vendors)
    path = tmp_path / "data/watches/v" / file
    path.write_text(path.read_text().replace(old, new, 1))
    run = behind("watch", "run", "--json")
    assert (run.code, f"{path}: damaged" in run.json["watches"][0]["problems"][0]) == (
        3,
        True,
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("../x", "--source", "core"), "not a name"),
        (("v",), "name one question"),
        (("v", "--source", "core", "--trace", "a", "b"), "name one question"),
        (("v", "--source", "none"), "not in this snapshot"),
        (("v", "--screen", "-"), "stdin"),
        (("v", "--screen", "no-such.csv"), "no-such.csv"),
        (("v", "--source", "core", "--webhook", "file:///etc/x"), "address of the web"),
    ],
)
def test_what_cannot_be_watched_is_refused(behind, tmp_path, arguments, why):
    refused = behind("watch", "add", *arguments)
    assert (refused.code, why in refused.err) == (2, True), refused.err
    assert not list((tmp_path / "data" / "watches").glob("*/watch.json"))


def test_a_file_is_watched_under_its_own_name(behind, vendors):
    file = vendors.rename(vendors.with_name("Our Vendors (2026).csv"))
    told = behind("watch", "add", file, "--role", "contractor", "--json").json
    assert (told["watch"]["name"], told["alerts"]) == ("our-vendors-2026", [])
    assert told["watch"]["asked"]["file"] == str(file)
    assert behind("watch", "run", "our-vendors-2026").code == 0


def test_a_name_is_taken_until_it_is_removed(behind):
    assert behind("watch", "add", "c", "--source", "core").code == 0
    taken = behind("watch", "add", "c", "--source", "core")
    assert (taken.code, "is there already" in taken.err) == (2, True)
    (row,) = behind("watch", "list", "--json").json["watches"]
    assert (row["name"], row["kind"], row["alerts"]) == ("c", "source", 0)
    assert behind("watch", "remove", "c").code == 0
    assert behind("watch", "run", "c").code == 2
    assert behind("watch", "add", "c", "--source", "core").code == 0


def test_exit_1_is_for_who_asks_for_it(behind, pull):
    pull(firm("Acme"))
    behind("watch", "add", "tiny", "--source", "tiny")
    pull(firm("Acme"), firm("Bolt"))
    assert behind("watch", "run", "--fail-on", "change").code == 1
    assert behind("watch", "run", "--fail-on", "change").code == 0


class Receiver(BaseHTTPRequestHandler):
    """Takes what it is sent, or answers as it is told."""

    status = 200
    got = ()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, dict(self.headers), body))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def hook(monkeypatch):
    """Return the address of a receiver, and what it got."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    receiver = type("Here", (Receiver,), {"got": []})
    with served(receiver) as address:
        yield f"{address}/hook", receiver


def test_the_webhook_gets_each_alert_signed_with_a_secret(behind, pull, hook, tmp_path):
    url, receiver = hook
    pull(firm("Acme"))
    added = behind("watch", "add", "tiny", "--source", "tiny", "--webhook", url)
    secret = added.err.split()[-1]
    kept = tmp_path / "data/watches/tiny/secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert secret not in behind("watch", "list", "--json").out
    pull(firm("Acme"), firm("Bolt"))
    (alert,) = alerts_of(behind("watch", "run", "--json"))
    ((path, headers, body),) = receiver.got
    assert (path, json.loads(body)) == ("/hook", alert)
    signed = headers["X-Behind-Timestamp"].encode() + b"." + body
    made = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Behind-Signature"] == f"v1={made}"
    assert headers["X-Behind-Alert"] == alert["id"] == "tiny/000001"


@pytest.mark.parametrize("status", [500, 302])
def test_an_alert_that_was_not_taken_is_sent_again(behind, pull, hook, status):
    url, receiver = hook
    pull(firm("Acme"))
    behind("watch", "add", "tiny", "--source", "tiny", "--webhook", url)
    pull(firm("Acme"), firm("Bolt"))
    receiver.status = status
    run = behind("watch", "run", "--json")
    assert (run.code, len(run.json["alerts"])) == (3, 1)
    assert f"answered {status}" in run.err
    receiver.status = 200
    assert alerts_of(behind("watch", "run", "--json")) == []
    assert alerts_of(behind("watch", "run", "--json")) == []
    assert [path for path, _, _ in receiver.got] == ["/hook", "/hook"]
    assert {headers["X-Behind-Alert"] for _, headers, _ in receiver.got} == {
        "tiny/000001"
    }


def test_alerts_are_written_for_feed_readers_and_calendars(behind, pull, tmp_path):
    pull(firm("Acme"))
    behind("watch", "add", "tiny", "--source", "tiny")
    name = "新疆" * 40 + " ئۇيغۇر; a, b\\c"
    pull(firm("Acme"), {**firm("Bolt"), "properties": {"name": [name]}})
    atom, calendar = tmp_path / "alerts.atom", tmp_path / "alerts.ics"
    assert behind("watch", "run", "--atom", atom, "--calendar", calendar).code == 0
    feed = etree.fromstring(atom.read_bytes())
    (entry,) = feed.findall(f"{FEED}entry")
    assert entry.findtext(f"{FEED}title") == "tiny: 1 change"
    assert name in entry.findtext(f"{FEED}content")
    assert feed.findtext(f"{FEED}updated") == entry.findtext(f"{FEED}updated")
    lines = calendar.read_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert f"UID:{entry.findtext(f'{FEED}id').removeprefix('urn:uuid:')}" in whole
    assert name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") in whole
    again = tmp_path / "again.atom"
    behind("watch", "alerts", "--atom", again)
    assert again.read_bytes() == atom.read_bytes()
