"""Write the part of the FollowTheMoney model that the core needs, from the package itself.

Run with the `ftm` extra:

- `python tools/vendor_ftm.py > src/standsbehind/model/ftm.json`
- `python tools/vendor_ftm.py words > src/standsbehind/model/ftm_words.json`

The parity test fails when a file and the installed package differ.
"""

import json
import sys
from typing import Any


def compact(model: dict[str, Any]) -> dict[str, Any]:
    """Keep names, descent, edge ends, captions and the type of each own property."""
    return {
        name: {
            "extends": sorted(schema.get("extends", [])),
            "edge": edge_of(schema),
            "caption": schema.get("caption", []),
            "properties": {
                prop: spec["type"]
                for prop, spec in sorted(schema["properties"].items())
                if not spec.get("stub")
            },
        }
        for name, schema in sorted(model["schemata"].items())
    }


def edge_of(schema: dict[str, Any]) -> list[str] | None:
    """Return the two properties that hold the ends of an edge, or None for a node."""
    edge = schema.get("edge")
    return [edge["source"], edge["target"]] if edge else None


def words(model: dict[str, Any]) -> dict[str, Any]:
    """Keep what types and properties are called, which are matched, and what leads back."""
    types = {
        name: {
            "label": schema["label"],
            "plural": schema["plural"],
            "matchable": bool(schema.get("matchable")),
            "featured": schema.get("featured", []),
            "labels": {prop: spec["label"] for prop, spec in _own(schema)},
            "reverse": {
                prop: spec["reverse"]
                for prop, spec in _own(schema)
                if "reverse" in spec
            },
            "hidden": [prop for prop, spec in _own(schema) if spec.get("hidden")],
        }
        for name, schema in sorted(model["schemata"].items())
    }
    kinds = ("country", "topic", "gender")
    return {
        "schemata": types,
        "values": {name: model["types"][name]["values"] for name in kinds},
    }


def _own(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """List the properties of a type that nothing else points at it by."""
    found = sorted(schema["properties"].items())
    return [(prop, spec) for prop, spec in found if not spec.get("stub")]


if __name__ == "__main__":
    from followthemoney import __version__, model

    known = model.to_dict()
    told = words(known) if "words" in sys.argv[1:] else {"schemata": compact(known)}
    document = {"followthemoney": __version__, **told}
    json.dump(document, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")
