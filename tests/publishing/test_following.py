"""A feed is followed version by version, and nothing that does not fit is believed."""

import gzip
import json
import shutil
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standsbehind.errors import DeltaError, UsageError
from standsbehind.ledger.chain import read_chain
from standsbehind.ledger.delta import (
    apply,
    delta_between,
    digest_of_state,
    line_of,
    state_of,
    whole_file,
)
from standsbehind.publishing.feed import write_feed
from standsbehind.publishing.following import Followed, Refused, Taking, follow
from standsbehind.publishing.home import Home
from standsbehind.publishing.subscriptions import Subscription, subscribe
from standsbehind.publishing.update import pull_files
from standsbehind.store.warcfile import records_in
from tests.publisher import serving_folder

EDITIONS = [["Acme", "Bolt"], ["Acme", "Bolt", "Cargo"], ["Bolt", "Cargo"], ["Bolt"]]


def entity(name):
    return {
        "id": f"x-{name.lower()}",
        "schema": "Company",
        "properties": {"name": [name]},
    }


class House:
    """A publisher's data folder and the feed that it writes."""

    def __init__(self, folder):
        self.home, self.out = Home(folder / "theirs"), folder / "feed"
        self.hour = 0

    def publish(self, names):
        self.hour += 1
        file = self.out.parent / "list.ftm.json"
        file.write_text("".join(json.dumps(entity(n)) + "\n" for n in names))
        now = datetime(2026, 11, 24, self.hour, tzinfo=UTC)
        pull_files(self.home, "tiny", [file], now, accept_shrink=True)
        return write_feed(self.home, self.out, ())[0]

    @property
    def chain(self):
        return self.out / "tiny" / "delta.chain.json"

    def delta(self, number):
        links = json.loads(self.chain.read_bytes())["links"]
        return self.chain.parent / links[number]["path"]


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def ours(tmp_path):
    return Home(tmp_path / "ours")


def run(home, house, **taking):
    sub = Subscription("theirs", str(house.out / "index.json"))
    now = datetime(2026, 11, 25, tzinfo=UTC)
    return follow(home, sub, now, Taking(**taking))


def names(home):
    rows = home.ledger.live("theirs").to_pylist()
    return sorted(row["value"] for row in rows if row["prop"] == "name")


def test_a_feed_is_taken_whole_once_and_then_by_its_deltas(house, ours):
    house.publish(EDITIONS[0])
    assert run(ours, house).how == "full"
    for edition in EDITIONS[1:]:
        house.publish(edition)
        taken = run(ours, house, accept_shrink=True)
        assert (taken.how, taken.deltas, taken.notes) == ("delta", 1, ())
        assert names(ours) == edition
    assert run(ours, house).how == "unchanged"


def test_a_reader_far_behind_takes_several_deltas_at_once(house, ours):
    house.publish(EDITIONS[0])
    run(ours, house)
    for edition in EDITIONS[1:]:
        house.publish(edition)
    assert run(ours, house, accept_shrink=True).deltas == 3
    assert names(ours) == ["Bolt"]


def test_what_a_feed_says_of_its_state_is_the_digest_of_the_whole_file(house):
    offered = house.publish(EDITIONS[1])
    content = (house.out / "tiny" / offered.version / "entities.ftm.json").read_bytes()
    assert (
        digest_of_state(state_of(content, "file"))
        == read_chain(house.chain.read_bytes(), "tiny").state
    )
    assert whole_file(state_of(content, "file")) == content


def test_a_feed_written_twice_offers_the_same_version(house):
    first = house.publish(EDITIONS[0])
    again = write_feed(house.home, house.out, ())[0]
    assert (again.version, again.is_new) == (first.version, False)


def test_a_pull_that_changes_nothing_gives_an_empty_delta(house, ours):
    house.publish(EDITIONS[0])
    run(ours, house)
    offered = house.publish(EDITIONS[0])
    assert offered.ops == {"ADD": 0, "MOD": 0, "DEL": 0}
    assert house.delta(-1).read_bytes() == b""
    assert run(ours, house).how == "delta"


def remove(house):
    house.delta(-2).unlink()


def cut(house):
    path = house.delta(-2)
    path.write_bytes(path.read_bytes()[:-9])


def empty(house):
    house.delta(-2).write_bytes(b"")


def alter(house):
    path = house.delta(-2)
    path.write_bytes(path.read_bytes().replace(b"Cargo", b"Crime"))


def swap(house):
    house.delta(-2).write_bytes(house.delta(-1).read_bytes())


def replay(house):
    house.delta(1).write_bytes(house.delta(0).read_bytes())


def edit_chain(house, change):
    told = json.loads(house.chain.read_bytes())
    change(told)
    house.chain.write_text(json.dumps(told))


def drop_link(house):
    edit_chain(house, lambda told: told["links"].pop(1))


def turn_links(house):
    edit_chain(house, lambda told: told["links"].reverse())


def double_link(house):
    edit_chain(house, lambda told: told["links"].append(told["links"][0]))


def rename_chain(house):
    edit_chain(house, lambda told: told.update(dataset="other"))


def other_base(house):
    edit_chain(house, lambda told: told["links"][0].update(state_before="0" * 64))


def other_counts(house):
    edit_chain(house, lambda told: told["links"][0]["ops"].update(ADD=7))


def other_end(house):
    def change(told):
        told["links"][0]["state_after"] = "0" * 64
        told["links"][1]["state_before"] = "0" * 64

    edit_chain(house, change)


def cut_chain(house):
    house.chain.write_bytes(house.chain.read_bytes()[:100])


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (remove, "missing"),
        (cut, "truncated"),
        (empty, "truncated"),
        (alter, "changed"),
        (swap, "reordered"),
        (replay, "replayed"),
        (drop_link, "missing"),
        (turn_links, "reordered"),
        (double_link, "replayed"),
        (rename_chain, "foreign"),
        (other_base, "foreign"),
        (other_counts, "counts"),
        (other_end, "state"),
        (cut_chain, "unreadable"),
    ],
)
def test_a_delta_that_does_not_fit_is_refused_by_name(house, ours, fault, kind):
    house.publish(EDITIONS[0])
    run(ours, house)
    for edition in EDITIONS[1:3]:
        house.publish(edition)
    fault(house)
    refused = run(ours, house)
    assert isinstance(refused, Refused), refused
    assert refused.kind == kind
    assert names(ours) == EDITIONS[0]
    assert len(ours.ledger.entries()) == 1
    assert run(ours, house, whole=True).how == "full"
    assert names(ours) == EDITIONS[2]


def test_a_feed_that_goes_back_is_refused(house, ours, tmp_path):
    house.publish(EDITIONS[0])
    shutil.copytree(house.out, tmp_path / "old")
    house.publish(EDITIONS[1])
    run(ours, house)
    shutil.rmtree(house.out)
    shutil.copytree(tmp_path / "old", house.out)
    assert run(ours, house).kind == "went back"
    assert names(ours) == EDITIONS[1]


def test_a_whole_file_with_other_bytes_is_refused(house, ours):
    offered = house.publish(EDITIONS[0])
    path = house.out / "tiny" / offered.version / "entities.ftm.json"
    path.write_bytes(path.read_bytes().replace(b"Acme", b"Evil"))
    refused = run(ours, house)
    assert (refused.kind, "checksum" in refused.reason) == ("source", True)
    assert ours.ledger.entries() == []


def test_an_unknown_checksum_is_an_error_and_never_taken_for_none(house, ours):
    house.publish(EDITIONS[0])
    catalog = json.loads((house.out / "index.json").read_bytes())
    catalog["datasets"][0]["resources"][0] |= {"sha256": "", "checksum": "md5:abc"}
    (house.out / "index.json").write_text(json.dumps(catalog))
    assert "of no algorithm that is known" in run(ours, house).reason


def third_party(house):
    """Make the feed one that nobody vouches for, as OpenSanctions' are."""
    path = house.out / "index.json"
    catalog = json.loads(path.read_bytes())
    for row in catalog["datasets"]:
        row.pop("delta_chain_url")
        for resource in row["resources"]:
            resource.pop("sha256")
    path.write_text(json.dumps(catalog))


def test_a_feed_without_a_chain_is_followed_and_says_what_was_not_checked(house, ours):
    house.publish(["Acme"])
    house.publish(EDITIONS[0])
    third_party(house)
    run(ours, house)
    house.publish(EDITIONS[1])
    third_party(house)
    taken = run(ours, house)
    assert taken.how == "delta"
    assert "publishes no digests" in taken.notes[0]
    assert names(ours) == EDITIONS[1]


@pytest.mark.parametrize(
    ("fault", "kind"), [(cut, "truncated"), (empty, "truncated"), (swap, "foreign")]
)
def test_a_feed_without_a_chain_is_checked_as_far_as_can_be(house, ours, fault, kind):
    house.publish(["Acme"])
    house.publish(EDITIONS[0])
    third_party(house)
    run(ours, house)
    house.publish(["Acme", "Bolt", "Cargo"])
    house.publish(["Acme", "Bolt"])
    third_party(house)
    fault(house)
    assert run(ours, house).kind == kind
    assert names(ours) == EDITIONS[0]


def test_a_lost_delta_without_a_chain_shows_in_the_count(house, ours):
    house.publish(["Acme"])
    house.publish(EDITIONS[0])
    third_party(house)
    run(ours, house)
    house.publish(EDITIONS[1])
    house.publish(["Acme", "Bolt", "Cargo", "Dyn"])
    third_party(house)
    path = house.out / "tiny" / "delta.json"
    index = json.loads(path.read_bytes())
    newest, _lost, held = index["versions"]
    index["versions"] = {v: index["versions"][v] for v in (newest, held)}
    path.write_text(json.dumps(index))
    assert run(ours, house).kind == "counts"


def test_a_catalog_may_not_point_out_of_its_folder(house, ours):
    house.publish(EDITIONS[0])
    catalog = json.loads((house.out / "index.json").read_bytes())
    catalog["datasets"][0]["resources"][0]["url"] = "../../secret"
    (house.out / "index.json").write_text(json.dumps(catalog))
    assert "outside of it" in run(ours, house).reason


def test_a_feed_is_followed_over_the_web(house, ours):
    house.publish(EDITIONS[0])
    with serving_folder(house.out) as address:
        sub = Subscription("theirs", f"{address}/tiny/index.json")
        now = datetime(2026, 11, 25, tzinfo=UTC)
        assert follow(ours, sub, now, Taking()).how == "full"
        house.publish(EDITIONS[1])
        assert follow(ours, sub, now, Taking()).how == "delta"
        gone = Subscription("other", f"{address}/none.json")
        assert isinstance(follow(ours, gone, now, Taking()), Refused)
    assert names(ours) == EDITIONS[1]
    (copy,) = ours.ledger.latest()["theirs"].record["copies"]
    told = records_in(ours.archive.get(copy["capture"]), "capture")
    asked = [record.url.rsplit("/")[-1] for record in told if record.status == "200"]
    assert asked == ["index.json", "delta.chain.json", "entities.delta.json"]


def test_a_key_in_a_feeds_address_is_not_kept_with_the_evidence(house, ours):
    house.publish(EDITIONS[0])
    with serving_folder(house.out) as address:
        sub = Subscription("theirs", f"{address}/tiny/index.json?token=open-sesame")
        now = datetime(2026, 11, 25, tzinfo=UTC)
        assert follow(ours, sub, now, Taking()).how == "full"
    entry = ours.ledger.latest()["theirs"]
    kept = [path.read_bytes() for path in entry.folder.iterdir()]
    kept += [ours.archive.get(digest) for digest in ours.archive.digests()]
    packed = [gzip.decompress(c) for c in kept if c.startswith(b"\x1f\x8b")]
    assert b"token=withheld" in b"".join(packed)
    assert b"open-sesame" not in b"".join(kept + packed)


def test_a_bare_file_is_followed_whole(ours, tmp_path):
    file = tmp_path / "plain.ftm.json"
    file.write_text(json.dumps(entity("Acme")) + "\n")
    sub = Subscription("plain", str(file))
    taken = follow(ours, sub, datetime(2026, 11, 25, tzinfo=UTC), Taking())
    assert isinstance(taken, Followed)
    assert "no checksum" in taken.notes[0]


def test_a_name_of_a_shipped_source_cannot_be_followed(ours):
    with pytest.raises(UsageError, match="ships with the package"):
        subscribe(ours, Subscription("us_ofac_sdn", "x"))


STATES = st.dictionaries(
    st.sampled_from("abcdef"), st.sampled_from(["One", "Two", "Three"]), max_size=6
).map(
    lambda told: {
        key: line_of({"id": key, "schema": "Company", "properties": {"name": [name]}})
        for key, name in told.items()
    }
)


@settings(deadline=None)
@given(st.lists(STATES, min_size=1, max_size=6))
def test_any_sequence_of_deltas_equals_a_rebuild(states):
    held = states[0]
    for before, after in pairwise(states):
        held = apply(held, delta_between(before, after), "delta")
    assert whole_file(held) == whole_file(states[-1])


@given(STATES, STATES)
def test_a_delta_applied_twice_is_refused_where_it_adds_or_deletes(before, after):
    delta = delta_between(before, after)
    once = apply(before, delta, "delta")
    if before.keys() != after.keys():
        with pytest.raises(DeltaError):
            apply(once, delta, "delta")
