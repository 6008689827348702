"""The same ledger gives the same snapshot, whichever process makes it."""

import os
import subprocess
import sys

from standsbehind.publishing.home import Home
from tests.published import a_ledger
from tests.told import firm

MAKE = """
import sys
from pathlib import Path
from standsbehind.ledger.ledger import Ledger
from standsbehind.publishing.publish import publish
print(publish(Ledger(Path(sys.argv[1])), Path(sys.argv[2])).id)
"""
NAMES = (
    "北京海关科技有限公司",
    "香港地理信息研究中心",
    "Intelligent Optical Solution Service Partner Ltd",
    "Regional Airline Association of Australia",
    "ООО Русский Оптический Институт",
)
"""Names of which many words are known, so that their order could be that of a set."""


def test_the_order_of_sets_has_no_say_in_a_snapshot(tmp_path):
    home = Home(tmp_path)
    told = [firm(f"f{n}", name) for n, name in enumerate(NAMES)]
    a_ledger(home.ledger.folder, *told)
    made = set()
    for seed in ("1", "2", "3"):
        command = (sys.executable, "-c", MAKE, home.ledger.folder, tmp_path / seed)
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        )
        made.add(done.stdout.strip())
    assert len(made) == 1
