"""Languages: the words of the pages, in English and as far as they are translated.

A message is its own key. What a catalog lacks is said in English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import orjson

__all__ = ["ENGLISH", "Language", "language_of", "languages"]

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages are shown in."""

    code: str
    name: str
    """Its name in itself."""
    direction: Literal["ltr", "rtl"]
    is_draft: bool
    """Whether nobody has reviewed the translation."""
    messages: Mapping[str, str]

    def of(self, message: str) -> str:
        """Say a message in this language; in English where it is not translated."""
        return self.messages.get(message, message)


@cache
def languages() -> Mapping[str, Language]:
    """Read the catalogs, English first."""
    folder = resources.files("standsbehind.web") / "catalogs"
    files = sorted(file.name for file in folder.iterdir())
    codes = [name.removesuffix(".json") for name in files if name.endswith(".json")]
    read = {
        code: Language(
            code=code, **orjson.loads((folder / f"{code}.json").read_bytes())
        )
        for code in codes
    }
    return {ENGLISH: read[ENGLISH], **read}


def language_of(code: str | None) -> Language:
    """Return a language by its code; English for one that there is no catalog of."""
    return languages().get(code or ENGLISH, languages()[ENGLISH])
