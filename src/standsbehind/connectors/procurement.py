"""Procurement: how sources of awards link a public buyer to what it bought.

An award runs from a contract to its supplier and has no end for the buyer, so the buyer is
linked to the contract. All sources say it in the same words, and look alike in a trace.
"""

from standsbehind.connectors.context import Draft, Pull
from standsbehind.model.citation import Citation

__all__ = ["BOUGHT", "linked"]

BOUGHT = "bought, as contracting authority"


def linked(
    pull: Pull,
    *key: str,
    subject: Draft,
    target: Draft,
    role: str,
    citation: Citation,
) -> Draft:
    """Link one party to another, or to what was bought, in the words of `role`."""
    link = pull.draft("UnknownLink", *key, citation=citation)
    link.add("subject", subject.id)
    link.add("object", target.id)
    link.add("role", role)
    return link
