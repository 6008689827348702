"""Where a printed name ends, on lists of the Bureau of Industry and Security.

The lists print `Name, Co., Ltd., Street 1, City` with nothing but commas between. A
comma before a legal form, or between an institute and the one above it, is part of the
name; before anything else the name ends, so that it never swallows a street.
"""

import re
from collections.abc import Iterator

__all__ = ["enumerated", "has_place", "plain", "split_alias", "split_name"]

_FORMS = (
    r"(?:Co|CO|Company|Corp|Corporation|Inc|INC|Incorporated|Ltd|LTD|Ltda|Limited|LLC|"
    r"L\.L\.C|LLP|LP|L\.P|S\.?A|S\.?L|S\.?R\.?L|s\.?r\.?o|S\.?p\.?A|SAS|S\.A\.S|SARL|"
    r"S\.A\.R\.L|GmbH|GMBH|A\.?G|B\.?V|N\.?V|Pte|PTE|Pvt|PVT|Pty|\(Pvt\)|\(Private\)|Private|"
    r"Sdn|SDN|Bhd|BHD|P?JSC|OJSC|CJSC|OOO|P?AO|OAO|ZAO|ANO|NPO|FGUP|FSUE|TOO|FZE|FZCO?|"
    r"FZ-LLC|FZ|DMCC|PLC|plc|Jr|Sr|II|III|d\.o\.o|D\.O\.O|a\.\s?s|A\.\s?S|A\.?Ş|Lda|C\.A|"
    r"K\.K|MMC|Oy|OY|OÜ|AB|ApS|Kft|e\.K|W\.L\.L|S\.A\.E|S\.A\.L|U\.A|P\.C|Est|Sti|Şti)"
)
_FORM_FIRST = re.compile(
    rf"(?:{_FORMS}(?![\w&])|(?:Open |Closed |Public )?Joint[ -]Stock Company\b)"
)
_UNIT = re.compile(
    r"\b(Institut\w*|School|Department|Laborator\w+|College|Faculty|Academy|University|"
    r"Bureau|Corps|Ministry|Concern|Corporation|Association|Plant)\b"
)
_NUMBERED_UNIT = re.compile(r"\d+\S* (?:\w+ )?(?:Institute|Academy|Bureau)\b")
_PLACE = re.compile(
    r"^(No\.?\s?\d|P\.?\s?O\.?\s?Box|Room|Rm\b|Flat|Unit\b|Suite|Office\b|Floor|Level|Shop|"
    r"Plot|Bldg|Building|Block|House|Apt|Km\b|#|\d+(?!\w*(?:st|nd|rd|th)\b))|"
    r"\b(Street|St\.|Road|Rd|Ave|Avenue|Building|Bldg|Floor|Park|Zone|District|Village|"
    r"Town|City|Highway|Square|Plaza|Tower|Lane|Boulevard|Blvd|Province|Region|Estate|"
    r"ulitsa|ul\.|per\.|prospekt|shosse|oblast|P\.?O\.? Box)\b",
    re.IGNORECASE,
)
_GLUED = re.compile(
    rf"(?P<name>.*?\b{_FORMS}[.,]+)\s+"
    r"(?P<place>(?:No\.?\s?\S|Room\b|Rm\b|Floor\b|Building\b|Suite\b|Unit\b|Flat\b|\d).*)"
)
_SENTENCE = re.compile(r"(?<=[a-z]{4})\.\s+(?=[A-Z0-9]|ul\.|d\.)")
_FORM_SENTENCE = re.compile(rf"(?P<name>.*?\b{_FORMS}\.)\s+(?P<place>[A-Z][^,]*,.*)")


def split_name(text: str) -> tuple[str, str]:
    """Split `Name, Co., Ltd., Street 1, City` into the name and what follows it.

    A comma before a legal form, or between an institute and the one above it, is part
    of the name.
    """
    head, *parts = re.split(r",\s+", text)
    cut = _SENTENCE.search(head)
    if cut or "; " in head:
        at = cut or re.search("; ", head)
        start, end = at.span() if at else (0, 0)
        return plain(head[:start]), ", ".join([head[end:], *parts])
    taken = sum(1 for _ in _name_parts(head, parts))
    name = ", ".join([head, *parts[:taken]])
    place = ", ".join(parts[taken:])
    glued = _GLUED.fullmatch(name)
    if glued and place:
        return plain(glued["name"]), f"{glued['place']}, {place}"
    return plain(name), place


def _name_parts(head: str, parts: list[str]) -> Iterator[str]:
    """Yield the comma-separated parts that still belong to the name."""
    for part in parts:
        is_form = _FORM_FIRST.match(part) is not None
        if not (is_form or _is_unit(head, part)):
            return
        yield part


def _is_unit(head: str, part: str) -> bool:
    """Whether the part names an institute within the head, or ends its enumeration."""
    if _UNIT.search(head) is None:
        return False
    if _NUMBERED_UNIT.match(part):
        return True
    if _PLACE.search(part):
        return False
    return bool(_UNIT.search(part) or re.search(r"^[A-Z]\w+ and \w", part))


def plain(name: str) -> str:
    """Strip what joins list items: `; and`, commas, a full stop that ends a sentence."""
    name = re.sub(r"[;,]\s*and\s*$", "", " ".join(name.split())).strip(" ;,:")
    abbreviation = re.search(rf"(?:\b{_FORMS}|\b[A-Z]|\.\w)\.$", name)
    return name if abbreviation else name.rstrip(".")


def has_place(text: str) -> bool:
    """Whether the text speaks of a street, a building or a district."""
    return _PLACE.search(text) is not None


def split_alias(text: str) -> tuple[str, str]:
    """Split one item of an alias list; it is a name alone unless a street follows it."""
    glued = _FORM_SENTENCE.fullmatch(text)
    if glued and not _UNIT.search(glued["place"].partition(",")[0]):
        return plain(glued["name"]), glued["place"]
    name, place = split_name(text)
    if _PLACE.search(place) and re.search(r"\d", place):
        return name, place
    return plain(text), ""


def enumerated(text: str) -> list[str]:
    """Split `One, Two Ltd. and Three`; an `and` alone may be part of a name."""
    names: list[str] = []
    for part in re.split(r",?\s*\ba\.k\.a\.?,?\s*|;\s*(?:and )?|,\s+", text):
        if names and _FORM_FIRST.match(part):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    if len(names) > 1:
        names[-1:] = re.split(r"^and | and ", names[-1])
    return [plain for plain in map(plain, names) if plain]
