"""The guide to the API shows what a server answers."""

import doctest
import re

import pytest
from tools.write_docs import ROOT

from tests.api.serving import serving

GUIDE = ROOT / "docs" / "api.md"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve the built-in data alone, as the guide says."""
    from datetime import UTC, datetime

    from standsbehind.publishing.home import Home

    home = Home(tmp_path_factory.mktemp("guide") / "data")
    home.snapshot(datetime(2026, 11, 23, tzinfo=UTC), lambda: None)
    with serving(home) as address:
        yield address


def test_every_example_of_the_guide_prints_what_it_shows(address, capsys):
    blocks = re.findall(
        r"^```pycon\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    parsed = doctest.DocTestParser().get_doctest(
        "\n".join(blocks), {"URL": address}, "docs/api.md", str(GUIDE), 0
    )
    outcome = doctest.DocTestRunner().run(parsed)
    assert outcome.attempted > 25
    assert not outcome.failed, capsys.readouterr().out


def test_every_route_of_ours_stands_in_the_guide(address):
    import httpx

    text = GUIDE.read_text("utf-8")
    for path in httpx.get(f"{address}/openapi.json").json()["paths"]:
        part = re.sub(r"\{[^}]*\}.*", "", path).rstrip("/")
        shown = part.removeprefix("/api/v1") if part.startswith("/api/v1") else part
        assert shown in text, path
