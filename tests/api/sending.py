"""A file that was sent to be screened, put into its folder as the server does."""

from datetime import UTC, datetime

from standsbehind.api.jobs import JobFolder


def sent(home, name, rows):
    """Return the job of a file with so many rows, which waits for its turn."""
    job = JobFolder(home, name)
    job.folder.mkdir(parents=True)
    job.input.write_text("Vendor\n" + "Acme Optics\n" * rows)
    asked = {"name": "v.csv", "columns": {}, "encoding": None, "sheet": None}
    terms = {"as_of": "2026-11-24", "roles": ["buyer"], "in": None, "threshold": 0.7}
    snapshot = home.snapshot(datetime.now(tz=UTC), lambda: None).id
    job.write("asked", {**asked, **terms, "lists": [], "snapshot": snapshot})
    job.write("state", {"state": "waiting"})
    return job
