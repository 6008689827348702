"""Score for nomenklatura, inside its own environment: one JSON line asks, one answers.

A task is `{"algorithm", "queries": [[query, [candidate, ...]], ...]}`, where an entity is
`{"id", "schema", "names"}`. The answer is `{"scores": [[...], ...], "seconds"}`; the
clock runs while `compare` does, not while the entities are made.
"""

import json
import sys
import time
from importlib import metadata

from followthemoney import EntityProxy, model
from nomenklatura.matching import get_algorithm


def made(entity: dict) -> EntityProxy:
    """Make the entity of one JSON object.

    nomenklatura remembers what it read of an entity by the id alone, so an id must never
    come back with other names.
    """
    proxy = model.make_entity(entity["schema"])
    proxy.id = " | ".join((entity["id"], *entity["names"]))
    for name in entity["names"]:
        proxy.add("name", name)
    return proxy


def answered(task: dict) -> dict:
    """Score all candidates of all queries of a task."""
    algorithm = get_algorithm(task["algorithm"])
    config = algorithm.default_config()
    queries = [
        (made(query), [made(candidate) for candidate in candidates])
        for query, candidates in task["queries"]
    ]
    started = time.perf_counter()
    scores = [
        [algorithm.compare(query, candidate, config).score for candidate in candidates]
        for query, candidates in queries
    ]
    return {"scores": scores, "seconds": time.perf_counter() - started}


if __name__ == "__main__":
    names = ("nomenklatura", "followthemoney", "rigour", "pyicu")
    print(json.dumps({name: metadata.version(name) for name in names}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answered(json.loads(line))), flush=True)
