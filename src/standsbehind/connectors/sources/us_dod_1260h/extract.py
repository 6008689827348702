"""An extract of one edition in JSON: a count, and as many entities as it says."""

from collections.abc import Iterator
from typing import Any

import orjson

from standsbehind.connectors.context import Copy, Pull, Quarantined, Unread
from standsbehind.connectors.federal_register import notices
from standsbehind.connectors.ndaa.entry import IN_A_TRANSCRIPTION, Entry
from standsbehind.connectors.sources.us_dod_1260h.editions import edition_of
from standsbehind.errors import SourceError
from standsbehind.model.dates import partial_date

__all__ = ["read_extract"]

_LIST = "dow-1260h"
_ABOUT = frozenset({"list_id", "source_file", "extracted", "count", "entities"})
_TEXTS = ("name", "country", "effective_date", "federal_register", "notes")
_BLANK = ("address", "status")
"""Fields in which no extract seen so far holds anything."""


def read_extract(pull: Pull, copy: Copy) -> Iterator[Entry | Quarantined | Unread]:
    """Read the entities of one edition.

    Raises SourceError where the copy is no such extract, or holds more or fewer entities
    than it says.
    """
    told = _open(copy)
    for field in told.keys() - _ABOUT:
        yield Unread(copy.name, f"field {field!r}")
    for number, entity in enumerate(told["entities"], start=1):
        locator = f"{copy.name}, entity {number}"
        if not isinstance(entity, dict):
            yield Quarantined(locator, "not an entity")
            continue
        yield _entry(pull, copy, locator, entity)
        yield from _unread(locator, entity)


def _open(copy: Copy) -> dict[str, Any]:
    try:
        told: Any = orjson.loads(copy.content)
    except orjson.JSONDecodeError as error:
        message = f"{copy.name}: no whole JSON ({error}); fetch it again"
        raise SourceError(message) from error
    extract: dict[str, Any] = told if isinstance(told, dict) else {}
    entities = extract.get("entities")
    if not isinstance(entities, list) or extract.get("list_id") != _LIST:
        message = (
            f"{copy.name}: no extract of this list (list_id {_LIST!r} and entities); "
            "is it the right file?"
        )
        raise SourceError(message)
    if extract.get("count") != len(entities):
        message = (
            f"{copy.name}: says that it holds {extract.get('count')!r} entities and holds "
            f"{len(entities)}; it was cut or changed: fetch it again"
        )
        raise SourceError(message)
    return extract


def _entry(
    pull: Pull, copy: Copy, locator: str, entity: dict[str, Any]
) -> Entry | Quarantined:
    given = {field: entity.get(field) for field in _TEXTS}
    aliases = entity.get("aliases") or []
    is_text = all(value is None or isinstance(value, str) for value in given.values())
    if not is_text or not isinstance(aliases, list):
        return Quarantined(locator, "a field that is no text")
    if not all(isinstance(alias, str) for alias in aliases):
        return Quarantined(locator, "an alias that is no text")
    texts = {field: (value or "").strip() for field, value in given.items()}
    day = partial_date(texts["effective_date"])
    if day is None:
        return Quarantined(locator, f"not a date: {texts['effective_date']!r}")
    # The extract calls the day of publication the effective date.
    edition = edition_of(pull, published=day)
    return Entry(
        name=texts["name"],
        citation=pull.cite(
            copy,
            locator,
            quote=texts["name"],
            title=f"{pull.dataset.title}, {IN_A_TRANSCRIPTION}",
            published=day,
        ),
        listing=edition.listing(texts["name"]),
        aliases=tuple(aliases),
        country=texts["country"],
        remark=texts["notes"],
    )


def _unread(locator: str, entity: dict[str, Any]) -> Iterator[Unread]:
    known = {*_TEXTS, *_BLANK, "aliases"}
    for field, value in entity.items():
        if field not in known or (field in _BLANK and value):
            yield Unread(locator, f"field {field!r}")
    cited = entity.get("federal_register")
    if isinstance(cited, str) and not notices(cited):
        yield Unread(locator, f"citation {cited!r}")
