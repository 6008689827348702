"""Killed at any moment, or written by many at once, a docket loses nothing acknowledged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from standsbehind.store.docket import Docket
from tests.casework import START, enrolments, find, notify, opening, reply, review
from tests.faults.docket_driver import state

ROOT = Path(__file__).parents[2]
DRIVER = (sys.executable, "-m", "tests.faults.docket_driver")
POINTS = 16
"""How many of the changes on disk every run of the tests kills at."""


def begun(address, *drafts):
    docket = Docket.at(address)
    for draft in enrolments():
        docket.add_person(draft, START)
    case = docket.open(opening(), START).case
    for draft in drafts:
        docket.add(case, [draft], START)
    return docket, case


def driven(*arguments, env=None):
    done = subprocess.run(
        [*DRIVER, *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env=env,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(found):
    """Nothing that was acknowledged is lost, the chain is whole, and it takes another act."""
    assert found["bad"] == []
    last = max(found["told"], default=found["held"] - 1)
    # The last one may be on record without anybody having been told.
    assert last <= found["held"] <= last + 1
    assert found["next"] == found["held"] + 1


@pytest.mark.parametrize(
    "wanted", [POINTS, pytest.param(0, marks=pytest.mark.every_kill)]
)
def test_killed_at_any_change_on_disk_nothing_acknowledged_is_lost(
    failing_disk, tmp_path, wanted
):
    base = tmp_path / "base"
    base.mkdir()
    _, case = begun(base / "docket.sqlite")
    loaded = {**os.environ, "LD_PRELOAD": str(failing_disk)}
    answer = driven("strike", base / "docket.sqlite", case, wanted, env=loaded)
    assert answer["changes"] >= len(answer["found"]) >= POINTS
    for found in answer["found"]:
        found["told"] = [number for number in found["told"] if number <= 3]
        check(found)
    # Some were killed before the first act was told, some between the two.
    assert {len(found["told"]) for found in answer["found"]} >= {0, 1}


def test_a_writer_that_is_killed_loses_nothing_acknowledged(docket_address):
    _, case = begun(docket_address)
    for found in driven("kill", docket_address, case, 7)["found"]:
        check(found)


def test_a_server_that_is_killed_loses_nothing_acknowledged(postgres):
    address = postgres.url()
    _, case = begun(address)
    with subprocess.Popen(
        [*DRIVER, "write", address, case],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as writer:
        told = [int(writer.stdout.readline()) for _ in range(3)]
        postgres.kill()
        told += [int(word) for word in writer.stdout]
    postgres.start()
    check({"told": told, **state(address, case)})


def test_of_three_deciders_at_once_one_decides_and_the_others_are_told(docket_address):
    told = (find(), notify(2), reply("x-1"), review(2))
    docket, first = begun(docket_address, *told)
    cases = [first, *(docket.open(opening(), START).case for _ in range(4))]
    for case in cases[1:]:
        docket.add(case, told, START)
    races = driven("race", docket_address, ",".join(cases))
    for case, told_each in zip(cases, races, strict=True):
        (winner,) = (by for by, said in told_each.items() if said == "decided")
        for by in told_each.keys() - {winner}:
            assert f"act 6 (decide by {winner}) came first" in told_each[by]
        assert [one.by for one in docket.case(case).decisions] == [winner]
    assert [line for line in docket.problems() if line] == []


def test_many_who_add_at_once_all_get_a_place(docket_address):
    docket, case = begun(docket_address)
    assert driven("many", docket_address, case, 4, 5) == list(range(2, 22))
    assert len(docket.case(case).acts) == 21
    assert [line for line in docket.problems() if line] == []


def test_a_docket_that_many_open_at_once_is_made_once(docket_address):
    assert driven("first", docket_address, "none", 6) == ["0"] * 6
