"""Files that are screened: sent, watched, fetched, proven and deleted."""

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from standsbehind.api.jobs import MOST_WAITING, JobFolder, Jobs, TooManyError, why_ended
from standsbehind.api.shapes.ours import Job
from standsbehind.cli.main import main
from standsbehind.errors import EngineError
from tests.api.sending import sent

VENDORS = "Vendor,Country\nAcme Optics,GB\nHikvision,CN\nZzyzx Unheard,DE\n,FR\n"
ROOT = "/api/v1/screenings"


def send(api, content, name="vendors.csv", **form):
    return api.post(ROOT, files={"file": (name, content)}, data=form)


def done(api, address):
    """Watch a job to its end."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        answer = api.get(address)
        TypeAdapter(Job).validate_json(answer.content)
        if answer.json()["state"] in {"done", "failed"}:
            return answer.json()
        assert answer.headers["retry-after"] == "1"
        time.sleep(0.1)
    raise AssertionError(answer.text)


@pytest.fixture(scope="module")
def job(api):
    answer = send(
        api, VENDORS, role=["exporter", "buyer"], **{"in": "us"}, as_of="2026-11-24"
    )
    assert answer.status_code == 202, answer.text
    TypeAdapter(Job).validate_json(answer.content)
    assert answer.headers["location"] == answer.json()["links"]["self"]
    assert answer.json()["state"] == "waiting"
    return done(api, answer.headers["location"])


def test_each_row_is_answered(api, job):
    assert job["state"] == "done"
    assert (job["rows"], job["examined"]) == (4, 4)
    assert job["counts"]["hit"] == 2
    lines = api.get(job["links"]["result_jsonl"]).text.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["status"] for row in rows] == [
        "hit",
        "hit",
        "no_hit_found",
        "not_examined",
    ]
    assert rows[0]["hits"][0]["entity"]["id"] == "acme"


def test_the_result_comes_in_three_forms(api, job):
    whole = api.get(job["links"]["result_json"])
    assert whole.headers["content-type"] == "application/json"
    assert whole.json()["snapshot"] == job["snapshot"]
    table = api.get(job["links"]["result_csv"])
    assert table.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert {row["status"] for row in rows} == {"hit", "no_hit_found", "not_examined"}


def test_the_result_is_made_again_from_its_receipt(
    api, job, served_home, tmp_path, capsys
):
    receipt = api.get(job["links"]["receipt"]).json()
    assert receipt["id"] == job["receipt"]
    assert "reports" not in receipt
    (tmp_path / "receipt.json").write_text(json.dumps(receipt))
    (tmp_path / "vendors.csv").write_text(VENDORS)
    with pytest.raises(SystemExit):
        main(
            [
                "replay",
                str(tmp_path / "receipt.json"),
                "--data",
                str(served_home.folder),
            ]
        )
    assert capsys.readouterr().out == "identical\n"


def test_what_is_deleted_is_gone(api, served_home):
    address = send(api, VENDORS).headers["location"]
    assert api.delete(address).status_code == 204
    assert api.get(address).status_code == 404
    assert api.delete(address).status_code == 404
    assert not JobFolder(served_home, address.rsplit("/", 1)[1]).folder.exists()


def test_only_its_owner_may_read_what_is_kept(job, served_home):
    folder = JobFolder(served_home, job["id"]).folder
    assert folder.stat().st_mode & 0o077 == 0
    assert all(
        path.stat().st_mode & 0o077 == 0
        for path in folder.iterdir()
        if path.name != "log.txt"
    )


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        pytest.param(b"\x00\x01\x02", "x.bin", "NUL", id="no text"),
        pytest.param(b"   ", "x.csv", "empty", id="nothing"),
        pytest.param(b"PK\x03\x04broken", "x.xlsx", "x.xlsx", id="a broken workbook"),
        pytest.param(b"Vendor\n", "x.csv", "row", id="a header alone"),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_the_reason(api, content, name, word):
    address = send(api, content, name).headers["location"]
    told = done(api, address)
    assert told["state"] == "failed"
    assert word in told["error"]
    answer = api.get(f"{address}/result")
    assert answer.status_code == 409
    assert word in answer.json()["detail"]


@pytest.mark.parametrize(
    ("form", "status", "word"),
    [
        ({"lists": "unheard-of"}, 400, "unheard-of"),
        ({"column": "Vendor"}, 400, "name=Vendor"),
        ({"role": "king"}, 422, "role"),
        ({"threshold": "0.1"}, 422, "threshold"),
        ({"in": "nowhere"}, 422, "in"),
    ],
)
def test_terms_that_are_none_are_refused_before_anything_is_kept(
    api, served_home, form, status, word
):
    jobs = served_home.folder / "jobs"
    before = sorted(jobs.iterdir()) if jobs.is_dir() else []
    answer = send(api, VENDORS, **form)
    assert answer.status_code == status
    assert word in answer.text
    assert (sorted(jobs.iterdir()) if jobs.is_dir() else []) == before


def test_a_job_without_a_file_or_an_unknown_one_is_a_problem(api):
    assert api.post(ROOT, data={"role": "buyer"}).status_code == 422
    for name in ("unheard-of", "..%2F..%2Fledger", "A" * 22):
        assert api.get(f"{ROOT}/{name}").status_code == 404


def test_a_job_whose_server_died_has_failed(served_home):
    job = JobFolder(served_home, "B" * 22)
    job.folder.mkdir(parents=True)
    job.write("asked", {})
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    job.write("state", {"state": "running", "pid": gone.pid})
    assert job.state()["state"] == "failed"
    assert "send the file again" in job.state()["error"]


@pytest.mark.parametrize(
    ("work", "told"),
    [
        pytest.param("bytearray(8 << 30)", "more memory or time", id="too much memory"),
        pytest.param("sum(iter(int, 1))", "more memory or time", id="too long"),
        pytest.param("1 / 0", "not foreseen", id="a mistake of ours"),
    ],
)
def test_it_is_said_why_a_process_ended_without_a_result(work, told):
    code = f"from standsbehind.api.working import within_limits; within_limits(lambda: {work}, 5)"
    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, stderr=subprocess.DEVNULL
    )
    assert told in why_ended(ended.returncode)


def test_a_number_that_another_process_was_given_keeps_no_job_alive(served_home):
    """In a container, each server that is started has the number of the one before."""
    job = JobFolder(served_home, "C" * 22)
    job.folder.mkdir(parents=True)
    job.write("state", {"state": "running", "pid": os.getpid(), "born": "1"})
    assert job.state()["state"] == "failed"


def test_what_was_deleted_does_not_come_back(served_home):
    """Another process of the server may delete it while it is screened."""
    job = JobFolder(served_home, "D" * 22)
    with pytest.raises(EngineError, match="deleted"):
        job.write("state", {"state": "running"})
    assert not job.folder.exists()


def test_no_more_jobs_wait_than_may_wherever_they_begin(served_home):
    async def filled():
        jobs = Jobs(served_home)
        folders = [jobs.open() for _ in range(MOST_WAITING + 2)]
        try:
            for job in folders[:-1]:
                jobs.start(job, {})
            with pytest.raises(TooManyError):
                jobs.start(folders[-1], {})
            with pytest.raises(TooManyError):
                jobs.open()
        finally:
            await jobs.stop()
            for job in folders:
                await jobs.remove(job)

    asyncio.run(filled())


def test_what_is_screened_ends_with_the_server_that_wanted_it(served_home):
    """A server that is killed cannot stop it, and tells people after its start that it failed."""
    job = sent(served_home, "E" * 22, 5_000)
    command = [sys.executable, "-m", "standsbehind.api.working", str(served_home.folder), job.id]  # fmt: skip
    server = f"import subprocess, time; p = subprocess.Popen({command!r}); print(p.pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", server], stdout=subprocess.PIPE) as killed:  # fmt: skip
        worker = int(killed.stdout.readline())
        wait_until(lambda: job.read("state")["state"] == "running")
        killed.kill()
    wait_until(lambda: not Path(f"/proc/{worker}").exists())
    assert job.read("state")["state"] == "running"
    assert not job.result("csv").exists()


def wait_until(is_so):
    until = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
