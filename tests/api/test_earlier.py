"""What was known by a day: asked over HTTP, answered from the ledger as it was then."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from standsbehind.cli.main import main
from standsbehind.publishing.home import Home
from standsbehind.publishing.states import MOST_KEPT, States
from tests.api.conftest import a_list
from tests.api.serving import serving
from tests.published import take_in
from tests.told import firm

FIRST, SECOND, THIRD = "2026-11-23", "2026-11-24", "2026-11-25"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return a data folder of three readings, of which only the first and the last are published."""
    home = Home(tmp_path_factory.mktemp("earlier") / "data")
    home.snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    take_in(home.ledger, a_list(), when=f"{SECOND}T08:00:00Z")
    newer = [*a_list(), *firm("new", "Newcomer Optics", country="de")]
    take_in(home.ledger, newer, when=f"{THIRD}T08:00:00Z")
    home.publish()
    return home


@pytest.fixture(scope="module")
def api(home):
    with (
        serving(home) as address,
        httpx.Client(base_url=f"{address}/api/v1", timeout=120) as client,
    ):
        yield client


def get(api, path, **params):
    """Ask, and ask again where the state is being made, as a client is told to."""
    while (answer := api.get(path, params=params)).status_code == 503:
        assert "being made again" in answer.text
        time.sleep(int(answer.headers["retry-after"]))
    assert answer.status_code == 200, answer.text
    return answer


def test_an_answer_is_from_what_was_known_by_the_day(api):
    ask = {"name": "Newcomer Optics", "as_of": THIRD}
    now = get(api, "/match", **ask)
    then = get(api, "/match", **ask, known_on=SECOND)
    assert [one["entity"]["id"] for one in now.json()["hits"]] == ["new"]
    assert then.json()["status"] == "no_hit_found"
    assert then.headers["x-known-on"] == f"{SECOND}T08:00:00Z"
    assert then.headers["x-snapshot"] == then.json()["snapshot"]
    assert then.json()["freshness"]["known_on"] == f"{SECOND}T08:00:00Z"
    assert f"as known on {SECOND}" in then.json()["notes"][0]


def test_a_moment_counts_to_its_second(api):
    before = get(api, "/snapshot", known_on=f"{SECOND}T07:59:59Z").json()
    at = get(api, "/snapshot", known_on=f"{SECOND}T09:00:00+01:00").json()
    assert before["ledger"]["size"] == 1
    assert at["ledger"]["size"] == 2
    assert [one["id"] for one in before["sources"]] == ["core"]


def test_what_was_published_then_is_opened_and_not_made_again(api, home):
    found = get(api, "/entities/core-hikvision", known_on=FIRST)
    assert (home.snapshots / found.json()["snapshot"]).is_dir()
    again = get(api, "/entities/core-hikvision", snapshot=found.json()["snapshot"])
    assert again.json()["statements"] == found.json()["statements"]
    assert again.headers["x-known-on"] == f"{FIRST}T00:00:00Z"


QUESTIONS = [
    ("/trace", {"from": "core-amazon", "to": "core-pl-xinjiang"}),
    ("/near", {"entity": "acme", "hops": 1}),
    ("/owners", {"entity": "acme-sub", "as_of": THIRD}),
    ("/owned-by", {"entity": "acme", "as_of": THIRD}),
    ("/effects", {"entity": "acme", "as_of": THIRD}),
    ("/assess", {"entity": "core-hikvision", "as_of": THIRD}),
    ("/match", {"name": "Acme Optics", "as_of": THIRD}),
    ("/entities/acme", {}),
]


@pytest.mark.parametrize(("path", "params"), QUESTIONS)
def test_an_answer_of_then_is_made_again_from_its_receipt(api, replayed, path, params):
    receipt = get(api, path, **params, known_on=f"{SECOND}T08:00:00Z").json()["receipt"]
    assert receipt["parameters"]["known_on"] == f"{SECOND}T08:00:00Z"
    assert receipt["ledger_size"] == 2
    assert replayed(receipt) == "identical\n"


@pytest.fixture
def replayed(home, tmp_path, capsys):
    """Return a function that lets the command replay a receipt."""

    def replay(receipt):
        kept = tmp_path / "receipt.json"
        kept.write_text(json.dumps(receipt))
        with pytest.raises(SystemExit):
            main(["replay", str(kept), "--data", str(home.folder)])
        said = capsys.readouterr()
        return said.out + said.err

    return replay


def test_the_command_says_the_same_of_the_day(api, home, capsys):
    told = get(api, "/effects", entity="acme", as_of=THIRD, known_on=SECOND).json()
    line = ["effects", "acme", "--as-of", THIRD, "--known-on", SECOND, "--json"]
    with pytest.raises(SystemExit):
        main([*line, "--data", str(home.folder)])
    said = json.loads(capsys.readouterr().out)
    assert said == {key: told[key] for key in said}


def test_who_has_an_answer_already_is_told_so(api):
    ask = {"entity": "acme", "as_of": THIRD, "known_on": SECOND}
    first = get(api, "/owners", **ask)
    mark = {"if-none-match": first.headers["etag"]}
    again = api.get("/owners", params=ask, headers=mark)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["x-known-on"] == f"{SECOND}T08:00:00Z"
    now = api.get("/owners", params={**ask, "known_on": FIRST}, headers=mark)
    assert now.status_code != 304


TOMORROW = (datetime.now(tz=UTC) + timedelta(days=1)).date().isoformat()
REFUSED = [
    ({"known_on": "2020-01-01"}, 400, "the ledger begins on 2026-11-23"),
    ({"known_on": TOMORROW}, 400, "has not come yet"),
    ({"known_on": "9999-12-31T23:59:59-10:00"}, 422, "no day and no moment"),
    ({"known_on": "2026-02-30"}, 422, "no day and no moment"),
    ({"known_on": "yesterday"}, 422, "no day and no moment"),
    ({"known_on": "1700000000"}, 422, "no day and no moment"),
    ({"known_on": FIRST, "snapshot": f"20261123-{'0' * 12}"}, 400, "leave one out"),
    ({"snapshot": f"20261123-{'0' * 12}"}, 404, "is not kept"),
    ({"snapshot": "../../etc"}, 422, "pattern"),
]


@pytest.mark.parametrize(("params", "status", "word"), REFUSED)
def test_a_state_that_there_is_not_is_a_problem(api, params, status, word):
    answer = api.get("/trace", params={"from": "acme", "to": "acme-sub", **params})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert word in answer.json()["detail"]


@pytest.fixture
def many(tmp_path):
    """Return a data folder of a dozen readings, of which the last alone is published."""
    home = Home(tmp_path / "data")
    for day in range(1, 13):
        claims = [claim for n in range(day) for claim in firm(f"f{n}", f"Firm {n}")]
        take_in(home.ledger, claims, when=f"2026-10-{day:02}T08:00:00Z")
    home.pull_built_in(datetime(2026, 10, 20, tzinfo=UTC))
    home.publish()
    return home


def test_a_few_states_stay_on_disk_and_what_was_used_last_goes_last(many):
    states = States(many)
    for size in (1, 2, 3, 4):
        states.make(size)
    first = states.up_to(1)
    time.sleep(0.01)
    used = states.up_to(2).snapshot.id  # the oldest but one is used again
    for size in (5, 6):
        states.make(size)
    kept = {path.name for path in many.states.glob("[!.]*") if path.is_dir()}
    assert used in kept
    # The first is read by somebody all along, so it stays whatever else is made.
    assert first.snapshot.id in kept
    assert len(kept) <= MOST_KEPT + 1
    assert states.up_to(3) is None
    first.hold.close()


def test_who_asks_for_many_days_fills_no_disk_and_holds_up_nobody(many):
    with serving(many) as address:
        answers = []

        def ask(day):
            params = {"known_on": f"2026-10-{day:02}"}
            answer = httpx.get(f"{address}/api/v1/snapshot", params=params, timeout=120)
            answers.append(answer)

        asking = [threading.Thread(target=ask, args=(day,)) for day in range(1, 13)]
        for one in asking:
            one.start()
        began = time.monotonic()
        quick = httpx.get(f"{address}/entities/core-hikvision", timeout=60)
        slow = httpx.get(f"{address}/api/v1/owners?entity=core-hikvision", timeout=60)
        waited = time.monotonic() - began
        for one in asking:
            one.join()
    assert (quick.status_code, slow.status_code) == (200, 200)
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {200, 503}
    assert 503 in statuses
    assert all(a.headers["retry-after"] for a in answers if a.status_code == 503)
    assert waited < 20
    kept = [path for path in many.states.glob("[!.]*") if path.is_dir()]
    assert 0 < len(kept) <= MOST_KEPT + 3


def test_a_judgement_of_later_has_no_say_in_what_was_known(api, home, capsys):
    ask = {"name": "Acme", "as_of": THIRD}
    assert get(api, "/match", **ask).json()["status"] == "hit"
    line = [
        "judge",
        "not-same",
        "Acme",
        "acme",
        "--reason",
        "another Acme",
        "--author",
        "A",
    ]
    with pytest.raises(SystemExit) as ended:
        main([*line, "--data", str(home.folder)])
    assert not ended.value.code, capsys.readouterr().err
    now = get(api, "/match", **ask).json()
    then = get(api, "/match", **ask, known_on=THIRD).json()
    assert [one["entity"]["id"] for one in now["judged"]] == ["acme"]
    assert [one["entity"]["id"] for one in then["hits"]] == ["acme"]
