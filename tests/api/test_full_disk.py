"""A server whose disk is full: it says so, keeps nothing by halves, and answers on."""

from datetime import UTC, datetime

import pytest

from standsbehind.api.jobs import NO_ROOM, JobFolder
from standsbehind.api.working import screen_job
from tests.full_disk import room_for

ROOT = "/api/v1/screenings"


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(300_000, id="while the file is kept"),
        pytest.param(3_000_000, id="while the request is read"),
    ],
)
def test_a_file_that_finds_no_room_is_refused_and_nothing_of_it_stays(
    api, served_home, size
):
    jobs = served_home.folder / "jobs"
    before = set(jobs.iterdir()) if jobs.is_dir() else set()
    content = "Vendor\n" + "Acme Optics\n" * (size // 12)
    with room_for(200_000):
        answer = api.post(ROOT, files={"file": ("vendors.csv", content)})
        assert api.get("/api/v1/entities/acme").status_code == 200
    assert answer.status_code == 507, answer.text
    assert answer.json()["title"] == "The disk is full"
    assert str(served_home.folder) not in answer.text
    assert set(jobs.iterdir()) == before


def test_a_screening_that_finds_no_room_has_failed_and_says_why(served_home):
    job = JobFolder(served_home, "F" * 22)
    job.folder.mkdir(parents=True)
    job.input.write_text("Vendor\n" + "Acme Optics\n" * 500)
    asked = {"name": "v.csv", "columns": {}, "encoding": None, "sheet": None}
    terms = {"as_of": "2026-11-24", "roles": ["buyer"], "in": None, "threshold": 0.7}
    snapshot = served_home.snapshot(datetime.now(tz=UTC), lambda: None).id
    job.write("asked", {**asked, **terms, "lists": [], "snapshot": snapshot})
    job.write("state", {"state": "waiting"})
    with room_for(50_000):
        screen_job(served_home, job.id)
    said = job.read("state")
    assert (said["state"], said["error"]) == ("failed", NO_ROOM)
    assert {file.name for file in job.folder.iterdir()} == {
        "asked.json",
        "input",
        "state.json",
    }
