"""Judged: what people judged of two records, as statements of a data set like any other.

The log of judgements is the source, and each judgement in it a copy that the statements cite.
So a judged link is traced, proven, dated and withdrawn as any link is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson

from standsbehind.connectors.context import Copy, Draft
from standsbehind.connectors.dataset import Dataset, Expectations, Part
from standsbehind.model.citation import Citation, digest_of
from standsbehind.model.dates import PartialDate
from standsbehind.model.statement import Claim, Status
from standsbehind.resolution.judgements import Judgement, Linked

__all__ = ["JUDGED", "JUDGEMENT", "ROLES", "Told", "describe_judged", "told_by"]

JUDGED = "judged"
"""The id of the data set."""
JUDGEMENT = "Judgement"
"""The type of the entity that stands for a judgement."""

ROLES: Mapping[Linked, str] = {
    "same_brand": "same brand, separate legal entity",
    "renamed": "was renamed to",
    "succeeded": "is succeeded by",
    "split": "was split, one part is",
}
"""How a link is told, from left to right."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one judgement states, and the copy of it."""

    copy: Copy
    drafts: tuple[Draft, ...]

    @property
    def claims(self) -> Iterator[Claim]:
        """Iterate over its claims."""
        return (claim for draft in self.drafts for claim in draft.claims)


def describe_judged() -> Dataset:
    """Describe the judgements as a data set."""
    return Dataset(
        id=JUDGED,
        title="What was judged here of two records",
        publisher="the people who judged",
        url="",
        origin_group=JUDGED,
        licence="yours",
        kind="other",
        parts=(Part("judgement", ("*",), many=True),),
        expect=Expectations(),
        notes="Who judged, and why, stands at each; `behind resolve list` lists all.",
    )


def told_by(judgements: Iterable[Judgement]) -> Iterator[Told]:
    """State what judgements of two records say."""
    for one in judgements:
        content = orjson.dumps(
            {"id": one.id, **one.to_json()}, option=orjson.OPT_INDENT_2
        )
        day = one.made_at[:10]
        copy = Copy("judgement", f"{one.id}.json", content, digest_of(content), day)
        citation = _citation(one, copy)
        drafts = [_judgement(one, citation)]
        if one.link:
            drafts.append(_link(one, one.link, citation))
        yield Told(copy, tuple(drafts))


def _citation(one: Judgement, copy: Copy) -> Citation:
    addresses = [text for text in one.evidence.sources if text.startswith("http")]
    return Citation(
        source=JUDGED,
        title=f"Judgement {one.id}",
        publisher=one.author,
        url=addresses[0] if addresses else "",
        origin_group=JUDGED,
        locator=f"judgement {one.id}",
        digest=copy.digest,
        published=copy.retrieved,
        retrieved=copy.retrieved,
    )


def _judgement(one: Judgement, citation: Citation) -> Draft:
    draft = Draft(JUDGED, f"{JUDGED}-{one.id}", JUDGEMENT, citation)
    told = {
        "left": one.left if isinstance(one.left, str) else None,
        "right": one.right,
        "verdict": one.verdict,
        "author": one.author,
        "summary": one.reason,
        "date": one.made_at[:10],
        "endDate": one.until,
    }
    return _said(draft, told)


def _link(one: Judgement, link: Linked, citation: Citation) -> Draft:
    is_brand = link == "same_brand"
    schema = "UnknownLink" if is_brand else "Succession"
    ends = ("subject", "object") if is_brand else ("predecessor", "successor")
    draft = Draft(JUDGED, f"{JUDGED}-{one.id}-link", schema, citation)
    told = {
        ends[0]: one.left if isinstance(one.left, str) else None,
        ends[1]: one.right,
        "role": ROLES[link],
        "startDate": PartialDate(one.since) if one.since else None,
        "summary": one.reason,
        "statusNote": f"judged by {one.author} on {one.made_at[:10]}",
    }
    return _said(draft, told)


def _said(draft: Draft, told: Mapping[str, str | None]) -> Draft:
    draft.claims.clear()
    draft.add("id", draft.id, status=Status.JUDGED)
    for prop, value in told.items():
        draft.add(prop, value, status=Status.JUDGED)
    return draft
