"""Procurement: how sources of awards link a public buyer to what it bought.

An award runs from a contract to its supplier and has no end for the buyer, so the buyer is
linked to the contract. All sources say it in the same words, and look alike in a trace.
"""

from standsbehind.connectors.context import Draft, Pull
from standsbehind.model.citation import Citation

__all__ = ["BOUGHT", "linked", "won"]

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


def won(
    pull: Pull,
    *key: str,
    supplier: Draft,
    contract: Draft,
    citation: Citation,
    instead: str = "",
) -> Draft:
    """Link a supplier to what it won, as an award.

    What was not won in the end must not look like an award: it is a link in the words of
    `instead`, under the same id, so that it takes the award's place.
    """
    if instead:
        ends = {"subject": supplier, "target": contract}
        return linked(pull, *key, **ends, role=instead, citation=citation)
    award = pull.draft("ContractAward", *key, citation=citation)
    award.add("supplier", supplier.id)
    award.add("contract", contract.id)
    return award
