"""Parity as a document: counts by home, pairs, waits, lists and confounders."""

from collections.abc import Iterator
from typing import Any

from standsbehind.cases.assess import Assessment
from standsbehind.cases.grounds import Grounds
from standsbehind.cases.parity import Parity
from standsbehind.cases.rolls import Roll
from standsbehind.graph.reader import Reader
from standsbehind.model.proportion import Proportion
from standsbehind.model.reply import Reply
from standsbehind.reports.fields import citations_json, reply_json
from standsbehind.reports.findings import standard_json
from standsbehind.reports.parity_words import (
    FEW,
    NOTICES,
    differences,
    home_in_words,
    wait_in_words,
)
from standsbehind.reports.words import program_title
from standsbehind.standards.matched import Pair
from standsbehind.standards.parity import (
    ClassParity,
    Examined,
    Exposure,
    Group,
    Listed,
    Wait,
)
from standsbehind.standards.provisions import LAW_AS_OF

__all__ = ["Sides", "parity_json", "records_of"]

_METHOD = "Clopper-Pearson, exact, two-sided, 95 %"


def parity_json(found: Parity, reader: Reader, limit: int) -> dict[str, Any]:
    """Give all that was counted; `countries` are of those of whom the class is shown.

    `groups` hold the same for each result. Shares and ends of intervals run from 0 to 1.
    """
    standard, day = found.standard, found.as_of.isoformat()
    sides = Sides(found, reader)
    pairs = found.matched.pairs[:limit]
    return {
        "snapshot": reader.snapshot.id,
        "standard": standard_json(standard),
        "as_of": day,
        "law_as_of": LAW_AS_OF.isoformat(),
        "method": _METHOD,
        "classes": [
            _class_json(one, standard.norm(one.norm).title, reader, day)
            for one in found.classes
        ],
        "pairs": [_pair_json(pair, sides, day) for pair in pairs],
        "pairs_left_out": found.matched.possible - len(pairs),
        "lists": [_roll_json(roll) for roll in found.rolls],
        "confounders": [
            {
                "id": one.id,
                "title": one.title,
                "says": one.says,
                "counted": one.counted,
                "counts": dict(one.counts),
                "reference": {
                    "title": one.reference.title,
                    "href": one.reference.href,
                },
            }
            for one in found.confounders
        ],
        "notices": list(NOTICES),
    }


def records_of(found: Parity, reader: Reader) -> list[str]:
    """Name the subjects, records and listings whose statements the comparison uses."""
    told: dict[str, None] = {}
    sides = Sides(found, reader)
    for one in found.examined:
        told[one.subject] = None
        told |= dict.fromkeys(sides.grounds(one).records)
        told |= dict.fromkeys(listing.id for listing in one.listings)
        told |= dict.fromkeys(one.finding.replies)
    return list(told)


class Sides:
    """What the findings that are compared rest on."""

    def __init__(self, found: Parity, reader: Reader) -> None:
        self._found = found
        self.reader = reader

    def grounds(self, one: Examined) -> Grounds:
        """Read the records of one finding."""
        standard, evidence = self._found.standard, self._found.evidence
        found = Assessment(one.subject, standard, (one.finding,), evidence)
        return Grounds(found, self.reader)

    def elements(self, norm: str) -> list[str]:
        """Name the elements of a class."""
        return [element.id for element in self._found.standard.norm(norm).elements]

    def replies(self, one: Examined) -> tuple[Reply, ...]:
        """Return the replies to what was looked at."""
        return self.grounds(one).replies(one.finding)

    def claims(self, one: Examined) -> Iterator[dict[str, Any]]:
        """Give the claims of a finding by element, with what they say and where they stand."""
        grounds = self.grounds(one)
        for state, grade in zip(one.finding.elements, one.grades, strict=True):
            for key in state.facts:
                record = grounds.facts[key].record
                told = grounds.told(record)
                yield {
                    "element": state.id,
                    "record": record,
                    "says": told.said,
                    "date": told.day,
                    "voice": told.voice,
                    "accepted": key in state.accepted,
                    "grade": grade,
                    "citations": told.citations,
                }


def _class_json(
    one: ClassParity, title: str, reader: Reader, day: str
) -> dict[str, Any]:
    shown = one.of("shown")
    return {
        "norm": one.norm,
        "title": title,
        "countries": [_exposure_json(row) for row in shown.exposures] if shown else [],
        "groups": [_group_json(group) for group in one.groups],
        "waits": [_wait_json(wait, reader, day) for wait in one.waits],
    }


def _group_json(group: Group) -> dict[str, Any]:
    return {
        "result": group.outcome,
        "countries": [_exposure_json(row) for row in group.exposures],
        "together": {
            k: v for k, v in _exposure_json(group.together).items() if k != "country"
        },
    }


def _exposure_json(row: Exposure) -> dict[str, Any]:
    n = row.designated.of
    return {
        "country": row.country,
        "n": n,
        **_share_json(row.designated),
        "on_open_list": _share_json(row.on_open_list),
        "by_lister": [
            {"lister": lister, **_share_json(Proportion(count, n))}
            for lister, count in row.by_lister.items()
        ],
        "answered": row.answered,
        "doubtful": row.doubtful,
        "once_designated": row.once,
        "searched": row.searched,
        "one_origin": row.one_origin,
        "few": n < FEW,
    }


def _share_json(share: Proportion) -> dict[str, Any]:
    return {
        "designated": share.count,
        "interval": [round(end, 6) for end in share.interval()],
    }


def _wait_json(wait: Wait, reader: Reader, day: str) -> dict[str, Any]:
    return {
        "id": wait.subject,
        "caption": reader.caption(wait.subject),
        "country": wait.home,
        "result": wait.outcome,
        "first_report": wait.first_report,
        "listing": _listed_json(wait.listing) if wait.listing else None,
        "days": wait.days,
        "censored": wait.is_censored,
        "undated_listings": wait.undated,
        "says": wait_in_words(wait, day),
    }


def _listed_json(one: Listed) -> dict[str, Any]:
    return {
        "id": one.id,
        "program": one.program,
        "title": program_title(one.program),
        "lister": one.lister,
        "from": one.start,
        "to": one.end,
        "holds": one.is_held,
        "doubtful": one.is_doubtful,
        "reach": one.reach,
    }


def _pair_json(pair: Pair, sides: Sides, day: str) -> dict[str, Any]:
    elements = sides.elements(pair.norm)
    graded = zip(elements, pair.listed.grades, strict=True)
    return {
        "norm": pair.norm,
        "result": pair.listed.outcome,
        "grades": [{"element": e, "grade": grade} for e, grade in graded],
        "listed": _side_json(pair.listed, sides),
        "other": _side_json(pair.other, sides),
        "days_apart": pair.days_apart,
        "differs": [
            {"what": what, "listed": ours, "other": theirs}
            for what, ours, theirs in differences(pair)
        ],
        "as_of": day,
    }


def _side_json(one: Examined, sides: Sides) -> dict[str, Any]:
    return {
        "id": one.subject,
        "caption": sides.reader.caption(one.subject),
        "country": one.home,
        "country_name": home_in_words(one.home),
        "result": one.finding.result,
        "listings": [_listed_json(listing) for listing in one.listings],
        "first_report": one.first_report,
        "searches": len(one.searches),
        "origins": sorted(one.origins),
        "replies": [reply_json(reply) for reply in sides.replies(one)],
        "kin": list(one.kin),
        "grounds": [
            {**claim, "citations": citations_json(claim["citations"])}
            for claim in sides.claims(one)
        ],
    }


def _roll_json(roll: Roll) -> dict[str, Any]:
    only = roll.one_country
    return {
        "program": roll.program,
        "title": program_title(roll.program),
        "lister": roll.lister,
        "names": roll.names,
        "homes": dict(roll.homes),
        "at_home": roll.at_home,
        "reach": roll.reach,
        "one_country": only
        and {
            "country": only.country,
            "by": only.by,
            "says": only.says,
            "citation": {"title": only.citation.title, "href": only.citation.href},
        },
    }
