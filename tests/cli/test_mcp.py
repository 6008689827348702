"""`behind mcp` where it cannot answer."""

import sys


def test_without_the_extra_it_names_the_remedy(behind, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("standsbehind.mcp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    run = behind("mcp")
    assert run.code == 2
    assert "pip install 'standsbehind[mcp]'" in run.err
