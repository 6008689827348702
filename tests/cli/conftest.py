"""A command to run, over a data folder that holds the built-in data."""

import shutil

import pytest

from tests.cli.behind import Behind


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """Fill a data folder once; each test works on its own copy."""
    from datetime import UTC, datetime

    from standsbehind.publishing.home import Home

    folder = tmp_path_factory.mktemp("filled") / "data"
    Home(folder).snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    return folder


@pytest.fixture
def behind(filled, tmp_path, monkeypatch, capfdbinary):
    """Return the command, over a copy of the filled folder."""
    shutil.copytree(filled, tmp_path / "data")
    monkeypatch.setenv("BEHIND_DATA", str(tmp_path / "data"))
    return Behind(capfdbinary)
