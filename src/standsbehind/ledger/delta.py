"""Deltas: what changed between two states of a dataset, checked before it is believed.

A state is a set of FollowTheMoney entities. Its whole file holds each entity as one line of
JSON with sorted keys and sorted values, in the order of ids; the state's digest is the
SHA-256 of that file, so that `sha256sum` checks it. A delta is a file of lines
`{"op":"ADD|MOD|DEL","entity":{...}}`, which is OpenSanctions' form.
"""

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

from standsbehind.errors import DeltaError, SourceError

__all__ = [
    "State",
    "apply",
    "count_ops",
    "delta_between",
    "digest_of_state",
    "line_of",
    "state_of",
    "whole_file",
]

State = Mapping[str, bytes]
"""Each entity's line, without its newline, by the entity's id."""

_OPS = ("ADD", "MOD", "DEL")
_LINES = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


def line_of(entity: Mapping[str, Any]) -> bytes:
    """Write an entity as its line: equal entities give equal bytes."""
    properties = entity.get("properties")
    if isinstance(properties, Mapping):
        ordered = {name: _in_order(found) for name, found in properties.items()}
        entity = {**entity, "properties": ordered}
    return orjson.dumps(entity, option=orjson.OPT_SORT_KEYS)


def _in_order(values: object) -> object:
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        return sorted(set(values))
    return values


def state_of(content: bytes, name: str) -> State:
    """Read a file of entities as a state.

    Raises SourceError, naming file and line, where a line is cut off, is no entity, or
    tells of an entity a second time.
    """
    state: dict[str, bytes] = {}
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        entity = _object(line)
        key = entity.get("id") if entity is not None else None
        if entity is None or not isinstance(key, str) or key in state:
            why = "tells of an entity twice" if key in state else "no whole entity"
            message = f"{name}:{number}: {why}; fetch the file again"
            raise SourceError(message)
        state[key] = line_of(entity)
    return state


def whole_file(state: State) -> bytes:
    """Write the file that holds a state whole."""
    return b"".join(state[key] + b"\n" for key in sorted(state))


def digest_of_state(state: State) -> str:
    """Return the SHA-256 of the state's whole file, in hexadecimal."""
    whole = sha256()
    for key in sorted(state):
        whole.update(state[key])
        whole.update(b"\n")
    return whole.hexdigest()


def delta_between(before: State, after: State) -> bytes:
    """Write the delta that leads from one state to the next, in the order of ids."""
    lines = []
    for key in sorted(before.keys() | after.keys()):
        if key not in after:
            lines.append(_told("DEL", {"id": key}))
        elif key not in before:
            lines.append(_told("ADD", orjson.Fragment(after[key])))
        elif before[key] != after[key]:
            lines.append(_told("MOD", orjson.Fragment(after[key])))
    return b"".join(lines)


def _told(op: str, entity: object) -> bytes:
    return orjson.dumps({"op": op, "entity": entity}, option=_LINES)


def count_ops(content: bytes) -> dict[str, int]:
    """Count the lines of a well-formed delta by what they do."""
    counted = Counter(orjson.loads(line)["op"] for line in content.splitlines())
    return {op: counted[op] for op in _OPS}


def apply(held: State, content: bytes, name: str) -> State:
    """Apply a delta to the state held; the state held is left as it is.

    Raises DeltaError where a line is cut off or no step at all, where it adds what is
    held, or changes or deletes what is not: then the delta belongs to another state.
    """
    if content and not content.endswith(b"\n"):
        message = f"{name}: the last line is cut off; fetch it again"
        raise DeltaError("truncated", message)
    state = dict(held)
    for number, line in enumerate(content.splitlines(), start=1):
        step = _object(line)
        entity = step.get("entity") if step is not None else None
        if step is None or step.get("op") not in _OPS or not _is_named(entity):
            message = f"{name}:{number}: not a step of a delta; fetch it again"
            raise DeltaError("unreadable", message)
        _step(state, step["op"], step["entity"], f"{name}:{number}")
    return state


def _step(
    state: dict[str, bytes], op: str, entity: Mapping[str, Any], place: str
) -> None:
    key = entity["id"]
    if op == "ADD" and key in state:
        message = f"{place}: adds {key}, which is held already"
        raise DeltaError("replayed", message)
    if op != "ADD" and key not in state:
        message = f"{place}: {op} of {key}, which is not held"
        raise DeltaError("foreign", message)
    if op == "DEL":
        del state[key]
    else:
        state[key] = line_of(entity)


def _is_named(entity: object) -> bool:
    return isinstance(entity, Mapping) and isinstance(entity.get("id"), str)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        loaded = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return loaded if isinstance(loaded, dict) else None
