"""Columns: what the mapped columns say of an edge is what its claims say."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from standsbehind.graph.links import days_of
from standsbehind.graph.reader import Reader
from standsbehind.model.dates import read_interval
from standsbehind.model.edge import VOICES
from standsbehind.model.statement import Status
from standsbehind.publishing.home import Home
from tests.published import published
from tests.told import cited, firm, link, listing, said

FIRMS = [*firm("x", "Acme"), *firm("y", "Bolt"), *firm("z", "Cog")]
_claims = st.lists(
    st.builds(
        lambda prop, value, schema, status, origins, dataset: said(
            "e",
            prop,
            value,
            schema,
            status=status,
            citations=tuple(cited(o, o) for o in origins),
            dataset=dataset,
        ),
        st.sampled_from(["owner", "asset", "supplier", "recipient", "role", "id"]),
        st.sampled_from(["x", "y", "z"]),
        st.sampled_from(["Ownership", "Supply", "Interest"]),
        st.sampled_from(Status),
        st.lists(st.sampled_from(["paper", "court", "firm"]), unique=True),
        st.sampled_from(["list", "another"]),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda claim: claim.statement.id,
)


def agree(reader):
    """Hold every edge of a snapshot against the fold of its claims; return how many."""
    links = reader.links
    for number in range(len(links)):
        (edge,) = reader.edges_at([number]).values()
        assert VOICES[links.voice[number]] == edge.status
        told = {reader.origins[o] for o in links.origins_of(number).tolist()}
        assert told == edge.origins
        assert len(told) == links.origin_counts[number]
        assert number in reader.edge_numbers(edge.id)
    return len(links)


@settings(max_examples=40, deadline=None)
@given(st.lists(_claims, min_size=1, max_size=1))
def test_voice_and_origins_are_those_of_the_fold(groups):
    with TemporaryDirectory() as folder:
        agree(published(Path(folder), FIRMS, *groups))


def test_voice_and_origins_of_the_built_in_data_are_those_of_the_fold(tmp_path):
    home = Home(tmp_path / "data")
    reader = Reader(home.snapshot(datetime(2026, 11, 25, tzinfo=UTC), lambda: None))
    assert agree(reader) > 100


def test_dates_ends_and_role_stand_in_the_columns(publish_claims):
    reader = publish_claims(
        FIRMS, link("e", "x", "y", startDate="2019", endDate="2021-04")
    )
    links, node = reader.links, reader.numbers
    assert (links.source[0], links.target[0]) == (node["x"], node["y"])
    assert links.kinds[links.kind[0]] == ("Supply", "supplied")
    assert (links.start[0], links.end[0]) == days_of(read_interval("2019", "2021-04"))
    assert reader.edge_rows[0] == {
        "edge": "e",
        "schema": "Supply",
        "role": "supplied",
        "start": "2019-01-01",
        "end": "2021-05-01",
        "source": "x",
        "target": "y",
    }


def test_an_edge_with_two_recipients_stands_twice(publish_claims):
    more = said("e", "recipient", "z", "Supply")
    reader = publish_claims(FIRMS, link("e", "x", "y"), [more])
    assert [row["target"] for row in reader.edge_rows] == ["y", "z"]
    assert list(reader.edge_numbers("e")) == [0, 1]
    assert reader.edge_ids([0, 1]) == ["e"]
    assert list(reader.edges_at([1, 0])) == ["e"]


def test_the_kind_and_the_listing_of_a_node_are_columns(publish_claims):
    reader = publish_claims(
        FIRMS, firm("k", "Gait", schema="Capability"), listing("s", "y")
    )
    schema = [reader.schemata[code] for code in reader.schema_codes]
    assert dict(zip(reader.ids, schema, strict=True)) == {
        "k": "Capability",
        "s": "Sanction",
        "x": "Company",
        "y": "Company",
        "z": "Company",
    }
    named = [
        i for i, is_named in zip(reader.ids, reader.designated, strict=True) if is_named
    ]
    assert named == ["y"]
    assert [d.id for d in reader.designations(["y"])["y"]] == ["s"]
    assert reader.designations(["nobody"]) == {"nobody": ()}
