"""Lined: a YAML file of a user, read with the line of every value and without surprises."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from standsbehind.errors import UsageError

__all__ = ["MOST_BYTES", "Lined", "read_lined"]

MOST_BYTES = 1 << 20
_MOST_DEPTH = 8
_HALVES = re.compile("[\ud800-\udfff]")
_NULL = "tag:yaml.org,2002:null"
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


@dataclass(frozen=True, slots=True)
class Lined:
    """One value and the line on which it, or its key, stands.

    Every scalar is its text as written: a day is no date and `no` is no truth value yet.
    """

    line: int
    value: "str | tuple[Lined, ...] | Mapping[str, Lined]"


def read_lined(name: str, content: bytes) -> Lined:
    """Read a YAML file, whose name is said in errors.

    Raises UsageError, with the line, for what is no YAML, a key that stands twice, an alias,
    and for a file that is too long or too deep to be a form.
    """
    if len(content) > MOST_BYTES:
        raise _refusal(name, 1, "longer than 1 MB; this is no form")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _refusal(name, line, "not UTF-8; save the file as UTF-8") from error
    try:
        _check_shape(name, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _no_yaml(name, text, error) from error
    except (ValueError, OverflowError) as error:
        # An escape of no character: the reader of YAML does not say where.
        line = next((n for n, one in enumerate(text.split("\n"), 1) if "\\U" in one), 1)
        raise _refusal(name, line, "an escape that is no character") from error
    if node is None:
        raise _refusal(name, 1, "the file is empty")
    return _lined(name, node, node.start_mark.line + 1)


def _check_shape(name: str, text: str) -> None:
    """Refuse aliases, which can grow without end, and depth, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, _OPENING)
        depth -= isinstance(event, _CLOSING)
        if isinstance(event, yaml.AliasEvent):
            raise _refusal(name, line, "an alias (`*name`); write the value out")
        if depth > _MOST_DEPTH:
            raise _refusal(name, line, "nested too deeply; this is no form")


def _no_yaml(name: str, text: str, error: yaml.YAMLError) -> UsageError:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line = mark.line + 1
    else:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
    what = (
        getattr(error, "problem", None) or getattr(error, "reason", "") or "unreadable"
    )
    return _refusal(name, line, f"not YAML: {what}; correct the line")


def _lined(name: str, node: yaml.Node, line: int) -> Lined:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Lined] = {}
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _refusal(name, at, "a key that is no word")
            if key.value in found:
                raise _refusal(name, at, f"`{key.value}` stands twice; keep one")
            found[key.value] = _lined(name, value, at)
        return Lined(line, found)
    if isinstance(node, yaml.SequenceNode):
        return Lined(
            line,
            tuple(_lined(name, one, one.start_mark.line + 1) for one in node.value),
        )
    said = "" if node.tag == _NULL else str(node.value).strip()
    if _HALVES.search(said):
        raise _refusal(name, line, "half of a pair of characters, and no text")
    return Lined(line, said)


def _refusal(name: str, line: int, what: str) -> UsageError:
    return UsageError(f"{name}:{line}: {what}")
