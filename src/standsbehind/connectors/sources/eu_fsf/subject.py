"""What the EU list says of a subject, part by part.

Of a person only names, title, office, citizenship, address and an exact date of birth are
read: papers, place of birth, gender and remarks are left aside by name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from standsbehind.connectors.context import Fields, Pull, Quarantined, Unread
from standsbehind.connectors.countries import from_alpha3
from standsbehind.connectors.languages import language_of
from standsbehind.connectors.sources.eu_fsf.entry import Part, day_of
from standsbehind.connectors.stated import Stated
from standsbehind.model.citation import Citation
from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["Telling"]

_NAMES = ("wholeName", "firstName", "middleName", "lastName")
_PLACES = (
    "street",
    "poBox",
    "zipCode",
    "city",
    "region",
    "place",
    "countryDescription",
)
_BIRTH_LEFT_ASIDE = (
    "city",
    "zipCode",
    "region",
    "place",
    "countryIso2Code",
    "countryDescription",
    "remark",
)
_ALWAYS_LEFT_ASIDE = ("regulationLanguage", "asAtListingTime", "contactInfo", "gender")
_PAPER = (
    "diplomatic",
    "knownExpired",
    "reportedLost",
    "revokedByIssuer",
    "issuedBy",
    "issuedDate",
    "validFrom",
    "validTo",
    "latinNumber",
    "nameOnDocument",
    "region",
    "countryIso2Code",
    "countryDescription",
    "identificationTypeDescription",
    "remark",
)
_TYPED = re.compile(r"(?P<number>.+?) \((?P<type>\w+)-[^()]*\).*", re.DOTALL)
"""How CSV 1.0 writes a number: `488555 (passport-National passport)`."""
_NO_COUNTRY = "00"
_NOTHING = frozenset({"", "-", "N/A"})


@dataclass(slots=True)
class Telling:
    """What the parts of one entry state, gathered while they are read."""

    pull: Pull
    schema: str
    stated: Stated = field(default_factory=Stated)
    name: str = ""
    """The first name that is not marked as weak: the list marks no main name."""

    def take(self, part: Part, cited: Citation) -> Iterator[Unread | Quarantined]:
        """Take all that a part says, and report what in it is not known."""
        fields = part.fields
        match part.kind:
            case "nameAlias":
                yield from self._name(fields, cited)
            case "address":
                self._address(fields, cited)
            case "citizenship":
                self._country(fields, cited, "citizenship")
                fields.ignore("region", "countryDescription", "remark")
            case "birthdate":
                yield from self._birth(fields, cited)
            case "identification":
                yield from self._number(fields, cited)
            case "remark":
                self._note(fields, cited, "remark")
            case _:
                yield Unread(fields.locator, f"element {part.kind!r}")
                return
        fields.ignore(*_ALWAYS_LEFT_ASIDE)
        yield from fields.unread()

    def _name(self, fields: Fields, cited: Citation) -> Iterator[Unread | Quarantined]:
        whole, *parts = (_given(fields, name) for name in _NAMES)
        name = " ".join((whole or " ".join(filter(None, parts))).split())
        if name and _is_lost(name):
            yield Quarantined(fields.locator, f"letters of a name are lost: {name!r}")
        printed = _given(fields, "nameLanguage").upper()
        code = self.pull.look_up("language", printed)
        is_known = bool(printed) and code != printed
        if printed and not is_known:
            yield Unread(fields.locator, f"language {printed!r}")
        prop = self._kind_of_name(name, is_weak=_given(fields, "strong") == "false")
        if name and not _is_lost(name):
            lang = code if is_known else language_of(name)
            self.stated.add(cited, prop, name, lang=lang)
        is_person = self.schema == "Person"
        office, title = _given(fields, "function"), _given(fields, "title")
        self.stated.add(cited, "position" if is_person else "notes", office)
        self.stated.add(cited, "title" if is_person else "notes", title)
        if is_person:
            fields.ignore("remark")
        self._note(fields, cited, "remark")

    def _kind_of_name(self, name: str, *, is_weak: bool) -> str:
        if is_weak:
            return "weakAlias"
        if self.name not in {"", name} or _is_lost(name):
            return "alias"
        self.name = name
        return "name"

    def _address(self, fields: Fields, cited: Citation) -> None:
        self._country(fields, cited, "country")
        # CSV 1.0 has the number of the house in a column of its own.
        lines = [_given(fields, name) for name in ("number", *_PLACES)]
        if any(lines[:-1]):
            self.stated.add(cited, "address", ", ".join(filter(None, lines)))
        self._note(fields, cited, "remark")

    def _country(self, fields: Fields, cited: Citation, prop: str) -> None:
        code = from_alpha3(_given(fields, "countryIso2Code"))
        if code != _NO_COUNTRY:
            self.stated.add_country(cited, prop, self.pull.look_up("country", code))

    def _birth(self, fields: Fields, cited: Citation) -> Iterator[Unread]:
        """Add a day, or the month or year that is known, where it is not about or between."""
        calendar, circa = (
            _given(fields, "calendarType"),
            _given(fields, "circa").lower(),
        )
        if calendar not in {"", "GREGORIAN"}:
            yield Unread(fields.locator, f"calendar {calendar!r}")
        is_exact = circa != "true" and not _given(fields, "yearRangeFrom")
        born = _born(fields, says_circa=bool(circa))
        if is_exact and calendar in {"", "GREGORIAN"}:
            self.stated.add(cited, "birthDate", born)
        fields.ignore("yearRangeTo", *_BIRTH_LEFT_ASIDE)

    def _number(self, fields: Fields, cited: Citation) -> Iterator[Unread]:
        """Add the number of a register; of a person no paper or number is read."""
        printed, code = (
            _given(fields, "number"),
            _given(fields, "identificationTypeCode"),
        )
        is_false = _given(fields, "knownFalse") == "true"
        fields.ignore(*_PAPER)
        typed = _TYPED.fullmatch(printed)
        if typed and not code:
            printed, code = typed["number"].strip(), typed["type"]
        if self.schema == "Person" or is_false or not printed:
            return
        prop = self.pull.look_up("identification", code)
        if prop == code:
            yield Unread(fields.locator, f"type of a number {code!r}")
            return
        self.stated.add(cited, prop, printed)

    def _note(self, fields: Fields, cited: Citation, name: str) -> None:
        """Keep a remark in the list's words; of a person it may hold anything, and is not read."""
        remark = _given(fields, name)
        if self.schema != "Person":
            self.stated.add(cited, "notes", remark)


def _born(fields: Fields, *, says_circa: bool) -> PartialDate | None:
    """Return the day; a month or year alone counts where the form can say that it is about."""
    day = day_of(_given(fields, "birthdate"))
    year, month = _given(fields, "year"), _given(fields, "monthOfYear")
    fields.ignore("dayOfMonth")
    if day is not None and (says_circa or len(day) == len("1990-01-31")):
        return day
    if not says_circa:
        return None
    return partial_date(f"{year}-{month:0>2}" if month else year)


def _is_lost(name: str) -> bool:
    """Whether a copy lost the letters of a name: a code page put `?` in their place."""
    return "??" in name or not any(sign.isalnum() for sign in name)


def _given(fields: Fields, name: str) -> str:
    """Take a field that not every form has; a mark that stands for nothing is nothing."""
    text = fields.take(name) if name in fields else ""
    return "" if text in _NOTHING else text
