"""BODS: who holds, controls and directs whom, as the Beneficial Ownership Data Standard 0.4 has it.

Of every entity with such a link one record, then one of every link: a reader needs nothing that
comes later. No more is said than the sources do: an interest is "direct" only where that is stated,
and a share keeps its bounds.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from standsbehind.connectors.countries import country_name
from standsbehind.graph.holdings import (
    ABOVE,
    ACCOUNTS,
    BELOW,
    CAPITAL,
    CONTROL,
    INDIRECT,
    NOT_STATED,
    ODD,
    RELATED,
    UNSTATED,
    VOTES,
    WHOLE,
)
from standsbehind.graph.reader import Reader
from standsbehind.model.citation import Citation
from standsbehind.model.entity import Entity
from standsbehind.model.schema import is_a
from standsbehind.model.statement import Status
from standsbehind.reports.exports.graphs import in_a_line
from standsbehind.reports.exports.walked import Link, links

__all__ = ["bods"]

Json = dict[str, Any]

_TYPES: Mapping[int, str] = {
    CAPITAL: "shareholding",
    UNSTATED: "shareholding",
    VOTES: "votingRights",
    CONTROL: "otherInfluenceOrControl",
    ACCOUNTS: "otherInfluenceOrControl",
    RELATED: "unknownInterest",
}
"""By what the link states; anything else is an unknown interest, and its role is told."""
_ENTITIES = (
    ("PublicBody", "stateBody"),
    ("Company", "registeredEntity"),
    ("LegalEntity", "legalEntity"),
)
_IDENTIFIERS = {
    "leiCode": ("XI-LEI", "Global Legal Entity Identifier Index"),
    "uscCode": ("CN-SAIC", "Unified Social Credit Code"),
    "ogrnCode": ("RU-OGRN", "Primary State Registration Number"),
    "registrationNumber": ("", "number of a register that the source does not name"),
    "taxNumber": ("", "tax number"),
}
"""Schemes of org-id.guide, where the property says which one it is."""


def bods(reader: Reader, day: date | None = None) -> Iterator[str]:
    """Write the statements as one JSON array, a line each."""
    written = _Statements(reader)
    before = "["
    for statement in written.all(day):
        yield before + "\n" + orjson.dumps(statement).decode()
        before = ","
    yield "\n]\n" if before == "," else "[]\n"


@dataclass(frozen=True)
class _Statements:
    reader: Reader

    def all(self, day: date | None) -> Iterator[Json]:
        """Give the records of the entities, then those of the links between them."""
        told: set[str] = set()
        for link in self._links(day):
            for key in (link.source, link.target):
                if key not in told:
                    told.add(key)
                    yield self._party(key)
        for link in self._links(day):
            yield self._relationship(link)

    def _links(self, day: date | None) -> Iterator[Link]:
        for link in links(self.reader, day):
            is_interest = len(self._rows(link)) or link.edge.schema == "Directorship"
            ends = (link.source, link.target)
            if is_interest and all(is_a(self._schema(e), "LegalEntity") for e in ends):
                yield link

    def _schema(self, key: str) -> str:
        return str(self.reader.entities[key]["schema"])

    @cached_property
    def _by_link(self) -> NDArray[np.int64]:
        """The rows of the holdings in the order of the links that they come from."""
        return np.argsort(self.reader.holdings.edge, kind="stable")

    def _rows(self, link: Link) -> list[int]:
        edges = self.reader.holdings.edge
        bounds = [link.number, link.number + 1]
        start, stop = np.searchsorted(edges, bounds, sorter=self._by_link).tolist()
        rows: list[int] = self._by_link[start:stop].tolist()
        return rows

    def _party(self, key: str) -> Json:
        entity = self.reader.entity(key)
        citations = self._citations(key)
        is_person = is_a(entity.schema, "Person")
        details = _person(entity) if is_person else _entity(entity)
        kind = "person" if is_person else "entity"
        return self._statement(
            key, kind, key, details, _source(citations, Status.OFFICIAL)
        )

    def _citations(self, key: str) -> Sequence[Citation]:
        claims = self.reader.claims([key])[key]
        cited = {c.id: c for claim in claims for c in claim.citations}
        return tuple(cited.values())

    def _relationship(self, link: Link) -> Json:
        details = {
            "isComponent": False,
            "subject": link.target,
            "interestedParty": link.source,
            "interests": list(self._interests(link)),
        }
        record = f"{link.edge.id} {link.number}"
        source = _source(link.edge.citations, link.edge.status)
        return self._statement(record, "relationship", link.target, details, source)

    def _interests(self, link: Link) -> Iterator[Json]:
        entity = self.reader.entity(link.edge.id)
        rows = self._rows(link)
        if not rows:
            yield _interest("boardMember", link, entity)
        holdings = self.reader.holdings
        for row in rows:
            kind = _TYPES.get(int(holdings.kind[row]), "unknownInterest")
            interest = _interest(kind, link, entity)
            flags = int(holdings.flags[row])
            if flags & INDIRECT:
                interest["directOrIndirect"] = "indirect"
            is_stated = not flags & (NOT_STATED | ODD)
            if kind in {"shareholding", "votingRights"} and is_stated:
                bounds = int(holdings.lower[row]), int(holdings.upper[row])
                interest["share"] = _share(*bounds, flags)
            yield interest

    def _statement(
        self, record: str, kind: str, subject: str, details: Json, source: Json
    ) -> Json:
        snapshot = self.reader.snapshot
        digest = hashlib.sha256(f"{snapshot.id}\n{record}".encode()).hexdigest()
        made = str(snapshot.manifest["known_on"])[:10]
        return {
            "statementId": digest,
            "statementDate": made,
            "publicationDetails": {
                "publicationDate": made,
                "bodsVersion": "0.4",
                "publisher": {"name": "standsbehind"},
            },
            "source": source,
            "declarationSubject": subject,
            "recordId": record,
            "recordType": kind,
            "recordStatus": "new",
            "recordDetails": details,
        }


def _entity(entity: Entity) -> Json:
    kinds = (kind for schema, kind in _ENTITIES if is_a(entity.schema, schema))
    names = dict.fromkeys((*entity.get("name"), *entity.get("alias")))
    name, *others = (*names, "")
    found: Json = {
        "isComponent": False,
        "entityType": {"type": next(kinds, "unknownEntity"), "details": entity.schema},
        "name": name,
        "alternateNames": [other for other in others if other],
        "identifiers": [
            {"id": value, "schemeName": title} | ({"scheme": scheme} if scheme else {})
            for prop, (scheme, title) in _IDENTIFIERS.items()
            for value in entity.get(prop)
        ],
    }
    code = entity.first("jurisdiction") or entity.first("country")
    if code:
        found["jurisdiction"] = {"name": country_name(code), "code": code.upper()}
    for prop, name in (("incorporationDate", "foundingDate"), ("dissolutionDate",) * 2):
        if _is_day(value := entity.first(prop)):
            found[name] = value
    return found


def _person(entity: Entity) -> Json:
    """Tell a person by name alone: what else a list says of people is not carried further."""
    names = dict.fromkeys((*entity.get("name"), *entity.get("alias")))
    return {
        "isComponent": False,
        "personType": "knownPerson",
        "names": [
            {"type": "alternative" if turn else "legal", "fullName": name}
            for turn, name in enumerate(names)
        ],
    }


def _interest(kind: str, link: Link, entity: Entity) -> Json:
    stated = entity.get("ownershipType")
    found: Json = {
        "type": kind,
        "directOrIndirect": "direct" if "direct" in stated else "unknown",
        "beneficialOwnershipOrControl": "beneficial" in stated,
        "details": "; ".join(filter(None, (link.edge.role, link.edge.amount))),
    }
    days = (link.edge.interval.start, link.edge.interval.end)
    for name, day in zip(("startDate", "endDate"), days, strict=True):
        if _is_day(day):
            found[name] = day
        elif day:
            found["details"] += f"; {name}: {day}"
    return found


def _share(lower: int, upper: int, flags: int) -> Json:
    least, most = (bound * 100 / WHOLE for bound in (lower, upper))
    if lower == upper:
        return {"exact": least}
    return {
        "exclusiveMinimum" if flags & ABOVE else "minimum": least,
        "exclusiveMaximum" if flags & BELOW else "maximum": most,
    }


def _source(citations: Sequence[Citation], voice: Status) -> Json:
    """Name the first source as the standard does, and all in words."""
    kind = "selfDeclaration" if voice is Status.COMPANY else "thirdParty"
    found: Json = {"type": [kind], "description": in_a_line(citations)}
    if citations:
        first = citations[0]
        found["assertedBy"] = [{"name": first.publisher or first.source}]
        if first.url.startswith(("http://", "https://")):
            found["url"] = first.url
        if _is_day(first.retrieved):
            found["retrievedAt"] = first.retrieved
    return found


def _is_day(text: str | None) -> bool:
    return text is not None and len(text) == len("2020-04-29")
