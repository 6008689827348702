"""Check a bundle of evidence with no more than Python and the package `cryptography`.

    python verify_bundle.py bundle.zip

This file travels in every bundle. It shares no code with the program that made the bundle.
"""

import base64
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["check", "checks", "sha256", "unpacked", "written"]

LIMIT = 1 << 30
"""Bytes that a bundle may unpack to; ours are stored, so this bounds the file itself."""


def sha256(content: bytes) -> bytes:
    """Hash with SHA-256."""
    return hashlib.sha256(content).digest()


def climb(
    first: bytes, here: int, last: int, proof: list[bytes]
) -> tuple[bytes, bytes]:
    """Climb to the old and the new root (RFC 9162, 2.1.3.2 and 2.1.4.2); empty if it fails."""
    old = new = first
    for beside in proof:
        if last == 0:
            return b"", b""
        if here & 1 or here == last:
            old, new = (sha256(b"\x01" + beside + below) for below in (old, new))
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = sha256(b"\x01" + new + beside)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else (b"", b"")


def root_from(leaf: bytes, index: int, size: int, proof: list[str]) -> bytes:
    """Climb from a leaf to the root; empty where the proof fails."""
    return climb(leaf, index, size - 1, [bytes.fromhex(text) for text in proof])[1]


def grew(old: tuple[int, bytes], new: tuple[int, bytes], proof: list[str]) -> bool:
    """Check that the log of one size and root begins with that of another."""
    if old[0] >= new[0] or old[0] <= 0:
        return old == new
    path = [old[1]] if old[0] & (old[0] - 1) == 0 else []
    path += [bytes.fromhex(text) for text in proof]
    here, last = old[0] - 1, new[0] - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    return bool(path) and climb(path[0], here, last, path[1:]) == (old[1], new[1])


def head_of(checkpoint: bytes) -> tuple[int, bytes]:
    """Read how many entries the log of a checkpoint has, and their root."""
    lines = checkpoint.decode().splitlines()
    return int(lines[1]), base64.b64decode(lines[2])


def written(files: dict[str, bytes]) -> bytes:
    """Write files as a bundle is written: stored, in order, no times. One way, no slack."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o644 << 16
            packed.writestr(info, files[name])
    return out.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """Read a bundle, and refuse one whose bytes are not the one way to write its files."""
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > LIMIT:
            raise ValueError("unpacks to more than 1 GiB")
        files = {name: packed.read(name) for name in packed.namelist()}
    if written(files) != content:
        raise ValueError("its bytes are not as a bundle is written")
    return files


def public_keys(text: str) -> dict[tuple[str, bytes], bytes]:
    """Read lines of `name+hint+key` into keys by name and hint."""
    found = {}
    for line in text.split():
        name, _, rest = line.partition("+")
        key = base64.b64decode(rest.partition("+")[2])[1:]
        hint = sha256(name.encode() + b"\n\x01" + key)[:4]
        found[name, hint] = key
    return found


def signer_of(note: bytes, keys: dict[tuple[str, bytes], bytes]) -> str:
    """Name who signed a note; raise where a signature is not by a key of the bundle."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    text, _, under = note.decode().rpartition("\n\n")
    names = []
    for line in under.splitlines():
        _, name, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        key = Ed25519PublicKey.from_public_bytes(keys[name, signature[:4]])
        key.verify(signature[4:], (text + "\n").encode())
        names.append(name)
    return ", ".join(names)


def checks(files: dict[str, bytes]) -> Iterator[tuple[str, bool]]:
    """Give every check as a name and whether it held."""
    digests = json.loads(files["manifest.json"])["sha256"]
    yield "manifest.json", digests.keys() | {"manifest.json"} == files.keys()
    for name, digest in digests.items():
        yield name, sha256(files[name]).hex() == digest
    size, root = head_of(files["checkpoint.txt"])
    if "since.txt" in files:
        proof = json.loads(files["consistency.json"])
        yield "since.txt", grew(head_of(files["since.txt"]), (size, root), proof)
    entries: dict[int, Any] = {}
    for place in json.loads(files["entries.json"]):
        name = place["file"]
        leaf = sha256(b"\x00" + files[name])
        held = root_from(leaf, place["index"], size, place["proof"]) == root
        yield name, held
        entries[place["index"] + 1] = json.loads(files[name]) if held else {}
    citations = json.loads(files["citations.json"])
    for key, fields in citations.items():
        yield (
            f"citations.json: {key}",
            sha256("\x1f".join(fields).encode()).hex()[:32] == key,
        )
    for line in files["statements.jsonl"].splitlines():
        told = json.loads(line)
        text = json.dumps(
            told["leaf"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        leaves = entries[told["entry"]].get("leaves", {"size": 0, "root": ""})
        found = root_from(
            sha256(b"\x00" + text.encode()),
            told["index"],
            leaves["size"],
            told["proof"],
        )
        cited = all(key in citations for key in told["leaf"]["citations"])
        yield (
            f"statements.jsonl: {told['leaf']['id']}",
            found.hex() == leaves["root"] != "" and cited,
        )
    for name, content in files.items():
        if name.startswith("copies/"):
            yield name, sha256(content).hex() == name.removeprefix("copies/")


def check(path: Path) -> tuple[int, list[str], str]:
    """Check a bundle: how many checks, which failed, and who signed ("" for nobody)."""
    made, failed, signer = 0, [], ""
    try:
        files = unpacked(path)
        for name, held in checks(files):
            made += 1
            if not held:
                failed.append(f"{path}: {name}: not what the ledger holds")
        signer = signer_of(
            files["checkpoint.txt"], public_keys(files["keys.txt"].decode())
        )
        for name in files:
            if name.endswith(".rotation") or name == "since.txt":
                signer_of(files[name], public_keys(files["keys.txt"].decode()))
    except Exception as error:  # noqa: BLE001 - a stranger's file may be broken in any way
        failed.append(f"{path}: {type(error).__name__}: {error}")
    return made, failed, signer


if __name__ == "__main__":
    made, failed, signer = check(Path(sys.argv[1]))
    sys.stdout.write(
        "\n".join([*failed, f"{made} checks made, {len(failed)} failed"]) + "\n"
    )
    sys.stdout.write(
        f"signed by: {signer or 'nobody: whoever made it could make another'}\n"
    )
    sys.exit(3 if failed else 0)
