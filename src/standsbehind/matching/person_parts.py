"""The parts of a person's name: from a name as a list writes it to what each part is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.latin import transliterate
from standsbehind.matching.names import Folded, fold
from standsbehind.matching.person_compounds import ALLAH, pieces
from standsbehind.matching.person_han import HAS_HAN, read_characters
from standsbehind.matching.person_lexicon import Role, person_lexicon
from standsbehind.matching.person_roles import (
    MAX_PARTS,
    Part,
    Reading,
    Side,
    is_patronymic,
    reading_of,
)

__all__ = [
    "PersonName",
    "are_plain",
    "by_capitals",
    "have_no_others",
    "in_latin_letters",
    "is_in_one_piece",
    "needs_care",
    "read_person",
]

MAX_LENGTH = 300
"""Characters of a name that are read."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as written, and the ways in which it can be read."""

    text: str
    readings: tuple[Reading, ...]
    """The name itself; then with the nickname or the maiden name in place of a part."""
    native: Folded | None = None
    """The name in its own letters, where those are not Latin."""

    @property
    def folded(self) -> str:
        """The first reading in Latin letters."""
        return self.readings[0].folded if self.readings else ""


_CARE = re.compile(
    r"[^A-Za-zÀ-ÖØ-öø-ɏ \-]|\b[BCDFGHJ-NP-TV-Z]{2,3}\b|[a-z]\S* [A-Z]{3}|[A-Z]{3}.* \S*[a-z]|\b[Nn]ee? "
)
"""What makes a name more than words in one order: marks, other letters, a family name in capitals."""
_FAMILY_FIRST = re.compile(r"[A-Za-z][A-Za-z \-]+, ?[A-Za-z \-]{2,}")
_IN_CAPITALS = re.compile(r"[A-Za-z][A-Za-z \-]+")
_BESIDE = re.compile(
    r"\b(?:n[eé]e?|geb|geborene|roz|ph ?d|ll[dmb]|esq|[js]n?r|i{2,3}|iv)\b",
    re.IGNORECASE,
)
"""Words that stand beside a name: of a maiden name, a degree, a generation."""
_QUOTED = re.compile(
    r"[\"“”„«]([^\"“”«»]+)[\"“”»]|(?<!\S)[‘'`]([^‘’'`]{2,30})[’'](?=[\s,]|$)|[(（\[]([^)）\]]*)[)）\]]"
)
_COMMA = re.compile(r"[,،，;]")
_DEGREE = re.compile(r"\b(?:Ph\.? ?D|M\.D|M\.Sc|B\.Sc|M\.A|B\.A|LL\.?[DMB]|Esq)\b\.?", re.IGNORECASE)  # fmt: skip
_MAIDEN = re.compile(r"\b(?:née|nee|né|geb\.|geborene|roz\.)\s+([\w'’-]+)", re.IGNORECASE)  # fmt: skip
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\S*\d\S*")
_APART = re.compile(
    "|".join(part.pattern for part in (_QUOTED, _COMMA, _DEGREE, _MAIDEN)),
    re.IGNORECASE,
)
_GENERATION = re.compile(r"\b(?:[23](?:nd|rd)|jr|sr|jnr|snr|ii|iii|iv)\b\.?", re.IGNORECASE)  # fmt: skip
_ROMAN = re.compile(r"[IVX]+$")


def read_person(text: str) -> PersonName:
    """Read a person's name, in any script; only its spelling is looked at.

    `FAMILY, Given` and a family name in capitals tell the sides; titles are dropped.
    """
    text = text[:MAX_LENGTH]
    if not _CARE.search(text):
        reading = _read_plain(fold(text))
        return PersonName(text, (reading,) if reading.parts else ())
    if _FAMILY_FIRST.fullmatch(text) and (sided := _read_plain_sides(text)):
        return PersonName(text, (sided,))
    if _IN_CAPITALS.fullmatch(text) and not _BESIDE.search(text):
        reading = reading_of(by_capitals(text))
        return PersonName(text, (reading,) if reading.parts else ())
    if HAS_HAN.search(text):
        return _read_han(text)
    return _read_with_care(text)


def needs_care(text: str) -> bool:
    """Tell whether a name is more than Latin words in one order."""
    return _CARE.search(text) is not None


def is_in_one_piece(text: str) -> bool:
    """Tell whether a name is words alone: no comma, nickname, maiden name or degree parts it."""
    return _APART.search(text) is None


def are_plain(tokens: Sequence[str]) -> bool:
    """Tell whether folded words are parts of a name as they stand, each a name in any place."""
    return 0 < len(tokens) <= MAX_PARTS and all(map(_plain, tokens))


_ASIDE = re.compile(
    r"[^A-Za-zÀ-ÖØ-öø-ɏ \-.']|\.(?! |$)|(?<![^ \-])'|[A-Z]{3}.* \S*[a-z]"
)
"""What sets a part of a name aside, takes it out or puts it before another."""
_UNSURE = re.compile(
    r"[bcdfghj-np-tv-z]{2,3}|nee|geborene|ll[dmb]|phd|esq|[aeu](?:sh|[rszndt])|[uo]l"
)
"""Words that are no part of a name in some places, or several."""


def have_no_others(text: str, tokens: Sequence[str]) -> bool:
    """Tell whether folded words of which each is a part are all parts, in that order."""
    if len(tokens) > MAX_PARTS or _ASIDE.search(text):
        return False
    return not any(map(_is_unsure, tokens))


@lru_cache(maxsize=MOST_KEPT)
def _is_unsure(token: str) -> bool:
    return _UNSURE.fullmatch(token) is not None


def _read_plain(folded: str) -> Reading:
    """Read words in one order; most names hold none that needs a second look."""
    tokens = folded.split()
    parts = [part for token in tokens if (part := _plain(token))]
    if len(parts) < len(tokens) or len(parts) > MAX_PARTS:
        return reading_of([(token, Side.UNKNOWN) for token in tokens])
    count = len(parts)
    return Reading(
        tuple(parts), folded, "".join(tokens), f"{folded}|{'nu' * count}", count
    )


@lru_cache(maxsize=MOST_KEPT)
def _plain(token: str, side: Side = Side.UNKNOWN) -> Part | None:
    """Give the part that a token is in any place of a name, if it is a name in each."""
    lexicon = person_lexicon()
    if (
        len(token) < 3
        or token in lexicon.titles
        or token in lexicon.letters_after
        or token in lexicon.roles
    ):
        return None
    if token in ALLAH or pieces(token) != (token,) or is_patronymic(token):
        return None
    return Part(token, Role.NAME, side)


def _read_plain_sides(text: str) -> Reading | None:
    family, given = (fold(side).split() for side in text.split(","))
    if not given or not family or given[-1] in person_lexicon().one_form:
        return None
    tokens = [(token, Side.GIVEN) for token in given]
    tokens += [(token, Side.FAMILY) for token in family]
    parts = [part for token, side in tokens if (part := _plain(token, side))]
    if len(parts) == len(tokens) <= MAX_PARTS:
        return Reading.of(tuple(parts))
    reading = reading_of(tokens)
    return reading if reading.count else None


def _read_with_care(text: str) -> PersonName:
    plain, others = _set_aside(text)
    main = reading_of(_sided(plain))
    if not main.parts:
        main, others = reading_of(_sided(text)), []
    readings = {main.order: main}
    for aside in others:
        other = _instead(main, aside)
        readings[other.order] = other
    native = None if text.isascii() or (folded := fold(text)).isascii() else folded
    return PersonName(text, tuple(r for r in readings.values() if r.parts), native)


def _read_han(text: str) -> PersonName:
    """Read characters in pinyin; Latin letters beside them are another reading."""
    native, spelt = read_characters(text)
    han = Reading.of(tuple(Part(word, Role.NAME) for word in spelt)[:MAX_PARTS])
    rest = HAS_HAN.sub(" ", text)
    beside = read_person(rest).readings if _LATIN.search(rest) else ()
    return PersonName(text, (han, *beside), native)


_LATIN = re.compile(r"[A-Za-z]{2}")


def _set_aside(text: str) -> tuple[str, list[tuple[str, bool]]]:
    """Take nicknames and the maiden name out of the text; true marks a family name."""
    others = [(found[1], True) for found in _MAIDEN.finditer(text)]
    text = _MAIDEN.sub(" ", text)
    for found in _QUOTED.finditer(text):
        inside = found[1] or found[2] or found[3] or ""
        others.append((inside, False))
    return _QUOTED.sub(" ", text), others


def _instead(main: Reading, aside: tuple[str, bool]) -> Reading:
    """Read the name with another given name or, after née, another family name."""
    text, is_family = aside
    words = reading_of(_sided(text))
    names = [part for part in main.parts if part.role is Role.NAME]
    if not words.parts or len(names) < 2:
        return words
    if len([part for part in words.parts if part.role is Role.NAME]) > 1:
        return words
    old = names[-1] if is_family else names[0]
    new = tuple(replace(word, side=old.side) for word in words.parts)
    at = main.parts.index(old)
    return Reading.of((*main.parts[:at], *new, *main.parts[at + 1 :]))


def _sided(text: str) -> list[tuple[str, Side]]:
    """Give the folded tokens in the order given name, family name, generation."""
    text = _DEGREE.sub(" ", text)
    before, *after = [p for piece in _COMMA.split(text) if (p := piece.strip())] or [""]
    given = [token for piece in after for token in _tokens(_GENERATION.sub(" ", piece))]
    if any(not _is_title(token) for token in given):
        generations = _tokens(" ".join(_GENERATION.findall(text)))
        family = _tokens(_GENERATION.sub(" ", before))
        return [
            *((token, Side.GIVEN) for token in given),
            *((token, Side.FAMILY) for token in family),
            *((token, Side.UNKNOWN) for token in generations),
        ]
    return by_capitals(before)


def _is_title(token: str) -> bool:
    lexicon = person_lexicon()
    return token in lexicon.titles or token in lexicon.letters_after


def by_capitals(text: str) -> list[tuple[str, Side]]:
    """Give the folded tokens in the order given name, family name, as capitals tell."""
    if _has_small(text):
        text = _INITIALS.sub(_apart, text)
    words = text.split()
    capital = [_is_capital(word) for word in words]
    mixed = any(capital) and any(
        not own and len(word) > 2 and not word.isupper() and _has_small(word)
        for word, own in zip(words, capital, strict=True)
    )
    if not mixed:
        return [(token, Side.UNKNOWN) for token in _tokens(text)]
    sided = [
        (token, Side.FAMILY if own else Side.GIVEN)
        for word, own in zip(words, capital, strict=True)
        for token in _tokens(word)
    ]
    return sorted(sided, key=lambda pair: pair[1] is Side.FAMILY)


_INITIALS = re.compile(r"\b[BCDFGHJ-NP-TV-Z]{2,3}\b")


def _apart(initials: re.Match[str]) -> str:
    """Write JRR as J R R, but leave Jr, PhD and Md."""
    word = initials[0].lower()
    lexicon = person_lexicon()
    is_word = _is_title(word) or word in lexicon.one_form or word in lexicon.variants
    return initials[0] if is_word else " ".join(initials[0])


def _is_capital(word: str) -> bool:
    if len(word) < 3 or not word.isupper() or _ROMAN.match(word):
        return False
    return word.isalpha() or len([c for c in word if c.isalpha()]) > 2


def _has_small(word: str) -> bool:
    return any(map(str.islower, word))


@lru_cache(maxsize=MOST_KEPT)
def _tokens(text: str) -> tuple[str, ...]:
    """Fold, write in Latin letters, and split; words with digits are dates, not names."""
    if text.isalpha() and text.isascii():
        return (text.lower(),)
    text = text.replace(".", " ").replace("/", " ")
    if _DIGIT.search(text):
        text = _DIGITS.sub(lambda found: found[0] if _GENERATION.match(found[0]) else "", text)  # fmt: skip
    if text.isascii():
        return tuple(fold(text).split())
    return tuple(in_latin_letters(fold(text)).split())


def in_latin_letters(folded: Folded) -> str:
    """Write a folded name of any script but Chinese in Latin letters."""
    tokens = folded.split()
    if len(tokens) == 1 and _HANGUL.fullmatch(tokens[0]):
        tokens = [tokens[0][0], tokens[0][1:]]
    return " ".join(_in_latin(token) for token in tokens)


@lru_cache(maxsize=MOST_KEPT)
def _in_latin(token: str) -> str:
    """Write a word in Latin letters; Arabic ones by the name that they usually stand for."""
    if token.isascii():
        return token
    arabic = person_lexicon().arabic
    if token in arabic:
        return arabic[token]
    if token.startswith("ال") and token[2:] in arabic:
        return f"al {arabic[token[2:]]}"
    return transliterate(token)


_HANGUL = re.compile(r"[가-힣]{2,4}")
"""A Korean name: a family name of one syllable, and a given name of one to three."""
