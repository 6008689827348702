"""Federal contracts: which agency bought what from whom, one award for all its actions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from standsbehind.connectors.context import (
    Draft,
    Pull,
    Quarantined,
    Reading,
    Unread,
)
from standsbehind.connectors.procurement import BOUGHT, linked, won
from standsbehind.connectors.sources.us_usaspending.codes import words_of_codes
from standsbehind.connectors.sources.us_usaspending.parties import (
    Parties,
    why_not_read,
)
from standsbehind.connectors.sources.us_usaspending.rows import Action, actions_of
from standsbehind.connectors.stated import Gathered, Stated
from standsbehind.model.dates import partial_date

__all__ = ["crawl"]

_DOLLARS = re.compile(r"-?\d{1,15}(\.\d{1,8})?")
_CANCELLED = "N"
_ENDED_EARLY = frozenset({"E", "F", "X"})
_IS_CANCELLED = "was awarded a contract that is cancelled (legal contract cancellation)"
_NOTHING_BOUGHT = "awarded a contract that is cancelled (legal contract cancellation)"
_FUNDED = "funded, as funding agency"
_FORMER = "received an earlier action of the award"
_TOTALS = ("total_dollars_obligated", "total_obligated_amount")
_TITLES = ("prime_award_base_transaction_description", "award_description")


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read all copies; the rows of one award key are one award."""
    codes = words_of_codes(pull.copy("psc"))
    awards: dict[str, list[Action]] = {}
    for copy in pull.copies_of("awards"):
        for found in actions_of(pull, copy):
            if not isinstance(found, Action):
                yield found
                continue
            key, why = found.text("contract_award_unique_key"), _why_not(found)
            if why:
                yield Quarantined(found.citation.locator, why)
            else:
                awards.setdefault(key, []).append(found)
    parties = Parties(pull, Gathered(pull))
    for key, actions in awards.items():
        ordered = tuple(sorted(actions, key=lambda action: action.when))
        why = why_not_read(ordered[-1])
        if len(actions) > 1 and not ordered[0].when:
            why = "several actions, and one has no date: their order is not known"
        if why:
            yield Quarantined(ordered[-1].citation.locator, f"award {key}: {why}")
        else:
            yield from _Award(pull, key, ordered, parties, codes).read()
    yield from parties.tell()


def _why_not(action: Action) -> str:
    if not action.text("contract_award_unique_key"):
        return "no key of the award"
    if action.when and partial_date(action.when[:10]) is None:
        return f"date {action.when!r} is none of the publisher's form (2024-06-30)"
    return ""


@dataclass(frozen=True, slots=True)
class _Award:
    """One award, with its actions in the order of their days."""

    pull: Pull
    key: str
    actions: Sequence[Action]
    parties: Parties
    codes: Mapping[str, str]

    @property
    def is_cancelled(self) -> bool:
        """Whether an action cancels the contract."""
        return any(one.text("action_type_code") == _CANCELLED for one in self.actions)

    def read(self) -> Iterator[Reading]:
        """Give the contract, who bought and funded it, and who received it."""
        contract = self.pull.draft(
            "Contract", "contract", self.key, citation=self.actions[-1].citation
        )
        stated = Stated()
        for action in self.actions:
            self._describe(stated, action)
        yield from stated.tell(contract)
        yield from self._buyers(contract)
        yield contract
        yield from self._recipients(contract)

    def _describe(self, stated: Stated, action: Action) -> None:
        cited, piid = action.citation, action.text("award_id_piid")
        title = action.text(*_TITLES)
        stated.add(cited, "name", title or piid or self.key)
        stated.add(cited, "title", title)
        stated.add(cited, "noticeId", piid or self.key)
        stated.add(cited, "procedureNumber", action.text("parent_award_id_piid"))
        stated.add(cited, "type", action.text("award_type", "idv_type"))
        code = action.text("product_or_service_code")
        words = action.text("product_or_service_code_description")
        stated.add(
            cited,
            "classification",
            _class("PSC", code, words or self.codes.get(code, "")),
        )
        naics, trade = action.text("naics_code"), action.text("naics_description")
        stated.add(cited, "classification", _class("NAICS", naics, trade))
        origin = "country_of_product_or_service_origin"
        country = action.text(origin, f"{origin}_code")
        if country:
            note = f"country of product or service origin, as the agency reports it: {country}"
            stated.add(cited, "notes", note)

    def _buyers(self, contract: Draft) -> Iterator[Draft]:
        latest = self.actions[-1]
        bought = _NOTHING_BOUGHT if self.is_cancelled else BOUGHT
        buyer = self.parties.agency(latest, "awarding")
        funder = self.parties.agency(latest, "funding")
        if buyer is not None:
            contract.add("authority", buyer.id, citations=(latest.citation,))
            yield self._link(buyer, contract, bought, latest)
        if funder is not None and (buyer is None or funder.id != buyer.id):
            yield self._link(funder, contract, _FUNDED, latest)

    def _link(self, who: Draft, contract: Draft, words: str, action: Action) -> Draft:
        return linked(
            self.pull,
            *("agency", self.key, "funding" if words == _FUNDED else "awarding"),
            subject=who,
            target=contract,
            role=words,
            citation=action.citation,
        )

    def _recipients(self, contract: Draft) -> Iterator[Reading]:
        latest = self.actions[-1]
        supplier = self.parties.recipient(latest)
        former: dict[str, tuple[Draft, Action]] = {}
        for action in self.actions:
            if why_not_read(action):
                continue
            firm = self.parties.recipient(action)
            if firm.id != supplier.id:
                former[firm.id] = (firm, action)
        award = won(
            self.pull,
            *("award", self.key),
            supplier=supplier,
            contract=contract,
            citation=latest.citation,
            instead=_IS_CANCELLED if self.is_cancelled else "",
        )
        yield from self._tell(award)
        yield award
        for firm, action in former.values():
            yield linked(
                self.pull,
                *("former", self.key, firm.id),
                subject=firm,
                target=contract,
                role=_FORMER,
                citation=action.citation,
            )

    def _tell(self, award: Draft) -> Iterator[Unread]:
        stated = Stated()
        for action in self.actions:
            stated.add(action.citation, "recordId", self.key)
            stated.add(action.citation, "documentNumber", action.text("award_id_piid"))
            stated.add(action.citation, "summary", action.text(*_TITLES))
            stated.add(
                action.citation, "description", action.text("transaction_description")
            )
            if action.text("action_type_code") in _ENDED_EARLY | {_CANCELLED}:
                day, words = action.text("action_date"), action.text("action_type")
                note = f"{day}: {words or action.text('action_type_code')}"
                stated.add(action.citation, "statusNote", note)
        if award.schema == "ContractAward":
            yield from self._amount(stated)
            self._days(stated)
        yield from stated.tell(award)

    def _amount(self, stated: Stated) -> Iterator[Unread]:
        """State the latest total; where no action states it, the sum of those given."""
        for action in reversed(self.actions):
            total = action.text(*_TOTALS)
            if total and _number(total) is not None:
                stated.add(action.citation, "amount", total)
                stated.add(action.citation, "currency", "USD")
                return
            if total:
                yield Unread(action.citation.locator, f"amount {total!r}")
        given = [
            (_number(a.text("federal_action_obligation")), a) for a in self.actions
        ]
        told = [(number, action) for number, action in given if number is not None]
        if told:
            total = str(sum((number for number, _ in told), Decimal(0)))
            note = f"the amount is the sum of the obligations of {len(told)} actions"
            for _, action in told:
                stated.add(action.citation, "amount", total)
                stated.add(action.citation, "currency", "USD")
                stated.add(action.citation, "statusNote", note)

    def _days(self, stated: Stated) -> None:
        for action in self.actions:
            # A download of a month may hold an amendment without the award that it amends.
            is_base = not action.text("modification_number").strip("0")
            told = ("award_base_action_date", *(("action_date",) if is_base else ()))
            stated.add(action.citation, "date", action.day(*told))
        latest = self.actions[-1]
        start = latest.day("period_of_performance_start_date")
        end = latest.day("period_of_performance_current_end_date")
        stated.add(latest.citation, "startDate", start)
        stated.add(latest.citation, "endDate", end)


def _class(scheme: str, code: str, words: str) -> str:
    return f"{scheme}:{code} {words}" if code else ""


def _number(text: str) -> Decimal | None:
    """Read an amount in dollars; None where it is none."""
    return Decimal(text) if _DOLLARS.fullmatch(text) else None
