"""The documents show what the command prints, name every verb, and link to what is there."""

import csv
import re
from urllib.parse import unquote

import pytest
from tools.write_docs import (
    GAP,
    HELP_FILE,
    PICTURE,
    ROOT,
    Stage,
    documents,
    help_text,
    refit,
)

from standsbehind.cli.main import VERBS
from standsbehind.web.policy import LINES as PAGE_LINES

REMEDY = "run .venv/bin/python tools/write_docs.py, and read what it changes"
NAMES = [str(path.relative_to(ROOT)) for path in documents()]
BY_ROLE = ["for-procurement.md", "for-journalists.md", "for-tribunals.md"]
LINKING = [*NAMES, "SECURITY.md"]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    stage = Stage(tmp_path_factory.mktemp("documents"))
    stage.prepare()
    return stage


@pytest.mark.parametrize("name", NAMES)
def test_a_document_shows_what_the_command_prints(stage, name):
    path = ROOT / name
    assert path.read_text("utf-8").splitlines() == stage.fresh(path).splitlines(), (
        REMEDY
    )


def test_the_help_that_is_printed_at_once_is_that_of_the_command():
    assert HELP_FILE.read_text("utf-8") == help_text(), REMEDY


def test_the_picture_is_drawn_from_the_data(stage):
    assert PICTURE.read_text("utf-8") == stage.picture(), REMEDY


def test_every_verb_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert re.findall(r"^### behind ([\w-]+)$", text, re.MULTILINE) == list(VERBS)


@pytest.mark.parametrize("name", LINKING)
def test_every_link_leads_to_a_file_and_a_heading(name):
    path = ROOT / name
    prose = re.sub(
        r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        target, _, anchor = unquote(link).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = path.parent / target if target else path
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link


@pytest.mark.parametrize("name", BY_ROLE)
def test_a_quickstart_names_pages_that_are_there_and_is_found(name):
    text = (ROOT / "docs" / name).read_text("utf-8")
    shown = {re.sub(r"{.*?}", "ID", path) for _, path in PAGE_LINES}
    named = set(re.findall(r"`(/[a-z][^`\s]*)`", text))
    assert named
    assert named <= shown
    assert f"]({name})" in (ROOT / "docs" / "index.md").read_text("utf-8")
    assert f"](docs/{name})" in (ROOT / "README.md").read_text("utf-8")


def test_every_page_of_the_documents_is_found_from_the_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    for path in (ROOT / "docs").glob("*.md"):
        assert f"]({path.name}" in index or path.name == "index.md", path.name


def anchors(path):
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-")
        for heading in headings
    }


def test_every_decision_stands_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    for path in (ROOT / "docs" / "adr").glob("0*.md"):
        title = path.read_text("utf-8").splitlines()[0].split(". ", 1)[1]
        assert f"[{path.name[:4]}](adr/{path.name}) {title}\n" in index


def test_every_name_that_the_matcher_is_bad_at_was_run():
    """Hold the tables against the file whose scores stand below them."""
    text = (ROOT / "docs" / "matching.md").read_text("utf-8")
    section = text.split("## What the matcher is bad at")[1].split("\n## ")[0]
    told = re.findall(r"`([^`]+)` ~ `([^`]+)`", section)
    path = ROOT / "docs" / "samples" / "hard-names.csv"
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    assert told == [(row["left"], row["right"]) for row in rows]


PRINTED = ["first", "second", "third", "fourth", "last"]


@pytest.mark.parametrize(
    ("shown", "fresh"),
    [
        pytest.param([], PRINTED, id="a new example is filled"),
        pytest.param(["old"], PRINTED, id="an old one is replaced"),
        pytest.param(
            ["first", GAP, "last"],
            ["first", GAP, "last"],
            id="a short one that fits stays",
        ),
        pytest.param(
            ["once", GAP, "before"],
            ["first", GAP, "last"],
            id="first and last keep their places",
        ),
        pytest.param(
            [GAP, "thirds", GAP],
            [GAP, "third", GAP],
            id="a passage goes where its like is",
        ),
    ],
)
def test_an_output_is_shortened_as_it_was(shown, fresh):
    assert refit(shown, PRINTED) == fresh


def test_a_passage_that_is_printed_no_longer_is_for_a_person_to_mend():
    with pytest.raises(ValueError, match="shorten the example by hand"):
        refit(["first", GAP, "xyz", GAP, "last"], PRINTED)


def test_the_id_of_a_snapshot_may_stand_or_be_left_blank():
    printed = ["* 2026....-............  396 entities"]
    for shown in ("20261123-012a99373b04", "2026....-............"):
        assert refit([f"* {shown}  396 entities"], printed) == [
            f"* {shown}  396 entities"
        ]
