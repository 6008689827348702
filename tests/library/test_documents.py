"""The guide and the notebook show what Python answers."""

import ast
import doctest
import json
import re

import pytest
from tools.write_docs import ROOT

import standsbehind as sb

GUIDE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "examples" / "screening.ipynb"


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """Let `open()` find a folder of the test's own, as `BEHIND_DATA` names one."""
    monkeypatch.setenv("BEHIND_DATA", str(tmp_path))


@pytest.mark.usefixtures("at_home")
def test_every_example_of_the_guide_prints_what_it_shows(capsys):
    text = GUIDE.read_text("utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    parsed = doctest.DocTestParser().get_doctest(
        "\n".join(blocks), {}, GUIDE.name, str(GUIDE), 0
    )
    outcome = doctest.DocTestRunner().run(parsed)
    assert outcome.attempted > 12
    assert not outcome.failed, capsys.readouterr().out


def run_cell(source, names):
    """Run a cell as a notebook does: what its last line says is what it shows."""
    *before, last = ast.parse(source).body
    exec(compile(ast.Module(before, []), str(NOTEBOOK), "exec"), names)  # noqa: S102
    whole = compile(ast.Expression(last.value), str(NOTEBOOK), "eval")
    return eval(whole, names)  # noqa: S307


@pytest.mark.usefixtures("at_home")
def test_every_cell_of_the_notebook_runs_and_shows_something():
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    names = {}
    shown = [run_cell(source, names) for source in sources]
    _, screening, hits, trace, sources_of_hops, effects = shown
    for one in (screening, trace, effects):
        assert "No hit found is not clear." in one._repr_html_()
    assert set(hits["row"]) == {1, 2}
    assert sources_of_hops["source"].str.len_chars().min() > 0


@pytest.mark.usefixtures("at_home")
def test_the_folder_is_the_one_that_the_command_uses(tmp_path):
    assert sb.open().home.folder == tmp_path
