"""Legal forms: which words of a name say only how a firm is constituted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib import resources

__all__ = [
    "Part",
    "Stand",
    "forms",
    "han_forms",
    "has_form_written_on",
    "parts_of_forms",
    "small_words",
    "without_forms",
]


class Stand(StrEnum):
    """Where in a name a legal form may stand."""

    ANYWHERE = "anywhere"
    INSIDE = "inside"
    """Anywhere but first, where `Limited` and `Company` open a brand."""
    ENDS = "ends"
    FAR = "far"
    """At the end, or at the start where two words follow: `AO Smith` keeps its name."""
    FIRST = "first"
    LAST = "last"


_FIRST = {Stand.ANYWHERE, Stand.ENDS, Stand.FIRST, Stand.FAR}
_INSIDE = {Stand.ANYWHERE, Stand.INSIDE}
_LAST = {Stand.ANYWHERE, Stand.INSIDE, Stand.ENDS, Stand.LAST, Stand.FAR}

_UNTOLD = "company"
"""The class of words such as `company` and `inc`, which any company may bear."""
_NOT_A_NAME = frozenset({"the", "and", "of"})
_NO_BRAND_AFTER = frozenset({"and", "for", "of", "the", "und", "et"})
"""What follows a form at the start of a name is never one of these: `PT and Sons`."""


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Forms:
    """The known forms, each a sequence of folded words."""

    classes: Mapping[Words, str]
    stands: Mapping[Words, Stand]
    at_start: frozenset[Words]
    inside: frozenset[Words]
    at_end: frozenset[Words]
    opening: frozenset[str]
    """The first words of all forms."""
    longest: Mapping[str, int]
    """By first word: the most words a form that begins with it has."""
    longest_back: Mapping[str, int]
    """By last word."""
    attached_first: frozenset[str]
    """Forms of scripts without spaces that may open a name,"""
    attached_last: frozenset[str]
    """and those that may end it."""
    longest_attached: int


@cache
def forms() -> _Forms:
    """Load the legal forms that ship with the package.

    They are written by `tools/write_forms.py` from our own list and from the entity legal
    forms (ISO 20275) that GLEIF publishes under CC0 1.0.
    """
    classes: dict[Words, str] = {}
    stands: dict[Words, Stand] = {}
    longest: dict[str, int] = {}
    longest_back: dict[str, int] = {}
    by_stand: dict[str, list[Words]] = {stand.value: [] for stand in Stand}
    named = {stand.value: stand for stand in Stand}
    for row in _rows("forms.csv"):
        text, kind, stand, _ = row.split(",")
        form = tuple(text.split())
        classes[form], stands[form] = kind, named[stand]
        by_stand[stand].append(form)
        longest[form[0]] = max(len(form), longest.get(form[0], 0))
        longest_back[form[-1]] = max(len(form), longest_back.get(form[-1], 0))
    attached = [f[0] for f in classes if len(f) == 1 and _is_written_on(f[0])]
    return _Forms(
        classes=classes,
        stands=stands,
        at_start=frozenset(form for stand in _FIRST for form in by_stand[stand]),
        inside=frozenset(form for stand in _INSIDE for form in by_stand[stand]),
        at_end=frozenset(form for stand in _LAST for form in by_stand[stand]),
        opening=frozenset(longest),
        longest=longest,
        longest_back=longest_back,
        attached_first=frozenset(f for f in attached if stands[(f,)] in _FIRST),
        attached_last=frozenset(f for f in attached if stands[(f,)] in _LAST),
        longest_attached=max(map(len, attached)),
    )


class Part(IntEnum):
    """What a word may be to a legal form, which decides how a name can be read quickly."""

    OF_SEVERAL = 1
    """A word of forms of several words alone."""
    ONLY_LAST = 2
    """A form that stands nowhere but last."""
    LAST = 3
    """A form that may stand last, and elsewhere."""
    CARE = 4
    """A form that may not stand last, or that changes how others are read."""


@cache
def parts_of_forms() -> Mapping[str, Part]:
    """Tell of each word that occurs in a form what it may be."""
    known = forms()
    words = {word for form in known.classes for word in form}
    parts = dict.fromkeys(words, Part.OF_SEVERAL)
    for form, kind in known.classes.items():
        if len(form) == 1:
            elsewhere = form in known.at_start or form in known.inside
            if kind == "branch" or form not in known.at_end:
                parts[form[0]] = Part.CARE
            else:
                parts[form[0]] = Part.LAST if elsewhere else Part.ONLY_LAST
    return parts


def small_words() -> frozenset[str]:
    """Give the words that belong to no form, but change how the forms beside them are read."""
    return _NOT_A_NAME | _NO_BRAND_AFTER


@cache
def han_forms() -> Mapping[str, str]:
    """Return the forms in Chinese characters with their class, longest first."""
    pairs = [row.split(",") for row in _rows("forms_han.csv")]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def _rows(file: str) -> list[str]:
    text = (resources.files(__package__) / file).read_text("utf-8")
    return text.splitlines()[1:]


def _is_written_on(form: str) -> bool:
    """Tell whether the form may be written onto the name: Thai, Kana, Han, Hangul."""
    return len(form) > 2 and (
        "\u0e00" <= form[0] <= "\u0e7f" or "\u3040" <= form[0] <= "\ud7ff"
    )


def without_forms(tokens: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Drop the legal forms of a folded name; at least one word that names stays.

    Returns the words left and the class of the form, the most telling one where a name has
    several, or None where it has none. Linear in the number of words.

    >>> without_forms(("acme", "trading", "gmbh", "and", "co", "kg"))
    (('acme', 'trading'), 'partnership')
    >>> without_forms(("limited", "brands", "inc"))
    (('limited', 'brands'), 'company')
    """
    words, found = _detached(tokens)
    end = _end_of_name(words, found)
    start = _start_of_name(words, end, found)
    # Before `London branch` a short form stands inside of the name: `Acme AG London branch`.
    wanted = forms().at_end if "branch" in found else forms().inside
    kept = _without_inner(words[start:end], wanted, found)
    if _NOT_A_NAME.issuperset(kept):
        return tuple(tokens), None
    return kept, _most_telling(found)


def _most_telling(found: Sequence[str]) -> str | None:
    told = [kind for kind in found if kind not in {_UNTOLD, "branch"}]
    return next(iter(told or found), None)


def _end_of_name(words: Sequence[str], found: list[str]) -> int:
    known, end = forms(), len(words)
    while end > 1:
        most = min(known.longest_back.get(words[end - 1], 0), end - 1)
        for count in range(most, 0, -1):
            form = tuple(words[end - count : end])
            if form in known.at_end and _names(words[: end - count]):
                found.append(known.classes[form])
                end -= count
                break
        else:
            return end
    return end


def _names(words: Sequence[str]) -> bool:
    """Tell whether a word is left by which the firm can be called."""
    return len(words) > 3 or not _NOT_A_NAME.issuperset(words)


def _start_of_name(words: Sequence[str], end: int, found: list[str]) -> int:
    known, start = forms(), 0
    while start < end - 1:
        most = min(known.longest.get(words[start], 0), end - start - 1)
        for count in range(most, 0, -1):
            form = tuple(words[start : start + count])
            if form not in known.at_start or words[start + count] in _NO_BRAND_AFTER:
                continue
            left = end - start - count
            if left > 1 or known.stands[form] is not Stand.FAR:
                found.append(known.classes[form])
                start += count
                break
        else:
            return start
    return start


def _without_inner(
    words: Sequence[str], wanted: frozenset[Words], found: list[str]
) -> tuple[str, ...]:
    known = forms()
    if known.opening.isdisjoint(words[1:]):  # most names, at the speed of a look-up
        return tuple(words)
    at = 2 if words[:1] == ["the"] else 1  # `The Company Store`
    kept = list(words[:at])
    while at < len(words):
        most = min(known.longest.get(words[at], 0), len(words) - at)
        for count in range(most, 0, -1):
            form = tuple(words[at : at + count])
            if form in wanted:
                found.append(known.classes[form])
                at += count
                break
        else:
            kept.append(words[at])
            at += 1
    return tuple(kept)


def _detached(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """Cut off the forms that are written onto the first and the last word."""
    words: list[str] = list(tokens)
    found: list[str] = []
    if words and not words[-1].isascii():
        words[-1] = _cut(words[-1], found, at_end=True)
    if words and not words[0].isascii():
        words[0] = _cut(words[0], found, at_end=False)
    return words, found


def has_form_written_on(word: str) -> bool:
    """Tell whether a form is written onto a word, at its start or its end."""
    return any(_cut(word, [], at_end=at_end) != word for at_end in (True, False))


def _cut(word: str, found: list[str], *, at_end: bool) -> str:
    known = forms()
    if (word,) in known.classes:
        return word
    attached = known.attached_last if at_end else known.attached_first
    for count in range(min(known.longest_attached, len(word) - 2), 0, -1):
        form = word[-count:] if at_end else word[:count]
        if form in attached:
            found.append(known.classes[(form,)])
            return word[:-count] if at_end else word[count:]
    return word
