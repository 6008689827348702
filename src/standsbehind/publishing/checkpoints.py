"""Checkpoints that were kept elsewhere: whether the ledger still begins with what they say."""

from pathlib import Path

from standsbehind.errors import BehindError, EvidenceError, UsageError
from standsbehind.ledger.ledger import TreeHead
from standsbehind.ledger.merkle import root_of
from standsbehind.ledger.notes import read_checkpoint, signers
from standsbehind.publishing.home import Home

__all__ = ["read_kept"]


def read_kept(home: Home, path: Path) -> TreeHead:
    """Read a checkpoint that somebody kept, and hold it against the ledger of today.

    Raises UsageError where the file is none, EvidenceError where no key of this folder
    signed it, or where the ledger does not begin with what it says.
    """
    try:
        text, found = signers(path.read_bytes(), home.keys.verifiers())
        head = read_checkpoint(text)
    except (OSError, BehindError) as error:
        message = f"{path}: not a checkpoint of a ledger ({error})"
        raise UsageError(message) from error
    if not found:
        message = (
            f"{path}: signed by no key of {home.keys.folder}; it is another house's"
        )
        raise EvidenceError(message)
    leaves = home.ledger.entry_leaves()
    if (
        not 0 < head.size <= len(leaves)
        or root_of(leaves[: head.size]).hex() != head.root
    ):
        message = (
            f"{path}: {home.ledger.folder} does not begin with what was signed here: an "
            "entry was changed or taken out since, or it is another ledger"
        )
        raise EvidenceError(message)
    return head
