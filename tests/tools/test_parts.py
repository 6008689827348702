"""The bill of materials and the page on licences say what a user gets, all of it, and alike each time."""

import json
import os
import re
import subprocess
import sys

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from tools.list_parts import PAGE, Papers
from tools.parts.licences import ASKS, BY_HAND, FREE, licence_of, names_in
from tools.parts.locked import CORE, ROOT, read_lock
from tools.parts.page import write_page
from tools.parts.stated import Stated, installed
from tools.parts.vendored import npm_packages, own_tools

REMEDY = "run .venv/bin/python -m tools.list_parts --read, and read what it changes"


@pytest.fixture(scope="module")
def papers():
    return Papers(read_lock())


@pytest.fixture(scope="module")
def bill(papers):
    return json.loads(papers.bill())


@pytest.fixture(scope="module")
def components(bill):
    return {one["bom-ref"]: one for one in bill["components"]}


def test_the_bill_is_valid_by_the_strict_schema_of_cyclonedx(papers, bill):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(papers.bill()) is None
    assert bill["specVersion"] == "1.6"


def test_the_schema_refuses_a_bill_that_is_wrong(bill):
    wrong = json.dumps({**bill, "components": [{"name": "no type"}]})
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(wrong) is not None


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_run_makes_the_same_bytes(papers, seed):
    program = (
        "import sys; from tools.list_parts import Papers, read_lock;"
        "sys.stdout.write(Papers(read_lock()).bill())"
    )
    again = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert again.stdout.decode() == papers.bill()


def test_the_page_is_what_the_script_writes(papers):
    assert PAGE.read_text("utf-8") == papers.page(), REMEDY


def locked_for_users(*arguments):
    """Ask uv itself which packages a user gets."""
    exported = subprocess.run(
        [".venv/bin/uv", "export", "--frozen", "--no-dev", "--no-hashes", "--no-emit-project", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return set(re.findall(r"^([\w.-]+)==([^\s;]+)", exported.stdout, re.MULTILINE))


def test_every_locked_package_is_in_the_bill(components):
    told = {
        (one["name"], one["version"])
        for one in components.values()
        if one.get("purl", "").startswith("pkg:pypi/") and "version" in one
    }
    assert told == locked_for_users("--all-extras"), REMEDY
    assert ("pytest", "9") not in {(name, version[0]) for name, version in told}


def test_what_only_an_extra_brings_is_optional(components):
    core = locked_for_users()
    for one in components.values():
        if "scope" in one:
            is_core = (one["name"], one["version"]) in core
            assert one["scope"] == ("required" if is_core else "optional"), one["name"]
    (psycopg,) = (one for one in components.values() if one["name"] == "psycopg")
    assert psycopg["properties"] == [
        {"name": "standsbehind:extra", "value": "postgres"}
    ]


def test_a_package_is_told_with_its_files_their_digests_and_what_it_needs(
    bill, components
):
    ref = next(ref for ref in components if ref.startswith("pkg:pypi/httpx@"))
    files = components[ref]["externalReferences"]
    assert {file["url"].rpartition(".")[2] for file in files} == {"gz", "whl"}
    assert all(len(file["hashes"][0]["content"]) == 64 for file in files)
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert {key.split("/")[1].split("@")[0] for key in needs[ref]} == {
        "anyio",
        "certifi",
        "httpcore",
        "idna",
    }
    assert ref in needs[bill["metadata"]["component"]["bom-ref"]]


def test_every_licence_is_known_and_what_it_asks_is_told(papers):
    for package in papers.locked.packages:
        licence = papers.licence(package)
        assert licence.expression, f"{package.name} states none: read it, then BY_HAND"
        unknown = {*names_in(licence.expression)} - FREE - {*ASKS}
        assert not unknown, (
            f"{package.name}: does {unknown} ask for more than a notice?"
        )


def test_the_words_that_are_kept_are_those_of_the_packages(papers):
    here = installed(papers.locked.packages)
    assert len(here) > 60
    assert {key: papers.stated[key] for key in here} == here, REMEDY
    assert papers.stated.keys() == {one.key for one in papers.locked.packages}, REMEDY


def test_a_person_reads_only_what_the_package_leaves_open(papers):
    by_name = {one.name: papers.stated[one.key] for one in papers.locked.packages}
    for name in BY_HAND:
        assert not by_name[name].expression
        assert papers.licence(package_named(papers, name)).is_read


def package_named(papers, name):
    return next(one for one in papers.locked.packages if one.name == name)


@pytest.mark.parametrize(
    ("expression", "classifiers", "field", "expected"),
    [
        pytest.param("mit", "BSD License", "GPL", "MIT", id="the expression first"),
        pytest.param("", "MIT License", "see the file", "MIT", id="a clear classifier"),
        pytest.param("", "BSD License", "BSD-3-Clause", "BSD-3-Clause", id="the field where a classifier is vague"),
        pytest.param("", "BSD License", "BSD", None, id="vague words are no licence"),
        pytest.param("", "", "", None, id="silence is no licence"),
    ],
)  # fmt: skip
def test_a_licence_is_what_the_clearest_word_says(
    expression, classifiers, field, expected
):
    stated = Stated("example", "1", expression, classifiers, field)
    assert licence_of(stated).expression == expected


def test_a_package_that_states_no_licence_is_named(papers):
    silent = package_named(papers, "rich")

    def licence(package):
        words = ("", "", "") if package is silent else None
        return (
            licence_of(Stated(*package.key, *words))
            if words
            else papers.licence(package)
        )

    page = write_page(papers.locked.packages, licence, papers.parts)
    assert "These state no licence: rich." in page
    assert f"| rich | {silent.version} | not stated | {CORE} |" in page


def test_everything_that_is_held_of_others_is_told(papers):
    told = {part.name for part in papers.parts if part.sha512}
    assert told == {name for name, _ in npm_packages()}
    tools = {f"tools/{p.name}" for kind in ("write", "vendor") for p in (ROOT / "tools").glob(f"{kind}_*.py")}  # fmt: skip
    assert tools == {part.tool for part in papers.parts} | own_tools()


def test_notices_that_licences_ask_for_are_kept(papers):
    kept = (ROOT / "NOTICE").read_text("utf-8")
    for part in papers.parts:
        assert part.spdx or part.licence
        if part.spdx and not part.spdx.startswith("CC0"):
            assert part.notice in kept
            assert all(str(path) in kept for path in part.files)
