"""Files that were sent are kept as long as was set, and those that are screened to their end."""

import asyncio
import os
import time

from standsbehind.api.jobs import JobFolder, Jobs
from standsbehind.api.keeping import DAY, sweep
from standsbehind.publishing.home import Home
from tests.api.serving import serving

NOW = 1_800_000_000.0


def a_job(home, name, days, state="done"):
    job = JobFolder(home, name * 22)
    job.folder.mkdir(parents=True)
    job.input.write_text("Vendor")
    job.write("asked", {})
    job.write("state", {"state": state, "pid": os.getpid()})
    for path in (*job.folder.iterdir(), job.folder):
        os.utime(path, (NOW - days * DAY, NOW - days * DAY))
    return job


def test_what_is_older_than_was_set_is_deleted_and_nothing_else(tmp_path):
    home = Home(tmp_path)
    old, young = a_job(home, "a", 31), a_job(home, "b", 29)
    screened, failed = a_job(home, "c", 31, "running"), a_job(home, "d", 31, "failed")
    stranger = home.folder / "jobs" / "notes.txt"
    stranger.write_text("not a job")
    os.utime(stranger, (0, 0))
    assert asyncio.run(sweep(Jobs(home), 30, NOW)) == 2
    assert not old.folder.exists()
    assert not failed.folder.exists()
    assert young.folder.is_dir()
    assert screened.folder.is_dir()
    assert stranger.is_file()


def test_a_result_counts_from_when_it_was_last_written(tmp_path):
    job = a_job(Home(tmp_path), "e", 31)
    job.result("csv").write_text("row")
    os.utime(job.result("csv"), (NOW, NOW))
    assert asyncio.run(sweep(Jobs(Home(tmp_path)), 30, NOW)) == 0


def test_where_nothing_was_ever_sent_nothing_is_deleted(tmp_path):
    assert asyncio.run(sweep(Jobs(Home(tmp_path)), 30, NOW)) == 0


def test_a_server_deletes_by_itself_only_where_it_was_told_to(served_home):
    job = a_job(served_home, "f", 800)
    with serving(served_home):
        time.sleep(0.5)
        assert job.folder.is_dir()
    with serving(served_home, keep_days=1):
        until = time.monotonic() + 10
        while job.folder.exists() and time.monotonic() < until:
            time.sleep(0.05)
    assert not job.folder.exists()
