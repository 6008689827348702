"""Another graph library, timed: `graph_peers_worker.py networkit|rustworkx LINKS ASKED`.

Runs in the environment of the peers and prints one JSON document.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

Search = Callable[[int, int], int]


def networkit(nodes: int, source: Any, target: Any) -> dict[str, Search]:  # noqa: ANN401 - arrays
    """Lay out an undirected graph; the path itself is asked for, not its length alone."""
    import networkit as nk  # noqa: PLC0415 - in the environment of the peers

    nk.setNumberOfThreads(1)
    graph = nk.GraphFromCoo((source, target), n=nodes, directed=False)

    def shortest(a: int, b: int) -> int:
        search = nk.distance.BidirectionalBFS(graph, a, b, storePred=True)
        search.run()
        return len(search.getPath()) + 1 if a != b else 0

    return {"shortest": shortest}


def rustworkx(nodes: int, source: Any, target: Any) -> dict[str, Search]:  # noqa: ANN401 - arrays
    """Lay out an undirected graph; it has no search from both ends, only Dijkstra's."""
    import rustworkx as rx  # noqa: PLC0415 - in the environment of the peers

    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(nodes))
    graph.extend_from_edge_list(
        list(zip(source.tolist(), target.tolist(), strict=True))
    )

    def shortest(a: int, b: int) -> int:
        found = rx.dijkstra_shortest_paths(graph, a, b, default_weight=1.0)
        return len(found[b]) - 1

    return {"shortest": shortest}


def main(peer: str, links: Path, asked: Path) -> dict[str, Any]:
    """Lay the graph out and answer each question; return lengths and milliseconds."""
    columns = np.load(links)
    questions = json.loads(asked.read_text())
    started = time.process_time()
    make = {"networkit": networkit, "rustworkx": rustworkx}[peer]
    searches = make(int(columns["nodes"]), columns["source"], columns["target"])
    found: dict[str, Any] = {
        "version": metadata.version(peer),
        "laid_out_s": round(time.process_time() - started, 1),
    }
    for kind, search in searches.items():
        answers, spent = [], []
        for one, other in questions[f"{peer} {kind}"]:
            began = time.process_time()
            answers.append(search(one, other))
            spent.append((time.process_time() - began) * 1_000)
        found[kind] = {"answers": answers, "cpu_ms": spent}
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
