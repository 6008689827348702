"""A dossier: one case with its evidence and proofs, signed, for a stranger to check offline."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

import pyarrow.compute as pc

from standsbehind.errors import EvidenceError
from standsbehind.ledger.ledger import Ledger
from standsbehind.publishing.home import Home
from standsbehind.publishing.proofs import (
    Line,
    as_json,
    cited_by,
    key_files,
    parts_of_citations,
    prove_entries,
    proven,
    texts,
)
from standsbehind.publishing.verify_dossier import FORMAT, packed

__all__ = ["Told", "lines_known", "seal"]

README = """\
What this is
  The dossier of case {case}, sealed at its last act ({at}): what the standard finds, on which
  statements, what the subject replies, and who did what. Begin with dossier.html.

How to check it, without the program that made it and without a network
  python3 verify.py dossier.zip       (the file as it was sent), or
  python3 verify.py                   (inside the unpacked folder)
  It needs Python 3.8 and nothing else. Read it first, or take it from somebody you trust: a
  forger would have changed it too. It prints one line for each part, and leaves with 0 or 1.

What a check proves
  - Not one byte here has changed since {signer} signed seal.txt.
  - Each statement is a line of the ledger of checkpoint.txt, in the entry that it names.
  - The acts of the case are all there up to the last, in order, and none was exchanged.
  - Each ground of a finding is among the statements; findings and replies are what the acts
    say; the text of the standard in catalog/ is the one that the findings were made by.

What it does not prove
  - That a statement is true, or that a page was genuine when it was read.
  - That a date is right: it is what the recording machine's clock said.
  - That the same case was told to everybody: compare seal.txt with one that somebody else has.
  - Who holds the key in keys.txt. Compare it with one that you got in another way.

What is not here
  - The content of sealed items: only the digest of each. Documents and copies of sources: the
    acts and citations name each by its SHA-256.
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a case says, and the lines of the ledger that it rests on."""

    case: str
    at: str
    """When the last act was done: ISO time in UTC, to the second."""
    head: str
    """Digest of the last act."""
    files: Mapping[str, bytes]
    lines: tuple[Line, ...]
    size: int
    """How many entries of the ledger were known when it was last looked at."""


def lines_known(ledger: Ledger, wanted: Mapping[int, Collection[str]]) -> list[Line]:
    """Return the lines of statements that were in force when the ledger had so many entries.

    `wanted` gives the ids of statements by that number. Raises EvidenceError where the
    ledger does not hold one.
    """
    found: dict[tuple[int, str], Line] = {}
    for size, ids in sorted(wanted.items()):
        live = ledger.up_to(size).live()
        lines = live.filter(pc.is_in(live["id"], value_set=texts(ids))).to_pylist()
        if lost := set(ids) - {line["id"] for line in lines}:
            message = (
                f"{min(lost)}: not a statement in force in the first {size} entries of "
                f"{ledger.folder}; the case is of another data folder"
            )
            raise EvidenceError(message)
        found |= {(line["seq"], line["id"]): line for line in lines}
    return [found[key] for key in sorted(found)]


def seal(home: Home, told: Told) -> bytes:
    """Pack what a case says with its proofs, and sign it with the key in use, which there is.

    The same case, ledger and key give the same bytes.
    """
    signer = home.keys.verifiers()[-1].name
    ledger = home.ledger.up_to(told.size)
    entries = ledger.entries()
    used = {seq: entries[seq - 1] for seq in sorted({n["seq"] for n in told.lines})}
    readme = README.format(case=told.case, at=told.at, signer=signer)
    files = {
        **told.files,
        "README.txt": readme.encode(),
        "verify.py": _script(),
        "checkpoint.txt": home.keys.checkpoint(ledger.tree_head()),
        "statements.jsonl": proven(used, told.lines),
        "citations.json": parts_of_citations(cited_by(ledger, told.lines)),
        **prove_entries(used, ledger.entry_leaves()),
        **key_files(home.keys),
    }
    digests = {name: sha256(files[name]).hexdigest() for name in sorted(files)}
    manifest = as_json({"format": FORMAT, "case": told.case, "sha256": digests})
    signed = (FORMAT, told.case, told.head, sha256(manifest).hexdigest())
    files["manifest.json"] = manifest
    files["seal.txt"] = home.keys.sign("".join(f"{line}\n" for line in signed))
    return packed(files, told.at)


def _script() -> bytes:
    package = resources.files("standsbehind.publishing")
    return (package / "verify_dossier.py").read_bytes()
