#!/usr/bin/env python3
"""Check a sealed dossier with Python 3.8 or later and nothing else.

    python3 verify.py dossier.zip        the file as it was sent
    python3 verify.py                    inside the unpacked folder
    python3 verify.py ... --key KEY      and that KEY sealed it: its fingerprint or its line
    python3 verify.py ... --item FILE --salt SALT    and that FILE is a sealed item of it

This file travels in every dossier as verify.py. It shares no code with the program that made
the dossier, writes nothing and asks nothing of the network. It prints one line for each part,
`ok` or `FAILED` with the reason, and leaves with 0 or 1.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["is_signed", "packed", "results", "unpacked"]

FORMAT = "standsbehind dossier 1"
LIMIT = 1 << 28
"""Bytes that a dossier may have; it is stored, so that nothing in it can swell."""
NAME = re.compile(r"(?:(?:catalog|entries)/)?[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[a-z0-9]+)+")
"""Names that a file of a dossier may have: none leads out of its folder."""
TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z")


class Broken(Exception):  # noqa: N818 - an outcome of a check, told in a line
    """Why a part does not hold."""


# ── Ed25519 (RFC 8032, 5.1), to check signatures and never to make them ──

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point(encoded: bytes) -> tuple[int, int, int, int]:
    """Read a point of the curve into extended coordinates (5.1.3)."""
    number = int.from_bytes(encoded, "little")
    odd, y = number >> 255, number & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(encoded) != 32 or y >= P or x * x % P != square or (odd and not x):
        raise Broken("a key or a signature is no point of Ed25519")
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def add(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Add two points (5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0])
    b = (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D, 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, one: tuple[int, ...]) -> tuple[int, ...]:
    """Add a point to itself so many times."""
    found: tuple[int, ...] = (0, 1, 1, 0)
    while factor:
        found = add(found, one) if factor & 1 else found
        one, factor = add(one, one), factor >> 1
    return found


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """Check a signature (5.1.7) as OpenSSL does: without the cofactor."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ORDER:
        return False
    x, y, _, t = point(key)
    digest = hashlib.sha512(signature[:32] + key + text).digest()
    k = int.from_bytes(digest, "little") % ORDER
    x, y, z, t = add(times(s, BASE), times(k, (P - x, y, 1, P - t)))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ── The one way in which a dossier is packed ──

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"


def packed(files: dict[str, bytes], when: str) -> bytes:
    """Pack files as a ZIP: stored, by name, all of one time in UTC. One way, no slack."""
    found = TIME.fullmatch(when)
    if not found:
        raise Broken(f"{when!r} is no time")
    year, month, day, hour, minute, second = map(int, found.groups())
    clock = (hour << 11 | minute << 5 | second // 2) & 0xFFFF
    date = (max(year - 1980, 0) << 9 | month << 5 | day) & 0xFFFF
    body, listed, place = [], [], 0
    for name, content in sorted(files.items()):
        label, size = name.encode(), len(content)
        told = (10, 0, 0, clock, date, zlib.crc32(content), size, size, len(label), 0)
        about = struct.pack("<5H3L2H", *told)
        more = struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, place)
        body += [LOCAL, about, label, content]
        listed += [CENTRAL, b"\x14\x03", about, more, label]
        place += 30 + len(label) + size
    directory = b"".join(listed)
    counts = (0, 0, len(files), len(files), len(directory), place, 0)
    return b"".join([*body, directory, END, struct.pack("<4H2LH", *counts)])


def unpacked(content: bytes) -> dict[str, bytes]:
    """Read the files of a ZIP one after the other; refuse what could swell or lead astray."""
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    place, last = 0, ""
    while content[place : place + 4] == LOCAL and len(content) >= place + 30:
        head = content[place + 4 : place + 30]
        method, size, length = struct.unpack("<4xH8xL4xH2x", head)
        start = place + 30 + length
        label = content[place + 30 : start].decode("ascii", "backslashreplace")
        name = allowed(label, f"the file after {last}" if last else "the first file")
        if method:
            raise Broken(f"{name}: is compressed; what a dossier holds is stored")
        if name.lower() in seen:
            raise Broken(f"{name}: stands in it twice")
        seen.add(name.lower())
        place = start + size
        files[name] = content[start:place]
        last = name
    if content[place : place + 4] != CENTRAL:
        raise Broken(f"after {last}: neither another record nor the directory follows")
    return files


def allowed(name: str, where: str) -> str:
    """Return a name that a file of a dossier may have; raise Broken for any other."""
    if not NAME.fullmatch(name):
        raise Broken(f"{where}: {name!r} is no name that a file of a dossier may have")
    return name


def folder_files(folder: str) -> dict[str, bytes]:
    """Read the files of an unpacked dossier; links are not followed."""
    files: dict[str, bytes] = {}
    room = LIMIT
    for here, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = os.path.join(here, name)  # noqa: PTH118
            inside = os.path.relpath(path, folder).replace(os.sep, "/")
            if os.path.islink(path):  # noqa: PTH114
                raise Broken(f"{inside!r}: is a link")
            if name in folders:
                continue
            if not os.path.isfile(path):  # noqa: PTH113
                raise Broken(f"{inside!r}: is no plain file")
            files[allowed(inside, folder)] = content = read(path, room)
            room -= len(content)
    return files


def read(path: str, room: int = LIMIT) -> bytes:
    """Read a file; raise Broken where it cannot be, or holds more than a dossier may."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            content = file.read(room + 1)
    except OSError as error:
        raise Broken(f"{path}: cannot be read ({error.strerror})") from error
    if len(content) > room:
        raise Broken(f"{path}: more than {LIMIT >> 20} MiB")
    return content


# ── What is in it ──


class Dossier:
    """The files of a dossier, and their bytes as a ZIP where they came as one."""

    def __init__(self, files: dict[str, bytes], whole: bytes | None) -> None:
        self.files = files
        self.whole = whole
        self.read: dict[str, list[Any]] = {}

    def content(self, name: str) -> bytes:
        """Return a file; raise Broken where it is missing."""
        if name not in self.files:
            raise Broken(f"{name}: is missing")
        return self.files[name]

    def json(self, name: str) -> Any:  # noqa: ANN401 - it is JSON
        """Read a file of JSON."""
        return parsed(name, self.content(name))

    def lines(self, name: str) -> list[Any]:
        """Read a file of JSON lines, of which there may be none."""
        if name not in self.read:
            lines = self.content(name).splitlines()
            self.read[name] = [parsed(name, line) for line in lines]
        return self.read[name]

    @property
    def acts(self) -> list[Any]:
        """The acts of the case, in order."""
        return self.lines("acts.jsonl")

    @property
    def keys(self) -> list[Key]:
        """The public keys of the house, oldest first."""
        return [Key(line) for line in self.content("keys.txt").decode().splitlines()]


def parsed(name: str, content: bytes) -> Any:  # noqa: ANN401 - it is JSON
    """Read JSON; raise Broken where it is none, or says one thing twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise Broken(f"{name}: a name stands twice in one object")
        return dict(pairs)

    try:
        return json.loads(content.decode(), object_pairs_hook=once)
    except ValueError as error:
        raise Broken(f"{name}: not JSON ({error})") from error


def opened(path: str) -> Dossier:
    """Open a dossier, as one file or as the folder that it was unpacked to."""
    if os.path.isdir(path):  # noqa: PTH112
        return Dossier(folder_files(path), None)
    content = read(path)
    if not content.startswith(LOCAL):
        raise Broken(f"{path}: does not begin as a dossier does")
    return Dossier(unpacked(content), content)


def sha256(content: bytes) -> bytes:
    """Hash with SHA-256."""
    return hashlib.sha256(content).digest()


def canonical(value: object) -> bytes:
    """Write plain values as canonical JSON (RFC 8785)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


class Key:
    """A public key, as `behind keys` writes it: name, hint and key."""

    def __init__(self, line: str) -> None:
        found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})", line)
        raw = base64.b64decode(found[3]) if found else b""
        if not found or raw[:1] != b"\1" or len(raw) != 33:
            raise Broken(f"keys.txt: {line!r}: not a public key")
        self.line, self.name, self.key = line, found[1], raw[1:]
        self.hint = sha256(self.name.encode() + b"\n" + raw)[:4]
        self.fingerprint = sha256(self.key).hex()
        if self.hint.hex() != found[2]:
            raise Broken(f"keys.txt: {line!r}: the hint is not that of the key")


def signed(name: str, note: bytes, keys: list[Key]) -> str:
    """Return the text of a note that each of these keys signed, in order, and nobody else."""
    text, _, under = note.decode().rpartition("\n\n")
    lines = under.splitlines()
    if len(lines) != len(keys) or not under.endswith("\n"):
        raise Broken(f"{name}: {len(lines)} signatures, {len(keys)} expected")
    for place, key in enumerate(keys):
        found = re.fullmatch(r"\u2014 (\S+) ([A-Za-z0-9+/]+=*)", lines[place])
        raw = base64.b64decode(found[2]) if found else b""
        if not found or base64.b64encode(raw).decode() != found[2]:
            raise Broken(f"{name}: not a signature: {lines[place]!r}")
        if (found[1], raw[:4]) != (key.name, key.hint):
            raise Broken(f"{name}: not signed by {key.line}")
        if not is_signed(key.key, (text + "\n").encode(), raw[4:]):
            raise Broken(f"{name}: the signature of {key.name} is not over this text")
    return text + "\n"


# ── The parts. Each says what held, or raises Broken ──


def archive(dossier: Dossier) -> str:
    """Hold the bytes of the ZIP against the one way to pack its files."""
    if dossier.whole is None:
        return "an unpacked folder: the form of the ZIP was not looked at"
    again = packed(dossier.files, str(dossier.acts[-1]["at"]))
    if again != dossier.whole:
        pairs = enumerate(zip(again, dossier.whole))  # noqa: B905 - Python 3.8
        least = min(len(again), len(dossier.whole))
        place = next((n for n, (one, other) in pairs if one != other), least)
        begin, at = 0, "the directory at its end"
        for name, content in sorted(dossier.files.items()):
            end = begin + 30 + len(name) + len(content)
            at = f"the record of {name}" if begin <= place < end else at
            begin = end
        raise Broken(f"byte {place}, in {at}, is not as a dossier is packed")
    return f"{len(again)} bytes, packed in the one way"


def files(dossier: Dossier) -> str:
    """Hold every file against its digest, and look for files too many or too few."""
    manifest = dossier.json("manifest.json")
    if manifest["format"] != FORMAT:
        raise Broken(f"of another format: {manifest['format']!r}, not {FORMAT!r}")
    listed = manifest["sha256"]
    present = dossier.files.keys() - {"manifest.json", "seal.txt"}
    wrong = [f"{name}: is missing" for name in sorted(listed.keys() - present)]
    wrong += [
        f"{name}: is not in the manifest" for name in sorted(present - listed.keys())
    ]
    for name in sorted(present & listed.keys()):
        if sha256(dossier.files[name]).hex() != listed[name]:
            wrong.append(f"{name}: its SHA-256 is not that of the manifest")
    if wrong:
        raise Broken("; ".join(wrong[:9]))
    return f"{len(listed)}; each has the SHA-256 of the manifest, and no other is here"


def seal(dossier: Dossier) -> str:
    """Hold the manifest against what the house signed."""
    key = dossier.keys[-1]
    text = signed("seal.txt", dossier.content("seal.txt"), [key])
    manifest = dossier.content("manifest.json")
    last = dossier.acts[-1]
    told = [FORMAT, last["case"], last["digest"], sha256(manifest).hex()]
    if text != "".join(f"{line}\n" for line in told):
        raise Broken("seal.txt or manifest.json: not the manifest that was signed")
    return f"signed by {key.name}"


def keys(dossier: Dossier) -> str:
    """Follow the keys of the house, each of which hands over to the next."""
    known = dossier.keys
    for number, key in enumerate(known[1:], 2):
        name, both = f"{number:04d}.rotation", [known[number - 2], key]
        lines = signed(name, dossier.content(name), both).splitlines()
        if lines[:3] != ["standsbehind key rotation", both[0].line, key.line]:
            raise Broken(f"{name}: does not hand over from one key to the next")
    return f"{len(known)}; each after the first is signed for by the one before it"


def head(dossier: Dossier) -> tuple[int, bytes]:
    """Read the size and the root of the ledger from the checkpoint."""
    lines = dossier.content("checkpoint.txt").decode().split("\n")
    found = re.fullmatch(r"[1-9][0-9]{0,11}", lines[1])
    root = base64.b64decode(lines[2], validate=True)
    if lines[0] != "standsbehind ledger" or not found or len(root) != 32:
        raise Broken("checkpoint.txt: not the state of a ledger")
    return int(lines[1]), root


def checkpoint(dossier: Dossier) -> str:
    """Check who signed the state of the ledger."""
    size, _ = head(dossier)
    key = dossier.keys[-1]
    signed("checkpoint.txt", dossier.content("checkpoint.txt"), [key])
    return f"signed by {key.name}; entries of the ledger: {size}"


def root_from(leaf: bytes, index: int, size: int, proof: list[str]) -> bytes:
    """Climb from a leaf to the root (RFC 9162, 2.1.3.2); empty where the proof fails."""
    here, last, found = index, size - 1, leaf
    for text in proof:
        beside = bytes.fromhex(text)
        if not last:
            return b""
        if here & 1 or here == last:
            found = sha256(b"\1" + beside + found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = sha256(b"\1" + found + beside)
        here, last = here >> 1, last >> 1
    return found if not last and 0 <= index < size else b""


def entries(dossier: Dossier) -> str:
    """Lead each entry of the ledger to the root of the checkpoint."""
    size, root = head(dossier)
    places = dossier.json("entries.json")
    for place in places:
        leaf = sha256(b"\0" + dossier.content(place["file"]))
        if root_from(leaf, place["index"], size, place["proof"]) != root:
            raise Broken(
                f"{place['file']}: not an entry of the ledger of checkpoint.txt"
            )
    return f"{len(places)}; the root of checkpoint.txt holds"


def leaves(dossier: Dossier) -> dict[int, Any]:
    """Give size and root of the tree over each entry, by the entry's number."""
    places = dossier.json("entries.json")
    return {p["index"] + 1: dossier.json(p["file"])["leaves"] for p in places}


def statements(dossier: Dossier) -> str:
    """Lead each statement to its entry, and hold its citations against their ids."""
    trees = leaves(dossier)
    told = dossier.lines("statements.jsonl")
    cited = dossier.json("citations.json")
    for line in told:
        leaf, tree = line["leaf"], trees.get(line["entry"], {"size": 0, "root": ""})
        start = sha256(b"\0" + canonical(leaf))
        found = root_from(start, line["index"], tree["size"], line["proof"])
        if not found or found.hex() != tree["root"]:
            raise Broken(f"{leaf['id']}: not a line of entry {line['entry']}")
        if not cited.keys() >= set(leaf["citations"]):
            raise Broken(f"{leaf['id']}: a citation of it is missing")
    for key, fields in cited.items():
        if sha256("\x1f".join(fields).encode()).hex()[:32] != key:
            raise Broken(f"citations.json: {key}: not the citation of that id")
    return f"{len(told)}; the root of each entry holds; citations: {len(cited)}"


def acts(dossier: Dossier) -> str:
    """Follow the acts of the case, each of which names the digest of the one before it."""
    told, before = dossier.acts, {"digest": "", "at": ""}
    for number, act in enumerate(told, 1):
        rest = {name: value for name, value in act.items() if name != "digest"}
        if (act["number"], act["case"]) != (number, told[0]["case"]):
            raise Broken(
                f"act {number}: act {act['number']} of {act['case']} stands there"
            )
        if sha256(canonical(rest)).hex() != act["digest"]:
            raise Broken(f"act {number}: was changed after it was written")
        if act["previous"] != before["digest"] or act["at"] < before["at"]:
            raise Broken(f"act {number}: does not follow act {number - 1}")
        before = act
    if dossier.json("manifest.json")["case"] != before["case"]:
        raise Broken("the acts are those of another case")
    return f"{len(told)}, of case {before['case']}; each bound to the one before it"


def same(dossier: Dossier, told: list[Any], kind: str) -> int:
    """Hold what a file tells of acts against what the acts of this kind say."""
    meant = {act["number"]: act["said"] for act in dossier.acts if act["kind"] == kind}
    if {one["act"]: one["said"] for one in told} != meant or len(told) != len(meant):
        raise Broken(f"not what the acts of the kind {kind} say")
    return len(told)


def needed(dossier: Dossier, ids: set[str], whose: str) -> None:
    """Ask that statements stand in the dossier."""
    known = {line["leaf"]["id"] for line in dossier.lines("statements.jsonl")}
    if ids - known:
        raise Broken(f"{whose}: {min(ids - known)} is not in statements.jsonl")


def evidence(dossier: Dossier) -> str:
    """Look for the statements of what was added to the case."""
    added = [act for act in dossier.acts if act["kind"] == "add"]
    for act in added:
        needed(dossier, set(act["said"]["statements"]), f"act {act['number']}")
    return f"{len(added)}; with all statements that it names"


def sealed(dossier: Dossier) -> str:
    """Hold the items whose content is sealed against the acts that took them in."""
    count = same(dossier, dossier.json("sealed.json"), "add_sealed")
    return f"{count}; known by digest, their content is not here"


def replies(dossier: Dossier) -> str:
    """Hold the replies against the acts that put them on record, and against the data."""
    told = dossier.json("replies.json")
    for one in told["published"]:
        needed(dossier, set(one["statements"]), one["id"])
    count = same(dossier, told["acts"], "reply")
    return f"{count}; published before the case: {len(told['published'])}"


def catalog(dossier: Dossier) -> str:
    """Hold the text of the standard against the digest that each finding in force names."""
    names = sorted(name for name in dossier.files if name.startswith("catalog/"))
    lines = [f"{sha256(dossier.files[n]).hex()}  {n[8:]}\n" for n in names]
    digest = sha256("".join(lines).encode()).hex()
    acts = dossier.acts
    taken_back = {act["said"]["act"] for act in acts if act["kind"] == "correct"}
    last = {act["said"]["norm"]: act["number"] for act in acts if act["kind"] == "find"}
    for act in acts:
        if act["kind"] != "find" or act["said"]["standard_digest"] == digest:
            continue
        # A finding that no longer stands may be of an edition whose text is not here.
        if act["number"] in last.values() and act["number"] not in taken_back:
            raise Broken(f"act {act['number']}: found by another text than catalog/")
    return f"{len(names)} files; digest {digest}"


def findings(dossier: Dossier) -> str:
    """Hold the findings against the acts, and look for every ground among the statements."""
    told = dossier.json("findings.json")
    same(dossier, told, "find")
    decided = [act["said"] for act in dossier.acts if act["kind"] == "decide"]
    outcomes = {said["finding"]: said["outcome"] for said in decided}
    for one in told:
        whose, elements = f"finding {one['act']}", one["said"]["elements"]
        grounds = {ground for element in elements for ground in element["grounds"]}
        facts = [fact for element in elements for fact in element["facts"]]
        named = {fact["statement"] for fact in [*facts, *one["said"]["mitigating"]]}
        needed(dossier, grounds | named, whose)
        if not grounds.issuperset(one["said"]["proof"]):
            raise Broken(f"{whose}: its proof is not among its grounds")
        outcome = outcomes.get(one["act"], "proposed")
        if one["standing"] in {"proposed", "made", "not made"} - {outcome}:
            raise Broken(
                f"{whose}: stands as {one['standing']}, the acts say {outcome}"
            )
    return f"{len(told)}; with all grounds that they name"


PARTS: dict[str, Callable[[Dossier], str]] = {
    part.__name__: part
    for part in (
        *(archive, files, keys, seal, checkpoint, entries, statements, acts, evidence),
        *(sealed, replies, catalog, findings),
    )
}


def check(dossier: Dossier) -> Iterator[tuple[str, bool, str]]:
    """Check every part: its name, whether it holds, and what held or why it does not."""
    for name, part in PARTS.items():
        try:
            yield name, True, part(dossier)
        except Broken as error:
            yield name, False, str(error)
        except Exception as error:  # noqa: BLE001 - a stranger's file may be broken in any way
            yield name, False, f"cannot be read ({type(error).__name__}: {error})"


def key_of(dossier: Dossier, wanted: str) -> Iterator[tuple[str, bool, str]]:
    """Name the key that sealed it, and hold it against the one that is wanted, if any."""
    try:
        last = dossier.keys[-1]
    except (Broken, ValueError, IndexError) as error:
        yield "key", False, f"keys.txt: {error}"
        return
    is_it = re.sub(r"[\s:]", "", wanted) in {last.line, last.fingerprint, ""}
    yield "key", is_it, last.line if is_it else f"{last.line} is not the one given"
    yield "fingerprint", True, " ".join(re.findall("....", last.fingerprint))


def item_of(dossier: Dossier, path: str, salt: str) -> tuple[str, bool, str]:
    """Say whether a file is an item whose content was sealed, and by which act."""
    try:
        digest = sha256(bytes.fromhex(salt) + read(path)).hex()
        for act in dossier.acts:
            if act["kind"] == "add_sealed" and act["said"]["digest"] == digest:
                return "item", True, f"{path} is what act {act['number']} sealed"
    except (Broken, ValueError, KeyError, TypeError) as error:
        return "item", False, str(error)
    return "item", False, f"{path}: with this salt, no item that the case sealed"


def results(
    path: str, key: str = "", item: str = "", salt: str = ""
) -> Iterator[tuple[str, bool, str]]:
    """Check a dossier, and what was asked beside it: each part, whether it holds, and why."""
    for name, holds, said in asked(path, key, item, salt):
        # What is told may quote a stranger's text: it stays on its line, in plain letters.
        safe = re.sub(r"[^ -~]", lambda found: ascii(found[0])[1:-1], said)
        yield name, holds, safe


def asked(path: str, key: str, item: str, salt: str) -> Iterator[tuple[str, bool, str]]:
    """Check every part, then the key and the item."""
    try:
        dossier = opened(path)
    except Broken as error:
        yield "archive", False, str(error)
        return
    yield from check(dossier)
    yield from key_of(dossier, key)
    if item:
        yield item_of(dossier, item, salt)


def main(arguments: list[str]) -> int:
    """Print what was found of each part; return 0 where all of them hold, else 1."""
    path = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    options: dict[str, str] = {}
    while arguments:
        one = arguments.pop(0)
        if one in {"--key", "--item", "--salt"} and arguments:
            options[one[2:]] = arguments.pop(0)
        elif one.startswith("-"):
            sys.stdout.write(str(__doc__))
            return 1
        else:
            path = one
    failed = 0
    for name, holds, said in results(path, **options):
        failed += not holds
        sys.stdout.write(f"{'ok    ' if holds else 'FAILED'}  {name:<11}  {said}\n")
    if failed:
        sys.stdout.write(f"{failed} failed: do not rely on this file\n")
    else:
        sys.stdout.write(
            "all parts hold; compare the key with one got in another way\n"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
