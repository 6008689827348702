"""What changed between two snapshots is told entity by entity, with the statements."""

import json


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


def test_an_unknown_snapshot_is_refused(behind):
    done = behind("diff", "nothing", "2026-11-23")
    assert (done.code, "no such snapshot" in done.err) == (2, True)
