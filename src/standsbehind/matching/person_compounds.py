"""Compounds: names of several words that are written together or apart, in one form."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.person_lexicon import person_lexicon

__all__ = ["ALLAH", "compounds", "in_one_form", "may_be_article", "pieces"]

S = TypeVar("S")

ALLAH = frozenset({"allah", "ullah", "ollah", "llah"})
_ABDUL = re.compile(r"abd(?:[aeou]+l|[aeu]([rsntdz])(?=\1)|[aeiu])(?=[a-z]{3})")
_DIN = re.compile(r"(?<=[a-z]{2})[aeiou](?:dd|ld)(?:in|een|ine|een|yn)$")
_DIN_WORD = re.compile(r"(?:[aeu]dd?|ul|el|al)?d(?:in|een|ine|yn)$")
_NOT_ABDUL = re.compile(r"abd[aeou]l?l?[aeu]?h?i?$|abd[aeou]ll?[aeu]h")


def in_one_form(tokens: list[tuple[str, S]]) -> list[tuple[str, S]]:
    """Write compounds of Arabic names in one way: Abdelaziz as Abdul Aziz, Nuruddin as Nur Din."""
    out: list[tuple[str, S]] = []
    following = [*(token for token, _ in tokens[1:]), ""]
    for (token, side), after in zip(tokens, following, strict=False):
        for piece in ("al",) if out and _is_article(token, after) else pieces(token):
            if piece in ALLAH and out:
                out.append(_with_allah(out))
            else:
                out.append((piece, side))
    return out


def _with_allah(before: list[tuple[str, S]]) -> tuple[str, S]:
    """Take the last word, past an article, and write it together with Allah."""
    word, side = before.pop()
    if word == "al" and before:
        word, side = before.pop()
    return f"{word}ullah" if word != "abdul" else "abdullah", side


_ARTICLE = re.compile(r"[aeu](r|sh|s|z|n|d|t)$")


def _is_article(token: str, after: str) -> bool:
    """Whether a word is the Arabic article before its letter: ur Rahman, as Salam, ul Haq."""
    if token in {"ul", "ol"}:
        return bool(after)
    found = _ARTICLE.match(token)
    return bool(found and after.startswith(found[1]))


def may_be_article(token: str) -> bool:
    """Tell whether a word is the article before some words."""
    return token in {"ul", "ol"} or _ARTICLE.match(token) is not None


def compounds(tokens: Iterable[str]) -> list[str]:
    """Choose the words that `pieces` takes apart or writes otherwise."""
    forms = person_lexicon().one_form
    # Din and its spellings end on these letters; most names of other languages do not.
    likely = (t for t in tokens if t[-1] in "ne" or t[:3] == "abd" or t in forms)
    return [token for token in likely if pieces(token) != (token,)]


@lru_cache(maxsize=MOST_KEPT)
def pieces(token: str) -> tuple[str, ...]:
    """Take a word apart: Abdelaziz into abdul and aziz, Nuruddin into nur and din."""
    forms = person_lexicon().one_form
    if token in forms:
        return (forms[token],)
    if _DIN_WORD.match(token):
        return ("din",)
    if (found := _ABDUL.match(token)) and not _NOT_ABDUL.match(token):
        return ("abdul", token[found.end() :])
    if (found := _DIN.search(token)) and not token.startswith("gerald"):
        return (token[: found.start()], "din")
    return (token,)
