"""JSON documents: a list of objects, lines of objects, or FollowTheMoney entities."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standsbehind.screening.files.columns import field_names
from standsbehind.screening.files.delimited import lines_of
from standsbehind.screening.files.headings import kind_of
from standsbehind.screening.files.userfile import MAX_FIELD, UserFile
from standsbehind.screening.query import Skipped

__all__ = [
    "Flat",
    "Records",
    "flatten",
    "is_entity",
    "is_json_lines",
    "looks_like_json",
    "read_json",
    "read_json_lines",
]

Flat = Mapping[str, Sequence[str]]
"""An object as keys and texts: inner objects under `outer.inner`, lists as several texts."""

MAX_DEPTH = 8
_LINE_EXTENSIONS = frozenset({"jsonl", "ndjson", "jl", "ijson"})
_OPENING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Records:
    """The objects of a document with their numbers, and what stood among them that is none."""

    records: tuple[tuple[int, Mapping[str, Any]], ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Keep a key that stands twice in one object: the second becomes `key [2]`."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = field_names(tuple(key for key, _ in pairs))
    return dict(zip(keys, (value for _, value in pairs), strict=True))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    # A number stays the text that it is: an identifier has all its digits.
    parse_int=str,
    parse_float=str,
    parse_constant=str,
)


def looks_like_json(text: str) -> bool:
    """Whether the text begins as a JSON object, or as a list of objects or texts."""
    return _OPENING.match(text) is not None


def is_json_lines(file: UserFile, text: str) -> bool:
    """Whether each line is an object of its own; one of the first two may be damaged."""
    if file.extension in _LINE_EXTENSIONS or file.name.lower().endswith(".ftm.json"):
        return True
    first, _, rest = text[:MAX_FIELD].lstrip().partition("\n")
    second = rest.lstrip().partition("\n")[0]
    return (
        first.startswith("{")
        and bool(second)
        and (_is_object(first) or _is_object(second))
    )


def _is_object(line: str) -> bool:
    return isinstance(_decode(line), dict)


def _decode(text: str) -> object:
    """Decode JSON; a damaged text gives the error as a value."""
    try:
        return _DECODER.decode(text.strip())
    except json.JSONDecodeError as error:
        return error
    except RecursionError:
        return json.JSONDecodeError("nested too deeply", text, 0)


def read_json_lines(file: UserFile, text: str) -> Records:
    """Read one object a line; a line that is none is set aside with the reason."""
    records: list[tuple[int, Mapping[str, Any]]] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(lines_of(file, text), 1):
        if not line.strip():
            continue
        value = _decode(line)
        if isinstance(value, dict):
            records.append((number, value))
        else:
            skipped.append(
                Skipped(number, _why_no_object(value), {"line": line.strip()[:1000]})
            )
    return Records(tuple(records), tuple(skipped))


def _why_no_object(value: object) -> str:
    if isinstance(value, json.JSONDecodeError):
        return f"not JSON: {value.msg} at column {value.colno}"
    return "not a JSON object"


def read_json(file: UserFile, text: str) -> Records:
    """Read a list of objects or of names, an object that holds one such list, or one object.

    Raises UsageError with line and column where the text is not JSON, and where no list or
    more than one could be meant.
    """
    document = _decode(text)
    if isinstance(document, json.JSONDecodeError):
        message = (
            f"the JSON is cut short or damaged here ({document.msg}); fetch or export the"
            " file again"
        )
        raise file.refusal(message, document.lineno, document.colno)
    if isinstance(document, list):
        return _elements(document)
    if isinstance(document, dict):
        return _inside(file, document)
    raise file.refusal("the JSON holds a single value; a list of objects is needed")


def _elements(items: list[Any], notes: tuple[str, ...] = ()) -> Records:
    records: list[tuple[int, Mapping[str, Any]]] = []
    skipped: list[Skipped] = []
    are_names = not any(isinstance(item, dict) for item in items)
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            records.append((number, item))
        elif isinstance(item, str) and are_names:
            records.append((number, {"name": item}))
        else:
            shown = str(item)[:1000]
            skipped.append(Skipped(number, "not a JSON object", {"element": shown}))
    return Records(tuple(records), tuple(skipped), notes)


def _inside(file: UserFile, document: Mapping[str, Any]) -> Records:
    """Find the list that is meant in an object, or take the object for itself.

    A vendor's own lists (of addresses, say) have no names, so a list that has comes first.
    """
    if document.get("bomFormat") == "CycloneDX":
        raise file.refusal("CycloneDX is not read yet; give a table of names instead")
    lists = {key: items for key, items in document.items() if isinstance(items, list)}
    named = [key for key, items in lists.items() if any(map(_has_name, items[:20]))]
    if not named and _has_name(document):
        return _elements([document])
    found = named or [key for key, items in lists.items() if items]
    if len(found) == 1:
        return _elements(lists[found[0]], (f"The list under {found[0]!r} was read.",))
    message = (
        "no list of objects was found in the JSON; a list with a name each is needed"
    )
    if found:
        lists_found = " and ".join(map(repr, found))
        message = f"{lists_found} are all lists; save the one that is meant as a file"
    raise file.refusal(message)


def _has_name(item: object) -> bool:
    if not isinstance(item, dict):
        return False
    return is_entity(item) or any(kind_of(key) == "name" for key in flatten(item))


def is_entity(item: Mapping[str, Any]) -> bool:
    """Whether an object is an entity of FollowTheMoney."""
    return isinstance(item.get("schema"), str) and isinstance(
        item.get("properties"), dict
    )


def flatten(item: Mapping[str, Any]) -> Flat:
    """Write an object as keys and texts.

    >>> flatten({"supplier": {"name": "Acme", "names": ["A", "B"]}, "listed": True})
    {'supplier.name': ['Acme'], 'supplier.names': ['A', 'B'], 'listed': ['true']}
    """
    flat: dict[str, list[str]] = {}
    for path, text in _leaves("", item, MAX_DEPTH):
        flat.setdefault(path, []).append(text)
    return flat


def _leaves(path: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield (
            path,
            _SURROGATE.sub("\ufffd", value),
        )  # half a letter; no file can hold it
    elif isinstance(value, bool):
        yield path, str(value).lower()
    elif value is not None and depth == 0:
        yield path, f"(nested more than {MAX_DEPTH} levels deep)"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(path, inner, depth - 1)
