"""The programs that ship: they load, they cite, and none of them names a firm or a country."""

import csv
import re
from datetime import date
from importlib import resources

import pytest
import yaml

from standsbehind.errors import SourceError
from standsbehind.standards.programs import ROLES, load_programs, read_program

PROGRAMS = load_programs()
PROVISIONS = [
    pytest.param(provision, id=f"{program.id}/{provision.id}")
    for program in PROGRAMS.values()
    for provision in program.provisions
]
NAMED = {"company", "brand", "product", "funder", "public_body", "place", "deployment"}
LOGIC = ("condition", "binds", "relation", "act")

COUNTRIES = re.findall(
    r"\w+",
    """
    Afghanistan Australia Belarus Brazil Canada China Cuba Egypt England France Germany India
    Iran Iraq Israel Japan Kingdom Korea Mexico Myanmar Netherlands Nigeria Norway Pakistan
    Poland Russia Singapore Spain Sweden Switzerland Syria Taiwan Tibet Turkey Ukraine Venezuela
    Xinjiang Zimbabwe American British Chinese Dutch French German Iranian Israeli Japanese
    Russian Uyghur
    """,
)
COUNTRY_CODES = (
    "US",
    "USA",
    "UK",
    "GB",
    "EU",
    "PRC",
    "CN",
    "RU",
    "IL",
    "NL",
    "United States",
)

SMALL = """
id: zz-list
title: Small list
authority: Nobody
jurisdiction: zz
kind: list
summary: A list for this test.
not_this: Nothing else.
provisions:
  - id: one
    title: The one provision
    binds: [buyer]
    bound_as: buyers
    act: buy
    effect: prohibited
    relation: itself
    says: A buyer may not buy.
    periods:
      - from: 2020-01-01
        state: in_force
        citation: {title: An act, href: https://example.org/act}
"""


def words_of_logic():
    """Yield every literal that decides: what a condition, role, relation or act may say."""
    folder = resources.files("standsbehind.standards") / "programs"
    for file in folder.iterdir():
        for provision in yaml.safe_load(file.read_text("utf-8"))["provisions"]:
            for key in LOGIC:
                words = provision.get(key, "")
                yield from words if isinstance(words, list) else [words]


def names_found(names, flags=0):
    logic = "\n".join(words_of_logic())
    return {
        n
        for n in names
        if n and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", logic, flags)
    }


def test_the_sixteen_programs_ship():
    assert list(PROGRAMS) == [
        "eu-ai-act-5",
        "eu-dual-use-5",
        "eu-human-rights",
        "gb-sensitive-sites",
        "nl-dpa-order",
        "un-sc",
        "us-bis-affiliates",
        "us-bis-entity-list",
        "us-bis-meu",
        "us-dod-1260h",
        "us-eo-13959",
        "us-fcc-covered-list",
        "us-ndaa-889",
        "us-ns-cmic",
        "us-ofac-sdn",
        "us-uflpa",
    ]


def test_every_program_says_what_it_does_not_do():
    assert all(program.summary and program.not_this for program in PROGRAMS.values())


@pytest.mark.parametrize("provision", PROVISIONS)
def test_a_provision_cites_the_law_for_each_of_its_dates(provision):
    assert provision.periods
    for period in provision.periods:
        assert period.citation.title
        assert period.citation.href.startswith("https://")


@pytest.mark.parametrize("provision", PROVISIONS)
def test_a_sentence_ends_and_stands_on_its_own(provision):
    spoken = [provision.says, *(other.says for other in provision.otherwise.values())]
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in spoken)
    assert provision.condition == "" or provision.condition.startswith("if ")


def test_a_role_that_cannot_be_asked_for_is_still_said_to_be_bound():
    assert PROGRAMS["us-ndaa-889"].provisions[0].binds == ("agency",)
    assert "agency" not in ROLES


def test_a_rule_of_a_union_is_law_in_its_member_states():
    act = PROGRAMS["eu-ai-act-5"]
    assert act.is_law_in("eu")
    assert act.is_law_in("nl")
    assert act.is_law_in(None)
    assert not act.is_law_in("gb")
    assert not act.is_law_in("us")


def test_no_country_decides_anything():
    assert names_found(COUNTRIES, re.IGNORECASE) == set()
    assert names_found(COUNTRY_CODES) == set()


@pytest.mark.shared
def test_no_firm_of_the_built_in_data_decides_anything(shared):
    with (shared / "facts" / "entities.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in NAMED]
    aliases = [alias.strip() for row in rows for alias in row["aliases"].split(";")]
    names = (
        {row["name"] for row in rows} | {row["name_zh"] for row in rows} | set(aliases)
    )
    assert len(names) > 150
    assert names_found(names, re.IGNORECASE) == set()


def test_a_program_is_read_as_it_is_written():
    program = read_program("zz-list.yml", SMALL)
    (provision,) = program.provisions
    assert provision.binds == ("buyer",)
    assert provision.periods[0].start == date(2020, 1, 1)
    assert provision.periods[0].last is None


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        pytest.param("kind: list", "kind: blacklist", "kind: 'blacklist'", id="kind"),
        pytest.param("[buyer]", "[purchaser]", "binds: 'purchaser'", id="role"),
        pytest.param(
            "effect: prohibited", "effect: banned", "effect: 'banned'", id="effect"
        ),
        pytest.param(
            "relation: itself", "relation: kin", "relation: 'kin'", id="relation"
        ),
        pytest.param("state: in_force", "state: active", "state: 'active'", id="state"),
        pytest.param(
            "2020-01-01", "2020-01", "'2020-01' is not a day", id="half a date"
        ),
        pytest.param(
            "state: in_force", "state: unverified", "does not say why", id="no why"
        ),
        pytest.param("    says: A", "    tells: A", "tells", id="unknown key"),
        pytest.param("    act: buy\n", "", "act", id="missing key"),
        pytest.param(
            "        state",
            "        to: yes\n        state",
            "True is not a day",
            id="to",
        ),
        pytest.param(
            "    binds: [buyer]\n", "", "the key 'binds' is missing", id="unbound"
        ),
        pytest.param(
            "    act: buy",
            "    act: buy\n    otherwise: {bank: {says: No., effect: prohibited}}",
            "effect: 'prohibited'",
            id="a role that is not bound but prohibited",
        ),
        pytest.param(
            "    act: buy",
            "    act: buy\n    otherwise: {buyer: No.}",
            "otherwise",
            id="both",
        ),
        pytest.param(
            "id: zz-list", "id: zz-other", "name the file zz-other.yml", id="file name"
        ),
        pytest.param("kind: list", "kind: [", "while parsing", id="not YAML"),
    ],
)
def test_a_program_that_is_not_well_written_is_refused(written, instead, complaint):
    with pytest.raises(SourceError, match=re.escape(complaint)):
        read_program("zz-list.yml", SMALL.replace(written, instead, 1))


def test_a_provision_without_a_period_is_refused():
    timeless = SMALL.partition("    periods:")[0] + "    periods: []\n"
    with pytest.raises(SourceError, match="nothing says when it holds"):
        read_program("zz-list.yml", timeless)


def test_periods_that_overlap_are_refused():
    again = (
        SMALL
        + """
      - from: 2021-01-01
        state: suspended
        citation: {title: An act, href: https://example.org/act}
"""
    )
    with pytest.raises(SourceError, match="the period from 2021-01-01 overlaps"):
        read_program("zz-list.yml", again)
