"""`behind resolve`: records of several lists become one entity, and several again."""

import json
import zipfile

import pytest

from standsbehind.store import snapshot

LEI = "529900GRZ2BQY5ZM9N49"
OTHER_LEI = "851WYGNLUQLFZBSYGB56"


def firm(key, name, schema="Company", **more):
    properties = {"name": [name], **{k: [v] for k, v in more.items()}}
    return {"id": key, "schema": schema, "properties": properties}


@pytest.fixture
def pull(behind, tmp_path):
    """Return how a list of the test's own is read in."""

    def pull(dataset, *entities, more=()):
        file = tmp_path / f"{dataset}.ftm.json"
        file.write_text("".join(json.dumps(one) + "\n" for one in entities))
        told = behind("pull", dataset, "--file", file, "--accept-shrink", *more)
        assert told.code == 0, told.err

    return pull


@pytest.fixture
def two_lists(pull):
    """Two lists name a maker of lenses, in other words and without numbers."""
    pull("reds", firm("red-1", "Zyxomar Optics", country="cn"), more=["--no-build"])
    pull("blues", firm("blue-1", "Zyxomar Optical Works", country="cn"))


@pytest.fixture
def resolve(behind):
    """Return how records are judged; it gives the judgement."""

    def resolve(*words, reason="seen in the register", code=0):
        told = behind(
            *(
                "resolve",
                *words,
                "--author",
                "A. Reviewer",
                "--reason",
                reason,
                "--json",
            )
        )
        assert told.code == code, told.err
        return told.json["judgement"] if code == 0 else told.err

    return resolve


def shown(behind, key, *more):
    told = behind("show", key, "--json", *more)
    assert told.code == 0, told.err
    return told.json


def test_records_with_one_lei_are_one_entity(behind, pull):
    pull("reds", firm("red-1", "Zyxomar Optics", leiCode=LEI), more=["--no-build"])
    pull("blues", firm("blue-1", "Zyx Works", leiCode=f"{LEI[:4]} {LEI[4:]}"))
    told = shown(behind, "blue-1")
    assert told["entity"]["id"] == "red-1"
    assert told["entity"]["datasets"] == ["blues", "reds"]
    assert told["redirected"][0]["by"][0]["value"] == LEI


def test_a_likeness_of_names_makes_nothing_one(behind, pull):
    pull("reds", firm("red-1", "Zyxomar Optics", country="cn"))
    pull("blues", firm("blue-1", "Zyxomar Optics", country="cn"))
    assert shown(behind, "blue-1")["entity"]["id"] == "blue-1"


@pytest.mark.parametrize(
    ("country", "other", "is_one"),
    [
        pytest.param("gb", "gb", True, id="of one register"),
        pytest.param("gb", "ie", False, id="of two countries"),
        pytest.param("de", "de", False, id="of a country with many registers"),
        pytest.param(None, None, False, id="of a register that is not told"),
    ],
)
def test_a_register_number_counts_within_its_register(
    behind, pull, country, other, is_one
):
    for dataset, where in (("reds", country), ("blues", other)):
        place = {"jurisdiction": where} if where else {}
        pull(dataset, firm(dataset, "Zyx", registrationNumber="01234567", **place))
    assert (shown(behind, "blues")["entity"]["id"] == "reds") is is_one


def test_a_person_and_a_firm_are_not_one_whatever_their_numbers(behind, pull):
    pull("reds", firm("red-1", "Zyxomar Optics", leiCode=LEI), more=["--no-build"])
    pull("blues", firm("blue-1", "Zyxomar Optics", schema="Vessel", leiCode=LEI))
    assert shown(behind, "blue-1")["entity"]["id"] == "blue-1"
    apart = behind("resolve", "list", "--json").json["kept_apart"]
    assert apart[0]["records"] == ["blue-1", "red-1"]


@pytest.mark.usefixtures("two_lists")
def test_two_that_were_judged_the_same_are_one_under_the_elder_id(behind, resolve):
    resolve("same", "blue-1", "red-1", "--evidence", "https://register.example/7")
    told = shown(behind, "blue-1")
    assert told["entity"]["id"] == "red-1"
    (tie,) = told["redirected"][0]["by"]
    assert tie["who"].startswith("A. Reviewer on ")
    hits = behind("match", "Zyxomar Optical Works", "--json").json["hits"]
    assert [hit["entity"]["id"] for hit in hits] == ["red-1"]


@pytest.mark.usefixtures("two_lists")
def test_what_was_judged_stands_with_author_reason_and_evidence(behind, resolve):
    made = resolve(
        "same", "blue-1", "red-1", "--evidence", "https://register.example/7"
    )
    told = shown(behind, f"judged-{made['id']}")
    props = told["entity"]["properties"]
    assert props["author"] == ["A. Reviewer"]
    assert props["summary"] == ["seen in the register"]
    (citation,) = told["statements"][0]["citations"]
    assert citation["url"] == "https://register.example/7"
    assert made["evidence"]["entities"].keys() == {"blue-1", "red-1"}
    assert behind("verify").code == 0


@pytest.mark.usefixtures("two_lists")
def test_taken_back_they_are_two_again_under_the_old_ids(behind, resolve):
    made = resolve("same", "blue-1", "red-1")
    resolve("withdraw", made["id"], reason="another firm of that name")
    for key in ("red-1", "blue-1"):
        told = shown(behind, key)
        assert told["entity"]["id"] == key
        assert told["merged"] == told["redirected"] == []
    assert behind("resolve", "list", "--json").json["judgements"] == []
    (kept,) = behind("resolve", "list", "--all", "--json").json["judgements"]
    assert kept["withdrawn"]["reason"] == "another firm of that name"


@pytest.mark.usefixtures("two_lists")
def test_the_receipts_that_used_a_wrong_merge_are_found(behind, resolve, tmp_path):
    made = resolve("same", "blue-1", "red-1")
    shown(behind, "red-1", "--receipt", tmp_path / "merged.json")
    shown(behind, "core-hikvision", "--receipt", tmp_path / "other.json")
    resolve("withdraw", made["id"])
    found = behind("verify", "--dependents", "--json").json["dependents"]
    assert {one["file"] for one in found} == {"red-1"}
    assert {one["entity"] for one in found} == {f"judged-{made['id']}"}
    again = behind("replay", tmp_path / "merged.json", "--json")
    assert again.json["identical"], again.out


@pytest.mark.usefixtures("two_lists")
def test_a_bundle_holds_all_records_of_an_entity_and_what_makes_them_one(
    behind, resolve, tmp_path
):
    made = resolve("same", "blue-1", "red-1")
    told = behind("bundle", "blue-1", "--out", tmp_path / "proof.zip", "--json")
    assert told.code == 0, told.err
    with zipfile.ZipFile(tmp_path / "proof.zip") as packed:
        lines = packed.read("statements.jsonl").decode().splitlines()
    entities = {json.loads(line)["leaf"]["entity_id"] for line in lines}
    assert entities == {"red-1", "blue-1", f"judged-{made['id']}"}
    assert behind("verify", tmp_path / "proof.zip").code == 0


@pytest.mark.usefixtures("two_lists")
def test_what_was_known_before_the_judgement_is_answered_as_it_was(behind, resolve):
    before = behind("snapshots", "--json").json["snapshots"][-1]["snapshot"]
    resolve("same", "blue-1", "red-1")
    after = behind("snapshots", "--json").json["snapshots"][-1]["snapshot"]
    assert "blue-1" in behind("diff", before, after).out


def test_edges_and_listings_follow_a_merged_record(behind, pull, resolve):
    link = {"supplier": "blue-1", "recipient": "blue-2", "role": "supplied"}
    listing = {"entity": "blue-1", "programId": "us-bis-entity-list"}
    pull("reds", firm("red-1", "Zyxomar Optics"))
    pull(
        "blues",
        firm("blue-1", "Zyxomar Works"),
        firm("blue-2", "Quiet Bakery"),
        {
            "id": "e",
            "schema": "Supply",
            "properties": {k: [v] for k, v in link.items()},
        },
        {
            "id": "s",
            "schema": "Sanction",
            "properties": {k: [v] for k, v in listing.items()},
        },
    )
    resolve("same", "red-1", "blue-1")
    told = shown(behind, "red-1")
    assert [edge["target"] for edge in told["edges"]] == ["blue-2"]
    assert [one["id"] for one in told["designations"]] == ["s"]
    trace = behind("trace", "blue-1", "blue-2", "--json").json
    assert trace["paths"][0]["hops"][0]["source"] == "red-1"
    assert trace["redirected"][0]["id"] == "blue-1"


@pytest.mark.usefixtures("two_lists")
def test_what_contradicts_is_refused_with_the_chain(pull, resolve):
    pull("greens", firm("green-1", "Zyxomar"))
    one, two = resolve("same", "blue-1", "red-1"), resolve("same", "red-1", "green-1")
    told = resolve("not-same", "blue-1", "green-1", code=2)
    assert one["id"] in told
    assert two["id"] in told
    resolve("withdraw", two["id"])
    resolve("not-same", "blue-1", "green-1")
    assert "contradicts" in resolve("same", "red-1", "green-1", code=2)


def test_two_with_different_numbers_are_one_only_where_that_is_said(
    behind, pull, resolve
):
    pull("reds", firm("red-1", "Zyxomar Optics", leiCode=LEI), more=["--no-build"])
    pull("blues", firm("blue-1", "Zyxomar Optics", leiCode=OTHER_LEI))
    assert "leiCode differs" in resolve("same", "red-1", "blue-1", code=2)
    resolve("same", "red-1", "blue-1", "--despite-numbers")
    assert shown(behind, "blue-1")["entity"]["id"] == "red-1"


def test_a_number_that_is_wrong_unites_no_longer_where_that_is_said(
    behind, pull, resolve
):
    pull("reds", firm("red-1", "Zyxomar Optics", leiCode=LEI), more=["--no-build"])
    pull("blues", firm("blue-1", "Quiet Bakery", leiCode=LEI))
    assert f"leiCode {LEI}" in resolve("not-same", "red-1", "blue-1", code=2)
    resolve("not-same", "red-1", "blue-1", "--despite-numbers")
    assert shown(behind, "blue-1")["entity"]["id"] == "blue-1"
    apart = behind("resolve", "list", "--json").json["kept_apart"]
    assert apart[0]["why"].startswith(f"share leiCode {LEI}, but judged not the same")


@pytest.mark.usefixtures("two_lists")
def test_a_judged_link_is_traced_in_its_own_voice(behind, resolve):
    resolve("link", "red-1", "blue-1", "--as", "same-brand")
    trace = behind("trace", "red-1", "blue-1", "--json").json
    (hop,) = trace["paths"][0]["hops"]
    assert hop["edge"]["role"] == "same brand, separate legal entity"
    assert hop["edge"]["status"] == "judged here"
    assert hop["citations"][0]["publisher"] == "A. Reviewer"


@pytest.mark.usefixtures("two_lists")
def test_a_firm_that_goes_on_as_another_is_linked_with_its_date(behind, resolve):
    resolve("link", "red-1", "blue-1", "--as", "succeeded", "--since", "2021-10")
    (edge,) = shown(behind, "red-1")["edges"]
    assert (edge["schema"], edge["role"]) == ("Succession", "is succeeded by")
    assert (edge["source"], edge["target"]) == ("red-1", "blue-1")
    assert edge["from"] == "2021-10"
    assert shown(behind, "blue-1")["entity"]["id"] == "blue-1"


@pytest.mark.usefixtures("two_lists")
def test_a_judgement_that_changed_its_ground_says_so(behind, pull, resolve):
    resolve("same", "blue-1", "red-1")
    pull("blues", firm("blue-1", "Zyxomar Optical Works", country="fr"))
    (one,) = behind("resolve", "list", "--json").json["judgements"]
    assert one["standing"] == "stale"
    assert {change["prop"] for change in one["changes"]} == {"country"}


@pytest.mark.usefixtures("two_lists")
def test_what_has_expired_makes_nothing_one_any_more(behind, resolve, monkeypatch):
    from datetime import UTC, datetime, timedelta

    from standsbehind.cli.session import Session

    today = datetime.now(UTC)
    resolve("same", "blue-1", "red-1", "--until", today.date().isoformat())
    monkeypatch.setattr(Session, "now", today + timedelta(days=1))
    assert behind("build").code == 0
    assert shown(behind, "blue-1")["entity"]["id"] == "blue-1"


def test_an_entity_keeps_its_id_when_the_record_that_gave_it_leaves(behind, pull):
    pull("reds", firm("red-1", "Zyxomar Optics", leiCode=LEI), firm("red-2", "Bakery"))
    pull("blues", firm("blue-1", "Zyxomar Works", leiCode=LEI))
    pull("reds", firm("red-2", "Bakery"))
    told = shown(behind, "blue-1")
    assert told["entity"]["id"] == "red-1"
    assert told["entity"]["datasets"] == ["blues"]


@pytest.mark.usefixtures("two_lists")
def test_pairs_across_lists_are_proposed_and_not_those_that_were_judged(
    behind, pull, resolve
):
    pull("greens", firm("green-1", "Zyxomar Optics", country="fr", leiCode=LEI))

    def proposed():
        told = behind("resolve", "candidates", "Zyxomar Optics", "--json").json
        return [{one["left"], one["right"]} for one in told["candidates"]]

    assert {"red-1", "blue-1"} in proposed()
    assert {"red-1", "green-1"} in proposed()
    first = behind("resolve", "candidates", "red-1", "--json").json["candidates"][0]
    assert first["right"] == "blue-1"  # no number and no country speaks against it
    assert first["alike"] == ["country cn"]
    assert first["explanation"]
    resolve("unsure", "red-1", "blue-1")
    assert {"red-1", "blue-1"} not in proposed()
    assert shown(behind, "blue-1")["entity"]["id"] == "blue-1"


def test_a_new_list_changes_only_the_clusters_that_it_meets(pull, tmp_path):
    def merged():
        held = snapshot.current(tmp_path / "data" / "snapshots")
        rows = held.table("merges").to_pylist()
        return {(row["id"], row["canonical_id"]) for row in rows}

    pull(
        "reds", firm("red-1", "Zyx", leiCode=LEI), firm("red-2", "B", leiCode=OTHER_LEI)
    )
    pull("blues", firm("blue-1", "Zyx", leiCode=LEI))
    before = merged()
    pull("greens", firm("green-2", "B", leiCode=OTHER_LEI), firm("green-3", "C"))
    assert merged() - before == {("green-2", "red-2"), ("red-2", "red-2")}
    assert before <= merged()


def test_a_file_cannot_pose_as_what_was_judged_here(behind, tmp_path):
    file = tmp_path / "judged.ftm.json"
    file.write_text(json.dumps(firm("x", "Zyxomar")))
    told = behind("pull", "judged", "--file", file)
    assert told.code == 2
    assert "judged" in told.err
