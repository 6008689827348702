"""A snapshot leaves in other tools' forms with its evidence, and they can read it."""

import csv
import io
import json
from datetime import date

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from libcovebods.additionalfields import AdditionalFields
from libcovebods.data_reader import DataReader
from libcovebods.jsonschemavalidate import JSONSchemaValidator
from libcovebods.schema import SchemaBODS
from lxml import etree

from standsbehind.reports.exports.bods import bods
from standsbehind.reports.exports.graphs import gexf, graphml
from standsbehind.reports.exports.places import geojson
from standsbehind.reports.exports.tables import csv_of_links, parquet_of_links
from tests.told import firm, link, said


def test_networkx_reads_the_graph_with_names_in_every_script(built_in_reader):
    graph = nx.parse_graphml("".join(graphml(built_in_reader)))
    assert graph.number_of_edges() == len(built_in_reader.links)
    assert graph.nodes["core-zhejiang-dahua"]["listed"] is True
    between = graph.get_edge_data("core-zhejiang-dahua", "core-lorex").values()
    assert {told["label"] for told in between} == {"owned", "alleged to supply"}
    assert all(told["origins"] and "https://" in told["sources"] for told in between)


def test_gephi_is_told_the_days_on_which_a_link_may_hold(built_in_reader):
    name = {"g": "http://gexf.net/1.3"}
    root = etree.fromstring("".join(gexf(built_in_reader)).encode())
    edges = root.findall(".//g:edge", name)
    assert len(edges) == len(built_in_reader.links)
    dated = [e for e in edges if e.get("start")]
    assert dated
    assert all(len(e.get("start")) == len("2020-04-29") for e in dated)


def test_what_xml_cannot_hold_is_replaced_and_no_name_breaks_the_file(publish_claims):
    # A name of a source may hold anything: marks of XML, and letters that XML forbids.
    odd = 'A <b> & "c" \x07 柒'
    reader = publish_claims(
        firm("odd", odd), firm("plain", "Plain"), link("e", "odd", "plain")
    )
    graph = nx.parse_graphml("".join(graphml(reader)))
    assert graph.nodes["odd"]["label"] == 'A <b> & "c" \ufffd 柒'
    etree.fromstring("".join(gexf(reader)).encode())


def test_a_table_of_links_is_safe_to_open_in_a_spreadsheet(publish_claims):
    reader = publish_claims(
        firm("a", "=cmd|' /C calc'!A0"), firm("b", "Plain"), link("e", "a", "b")
    )
    (row,) = csv.DictReader(
        io.StringIO("".join(csv_of_links(reader)).removeprefix("\ufeff"))
    )
    assert row["source_name"] == "'=cmd|' /C calc'!A0"
    assert (row["target"], row["origins"]) == ("b", "1")


def test_parquet_holds_the_rows_of_the_csv(built_in_reader):
    content = b"".join(parquet_of_links(built_in_reader))
    table = pq.read_table(pa.BufferReader(content))
    text = "".join(csv_of_links(built_in_reader))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["link"] for row in rows] == table["link"].to_pylist()
    assert [row["sources"] for row in rows] == table["sources"].to_pylist()
    assert table.schema.metadata[b"snapshot"].decode() == built_in_reader.snapshot.id


def test_a_day_leaves_out_what_did_not_hold_on_it(built_in_reader):
    every = list(csv_of_links(built_in_reader))
    early = list(csv_of_links(built_in_reader, date(2005, 1, 1)))
    assert 1 < len(early) < len(every)


def test_a_place_without_coordinates_is_not_put_anywhere(built_in_reader):
    found = json.loads("".join(geojson(built_in_reader)))
    by_id = {feature["id"]: feature for feature in found["features"]}
    deployment = by_id["core-d-dahua-xj-5"]
    assert deployment["geometry"] is None
    links = {link["entity"]: link for link in deployment["properties"]["links"]}
    assert links["core-zhejiang-dahua"]["sources"]


@pytest.mark.parametrize(
    ("longitude", "latitude", "found"),
    [("87.6", "43.8", [87.6, 43.8]), ("187.6", "43.8", None), ("87.6", "?", None)],
)
def test_coordinates_are_those_that_a_source_states(
    publish_claims, longitude, latitude, found
):
    reader = publish_claims(
        firm("here", "1 Some Street", schema="Address"),
        [
            said("here", "longitude", longitude, "Address"),
            said("here", "latitude", latitude, "Address"),
        ],
    )
    (feature,) = json.loads("".join(geojson(reader)))["features"]
    assert (feature["geometry"] and feature["geometry"]["coordinates"]) == found


def validated(text, folder):
    """Let the standard's own library read the statements; return errors and unknown fields."""
    file = folder / "bods.json"
    file.write_text(text)
    reader = DataReader(str(file))
    schema = SchemaBODS(reader)
    errors = JSONSchemaValidator(schema).validate(reader)
    return errors, AdditionalFields(schema).process(reader)


def test_the_standards_library_finds_nothing_wrong(built_in_reader, tmp_path):
    assert validated("".join(bods(built_in_reader)), tmp_path) == ([], {})


def test_a_band_keeps_its_bounds_and_nothing_is_made_direct(publish_claims, tmp_path):
    reader = publish_claims(
        firm("l", "Lantern"),
        firm("f", "Flint"),
        link("e", "l", "f", schema="Ownership", role="owns"),
        [said("e", "percentage", ">25-50", "Ownership")],
    )
    text = "".join(bods(reader))
    told = [s for s in json.loads(text) if s["recordType"] == "relationship"]
    (interest,) = told[0]["recordDetails"]["interests"]
    assert interest["share"] == {"exclusiveMinimum": 25.0, "maximum": 50.0}
    assert interest["directOrIndirect"] == "unknown"
    assert interest["beneficialOwnershipOrControl"] is False
    assert validated(text, tmp_path) == ([], {})


def test_of_nothing_the_standard_gets_an_empty_list(publish_claims):
    reader = publish_claims(firm("a", "Alone"))
    assert json.loads("".join(bods(reader))) == []
