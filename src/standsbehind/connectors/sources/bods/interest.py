"""Interests: what a party holds in an entity, as links that say no more than the source."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from standsbehind.connectors.context import Quarantined, Unread
from standsbehind.connectors.sources.bods.node import Node
from standsbehind.connectors.sources.bods.party import words_of
from standsbehind.connectors.sources.bods.share import share_of
from standsbehind.connectors.sources.bods.statement import day_in
from standsbehind.errors import SourceError
from standsbehind.model.dates import PartialDate, earliest, latest
from standsbehind.model.share import Share

__all__ = ["ENDS", "Interest", "interests_of"]

ENDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "Ownership": ("owner", "asset"),
        "Directorship": ("director", "organization"),
        "Control": ("controller", "controlled"),
        "UnknownLink": ("subject", "object"),
    }
)
"""The properties that hold the party and the entity of each kind of link."""

SHARES: Mapping[str, str] = MappingProxyType(
    {"shareholding": "capital", "voting rights": "voting rights"}
)
"""Of what an `Ownership` is a share: the two are never added up."""

_SCHEMATA: Mapping[str, str] = MappingProxyType(
    {
        "shareholding": "Ownership",
        "voting rights": "Ownership",
        "board member": "Directorship",
        "board chair": "Directorship",
        "senior managing official": "Directorship",
        "control via company rules or articles": "Control",
        "control by legal framework": "Control",
    }
)
_OTHER = frozenset(
    {
        "appointment of board",
        "beneficiary of legal arrangement",
        "beneficiary of trust",
        "conditional rights granted by contract",
        "enjoyment and use of assets",
        "influence or control",
        "nominator",
        "nominee",
        "other influence or control",
        "other influence or control of trust",
        "protector",
        "protector of trust",
        "right to profit or income from assets",
        "rights granted by contract",
        "rights to profit or income",
        "rights to surplus assets",
        "rights to surplus assets on dissolution",
        "settlor",
        "settlor of trust",
        "trustee",
        "trustee of trust",
        "unknown interest",
        "unpublished interest",
    }
)
"""Interests that are neither a share nor an office: the standard's words are the link's role."""

_NOT_STATED = "an interest whose type is not stated"
_DIRECTNESS: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "direct": "",
        "indirect": "indirect",
        "unknown": "not known whether direct or indirect",
    }
)


@dataclass(frozen=True, slots=True)
class Interest:
    """One interest as it is stated."""

    kind: str
    """The standard's type, in words."""
    number: int
    """Which of the relationship's interests of that type it is, from 1."""
    directness: str
    """`direct`, `indirect`, `unknown`, or blank where it is not stated."""
    is_beneficial: bool | None
    share: Share
    start: PartialDate | None
    end: PartialDate | None
    details: str

    @property
    def schema(self) -> str:
        """Return the kind of link that it is."""
        return _SCHEMATA.get(self.kind, "UnknownLink")

    @property
    def role(self) -> str:
        """Say what is held, whether indirectly, and whether it counts as beneficial."""
        said = (
            _DIRECTNESS[self.directness],
            "beneficial ownership or control" if self.is_beneficial else "",
        )
        more = "; ".join(filter(None, said))
        return f"{self.kind} ({more})" if more else self.kind


def interests_of(node: Node) -> Iterator[Interest | Quarantined | Unread]:
    """Read the interests of a relationship; one that states none is still a link.

    An interest whose share is none, or that ends before it starts, is set aside alone.
    """
    given = node.nodes("interests")
    counts: Counter[str] = Counter()
    for place, one in sorted(enumerate(given, 1), key=lambda pair: _order(pair[1])):
        try:
            interest, odd = _interest(one, counts)
        except SourceError as error:
            one.cells.clear()
            yield Quarantined(f"{node.locator} / interest {place}", str(error))
            continue
        yield from odd
        yield interest
    if not given:
        nothing = Share(None, None)
        yield Interest(_NOT_STATED, 1, "", None, nothing, None, None, "")


def _order(node: Node) -> tuple[str, str]:
    """Order interests by what they say: the order in the file says nothing."""
    return str(node.cells.get("type")), repr(sorted(node.cells.items()))


def _interest(node: Node, counts: Counter[str]) -> tuple[Interest, Sequence[Unread]]:
    kind = words_of(node.text("type")) or _NOT_STATED
    odd = []
    if kind not in _SCHEMATA.keys() | _OTHER | {_NOT_STATED}:
        odd.append(Unread(node.locator, f"type of interest {kind!r}"))
    level = node.text("interestLevel")
    directness = node.text("directOrIndirect") or level
    if directness not in _DIRECTNESS:
        odd.append(Unread(node.locator, f"directness {directness!r}"))
        directness = "unknown"
    start, unread = day_in(node, "startDate")
    end, unread_end = day_in(node, "endDate")
    if start and end and latest(end) < earliest(start):
        message = f"starts on {start} and ends on {end}"
        raise SourceError(message)
    share = share_of(node.node("share"))
    is_beneficial = node.flag("beneficialOwnershipOrControl")
    details = node.text("details")
    counts[kind] += 1
    interest = Interest(
        kind, counts[kind], directness, is_beneficial, share, start, end, details
    )
    return interest, [*odd, *unread, *unread_end]
