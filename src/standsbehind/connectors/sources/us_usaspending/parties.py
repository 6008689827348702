"""Who bought and who received: agencies by code, recipients by their unique entity id."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from standsbehind.connectors.context import Draft, Pull, Reading
from standsbehind.connectors.countries import from_alpha3
from standsbehind.connectors.procurement import linked
from standsbehind.connectors.sources.us_usaspending.rows import Action
from standsbehind.connectors.stated import Gathered
from standsbehind.model.citation import Citation
from standsbehind.model.statement import Status

__all__ = ["Parties", "why_not_read"]

_LEVELS = {
    "office": "is an office of",
    "sub_agency": "is a sub-agency of",
    "agency": "",
}
"""From the one that signs up, each with how it stands to the next."""
_PARENT = "reports as its parent"
_NOBODY = (
    "REDACTED DUE TO PII",
    "MULTIPLE RECIPIENTS",
    "MULTIPLE FOREIGN RECIPIENTS",
    "MISCELLANEOUS FOREIGN AWARDEES",
    "MISCELLANEOUS FOREIGN CONTRACTORS",
    "DOMESTIC AWARDEES (UNDISCLOSED)",
    "FOREIGN AWARDEES (UNDISCLOSED)",
)
_ONE_PERSON = frozenset({"INDIVIDUAL", "INDIVIDUALS"})
_TRUE = frozenset({"t", "true", "y", "yes", "1"})


def why_not_read(action: Action) -> str:
    """Say why a recipient is not read; blank where it is."""
    name = action.text("recipient_name").upper()
    if not name:
        return "no recipient is named"
    label = next((label for label in _NOBODY if name.startswith(label)), "")
    if label or name in _ONE_PERSON:
        return f"the recipient is not named ({label or 'individual'})"
    is_sole = action.text("sole_proprietorship").lower() in _TRUE
    if is_sole or action.text("organizational_type").upper() == "SOLE PROPRIETORSHIP":
        return "the recipient is a sole proprietor: a natural person, who is not read"
    return ""


@dataclass(slots=True)
class Parties:
    """All agencies and recipients of a pull, and how they stand to each other."""

    pull: Pull
    gathered: Gathered
    links: dict[tuple[str, str, str], dict[Citation, None]] = field(
        default_factory=dict
    )
    """Who names whom, and in what words."""
    drafts: dict[str, Draft] = field(default_factory=dict)

    def recipient(self, action: Action) -> Draft:
        """Give the recipient of an action, and note the parent that it reports."""
        uei = action.text("recipient_uei")
        award = action.text("contract_award_unique_key")
        key = (
            ("recipient", uei)
            if uei
            else ("recipient", award, action.text("recipient_name"))
        )
        firm, stated = self.gathered.entity(
            "Organization", *key, citation=action.citation
        )
        cited = action.citation
        stated.add(cited, "name", action.text("recipient_name"))
        stated.add(cited, "alias", action.text("recipient_doing_business_as_name"))
        stated.add(cited, "uniqueEntityId", uei)
        stated.add(cited, "cageCode", action.text("cage_code"))
        stated.add(cited, "address", _address(action))
        country = from_alpha3(action.text("recipient_country_code"))
        stated.add_country(
            cited, "country", country or action.text("recipient_country_name")
        )
        self._note_parent(action, firm)
        return firm

    def _note_parent(self, action: Action, firm: Draft) -> None:
        name, uei = (
            action.text("recipient_parent_name"),
            action.text("recipient_parent_uei"),
        )
        if not name or not uei or uei == action.text("recipient_uei"):
            return
        cited = action.citation
        parent, stated = self.gathered.entity(
            "Organization", "recipient", uei, citation=cited
        )
        stated.add(cited, "name", name)
        stated.add(cited, "uniqueEntityId", uei)
        self._note(firm, _PARENT, parent, cited)

    def agency(self, action: Action, doing: str) -> Draft | None:
        """Give the office that awarded or funded, else what it stands below."""
        held: list[tuple[Draft, str]] = []
        for level, words in _LEVELS.items():
            code = action.text(f"{doing}_{level}_code")
            name = action.text(f"{doing}_{level}_name")
            if not code or not name:
                continue
            body, stated = self.gathered.entity(
                "PublicBody", level, code, citation=action.citation
            )
            stated.add(action.citation, "name", name)
            stated.add(action.citation, "idNumber", code)
            if held:
                below, how = held[-1]
                self._note(below, how, body, action.citation)
            held.append((body, words))
        return held[0][0] if held else None

    def _note(self, who: Draft, words: str, whom: Draft, cited: Citation) -> None:
        self.drafts.update({who.id: who, whom.id: whom})
        self.links.setdefault((who.id, words, whom.id), {})[cited] = None

    def tell(self) -> Iterator[Reading]:
        """Give all agencies and recipients, and the links between them."""
        yield from self.gathered.tell()
        for (who, words, whom), citations in self.links.items():
            cited = tuple(citations)
            link = linked(
                self.pull,
                *("link", who, words, whom),
                subject=self.drafts[who],
                target=self.drafts[whom],
                role=words,
                citation=cited[0],
            )
            status = Status.COMPANY if words == _PARENT else Status.OFFICIAL
            yield _voiced(link, cited, status)


def _voiced(link: Draft, cited: tuple[Citation, ...], status: Status) -> Draft:
    """Cite a link to all places that state it, in the voice of who states it."""
    told = [claim.statement for claim in link.claims]
    link.claims.clear()
    for statement in told:
        link.add(statement.prop, statement.value, status=status, citations=cited)
    return link


def _address(action: Action) -> str:
    lines = (
        "recipient_address_line_1",
        "recipient_address_line_2",
        "recipient_city_name",
        "recipient_state_code",
        "recipient_zip_4_code",
    )
    return ", ".join(filter(None, (action.text(line) for line in lines)))
