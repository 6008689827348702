"""Sources come in from files as published, and what was stored is never lost."""

import json

import pytest

ACME = {
    "id": "acme-1",
    "schema": "Spaceship",
    "properties": {"name": ["Acme Rockets"], "crew": ["7"]},
}
BOLT = {
    "id": "bolt-1",
    "schema": "Company",
    "properties": {"name": ["Bolt Optics"], "country": ["de"]},
}


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.ftm.json"
    path.write_text("".join(json.dumps(e) + "\n" for e in (ACME, BOLT)))
    return path


def test_a_followthemoney_file_becomes_a_dataset(behind, mine):
    pulled = behind("pull", "my_vendors", "--file", mine, "--json")
    assert (pulled.code, pulled.json["sources"][0]["added"]) == (0, 2)
    hit = behind("match", "Bolt Optics", "--json").json["hits"][0]
    assert hit["entity"]["id"] == "bolt-1"
    assert hit["citations"][0]["locator"] == "line 2"


def test_foreign_words_come_out_as_they_went_in(behind, mine):
    behind("pull", "my_vendors", "--file", mine)
    lines = [json.loads(line) for line in behind("export").out.splitlines()]
    spaceship = next(line for line in lines if line["id"] == "acme-1")
    assert spaceship["properties"] == ACME["properties"]
    assert spaceship["schema"] == "Spaceship"


def test_statements_go_out_and_come_back(behind, mine, tmp_path):
    behind("pull", "my_vendors", "--file", mine)
    out = tmp_path / "all.csv"
    behind("export", "--format", "statements", "--out", out)
    before = behind("export").out
    again = behind("--data", tmp_path / "other", "pull", "copied", "--file", out)
    assert again.code == 0
    assert behind("--data", tmp_path / "other", "export").out == before


def test_links_of_somebodys_file_are_told_without_a_voice(behind, tmp_path):
    path = tmp_path / "links.ftm.json"
    owner = {"id": "o-1", "schema": "Company", "properties": {"name": ["Owner Optics"]}}
    held = {
        "id": "x-1",
        "schema": "Ownership",
        "properties": {
            "owner": ["o-1"],
            "asset": ["bolt-1"],
            "startDate": ["2020-01-01"],
        },
    }
    path.write_text("".join(json.dumps(e) + "\n" for e in (BOLT, owner, held)))
    behind("pull", "links", "--file", path)
    vendors = tmp_path / "v.csv"
    vendors.write_text("Vendor\nBolt Optics\n")
    page = behind("screen", vendors, "--format", "html").out
    assert "Stated, in a voice that is not said" in page


def test_a_bad_line_is_set_aside_and_the_rest_is_read(behind, mine):
    mine.write_text(mine.read_text() + '{"id": "x"\n{"id": 3, "schema": "Company"}\n')
    told = behind("pull", "my_vendors", "--file", mine)
    assert told.code == 0
    assert "set aside: line 3" in told.err
    assert "set aside: line 4" in told.err


def test_a_list_that_lost_half_its_entities_is_refused(behind, mine):
    more = [{**BOLT, "id": f"bolt-{n}"} for n in range(10)]
    mine.write_text("".join(json.dumps(e) + "\n" for e in more))
    behind("pull", "my_vendors", "--file", mine)
    mine.write_text(json.dumps(more[0]) + "\n")
    refused = behind("pull", "my_vendors", "--file", mine)
    assert (refused.code, "--accept-shrink" in refused.err) == (3, True)
    assert behind("match", "Bolt Optics", "--json").json["hits"]
    taken = behind("pull", "my_vendors", "--file", mine, "--accept-shrink", "--json")
    assert taken.json["sources"][0]["removed"] == 9


def test_a_copy_in_somebodys_file_adds_neither_voice_nor_origin(behind, tmp_path):
    behind("export", "--out", tmp_path / "copy.ftm.json")
    behind("pull", "colleague", "--file", tmp_path / "copy.ftm.json")
    trace = behind(
        "trace", "Amazon", "core-zhejiang-dahua", "--max-hops", "1", "--json"
    ).json
    (hop,) = trace["paths"][0]["hops"]
    assert (hop["edge"]["status"], hop["edge"]["origins"]) == (
        "reported",
        ["reuters-2020-04"],
    )


def test_an_unknown_source_names_those_known(behind):
    told = behind("pull", "us_nothing")
    assert (told.code, "us_ofac_sdn" in told.err) == (2, True)


def test_a_web_page_in_place_of_a_list_is_refused(behind, tmp_path):
    page = tmp_path / "dpl.csv"
    page.write_text("<!DOCTYPE html><html><body>Sign in</body></html>")
    told = behind("pull", "us_bis_denied", "--file", page)
    assert (told.code, "web page" in told.err) == (3, True)


def test_everything_stored_can_be_verified(behind, mine):
    behind("pull", "my_vendors", "--file", mine)
    assert behind("verify", "--json").json["failed"] == []


def test_a_flipped_byte_anywhere_is_named(behind, tmp_path):
    for pattern in (
        "archive/??/*",
        "ledger/*/claims.parquet",
        "ledger/*/entry.json",
        "ledger/HEAD",
        "snapshots/*/claims.arrow",
        "snapshots/*/manifest.json",
    ):
        path = next((tmp_path / "data").glob(pattern))
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        told = behind("verify")
        assert (told.code, path.name in told.out) == (3, True), pattern
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def test_a_publisher_that_cannot_be_reached_leaves_the_last_copy_serving(
    behind, monkeypatch
):
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    told = behind("pull", "un_sc_sanctions", "--no-build", "--no-progress")
    assert (told.code, "goes on serving" in told.err) == (3, True)
    states = {s["id"]: s for s in behind("sources", "--json").json["sources"]}
    assert states["un_sc_sanctions"]["stale"]
    assert behind("match", "Dahua", "--json").json["hits"]
