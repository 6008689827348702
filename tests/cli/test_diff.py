"""What changed between two snapshots is told entity by entity, with the statements."""

import json

import pytest


def pulled(behind, tmp_path, *names):
    path = tmp_path / "mine.ftm.json"
    path.write_text(
        "".join(
            json.dumps(
                {"id": n.lower(), "schema": "Company", "properties": {"name": [n]}}
            )
            + "\n"
            for n in names
        )
    )
    behind("pull", "mine", "--file", path, "--accept-shrink")
    held = behind("snapshots", "--json").json["snapshots"]
    return next(one["snapshot"] for one in held if one["current"])


def test_each_change_names_the_statement_that_explains_it(behind, tmp_path):
    old = pulled(behind, tmp_path, "Acme", "Bolt")
    new = pulled(behind, tmp_path, "Acme", "Cargo")
    told = behind("diff", old, new, "--json").json
    assert {one["id"]: one["change"] for one in told["entities"]} == {
        "bolt": "removed",
        "cargo": "added",
    }
    (added,) = (one for one in told["entities"] if one["id"] == "cargo")
    names = [s["after"]["value"] for s in added["statements"]]
    assert "Cargo" in names
    assert added["statements"][0]["after"]["citations"][0]["locator"] == "line 2"
    said = behind("diff", old, new).out
    assert "+ name: Cargo  (mine, line 2)" in said
    assert "1 added, 1 removed, 0 changed" in said


def test_a_snapshot_does_not_differ_from_itself(behind, tmp_path):
    new = pulled(behind, tmp_path, "Acme")
    assert "0 statements differ" in behind("diff", new, new).out


@pytest.mark.parametrize("text", ["nothing", "2026-13-45", "2026-02-30"])
def test_an_unknown_snapshot_is_refused(behind, text):
    done = behind("diff", text, "2026-11-23")
    assert (done.code, "no such snapshot" in done.err) == (2, True)


def test_a_changed_screening_is_explained_by_the_statements(behind, tmp_path):
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("Vendor\nZyxomar Optics\nQuiet Bakery\n")
    old = pulled(behind, tmp_path, "Acme")
    new = pulled(behind, tmp_path, "Acme", "Zyxomar Optics", "Bolt")
    told = behind("diff", old, new, "--screen", vendors, "--json").json
    (change,) = told["changes"]
    assert (change["change"], change["kind"], change["causes"]) == (
        "added",
        "hit",
        ["statements"],
    )
    assert "mine, line 2" in change["statements"][0]["line"]
    said = behind("diff", new, old, "--screen", vendors).out
    assert "- row 2, Zyxomar Optics: meets Zyxomar Optics" in said
    assert behind("diff", new, new, "--screen", vendors, "--json").json["changes"] == []


def test_changed_paths_are_explained_too(behind, tmp_path):
    old = pulled(behind, tmp_path, "Acme")
    new = pulled(behind, tmp_path, "Acme", "Bolt")
    ends = ("--trace", "Acme", "Bolt", "--json")
    told = behind("diff", old, new, *ends).json
    assert [(one["kind"], one["before"], one["after"]) for one in told["changes"]] == [
        ("search", "NOT_KNOWN", "COMPLETE")
    ]
    both = behind("diff", old, new, "--screen", "x.csv", "--trace", "Acme", "Bolt")
    assert (both.code, "name one question" in both.err) == (2, True)


def test_an_export_of_a_day_leaves_out_what_does_not_hold_on_it(behind):
    all_of_it = behind("export", "--format", "ftm").out.splitlines()
    before = behind("export", "--as-of", "2015-01-01").out.splitlines()
    kept = [json.loads(line) for line in before]
    assert 0 < len(before) < len(all_of_it)
    starts = [
        entity["properties"].get("startDate", ["2000"])[0]
        for entity in kept
        if entity["schema"] in {"Sanction", "Supply", "Ownership"}
    ]
    assert starts
    assert max(starts) <= "2015-01-01"
