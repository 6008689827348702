"""A file is screened against a list of the user's own, of any length."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

VENDORS = "Vendor,Country,USCC\nNorthlight Optics Ltd,GB,\nBakery,FR,91330000733796106P\nQuiet Harbour Foods,FR,\n"
LIST = (
    "id,Company,Aliases,Country,Type,USCC\n"
    "L-1,Harbour Door Cameras,Northlight Optics; Northlight,CN,Company,\n"
    "L-2,Grey Heron Analytics,,US,Company,9133 0000 7337 9610 6P\n"
    "L-2,Ivan Testov,,,Person,\n"
)


@pytest.fixture
def vendors(tmp_path):
    path = tmp_path / "vendors.csv"
    path.write_text(VENDORS)
    return path


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(LIST)
    return path


def test_names_aliases_and_numbers_of_the_list_are_met(behind, vendors, own):
    answer = behind("screen", vendors, "--against", own, "--json").json
    by_alias, by_number, none = answer["results"]
    (hit,) = by_alias["hits"]
    assert hit["entity"] == {
        "id": "L-1",
        "caption": "Harbour Door Cameras",
        "schema": "Company",
    }
    assert (hit["kind"], hit["matched"]) == ("alias", "Northlight Optics")
    assert hit["explanation"][-1]["feature"] == "other country"
    assert hit["exposures"] == []
    assert [(h["entity"]["id"], h["kind"]) for h in by_number["hits"]] == [
        ("L-2", "identifier")
    ]
    assert none["status"] == "no_hit_found"


def test_a_person_of_the_list_is_met_as_a_person(behind, own, tmp_path):
    asked = tmp_path / "asked.csv"
    asked.write_text('name\n"TESTOV, Ivan Petrovich"\n')
    answer = behind("screen", asked, "--against", own, "--json").json
    (hit,) = answer["results"][0]["hits"]
    assert hit["entity"]["schema"] == "Person"
    assert "same part" in {reason["feature"] for reason in hit["explanation"]}
    weights = [reason["weight"] for reason in hit["explanation"]]
    assert sum(weights) == pytest.approx(hit["score"], abs=1e-3)


def test_the_answer_names_the_list_and_no_snapshot(behind, vendors, own):
    answer = behind("screen", vendors, "--against", own, "--json").json
    assert answer["snapshot"] is None
    (listed,) = answer["lists"]
    assert (listed["id"], listed["rows"], listed["names"]) == ("own.csv", 3, 5)
    assert len(listed["sha256"]) == 64
    assert "core" in answer["not_searched"]
    assert answer["receipt"]["against"] == listed["sha256"]


def test_ids_that_repeat_are_kept_and_told(behind, vendors, own):
    told = behind("screen", vendors, "--against", own)
    assert (
        "stand on more than one row, all of which are searched: 1 ('L-2')" in told.err
    )


def test_a_receipt_is_replayed_beside_its_files(behind, vendors, own, tmp_path):
    receipt = tmp_path / "receipt.json"
    behind("screen", vendors, "--against", own, "--receipt", receipt, "--jsonl")
    assert behind("replay", receipt).out == "identical\n"
    own.write_text(LIST + "L-4,Bakery,,,,\n")
    changed = behind("replay", receipt)
    assert changed.code == 2
    assert "own.csv: not the file that was screened" in changed.err


@pytest.mark.parametrize(
    "form", ["json", "jsonl", "csv", "md", "html", "xlsx", "table"]
)
def test_each_format_tells_the_hit(behind, vendors, own, tmp_path, form):
    out = tmp_path / f"answer.{form}"
    done = behind("screen", vendors, "--against", own, "--format", form, "--out", out)
    assert done.code == 0
    assert f"written: {out}" in done.err
    if form != "xlsx":
        assert "Harbour Door Cameras" in out.read_text("utf-8")


def test_rows_stand_in_the_order_of_the_file_whatever_the_workers(behind, tmp_path):
    vendors, own = tmp_path / "many.csv", tmp_path / "list.csv"
    lines = [f"Firm Number {n}x" if n % 7 else "" for n in range(2_500)]
    vendors.write_text(
        "Vendor,Row\n" + "".join(f"{x},{n}\n" for n, x in enumerate(lines))
    )
    own.write_text("name\nFirm Number 20x\n")
    alone = behind("screen", vendors, "--against", own, "--jsonl", "--jobs", "1").out
    shared = behind("screen", vendors, "--against", own, "--jsonl", "--jobs", "2").out
    assert shared == alone
    rows = [json.loads(line)["row"] for line in alone.splitlines()]
    assert rows == list(range(2, 2_502))


def test_the_digest_of_a_result_does_not_hang_on_its_form(
    behind, vendors, own, tmp_path
):
    receipts = [tmp_path / "csv.json", tmp_path / "jsonl.json"]
    for receipt in receipts:
        behind(
            "screen",
            vendors,
            "--against",
            own,
            "--format",
            receipt.stem,
            "--receipt",
            receipt,
        )
    first, second = (json.loads(path.read_text())["result"] for path in receipts)
    assert first == second


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        ("name\n", "no row below the header"),
        ("name,country\n,US\n--,FR\n", "no row of the list has a name"),
        ("amount,day\n3,2026-01-01\n", "--against-column name="),
        ("\xef\xbb\xbfname\nM\xfcller\n", "not text in utf-8"),
    ],
)  # fmt: skip
def test_a_list_of_nothing_is_refused_and_nothing_is_answered(
    behind, vendors, tmp_path, content, told
):
    own = tmp_path / "own.csv"
    own.write_text(content, "latin-1")
    done = behind("screen", vendors, "--against", own)
    assert (done.code, done.out) == (2, "")
    assert "own.csv" in done.err
    assert told in done.err


@pytest.mark.parametrize(
    "more",
    [["--lists", "core"], ["--known-on", "2026-11-23"]],
)
def test_options_of_the_snapshot_are_refused(behind, vendors, own, more):
    assert behind("screen", vendors, "--against", own, *more).code == 2


def test_a_folder_is_no_list_and_a_lone_column_option_is_told(
    behind, vendors, tmp_path
):
    assert "cannot be read" in behind("screen", vendors, "--against", tmp_path).err
    alone = behind("screen", vendors, "--against-column", "name=X")
    assert (alone.code, "--against FILE" in alone.err) == (2, True)


def test_a_file_against_itself_is_warned_of(behind, vendors):
    done = behind("screen", vendors, "--against", vendors)
    assert "each row meets itself" in done.err


def test_the_user_says_what_the_columns_of_the_list_are(behind, vendors, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("No,Wer\n7,Quiet Harbour Foods\n")
    columns = ("--against-column", "name=Wer", "--against-column", "id=No")
    answer = behind("screen", vendors, "--against", own, *columns, "--json").json
    assert answer["results"][2]["hits"][0]["entity"]["id"] == "7"


def test_a_column_of_dates_is_warned_of(behind, own, tmp_path):
    vendors = tmp_path / "vendors.csv"
    vendors.write_text(
        "Vendor,Firm\n2026-01-02,Northlight\n03.04.2025,Bakery\nAcme,Acme\n"
    )
    answer = behind(
        "screen", vendors, "--against", own, "--column", "name=Vendor", "--json"
    )
    assert "The column of names, 'Vendor', looks wrong" in answer.err
    assert any("2 hold dates" in note for note in answer.json["input"]["notes"])


def test_a_long_answer_is_not_laid_out_as_a_table(behind, own, tmp_path):
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("Vendor\n" + "Bakery\n" * 100_001)
    done = behind("screen", vendors, "--against", own)
    assert done.code == 2
    assert "100,001 rows, and table is for at most 100,000" in done.err


def _started(arguments, **more):
    code = "from standsbehind.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stderr=subprocess.PIPE, text=True, start_new_session=True, **more,
    )  # fmt: skip


@pytest.fixture
def endless(tmp_path, own):
    """Return a screening that takes long, and where it would write."""
    vendors = tmp_path / "many.csv"
    lines = (f"Northlight Harbour {n} Door Cameras {n % 97}\n" for n in range(300_000))
    vendors.write_text("Vendor\n" + "".join(lines))
    out = tmp_path / "out" / "answer.jsonl"
    command = ["screen", vendors, "--against", own, "--jobs", "2", "--out", out]
    return command, out


def _children(process):
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [int(pid) for pid in listed.stdout.split()]


def _workers(process, patience=60):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if len(found := _children(process)) >= 2:
            return found
        time.sleep(0.05)
    raise AssertionError("no worker was started")


def test_ctrl_c_ends_the_workers_and_leaves_no_half_file(endless):
    command, out = endless
    process = _started(command)
    workers = _workers(process)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "behind: stopped" in told
    assert "Traceback" not in told
    assert list(out.parent.iterdir()) == []
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_a_worker_that_is_killed_is_told(endless):
    command, out = endless
    process = _started(command)
    os.kill(_workers(process)[0], signal.SIGKILL)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "a worker process was ended from outside" in told
    assert list(out.parent.iterdir()) == []


def test_workers_leave_when_the_command_is_killed(endless):
    process = _started(endless[0])
    workers = _workers(process)
    process.kill()
    process.communicate(timeout=60)
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_whoever_stops_reading_ends_the_work(endless):
    command = [*endless[0][:-2], "--format", "csv"]
    process = _started(command, stdout=subprocess.PIPE)
    assert process.stdout.readline().endswith("identifiers\n")
    process.stdout.close()
    with process:
        process.stderr.read()
    assert process.returncode == 0


def test_pairs_are_scored_as_they_come(behind, tmp_path):
    pairs, out = tmp_path / "pairs.csv", tmp_path / "scores.csv"
    lines = (f"Firm {n} Ltd,Firm {n} Limited,Company\n" for n in range(12_000))
    pairs.write_text("left,right,schema\n" + "".join(lines))
    assert (
        behind(
            "compare", "--pairs", pairs, "--out", out, "--jobs", "2", "--no-aliases"
        ).code
        == 0
    )
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert [row["left"] for row in rows] == [f"Firm {n} Ltd" for n in range(12_000)]


def test_a_broken_line_of_pairs_leaves_no_file(behind, tmp_path):
    pairs, out = tmp_path / "pairs.csv", tmp_path / "scores.csv"
    pairs.write_text("left,right\nA,B\nC\n")
    done = behind("compare", "--pairs", pairs, "--out", out)
    assert (done.code, "line 3 has too few cells" in done.err) == (2, True)
    assert not out.exists()
