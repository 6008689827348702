"""Word lists, programs and descriptions that ship with the package, as YAML."""

from typing import Any

import yaml

__all__ = ["read_yaml"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Both are safe loaders; the one in C reads our programs ten times as fast."""


def read_yaml(text: str) -> Any:  # noqa: ANN401 - whatever the document holds
    """Read one YAML document. Raises yaml.YAMLError where the text is not YAML."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, see above
