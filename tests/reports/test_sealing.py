"""A dossier is checked by a stranger: on a bare Python, offline, with the script that it carries."""

import io
import json
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from functools import cache
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.errors import EvidenceError, UsageError
from standsbehind.model.act import Act, Draft
from standsbehind.model.case import Case
from standsbehind.publishing import verify_dossier
from standsbehind.publishing.home import Home
from standsbehind.publishing.verify import verify_path
from standsbehind.publishing.verify_dossier import is_signed, packed, results, unpacked
from standsbehind.reports.sealing import seal_case
from tests.docketed import SALT, SECRET, home_with_a_case
from tests.published import take_in
from tests.told import firm

AT = "2026-11-24T10:07:31Z"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """The data folder, the case and the dossier of it; no test changes them."""
    home, case = home_with_a_case(tmp_path_factory.mktemp("sealed") / "data")
    return home, case, seal_case(home, case)


@pytest.fixture
def content(sealed):
    return sealed[2]


def failed(path, **options):
    """Return the parts that do not hold, with the reason of each."""
    return {
        name: why for name, holds, why in results(str(path), **options) if not holds
    }


def checked_by_a_stranger(script, *arguments, folder=None):
    """Run the script in an empty environment, apart from our package and all others."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={},
        cwd=folder,
    )
    assert not done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def unfolded(content, tmp_path):
    """The dossier unpacked by an ordinary program for ZIP files."""
    folder = tmp_path / "unfolded"
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        opened.extractall(folder)
    return folder


def test_a_stranger_checks_the_file_on_a_bare_python(content, unfolded, tmp_path):
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    code, said = checked_by_a_stranger(unfolded / "verify.py", path)
    assert code == 0, said
    assert "FAILED" not in said
    for part in (*verify_dossier.PARTS, "key", "fingerprint"):
        assert f"ok      {part} " in said


def test_a_stranger_checks_the_unpacked_folder_from_within(unfolded):
    code, said = checked_by_a_stranger("verify.py", folder=unfolded)
    assert code == 0, said
    (unfolded / "findings.json").write_bytes(b"[]")
    code, said = checked_by_a_stranger("verify.py", folder=unfolded)
    assert code == 1
    assert "FAILED  files        findings.json: its SHA-256" in said
    assert "FAILED  findings" in said


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(lambda f: (f / "more.txt").write_text("x"), "more.txt", id="more"),
        pytest.param(lambda f: (f / "acts.jsonl").unlink(), "acts.jsonl", id="fewer"),
        pytest.param(
            lambda f: (f / "link.txt").symlink_to("README.txt"), "is a link", id="link"
        ),
        pytest.param(
            lambda f: (f / "catalog" / "over").symlink_to("/"),
            "is a link",
            id="way out",
        ),
    ],
)
def test_a_folder_with_more_or_less_is_refused(unfolded, change, why):
    change(unfolded)
    assert any(why in said for said in failed(unfolded).values())


def test_the_same_case_gives_the_same_bytes_in_another_process(sealed):
    home, _, content = sealed
    script = (
        "import sys; from pathlib import Path; from standsbehind.graph.reader import Reader;"
        "from standsbehind.publishing.home import Home; from standsbehind.store import snapshot;"
        "from standsbehind.reports.sealing import seal_case; from tests.docketed import a_case;"
        "home = Home(Path(sys.argv[1])); case = a_case(Reader(snapshot.current(home.snapshots)));"
        "sys.stdout.buffer.write(seal_case(home, case))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, home.folder],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    assert done.stdout == content


def test_what_the_ledger_learns_later_does_not_change_it(tmp_path):
    home, case = home_with_a_case(tmp_path / "data")
    before = seal_case(home, case)
    take_in(home.ledger, firm("bolt", "Bolt"), "2027-01-01T00:00:00Z", "later")
    assert seal_case(home, case) == before


def test_behind_verify_checks_it_too(content, unfolded, tmp_path):
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    assert verify_path(path).failed == verify_path(unfolded).failed == ()
    path.write_bytes(content.replace(b"We sold a door.", b"We sold a d00r."))
    assert any("replies.json" in line for line in verify_path(path).failed)


def test_it_is_bound_to_a_key_that_is_compared_in_another_way(sealed, tmp_path):
    home, _, content = sealed
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    (key,) = home.keys.verifiers()
    assert not failed(path, key=key.text)
    assert set(failed(path, key=key.text.replace("desk", "desq"))) == {"key"}


def test_who_holds_a_sealed_item_can_show_that_it_is_the_one(content, tmp_path):
    path, item = tmp_path / "dossier.zip", tmp_path / "letter.txt"
    path.write_bytes(content)
    item.write_bytes(SECRET)
    assert SECRET not in content
    assert not failed(path, item=str(item), salt=SALT.hex())
    assert set(failed(path, item=str(item), salt="00")) == {"item"}


def test_a_later_key_is_followed_from_the_first(tmp_path):
    home, case = home_with_a_case(tmp_path / "data")
    home.keys.new("desk-2", "2026-12-01")
    path = tmp_path / "dossier.zip"
    path.write_bytes(seal_case(home, case))
    assert not failed(path)
    files = unpacked(path.read_bytes())
    assert "0002.rotation" in files
    path.write_bytes(
        packed({n: c for n, c in files.items() if n != "0002.rotation"}, AT)
    )
    assert "keys" in failed(path)


# ── One flipped byte, anywhere ──


def owners(content):
    """Name the file to whose record each byte belongs; "" for the directory at the end."""
    found = []
    for name, inside in sorted(unpacked(content).items()):
        found += [name] * (30 + len(name) + len(inside))
    return found + [""] * (len(content) - len(found))


def test_a_flipped_byte_is_found_wherever_it_is(content, tmp_path, monkeypatch):
    # A signature over the same text need not be computed for each of these.
    monkeypatch.setattr(verify_dossier, "is_signed", KNOWN_SIGNATURES)
    whose = owners(content)
    firsts = [whose.index(name) for name in dict.fromkeys(whose)]
    inside = [first + 30 + len(whose[first]) + 2 for first in firsts if whose[first]]
    draw = random.Random(8)
    places = {*firsts, *inside, *range(len(content) - 22, len(content))}
    places.update(draw.sample(range(len(content)), 400))
    places.update(first + n for first in firsts[:4] for n in range(30))
    path = tmp_path / "dossier.zip"
    for place in sorted(places):
        bent = bytearray(content)
        bent[place] ^= draw.randrange(1, 256)
        path.write_bytes(bent)
        said = " ".join(failed(path).values())
        before = whose[max(place - 60, 0)]
        named = {whose[place] or "the directory at its end", f"after {before}"}
        assert any(name in said for name in named) or place < 4, (place, said)


@given(st.data())
def test_whatever_is_put_in_the_place_of_bytes_is_told_and_never_thrown(sealed, data):
    content = sealed[2]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(start + 60, len(content))))
    put = data.draw(st.binary(max_size=60) | st.sampled_from(PIECES))
    path = sealed[0].folder / "bent.zip"
    path.write_bytes(content[:start] + put + content[end:])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_dossier, "is_signed", KNOWN_SIGNATURES)
        assert bool(failed(path)) == (put != content[start:end])


PIECES = [
    b"PK\3\4",
    b"PK\1\2",
    b"PK\5\6",
    b"\n",
    b"{}",
    b"[]",
    b'"',
    b"0",
    b"\xff",
    b"null",
]
KNOWN_SIGNATURES = cache(is_signed)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda c: c + b"\0", id="more after it"),
        pytest.param(lambda c: b"\0" + c, id="more before it"),
        pytest.param(lambda c: c[:-1], id="cut off"),
        pytest.param(lambda c: c[: len(c) // 2], id="half of it"),
        pytest.param(lambda c: c[:0], id="nothing"),
        pytest.param(lambda c: c[:-2] + b"\x01\0!", id="a comment"),
    ],
)
def test_other_bytes_around_it_are_refused(content, tmp_path, spoil):
    path = tmp_path / "dossier.zip"
    path.write_bytes(spoil(content))
    assert "archive" in failed(path)


def test_it_is_refused_when_packed_in_another_way(content, tmp_path):
    path = tmp_path / "dossier.zip"
    files = unpacked(content)
    path.write_bytes(packed(files, "2026-11-24T10:07:33Z"))
    assert set(failed(path)) == {"archive"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as swollen:
        for name, inside in files.items():
            swollen.writestr(name, inside)
    assert "is compressed" in failed(path)["archive"]


@pytest.mark.parametrize(
    "name",
    [
        *("../x.txt", "/etc/passwd", "a\\b.txt", "C:x.txt", "catalog/../../x.yml"),
        *("x.txt\0", "./x.txt", "entries/a/b.json", "x", ".x.txt", "ä.txt", "x.txt "),
    ],
)
def test_a_name_that_leads_astray_is_refused(content, tmp_path, name):
    path = tmp_path / "dossier.zip"
    label = name.encode()
    record = struct.pack(
        "<5H3L2H", 10, 0, 0, 0, 0, zlib.crc32(b"x"), 1, 1, len(label), 0
    )
    path.write_bytes(b"PK\3\4" + record + label + b"x" + content)
    assert "is no name" in failed(path)["archive"]


def test_a_name_that_stands_twice_is_refused(content, tmp_path):
    path = tmp_path / "dossier.zip"
    files = unpacked(content)
    path.write_bytes(packed({**files, "ACTS.jsonl": files["acts.jsonl"]}, AT))
    assert "stands in it twice" in failed(path)["archive"]


# ── A forger who mends the manifest, and even holds the key ──


def forged(home, content, changes):
    """Change files and sign the whole again with the very key of the house."""
    files = unpacked(content)
    for name, old, new in changes:
        assert old in files[name], (name, old)
        files[name] = files[name].replace(old, new)
    manifest = json.loads(files.pop("manifest.json"))
    told = files.pop("seal.txt").decode().splitlines()[:3]
    manifest["sha256"] = {n: sha256(c).hexdigest() for n, c in files.items()}
    files["manifest.json"] = json.dumps(manifest).encode()
    told[2] = json.loads(files["acts.jsonl"].splitlines()[-1])["digest"]
    told.append(sha256(files["manifest.json"]).hexdigest())
    files["seal.txt"] = home.keys.sign("".join(f"{line}\n" for line in told))
    return packed(files, AT)


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("statements", [("statements.jsonl", b"supplied", b"murdered")]),
        ("entries", [("entries/000002.json", b"2026-11-24", b"2020-11-24")]),
        ("checkpoint", [("checkpoint.txt", b"\n2\n", b"\n3\n")]),
        ("statements", [("citations.json", b"The Paper", b"The Pauper")]),
        ("acts", [("acts.jsonl", b"A tip.", b"A top.")]),
        ("acts", [("acts.jsonl", b'"by":"ben"', b'"by":"bea"')]),
        ("sealed", [("sealed.json", b"statement", b"data")]),
        ("replies", [("replies.json", b"a door \xe2\x80\x94", b"a trap \xe2\x80\x94")]),
        ("findings", [("findings.json", b'"one origin"', b'"two origins"')]),
        ("findings", [("findings.json", b'"made"', b'"not made"')]),
        ("catalog", [("catalog/c3.yml", b"faces", b"fades")]),
        ("catalog", [("catalog/standard.yml", b"1.0", b"1.1")]),
    ],
)
def test_a_forger_with_the_key_is_still_found(sealed, tmp_path, part, changes):
    home, _, content = sealed
    path = tmp_path / "dossier.zip"
    path.write_bytes(forged(home, content, []))
    assert failed(path) == {}
    path.write_bytes(forged(home, content, changes))
    assert part in failed(path)
    assert "files" not in failed(path)


def test_a_ground_that_is_left_out_is_named(sealed, tmp_path):
    home, case, content = sealed
    ground = case.findings[0].what.elements[0].grounds[0]
    lines = unpacked(content)["statements.jsonl"].splitlines(keepends=True)
    (lost,) = (line for line in lines if f'"id":"{ground}"'.encode() in line)
    path = tmp_path / "dossier.zip"
    path.write_bytes(forged(home, content, [("statements.jsonl", lost, b"")]))
    assert ground in failed(path)["findings"]
    assert set(failed(path)) == {"evidence", "findings"}


# ── Sealing ──


def test_without_a_key_nothing_is_sealed(tmp_path):
    home, case = home_with_a_case(tmp_path / "data")
    for path in home.keys.folder.iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="keys new"):
        seal_case(home, case)


def test_a_case_of_another_data_folder_is_refused(sealed, tmp_path):
    _, case, _ = sealed
    other = Home(tmp_path / "other")
    other.keys.new("desk", "2026-11-24")
    with pytest.raises(UsageError, match="not in this data folder"):
        seal_case(other, case)


def test_a_finding_by_another_text_of_the_standard_is_refused(tmp_path):
    home, case = home_with_a_case(tmp_path / "data", digest="00" * 32)
    with pytest.raises(EvidenceError, match="seal it with the version that made it"):
        seal_case(home, case)


def test_an_act_of_an_earlier_version_is_sealed_as_it_was_said(tmp_path):
    home, case = home_with_a_case(tmp_path / "data")
    acts = []
    for act in case.acts:
        is_later = act.kind == "find"  # the reason of a proposal may be left out
        said = {k: v for k, v in act.said.items() if not (is_later and k == "reason")}
        draft = Draft(act.kind, act.by, act.role, said)
        acts.append(Act.after(case.id, acts, draft, act.at))
    path = tmp_path / "dossier.zip"
    path.write_bytes(seal_case(home, Case.of(case.id, acts)))
    assert not failed(path)


def test_the_page_has_each_reply_beside_the_claim_and_no_request(content):
    page = unpacked(content)["dossier.html"].decode()
    claim, whole = page.index("Acme supplied Town."), page.index("What became of it")
    for words in ("It was a door — “une porte”.", "We sold a door."):
        assert claim < page.index(words) < whole
    assert "Not legal advice. Law as of" in page
    assert "it is not cleared" in page
    for fetched in ("<script", "<link", "<img", "@import", "url("):
        assert fetched not in page


def test_the_page_goes_along_as_a_pdf(sealed, tmp_path):
    pytest.importorskip("typst")
    home, case, _ = sealed
    path = tmp_path / "dossier.zip"
    path.write_bytes(seal_case(home, case, with_pdf=True))
    assert not failed(path)
    assert unpacked(path.read_bytes())["dossier.pdf"].startswith(b"%PDF-")
    assert seal_case(home, case, with_pdf=True) == path.read_bytes()


# ── Ed25519 ──

RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc6"
            "1e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e45"
            "8f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae"
            "67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
"""Tests 1 to 3 of RFC 8032, section 7.1: public key, message, signature."""


@pytest.mark.parametrize(("key", "text", "signature"), RFC_8032)
def test_signatures_of_the_standard_hold(key, text, signature):
    known = (bytes.fromhex(key), bytes.fromhex(text))
    right = bytes.fromhex(signature)
    assert is_signed(*known, right)
    assert not is_signed(*known, right[:-1] + bytes([right[-1] ^ 1]))
    more = int.from_bytes(right[32:], "little") + verify_dossier.ORDER
    assert not is_signed(*known, right[:32] + more.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_it_says_of_signatures_what_openssl_says(seed, text, bit):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, right = private.public_key().public_bytes_raw(), private.sign(text)
    assert is_signed(key, text, right)
    bent = bytearray(right)
    bent[bit // 8] ^= 1 << bit % 8
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(bytes(bent), text)
        holds = True
    except InvalidSignature:
        holds = False
    assert is_signed(key, text, bytes(bent)) is holds
