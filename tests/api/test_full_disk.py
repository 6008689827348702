"""A server whose disk is full: it says so, keeps nothing by halves, and answers on."""

import pytest

from standsbehind.api.jobs import NO_ROOM
from standsbehind.api.working import screen_job
from tests.api.sending import sent
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
    job = sent(served_home, "F" * 22, 500)
    with room_for(50_000):
        screen_job(served_home, job.id)
    said = job.read("state")
    assert (said["state"], said["error"]) == ("failed", NO_ROOM)
    assert {file.name for file in job.folder.iterdir()} == {
        "asked.json",
        "input",
        "state.json",
    }
