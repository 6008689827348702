"""What every test may ask for: official files, an empty data folder, a published snapshot."""

import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from standsbehind.graph.reader import Reader
from standsbehind.publishing.home import Home
from tests.postgres import binaries, running
from tests.published import published

# A first example may load a dictionary, and a shared machine may stall: no time limits.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of official files as published; skip where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip(
            "the shared folder with official files is not beside the repository"
        )
    return SHARED


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """Return an empty data folder that `behind` will use."""
    folder = tmp_path / "data"
    monkeypatch.setenv("BEHIND_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def built_in_reader(tmp_path_factory) -> Reader:
    """Return the built-in data, published once and opened for reading."""
    home = Home(tmp_path_factory.mktemp("built-in"))
    return Reader(home.snapshot(datetime(2026, 11, 23, 12, tzinfo=UTC), lambda: None))


@pytest.fixture
def publish_claims(tmp_path):
    """Return a function that publishes claims and opens the snapshot for reading."""
    return partial(published, tmp_path)


@pytest.fixture(scope="session")
def postgres():
    """Return a PostgreSQL of the tests' own; skip where it is not installed."""
    found = binaries()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with running(found) as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def docket_address(request, tmp_path):
    """Return where a docket of the test's own is: a file, and a database of PostgreSQL."""
    if request.param == "sqlite":
        return tmp_path / "docket.sqlite"
    return request.getfixturevalue("postgres").url()


@pytest.fixture(scope="module")
def browser():
    """Return the Chromium of the machine, without WebGL: no page may need it.

    It lives for one module, since Playwright keeps the thread's event loop to itself.
    """
    playwright = pytest.importorskip("playwright.sync_api")
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-3d-apis"]
    with playwright.sync_playwright() as running:
        yield running.chromium.launch(executable_path=found, args=flags)
