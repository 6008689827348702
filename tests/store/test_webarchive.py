"""A WACZ package carries copies to others and back; one that is not whole is refused by name."""

import gzip
import hashlib
import io
import json
import zipfile

import pytest

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.model.citation import digest_of
from standsbehind.store import webarchive_reader
from standsbehind.store.capture import Exchange, write_capture, write_resource
from standsbehind.store.webarchive import Packed, write_wacz
from standsbehind.store.webarchive_reader import read_wacz

NOW = "2026-11-24T08:00:00Z"
LIST = b"Name\nAcme\n"
URL = "https://www.lists.example/a/list.csv?b=2&a=1"
DATA = "archive/data.warc.gz"


def answered(status, body, *headers):
    return Exchange(
        url=URL,
        date=NOW,
        request_line="GET /a/list.csv HTTP/1.1",
        request_headers=(("Host", "www.lists.example"),),
        status_line=f"HTTP/1.1 {status}",
        response_headers=headers,
        body=body,
    )


FETCHED = write_capture(
    [
        answered("301 Moved", b"", ("Location", URL)),
        answered(
            "200 OK",
            gzip.compress(LIST, mtime=0),
            ("Content-Type", "text/csv"),
            ("Content-Encoding", "gzip"),
        ),
    ]
)
GIVEN = write_resource("urn:sha256:ab", "2026-11-24", "text/csv", b"Given\n")
COPIES = [
    Packed(FETCHED, URL, NOW, "the list"),
    Packed(GIVEN, "urn:sha256:ab", "2026-11-24", "a file"),
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "copies.wacz"
    path.write_bytes(write_wacz(COPIES, "Copies", NOW))
    return path


def files_of(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path, files, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name), content, compression)


def sealed(files, change):
    """Change the list of files, and seal it again: what a forger can do."""
    package = json.loads(files["datapackage.json"])
    change(package)
    content = json.dumps(package).encode()
    seal = {"path": "datapackage.json", "hash": f"sha256:{digest_of(content)}"}
    return files | {
        "datapackage.json": content,
        "datapackage-digest.json": json.dumps(seal).encode(),
    }


def test_what_goes_out_comes_in_with_the_captures_as_they_were(path):
    brought = list(read_wacz(path))
    assert [(b.url, b.date, b.body, b.capture) for b in brought] == [
        (URL, NOW, LIST, FETCHED),
        ("urn:sha256:ab", "2026-11-24", b"Given\n", GIVEN),
    ]


def test_the_same_copies_make_the_same_bytes(path):
    assert path.read_bytes() == write_wacz(COPIES, "Copies", NOW)


def test_the_package_is_laid_out_as_the_standard_says(path):
    files = files_of(path)
    package = json.loads(files["datapackage.json"])
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    for resource in package["resources"]:
        digest = hashlib.sha256(files[resource["path"]]).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"
    header, *pages = [json.loads(x) for x in files["pages/pages.jsonl"].splitlines()]
    assert header["format"] == "json-pages-1.0"
    assert [page["url"] for page in pages] == [URL, "urn:sha256:ab"]


def test_the_index_leads_to_each_record(path):
    files = files_of(path)
    lines = files["indexes/index.cdxj"].decode().splitlines()
    assert lines == sorted(lines)
    key, when, about = lines[1].split(" ", 2)
    assert (key, when) == ("example,lists)/a/list.csv?a=1&b=2", "20261124080000")
    told = json.loads(about)
    start = int(told["offset"])
    member = files[DATA][start : start + int(told["length"])]
    assert b"WARC-Type: response" in gzip.decompress(member)


@pytest.mark.parametrize(
    "name", ["datapackage.json", "datapackage-digest.json", DATA, "pages/pages.jsonl"]
)
def test_a_missing_file_is_named(path, name):
    files = files_of(path)
    del files[name]
    pack(path, files)
    with pytest.raises(EvidenceError, match=name):
        list(read_wacz(path))


@pytest.mark.parametrize("name", ["datapackage.json", DATA, "indexes/index.cdxj"])
def test_a_changed_file_is_named(path, name):
    files = files_of(path)
    content = bytearray(files[name])
    content[len(content) // 2] ^= 1
    pack(path, files | {name: bytes(content)})
    with pytest.raises(EvidenceError, match=rf"{name}: no longer"):
        list(read_wacz(path))


def test_one_flipped_byte_anywhere_in_the_package_gives_no_other_evidence(path):
    whole = path.read_bytes()
    expected = [(b.url, b.date, b.body, b.capture) for b in read_wacz(path)]
    for place in range(0, len(whole), 7):
        content = bytearray(whole)
        content[place] ^= 0x10
        path.write_bytes(content)
        try:
            got = [(b.url, b.date, b.body, b.capture) for b in read_wacz(path)]
        except EvidenceError:
            continue
        assert got == expected, place  # a date or a flag of the zip, which says nothing


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("md5:9e107d9d372bb6826bd81d3542a419d6", "'md5'"),
        ("blake3:00", "'blake3'"),
        ("SHA256:00", "'SHA256'"),
        ("", "none"),
        (":00", "none"),
        (None, "none"),
        ("00", "'00'"),
        ("sha256:", "is no sha256 digest"),
        ("sha256:00", "is no sha256 digest"),
    ],
)
def test_a_digest_of_another_kind_is_refused_by_name(path, said, why):
    def change(package):
        package["resources"][0]["hash"] = said

    pack(path, sealed(files_of(path), change))
    with pytest.raises(EvidenceError, match=why):
        list(read_wacz(path))


def test_the_seal_must_be_sha256_too(path):
    seal = {"path": "datapackage.json", "hash": "md5:00"}
    files = files_of(path) | {"datapackage-digest.json": json.dumps(seal).encode()}
    pack(path, files)
    with pytest.raises(EvidenceError, match=r"datapackage\.json: .*'md5'"):
        list(read_wacz(path))


@pytest.mark.parametrize(
    "name", ["../x", "archive/../../x", "/etc/x", "a\\b", "C:/x", "a//b"]
)
def test_a_path_that_leads_out_is_refused(path, name):
    pack(path, files_of(path) | {name: b"x"})
    with pytest.raises(EvidenceError, match="refused"):
        list(read_wacz(path))
    listed = {"name": "x", "path": name, "hash": "sha256:00", "bytes": 1}
    write_again(path, lambda package: package["resources"].append(listed))
    with pytest.raises(EvidenceError, match="refused"):
        list(read_wacz(path))


def write_again(path, change):
    path.write_bytes(write_wacz(COPIES, "Copies", NOW))
    pack(path, sealed(files_of(path), change))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(
            lambda p: p.pop("resources"), "no list of resources", id="no list"
        ),
        pytest.param(lambda p: p.update(wacz_version="2.0"), "'2.0'", id="version"),
        pytest.param(
            lambda p: p["resources"].append(p["resources"][0]), "twice", id="twice"
        ),
        pytest.param(lambda p: p["resources"].pop(0), "nothing vouches", id="unlisted"),
        pytest.param(
            lambda p: p["resources"][0].update(bytes=3), "3 are listed", id="size"
        ),
        pytest.param(
            lambda p: p["resources"].append("x"), "refused", id="not a record"
        ),
    ],
)
def test_a_list_that_does_not_fit_the_package_is_refused(path, change, why):
    write_again(path, change)
    with pytest.raises(EvidenceError, match=why):
        list(read_wacz(path))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(path, monkeypatch):
    monkeypatch.setattr(webarchive_reader, "_MAX_BYTES", 1 << 20)
    files = files_of(path) | {"archive/more.warc": bytes(2 << 20)}
    pack(path, files, zipfile.ZIP_DEFLATED)
    with pytest.raises(EvidenceError, match="once unpacked"):
        list(read_wacz(path))


def test_too_many_files_are_refused(path, monkeypatch):
    monkeypatch.setattr(webarchive_reader, "_MAX_FILES", 4)
    with pytest.raises(EvidenceError, match="5 files, at most 4"):
        list(read_wacz(path))


def test_a_body_that_cannot_be_unpacked_is_left_aside_with_its_reason(path):
    odd = write_capture([answered("200 OK", b"?", ("Content-Encoding", "br"))])
    path.write_bytes(write_wacz([Packed(odd, URL, NOW, "odd")], "Copies", NOW))
    (one,) = read_wacz(path)
    assert "'br'" in one.problem


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"no zip", b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_package_is_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(EvidenceError):
        list(read_wacz(path))


def test_a_file_that_is_not_there_is_the_callers_mistake(tmp_path):
    with pytest.raises(UsageError, match="check the path"):
        list(read_wacz(tmp_path / "none.wacz"))


def test_a_repeated_file_is_refused(path):
    out = io.BytesIO(path.read_bytes())
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(out, "a") as package,
    ):
        package.writestr(zipfile.ZipInfo(DATA), b"again")
    path.write_bytes(out.getvalue())
    with pytest.raises(EvidenceError, match="twice"):
        list(read_wacz(path))
