"""Write the part of the FollowTheMoney model that the core needs, from the package itself.

Run with the `ftm` extra: `python tools/vendor_ftm.py > src/standsbehind/model/ftm.json`.
The parity test fails when the file and the installed package differ.
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


if __name__ == "__main__":
    from followthemoney import __version__, model

    document = {"followthemoney": __version__, "schemata": compact(model.to_dict())}
    json.dump(document, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")
