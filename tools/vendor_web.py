"""Copy what the pages are built with from npm's packages: the graph library and the outlines.

Run `npm ci` in a copy of tools/web first, then `vendor_web.py FOLDER/node_modules`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src/standsbehind/web/static"


def main() -> None:
    modules = Path(sys.argv[1])
    graphs = modules / "cytoscape"
    shutil.copyfile(graphs / "dist/cytoscape.esm.min.mjs", STATIC / "cytoscape.js")
    shutil.copyfile(graphs / "LICENSE", STATIC / "cytoscape.LICENSE")
    outlines = ROOT / "tools/write_world.py"
    subprocess.run([sys.executable, outlines, modules / "world-atlas"], check=True)


if __name__ == "__main__":
    main()
