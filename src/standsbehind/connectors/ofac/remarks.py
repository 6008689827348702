"""OFAC's remarks: one line of free text, read piece by piece into stated values.

The pieces are parted by semicolons and most open with a key that OFAC uses throughout
(`Tax ID No. 7701 (Russia)`). A piece that opens with no known key is free text: it stays
whole as a note, and its being free is no sign of a changed layout.

Of a natural person only names, dates of birth, nationality and what the sanction says
are read. All other pieces (documents, places, kin, faith) are left aside.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from standsbehind.model.dates import PartialDate, partial_date

__all__ = ["LINKED_TO", "Value", "pieces_of", "printed_date", "values_of"]

LINKED_TO = "Linked To"
"""Not a property: names another subject of the same list."""

_Keys = Mapping[str, str]

_DOCUMENTED: _Keys = MappingProxyType(
    {
        "Unified Social Credit Code (USCC)": "uscCode",
        "United Social Credit Code Certificate (USCCC)": "uscCode",
        "Registration Number": "registrationNumber",
        "Registration ID": "registrationNumber",
        "Registration Certificate Number (Dubai)": "registrationNumber",
        "Business Registration Number": "registrationNumber",
        "Business Registration Document #": "registrationNumber",
        "Business Number": "registrationNumber",
        "Certificate of Incorporation Number": "registrationNumber",
        "Chamber of Commerce Number": "registrationNumber",
        "Commercial Registry Number": "registrationNumber",
        "Company Number": "registrationNumber",
        "UK Company Number": "registrationNumber",
        "C.R. No.": "registrationNumber",
        "Enterprise Number": "registrationNumber",
        "Folio Mercantil No.": "registrationNumber",
        "Matricula Mercantil No": "registrationNumber",
        "Public Registration Number": "registrationNumber",
        "Registered Charity No.": "registrationNumber",
        "Trade License No.": "licenseNumber",
        "License": "licenseNumber",
        "Government Gazette Number": "okpoCode",
        "Legal Entity Number": "leiCode",
        "Tax ID No.": "taxNumber",
        "C.I.F.": "taxNumber",
        "C.U.I.T.": "taxNumber",
        "NIT #": "taxNumber",
        "R.F.C.": "taxNumber",
        "RIF #": "taxNumber",
        "RTN": "taxNumber",
        "RUC #": "taxNumber",
        "US FEIN": "taxNumber",
        "V.A.T. Number": "vatCode",
        "D-U-N-S Number": "dunsCode",
        "SWIFT/BIC": "swiftBic",
        "Identification Number": "idNumber",
        "National ID No.": "idNumber",
    }
)
_FIRM: _Keys = MappingProxyType(
    {
        **_DOCUMENTED,
        "Website": "website",
        "Organization Established Date": "incorporationDate",
        "Organization Type": "sector",
        "Target Type": "classification",
        "Nationality of Registration": "jurisdiction",
        "Equity Ticker": "ticker",
        "ISIN": "isinCode",
        # The name on the security; often a former name of the firm, never said to be one.
        "Issuer Name": "weakAlias",
    }
)
_PERSON: _Keys = MappingProxyType(
    {"DOB": "birthDate", "nationality": "nationality", "citizen": "citizenship"}
)
_VESSEL: _Keys = MappingProxyType(
    {
        "Vessel Registration Identification IMO": "imoNumber",
        "MMSI": "mmsi",
        "Former Vessel Flag": "pastFlags",
        "Other Vessel Flag": "flag",
        "Other Vessel Call Sign": "callSign",
        "Other Vessel Type": "type",
        "Vessel Year of Build": "buildDate",
    }
)
_AIRCRAFT: _Keys = MappingProxyType(
    {
        "Aircraft Manufacture Date": "buildDate",
        "Aircraft Manufacturer's Serial Number (MSN)": "serialNumber",
        "Aircraft Construction Number (also called L/N or S/N or F/N)": "serialNumber",
        "Aircraft Mode S Transponder Code": "icaoCode",
        "Aircraft Model": "model",
        "Aircraft Tail Number": "registrationNumber",
        "Nationality of Registration": "country",
    }
)
_BY_SCHEMA: Mapping[str, _Keys] = MappingProxyType(
    {
        "LegalEntity": _FIRM,
        "Company": _FIRM,
        "Person": _PERSON,
        "Vessel": _VESSEL,
        "Airplane": _AIRCRAFT,
    }
)
_DATES = frozenset({"birthDate", "buildDate", "incorporationDate"})
_SANCTION_TERMS = (
    "Additional Sanctions Information",
    "CAATSA Section",
    "Executive Order",
    "Secondary sanctions risk",
    "Transactions Prohibited For",
)
_LEFT_ASIDE = re.compile(
    r"(?:Phone|Telephone|Fax|Email|For more information)\b", re.IGNORECASE
)

_PARTED = re.compile(r";\s*")
_ALTERNATIVE = re.compile(r"[Aa]lt\.\s+")
_QUOTED_NAME = re.compile(r"(?P<kind>[afn])\.k\.a\. '(?P<name>.+)'\.?")
_NAME_PROPS = MappingProxyType({"a": "weakAlias", "f": "previousName", "n": "alias"})
_NUMBER = re.compile(
    r"(?P<number>.+?)(?: \((?P<country>[^()]+)\))?(?:,? (?:issued|expires)\b.*)?\.?"
)
_DATE = re.compile(r"(?:(?:(\d{1,2}) )?([A-Z][a-z]{2}) )?(\d{4})")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a remark states, under a property of the subject's schema."""

    prop: str
    text: str
    printed: str


def pieces_of(remarks: str) -> tuple[str, ...]:
    """Split a whole remark into its pieces; `alt.` before a key is only OFAC's count.

    >>> pieces_of("DOB 1946; alt. DOB 1947; a.k.a. 'BNC'.")
    ('DOB 1946', 'DOB 1947', "a.k.a. 'BNC'")
    """
    whole = remarks.strip().removesuffix(".")
    parts = (_ALTERNATIVE.sub("", part, count=1) for part in _PARTED.split(whole))
    return tuple(part for part in parts if part)


def values_of(schema: str, pieces: tuple[str, ...]) -> Iterator[Value]:
    """Read the pieces of a subject of that schema, in the order of the remark."""
    keys = _BY_SCHEMA[schema]
    for piece in pieces:
        if not _LEFT_ASIDE.match(piece):
            yield from _value(schema, keys, piece)


def printed_date(text: str) -> PartialDate | None:
    """Read a date as OFAC prints it; None for anything less definite (`circa 1951`).

    >>> printed_date("02 Aug 2021"), printed_date("Sep 1984"), printed_date("circa 1951")
    ('2021-08-02', '1984-09', None)
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    day, month, year = found.groups()
    if month is None:
        return partial_date(year)
    if month not in _MONTHS:
        return None
    iso = f"{year}-{_MONTHS.index(month) // 4 + 1:02}"
    return partial_date(f"{iso}-{int(day):02}" if day else iso)


def _value(schema: str, keys: _Keys, piece: str) -> Iterator[Value]:
    named = _QUOTED_NAME.fullmatch(piece)
    if named:
        yield Value(_NAME_PROPS[named["kind"]], named["name"], piece)
        return
    if piece.startswith(LINKED_TO + ": "):
        yield Value(LINKED_TO, piece.removeprefix(LINKED_TO + ": "), piece)
        return
    key = _key_of(keys, piece)
    known = _keyed(keys[key], piece.removeprefix(key), piece) if key else None
    if known:
        yield known
    elif schema != "Person" or piece.startswith(_SANCTION_TERMS):
        yield Value("notes", piece, piece)


def _key_of(keys: _Keys, piece: str) -> str | None:
    """Find the longest key with which the piece opens."""
    fits = (
        k for k in keys if piece.startswith(k) and piece[len(k) : len(k) + 1] in " :"
    )
    return max(fits, key=len, default=None)


def _keyed(prop: str, rest: str, piece: str) -> Value | None:
    """Read what follows a key; None where it is not of the form that the key promises."""
    text = rest.removeprefix(":").strip()
    if prop in _DATES:
        day = printed_date(text.removesuffix("."))
        return Value(prop, day, piece) if day else None
    if prop == "imoNumber":
        return Value(prop, f"IMO{text}", piece)
    number = _NUMBER.fullmatch(text)
    if prop not in _DOCUMENTED.values() or number is None:
        return Value(prop, text, piece) if text else None
    return _numbered(prop, number["number"], number["country"] or "", piece)


def _numbered(prop: str, number: str, country: str, piece: str) -> Value | None:
    """Name the register of a number where OFAC's words and the number's form tell it."""
    if country == "Russia":
        if prop == "taxNumber" and len(number) == len("7701234567"):
            return Value("innCode", number, piece)
        if prop == "registrationNumber" and len(number) == len("1027701234567"):
            return Value("ogrnCode", number, piece)
    if prop == "okpoCode" and country != "Russia":
        return Value("registrationNumber", number, piece)
    if prop == "leiCode" and not _LEI.fullmatch(number):
        return Value("registrationNumber", number, piece)
    return Value(prop, number, piece)
