"""Other graph libraries on the same links, in an environment of their own: networkit, rustworkx."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from side_by_side.machine import ROOT, pinned
from side_by_side.peers import environment
from standsbehind.graph.links import Links

__all__ = ["PACKAGES", "peers_timed"]

HOME = ROOT / "build" / "graph-peers"
PACKAGES = ("networkit==11.3", "rustworkx==0.18.1", "numpy==2.4.6")
WORKER = ROOT / "benchmarks" / "side_by_side" / "graph_peers_worker.py"


def peers_timed(
    folder: Path,
    nodes: int,
    links: Links,
    asked: Mapping[str, Sequence[Any]],
    core: int,
) -> dict[str, Any]:
    """Let each library find the shortest paths that are asked for, on one core.

    The links are taken without direction, as `behind trace` takes them by itself; filters
    and hubs are not asked of the others.
    """
    file = folder / "links.npz"
    np.savez(file, nodes=nodes, source=links.source, target=links.target)
    (folder / "asked.json").write_text(json.dumps(asked))
    python = environment(HOME, PACKAGES)
    found: dict[str, Any] = {}
    for peer in ("networkit", "rustworkx"):
        command = pinned([core], python, WORKER, peer, file, folder / "asked.json")
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise SystemExit(f"{peer}: {run.stderr}")
        found[peer] = json.loads(run.stdout)
    return found
