"""Fetching is polite and bounded, and a publisher's failure never harms what is stored."""

import httpx
import pytest

from standsbehind.connectors import fetch as fetching
from standsbehind.connectors import visit
from standsbehind.connectors.dataset import Part
from standsbehind.connectors.fetch import Fetched, NotModified, fetch
from standsbehind.errors import SourceError
from tests.publisher import LIST, publishing


@pytest.fixture
def address():
    with publishing() as address:
        yield address


@pytest.fixture
def client():
    with httpx.Client(timeout=5, trust_env=False) as client:
        yield client


def part(url):
    return Part("list", ("*",), url)


def test_a_list_comes_with_its_digest_and_tag(client, address):
    came = fetch(client, part(f"{address}/list.csv"), "2026-11-23")
    assert isinstance(came, Fetched)
    assert (came.copy.name, came.etag, came.copy.retrieved) == (
        "list.csv",
        '"one"',
        "2026-11-23",
    )
    assert came.copy.content == LIST


def test_an_edition_that_we_hold_is_not_sent_again(client, address):
    came = fetch(client, part(f"{address}/list.csv"), "2026-11-23", etag='"one"')
    assert came == NotModified("list")


def test_a_publisher_that_is_down_is_named(client, address):
    with pytest.raises(SourceError, match=r"/broken: the publisher answered 503"):
        fetch(client, part(f"{address}/broken"), "2026-11-23")


def test_a_download_that_broke_off_is_tried_again_and_then_refused(client, address):
    waits = []
    with pytest.raises(SourceError, match="goes on serving"):
        fetch(client, part(f"{address}/short"), "2026-11-23", wait=waits.append)
    assert waits == [1.0, 2.0]


def test_a_file_beyond_the_limit_is_refused(client, address, monkeypatch):
    monkeypatch.setattr(visit, "MAX_COPY_BYTES", 4)
    with pytest.raises(SourceError, match="not a list that we know"):
        fetch(client, part(f"{address}/list.csv"), "2026-11-23")


def test_an_ecfr_address_takes_the_date_of_the_current_edition(
    client, address, monkeypatch
):
    monkeypatch.setattr(fetching, "_ECFR_TITLES", f"{address}/titles.json")
    url = f"{address}/full/{{up_to_date_as_of}}/title-15.xml?part=744"
    came = fetch(client, part(url), "2026-11-23")
    assert came.copy.url.endswith("/full/2026-11-19/title-15.xml?part=744")


def test_a_part_without_an_address_says_what_to_do(client):
    with pytest.raises(SourceError, match="--file"):
        fetch(client, Part("list", ("*",)), "2026-11-23")
