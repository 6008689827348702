"""What the benchmarks make up and how they read answers."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from matching import between_markers
from side_by_side.lists import read_csv, script_of
from side_by_side.memory import watched
from side_by_side.ours import hits_of, writes_against
from side_by_side.peers import Entity, best_by_token_sort, nearest_entities
from side_by_side.persons import Queries, measured
from side_by_side.queries import misspelt, mixed
from side_by_side.relational import run_plan
from side_by_side.synthetic import Firm, Maker, varied, write_list, write_rows

ROOT = Path(__file__).resolve().parents[2]
MAKER = Maker(("Optics", "Trading"), (3, 1), ("Ltd.", "GmbH"), (2, 1))


def test_a_made_up_firm_depends_on_its_number_alone():
    assert MAKER.firm(7, 1) == MAKER.firm(7, 1)
    assert MAKER.firm(7, 1) != MAKER.firm(7, 2)


def test_made_up_firms_have_hardly_a_name_twice():
    names = [MAKER.firm(number, 1).name for number in range(5_000)]
    assert len(set(names)) > 4_750
    assert 0.03 < sum(script_of(name) == "Han" for name in names) / 5_000 < 0.07


def test_a_variant_is_another_name_of_the_same_words():
    firm = Firm("Lyon", "Zorbalim", ("Optics",), "Ltd.")
    made = {varied(firm, random.Random(n)) for n in range(60)}
    names = {kind: name for name, kind in made}
    assert names["form dropped"] == "Lyon Zorbalim Optics"
    assert names["place dropped"] == "Zorbalim Optics Ltd."
    assert names["order changed"] == "Zorbalim Optics Lyon Ltd."
    assert names["typing error"] != firm.name


def test_the_truth_names_the_listed_firm_of_a_row(tmp_path):
    write_list(MAKER, tmp_path / "list.csv", 50)
    write_rows(MAKER, tmp_path, 400, 50)
    names = {row["id"]: row["name"] for row in read_csv(tmp_path / "list.csv")}
    rows = read_csv(tmp_path / "rows.csv")
    truth = read_csv(tmp_path / "truth.csv")
    assert (len(names), len(rows)) == (50, 400)
    assert 20 < len(truth) < 60
    dropped = [one for one in truth if one["kind"] == "Latin: form dropped"]
    assert dropped
    for one in dropped:
        assert names[one["listed"]].startswith(rows[int(one["row"])]["name"])


@pytest.mark.shared
def test_no_query_comes_twice_and_one_in_ten_is_in_another_script(shared):
    mix = mixed(shared / "data", ["Zorbalim Optics", "Kelvaron Trading"], 600)
    assert len(mix.queries) == len(set(mix.queries)) == sum(mix.kinds.values()) == 600
    other = ("Han", "Cyrillic", "Arabic", "accented Latin")
    assert sum(mix.kinds[kind] for kind in other) == 60
    assert mix == mixed(shared / "data", ["Zorbalim Optics", "Kelvaron Trading"], 600)


def test_a_typing_error_changes_a_name_by_one_letter():
    changed = misspelt("Zorbalim", random.Random(1))
    assert changed != "Zorbalim"
    assert abs(len(changed) - len("Zorbalim")) <= 1


def test_the_best_score_of_an_entity_counts():
    hits = [
        {"entity": {"id": "a"}, "score": 0.7},
        {"entity": {"id": "a"}, "score": 0.9},
    ]
    assert hits_of({"hits": hits}) == {"a": 0.9}
    assert hits_of({"status": "skipped"}) == {}


def test_brute_force_finds_words_in_another_order():
    ((best, scores),) = best_by_token_sort(
        ["Testov Ivan"], ["Anna Muster", "IVAN TESTOV"], 1
    )
    assert best.tolist() == [1]
    assert scores.tolist() == [1.0]


def test_entities_come_once_by_their_nearest_name():
    two = Entity("two", "Person", ("Ivan Testov", "Iwan Testow"))
    one = Entity("one", "Person", ("Anna Muster",))
    (near,) = nearest_entities(["Ivan Testov"], [one, two], 2)
    assert near == [two, one]


def test_recall_of_persons_counts_entities_and_alarms():
    gold = frozenset({"a"})
    asked = {
        "treated": Queries(("x", "y"), (gold, gold)),
        "untreated": Queries(("x", "y"), (gold, gold)),
        "negatives": Queries(("n",), (frozenset(),)),
    }
    answers = {"x": {"a": 0.9}, "y": {"b": 0.8, "a": 0.6}, "n": {"b": 0.75}}
    found = measured(asked, lambda names: [answers[name] for name in names])
    assert found["false_positives_at_threshold"] == 1
    assert found["treated"]["recall_at_5"] == 1.0
    assert found["treated"]["recall_at_threshold"] == 0.5
    assert found["treated"]["recall_at_alarms"]["0.01"] == 0.5


def test_the_relational_plan_finds_a_misspelt_name():
    names = ["Zorbalim Optics", "Kelvaron Trading", "杭州海康"]
    found = run_plan(names, ["Zorbalin Optics", "Nothing Alike", "杭州海康"])
    assert (found["pairs"], found["found"]) == (2, 2)


def test_the_memory_of_children_is_seen():
    child = "x = bytearray(120 << 20); import time; time.sleep(0.6)"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    )
    run = watched([sys.executable, "-c", parent], {})
    assert run.peak > 120
    assert run.seconds > 0.6


def test_a_table_goes_between_its_markers():
    text = "a\n<!-- matching:x -->\nold\n<!-- /matching:x -->\nz\n"
    changed = between_markers(text, "x", "new")
    assert changed == "a\n<!-- matching:x -->\nnew\n<!-- /matching:x -->\nz\n"
    with pytest.raises(SystemExit):
        between_markers("no markers", "x", "new")


@pytest.mark.quick
@pytest.mark.shared
def test_a_small_case_of_the_scale_finds_its_planted_firms(shared, tmp_path):
    if not writes_against():
        pytest.skip("behind screen takes no list yet")
    kept = tmp_path / "scale.json"
    size = ("--rows", "500", "--names", "500")
    script = ROOT / "benchmarks" / "matching.py"
    command = (sys.executable, script, "scale", *size, "--shared", shared)
    subprocess.run([*command, "--keep", kept], check=True, capture_output=True)
    result = json.loads(kept.read_text())["result"]
    assert result["answers"] == 500
    assert result["planted_found"] >= 0.8 * result["planted"] > 20
    assert result["run"]["peak_mib"] > 20
