"""The facts that ship with the package: all of them, each cited, in words no stronger than theirs."""

import csv
import re
from collections import deque
from pathlib import Path

import pytest

from standsbehind.connectors.dataset import load_dataset
from standsbehind.connectors.reading import copies_of, read
from standsbehind.connectors.sources import core
from standsbehind.errors import SourceError
from standsbehind.model.citation import NOT_CAPTURED
from standsbehind.model.statement import Status

HOME = Path(core.__file__).parent
TABLES = ("entities", "relations", "designations", "records", "sources")
ENDS = {
    "ContractAward": ("supplier", "contract"),
    "Funding": ("funder", "recipient"),
    "Ownership": ("owner", "asset"),
    "Rebrand": ("maker", "brand"),
    "Succession": ("predecessor", "successor"),
    "Supply": ("supplier", "recipient"),
    "UnknownLink": ("subject", "object"),
}


def harvest(folder=HOME):
    dataset = load_dataset("core")
    paths = [folder / f"{name}.csv" for name in TABLES]
    return read(dataset, copies_of(dataset, paths, "2026-11-23"))


@pytest.fixture(scope="module")
def drafts():
    """Return what the shipped tables give, by id without the prefix."""
    return {draft.id.removeprefix("core-"): draft for draft in harvest().drafts}


@pytest.fixture(scope="module")
def facts(shared):
    """Return a function that reads one table of the facts that core was written from."""

    def rows(name):
        with (shared / "facts" / f"{name}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            return list(csv.DictReader(file))

    return rows


def values(draft, prop):
    return [c.statement.value for c in draft.claims if c.statement.prop == prop]


def cited(draft):
    return {citation for claim in draft.claims for citation in claim.citations}


def edges(drafts):
    return {key: draft for key, draft in drafts.items() if draft.schema in ENDS}


def relations(drafts):
    return {key: draft for key, draft in drafts.items() if re.fullmatch(r"R\d{3}", key)}


# ── the whole set ──


def test_the_shipped_tables_are_read_whole():
    found = harvest()
    assert found.quarantined == found.unread == found.missing == ()
    assert found.rows >= 150


def test_ids_are_the_keys_of_the_tables(drafts):
    assert {"zhejiang-dahua", "R001", "D001", "L001"} <= drafts.keys()
    assert len(drafts) == len(harvest().drafts)


def test_no_natural_person_is_an_entity(drafts):
    schemata = {draft.schema for draft in drafts.values()}
    assert not schemata & {"Person", "LegalEntity", "Thing"}


@pytest.mark.parametrize(
    "name",
    [
        *["Clearview AI", "Palantir", "Amazon", "IBM", "Raytheon", "Microsoft"],
        *["Cellebrite", "NtechLab", "NEC", "Idemia", "Axis Communications"],
        *["Dahua", "Hikvision", "SenseTime", "Yitu", "Megvii", "iFLYTEK"],
    ],
)
def test_firms_of_every_home_are_found_by_name(drafts, name):
    bearers = [
        draft
        for draft in drafts.values()
        if name in values(draft, "name") + values(draft, "alias")
    ]
    assert [draft.schema for draft in bearers] == ["Company"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("entities", "entity_id"),
        ("relations", "rel_id"),
        ("designations", "designation_id"),
    ],
)
def test_every_fact_is_there(drafts, facts, name, key):
    assert {row[key] for row in facts(name)} <= drafts.keys()


@pytest.mark.shared
def test_sources_are_kept_as_the_facts_have_them(drafts, facts):
    known = {row["source_id"]: row for row in facts("sources")}
    for citation in set().union(*map(cited, drafts.values())):
        if citation.source in known:
            row = known[citation.source]
            assert citation.title == row["title"]
            assert citation.publisher == row["publisher"]
            assert citation.url == row["url"]


# ── citations and origins ──


def test_every_edge_has_a_dated_citation_of_a_publisher(drafts):
    for key, draft in edges(drafts).items():
        for claim in draft.claims:
            assert any(
                c.publisher and c.published and c.origin_group for c in claim.citations
            ), key


def test_no_copy_and_no_quote_is_pretended(drafts):
    for citation in set().union(*map(cited, drafts.values())):
        assert citation.digest == NOT_CAPTURED
        assert citation.quote is None
        assert citation.retrieved is None
        assert citation.locator


RELAYED = {"R137": {"hrw-thermo-fisher"}}
"""Where the reports that the facts count as two both relay one organisation."""


@pytest.mark.shared
def test_142_of_152_relations_rest_on_one_origin(drafts, facts):
    single = 0
    for row in facts("relations"):
        key, claim = row["rel_id"], drafts[row["rel_id"]].claims[0]
        assert claim.origins == RELAYED.get(key, {*row["origin_groups"].split(";")})
        single += len(claim.origins) == 1
    assert (single, len(relations(drafts))) == (142, 152)


def test_an_article_that_relays_a_report_counts_as_that_report(drafts):
    alone = {c.origin_group for c in cited(drafts["R012"]) if c.source == "S001"}
    relaying = {c.origin_group for c in cited(drafts["R001"]) if c.source == "S001"}
    assert (alone, relaying) == ({"byler-oped"}, {"reuters-2020-04"})


# ── wording ──


@pytest.mark.shared
def test_no_summary_repeats_the_paraphrase_of_the_facts(drafts, facts):
    def plain(text):
        return re.sub(r"\W+", " ", text).strip().casefold()

    for row in facts("relations"):
        ours = [plain(text) for text in values(drafts[row["rel_id"]], "summary")]
        assert plain(row["paraphrase"]) not in ours, row["rel_id"]


def test_every_entity_and_edge_is_described_in_one_sentence(drafts):
    for key, draft in drafts.items():
        if draft.schema != "Sanction":
            [summary] = values(draft, "summary")
            assert summary.endswith("."), key


def test_no_word_says_more_than_the_evidence(drafts):
    said = {
        claim.statement.value.casefold()
        for draft in drafts.values()
        for claim in draft.claims
        if claim.statement.prop in {"summary", "role", "notes", "scope", "name"}
    }
    for word in ("controlled by", "controls", "blacklist", "cleared", "proves"):
        assert not [text for text in said if word in text]


def test_a_holding_is_printed_as_its_interval(drafts):
    holding = drafts["R037"]
    assert values(holding, "percentage") == ["38.88-41.55"]
    assert values(holding, "role") == ["holds through CETHIK"]


@pytest.mark.parametrize(
    ("key", "status", "word"),
    [
        pytest.param("R001", Status.REPORTED, "reported", id="press"),
        pytest.param("R022", Status.ALLEGED, "alleged-official", id="allegation"),
        pytest.param("R034", Status.COMPANY, "company-filing", id="filing"),
        pytest.param("R102", Status.DISPUTED, "disputed", id="disputed"),
        pytest.param("R012", Status.OPINION, "opinion", id="opinion"),
        pytest.param("R121", Status.OFFICIAL, "court", id="court"),
        pytest.param("R149", Status.REPORTED, "peer-reviewed", id="study"),
    ],
)
def test_an_edge_keeps_the_voice_of_its_sources(drafts, key, status, word):
    assert {claim.status for claim in drafts[key].claims} == {status}
    assert values(drafts[key], "statusNote") == [word]


# ── names ──


def test_a_name_in_chinese_says_its_language(drafts):
    names = {c.statement.value: c.statement.lang for c in drafts["hikvision"].claims}
    assert names["杭州海康威视数字技术股份有限公司"] == "zho"
    assert names["Hikvision"] is None


def test_a_value_may_rest_on_a_source_of_its_own(drafts):
    [claim] = [c for c in drafts["cloudwalk"].claims if c.statement.prop == "uscCode"]
    assert [citation.source for citation in claim.citations] == ["S125"]
    assert claim.status == Status.OFFICIAL


def test_a_former_name_bears_its_time_and_its_sources(drafts):
    [claim] = [
        c
        for c in drafts["anyvision"].claims
        if c.statement.value == "AnyVision Interactive Technologies"
    ]
    assert claim.statement.prop == "previousName"
    assert (claim.valid.start, claim.valid.end) == (None, "2021-10")
    assert [citation.publisher for citation in claim.citations] == ["AIAAIC"]
    assert values(drafts["anyvision"], "name") == ["Oosto"]


def test_no_name_keeps_the_marks_of_the_table(drafts):
    for draft in drafts.values():
        for prop in ("name", "alias", "weakAlias", "previousName"):
            assert not [v for v in values(draft, prop) if re.search(r"[{}\[\]]", v)]


@pytest.mark.parametrize(
    ("key", "chinese"),
    [
        ("hikvision", "海康威视"),
        ("zhejiang-dahua", "大华"),
        ("sensetime", "商汤"),
        ("megvii", "旷视"),
        ("yitu", "依图"),
        ("iflytek", "科大讯飞"),
        ("cloudwalk", "云从"),
        ("intellifusion", "云天励飞"),
        ("netposa", "东方网力"),
        ("meiya-pico", "美亚柏科"),
        ("tiandy", "天地伟业"),
        ("uniview", "宇视"),
        ("leon-tech", "立昂"),
        ("hytera", "海能达"),
        ("huawei", "华为"),
        ("zte", "中兴"),
        ("xpcc", "新疆生产建设兵团"),
        ("bgi-genomics", "华大基因"),
        ("kedacom", "科达"),
    ],
)
def test_a_firm_is_known_by_its_chinese_name(drafts, key, chinese):
    told = [
        c
        for c in drafts[key].claims
        if chinese in c.statement.value and c.statement.lang == "zho"
    ]
    assert told
    assert all(citation.url for c in told for citation in c.citations)


def test_what_is_general_knowledge_is_left_out(drafts):
    assert values(drafts["huawei"], "city") == []
    assert "not stated" in values(drafts["huawei"], "notes")[0]
    assert "In-Q-Tel" not in values(drafts["in-q-tel"], "name")


# ── paths, replies, designations ──


def test_a_path_leads_from_amazon_to_xinjiang(drafts):
    beside = {}
    for draft in edges(drafts).values():
        a, b = (values(draft, end)[0] for end in ENDS[draft.schema])
        beside.setdefault(a, set()).add(b)
        beside.setdefault(b, set()).add(a)
    steps, waiting = {"core-amazon": 0}, deque(["core-amazon"])
    while waiting:
        here = waiting.popleft()
        for there in beside[here] - steps.keys():
            steps[there] = steps[here] + 1
            waiting.append(there)
    assert steps["core-pl-xinjiang"] <= 3


def test_both_ends_of_every_edge_exist(drafts):
    for key, draft in edges(drafts).items():
        ends = [values(draft, end) for end in ENDS[draft.schema]]
        assert all(len(end) == 1 for end in ends), key
        assert {end[0].removeprefix("core-") for end in ends} <= drafts.keys()


def test_every_reply_stands_beside_a_claim(drafts):
    replies = {k: d for k, d in drafts.items() if d.schema == "Reply"}
    assert len(replies) == 11
    for key, reply in replies.items():
        assert values(reply, "author"), key
        assert values(reply, "about"), key
        assert values(reply, "date"), key
        for answered in values(reply, "answers"):
            claim = drafts[answered.removeprefix("core-")]
            assert claim.schema in {*ENDS, "Sanction"}


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        pytest.param("R004", ["R001", "R002", "R003"], id="the buyer"),
        pytest.param("R009", ["R001"], id="the seller"),
        pytest.param("R017", ["R013", "R014", "R016"], id="a denial"),
        pytest.param("R018", ["D001"], id="a protest against a listing"),
    ],
)
def test_a_reply_answers_the_claims_it_is_about(drafts, reply, answered):
    assert values(drafts[reply], "answers") == [f"core-{key}" for key in answered]


@pytest.mark.parametrize(
    ("key", "entity", "listed_name"),
    [
        pytest.param(
            "D004", "yitu-technologies", "Yitu Technologies", id="Entity List"
        ),
        pytest.param("D034", "yitu", "Yitu Limited", id="NS-CMIC"),
        pytest.param(
            "D047",
            "shanghai-yitu",
            "Shanghai Yitu Network Technology Co., Ltd.",
            id="1260H",
        ),
    ],
)
def test_a_designation_stands_on_the_entity_that_the_list_names(
    drafts, key, entity, listed_name
):
    assert values(drafts[key], "entity") == [f"core-{entity}"]
    assert values(drafts[key], "listedName") == [listed_name]


@pytest.mark.shared
def test_designations_keep_the_dates_of_the_facts(drafts, facts):
    for row in facts("designations"):
        draft = drafts[row["designation_id"]]
        assert values(draft, "startDate") == [row["start"]] * bool(row["start"])
        if row["end"]:
            assert values(draft, "endDate") == [row["end"]]
        assert not any("not seen" in text for text in values(draft, "provisions"))


def test_a_limit_of_purpose_is_said(drafts):
    limited = {"D025", "D026", "D027", "D030", "D031", "D032"}
    for key in limited:
        assert "public safety" in values(drafts[key], "scope")[0]
    assert values(drafts["D023"], "scope") == []


def test_a_criterion_is_not_said_to_list_anybody(drafts):
    for key in ("D053", "D054"):
        assert values(drafts[key], "listedName") == []
        assert values(drafts[key], "scope")[0].startswith("a criterion, not a list")


# ── refusals ──


@pytest.fixture
def altered(tmp_path):
    """Return a function that copies the tables with one text of one of them replaced."""

    def write(table, old, new):
        for name in TABLES:
            text = (HOME / f"{name}.csv").read_text(encoding="utf-8")
            if name == table:
                assert old in text
                text = text.replace(old, new, 1)
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        pytest.param(
            "relations",
            "R001,Supply,supplied,zhejiang-dahua",
            "R001,Supply,supplied,bramble",
            "relations.csv, R001: refers to 'bramble'",
            id="an unknown entity",
        ),
        pytest.param(
            "relations",
            "R001,Supply",
            "R001,Selling",
            "relations.csv, R001: schema 'Selling'",
            id="an unknown schema",
        ),
        pytest.param(
            "relations",
            ",alleged-official,",
            ",hearsay,",
            "relations.csv, R020: status 'hearsay'",
            id="an unknown status",
        ),
        pytest.param(
            "relations",
            ",S002;S003;S001=reuters-2020-04,",
            ",,",
            "relations.csv, R001: no source",
            id="no source",
        ),
        pytest.param(
            "relations",
            ",S002;S003;S001=reuters-2020-04,",
            ",S999,",
            "relations.csv, R001: no source 'S999'",
            id="an unknown source",
        ),
        pytest.param(
            "relations",
            "\nR002,",
            "\nR001,",
            "'R001' is blank or used twice",
            id="twice",
        ),
        pytest.param(
            "relations",
            "R001;R002;R003\n",
            "\n",
            "relations.csv, R004: a reply that answers no claim",
            id="a reply to nothing",
        ),
        pytest.param(
            "designations",
            "us-bis-entity-list",
            "us-some-list",
            "designations.csv, D001: programId 'us-some-list'",
            id="an unknown program",
        ),
        pytest.param(
            "entities",
            "zhejiang-dahua,Company",
            "zhejiang-dahua,Person",
            "entities.csv, zhejiang-dahua: schema 'Person'",
            id="a person",
        ),
        pytest.param(
            "entities",
            "city=Hangzhou",
            "mood=calm",
            "'mood=calm' is not a fact",
            id="an unknown fact",
        ),
        pytest.param(
            "sources", ",press,", ",rumour,", "kind 'rumour'", id="an unknown kind"
        ),
        pytest.param(
            "designations", "2019-10-09", "9 October", "'9 October' is not", id="a date"
        ),
        pytest.param(
            "sources", "title,publisher", "heading,publisher", "'title'", id="a column"
        ),
        pytest.param(
            "entities",
            "{until 2023-04-10}",
            "{until 2023-04-31}",
            "2023-04-31",
            id="a day that is none",
        ),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused(
    altered, table, old, new, message
):
    with pytest.raises(SourceError, match=re.escape(message)):
        harvest(altered(table, old, new))


def test_a_table_cut_short_is_refused(altered):
    folder = altered("relations", "R001", "R001")
    whole = (folder / "relations.csv").read_bytes()
    (folder / "relations.csv").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"relations\.csv"):
        harvest(folder)


def test_a_column_that_nobody_reads_is_reported(altered):
    folder = altered("entities", "entity_id,", "entity_id,")
    lines = (folder / "entities.csv").read_text(encoding="utf-8").splitlines()
    wider = [lines[0] + ",mood", *(line + ",calm" for line in lines[1:])]
    (folder / "entities.csv").write_text("\n".join(wider), encoding="utf-8")
    assert {unread.what for unread in harvest(folder).unread} == {"field 'mood'"}
