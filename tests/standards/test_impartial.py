"""A catalog or a rule that names a firm, a country, a place or a currency is refused by its line."""

import pytest

from standsbehind.cases.impartial import names_in, refused_rules
from standsbehind.errors import SourceError
from standsbehind.standards.impartial import refused_in_catalog, refused_in_code
from standsbehind.standards.norms import catalog_files, load_standard, read_standard
from standsbehind.standards.terms import MEANINGS, TERMS


@pytest.fixture(scope="module")
def names(built_in_reader):
    return names_in(built_in_reader)


def planted(line):
    """Return the catalog with a line planted in the middle of C7, and that line's number."""
    files = dict(catalog_files())
    lines = files["c7.yml"].splitlines()
    lines.insert(6, line)
    return files | {"c7.yml": "\n".join(lines)}, 7


def test_nothing_in_the_package_is_refused(built_in_reader):
    assert refused_rules(built_in_reader, catalog_files()) == ()


@pytest.mark.parametrize(
    "line",
    [
        'country == "cn"',
        '    when: country == "cn"',
        "    unless: home in [us, gb]",
        "    home: cn",
        "  - cn",
        '    subject: "IR"',
        "    says: A supplier in China sold it.",
        "    says: Holds for CN alone.",
        "    says: The Russian maker knew.",
        "    says: The EU is meant.",
        '    subject: "Hikvision"',
        "    subject: core-zhejiang-dahua",
        "    says: What Amazon did in 2020.",
        "    says: What clearview did.",
        "    says: 海康威视",
        "    says: A site in Xinjiang.",
        "    says: A project in Urumqi.",
        "    says: A firm based in the capital.",
        "    term: based_in",
        "    says: A state-owned firm.",
        "    says: Who is designated.",
        "    says: Articles in this language.",
        "    says: Worth more than USD 5.",
        "    says: More than $5.",
        "    says: More than five million dollars.",
        "    # Hikvision is meant.",
    ],
)
def test_a_planted_line_is_refused_and_named(names, line):
    files, number = planted(line)
    refused = refused_in_catalog(files, names)
    assert {(one.file, one.line) for one in refused} == {("c7.yml", number)}, line


def test_a_reference_may_name_a_union_and_its_law(names):
    files, _ = planted("# nothing")
    titles = [line for line in files["c1.yml"].splitlines() if "(EU)" in line]
    assert titles
    assert refused_in_catalog(files, names) == ()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        pytest.param('HOME = "cn"', "cn", id="a code"),
        pytest.param(
            'if fact.matter == "Hikvision":\n    pass', "hikvision", id="a firm"
        ),
        pytest.param('LIKE = "%China%"', "china", id="a country"),
        pytest.param("x = subject.country", "country", id="an attribute"),
        pytest.param(
            "def f(designations):\n    pass", "designations", id="a parameter"
        ),
        pytest.param("SQL = f\"WHERE home = 'ru'\"", "ru", id="a code in a query"),
    ],
)
def test_planted_code_is_refused(names, code, found):
    refused = refused_in_code({"findings.py": code}, names)
    assert found in {one.found for one in refused}
    assert {one.line for one in refused} == {1}


# ── the closed vocabulary ──


def test_every_term_is_used_and_explained():
    standard = load_standard()
    asked = {term for norm in standard.norms for term in norm.terms}
    softening = {term for norm in standard.norms for term in norm.mitigating}
    assert asked | softening == set(TERMS) == set(MEANINGS)


def test_the_classes_are_thirteen():
    assert [norm.id for norm in load_standard().norms] == [
        f"C{n}" for n in range(1, 14)
    ]


@pytest.mark.parametrize(
    ("was", "planted"),
    [
        pytest.param("any: [committed]", "any: [lives_there]", id="an unknown term"),
        pytest.param("id: C7", "id: C7\nowner: somebody", id="an unknown key"),
        pytest.param("scale: 1", "scale: 4", id="a grade beyond three"),
        pytest.param("days: 1", "days: -1", id="an order that runs back"),
        pytest.param("element: commitment", "element: reply", id="an order after none"),
        pytest.param("any: [committed]", "any: [scope_changed]", id="a term twice"),
    ],
)
def test_what_the_vocabulary_lacks_cannot_be_said(was, planted):
    files = dict(catalog_files())
    assert was in files["c7.yml"]
    with pytest.raises(SourceError, match=r"c7\.yml"):
        read_standard(files | {"c7.yml": files["c7.yml"].replace(was, planted)})


def test_every_change_of_the_catalog_changes_its_digest():
    files = dict(catalog_files())
    other = read_standard(
        files | {"c7.yml": files["c7.yml"].replace("days: 1", "days: 2")}
    )
    assert other.digest != load_standard().digest
    assert other.norm("C7").elements[2].after.days == 2


def test_a_reference_that_was_not_read_says_so():
    texts = [text for norm in load_standard().norms for text in norm.texts]
    assert all(text.since or text.unverified for text in texts)
    assert all(text.href.startswith("https://") for text in texts)
