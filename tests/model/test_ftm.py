"""FollowTheMoney files go in and come out the same, foreign words included."""

import json

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.model import ftm
from standsbehind.model.entity import fold
from standsbehind.model.statement import Statement

text = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"),
    min_size=1,
)
words = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,12}", fullmatch=True)
maybe = st.none() | st.from_regex(r"[a-z]{3}", fullmatch=True)
days = st.none() | st.dates().map(lambda day: day.isoformat())
statements = st.builds(
    Statement,
    entity_id=text,
    prop=words,
    schema=words | st.sampled_from(["Company", "Sanction", "Ownership"]),
    value=text,
    dataset=words,
    lang=maybe,
    original_value=st.none() | text,
    external=st.booleans(),
    first_seen=days,
    last_seen=days,
    origin=maybe,
    prop_type=words,
)


@given(st.lists(statements))
def test_statements_survive_a_csv(given_statements):
    written = ftm.statements_to_csv(given_statements)
    assert list(ftm.statements_from_csv(written)) == given_statements
    assert ftm.statements_to_csv(ftm.statements_from_csv(written)) == written


@given(statements)
def test_a_statement_survives_a_json_line(statement):
    line = json.loads(ftm.json_line(ftm.statement_to_json(statement)))
    again = ftm.statement_to_json(ftm.statement_from_row(line))
    assert again == ftm.statement_to_json(statement)


entities = st.fixed_dictionaries(
    {
        "id": text,
        "schema": words,
        "properties": st.dictionaries(
            words.filter(lambda prop: prop != "id"),
            st.lists(text, min_size=1, unique=True),
        ),
    }
)


@given(entities)
def test_an_entity_survives_with_words_that_we_do_not_know(entity):
    told = ftm.statements_from_entity(entity, "theirs")
    again = ftm.entity_to_json(fold(told))
    assert {key: again[key] for key in entity} == entity


def test_the_id_of_a_statement_is_followthemoneys():
    plain = Statement("a1", "name", "Company", "Acme", "list")
    spoken = Statement(
        "a1", "name", "Company", "Acme", "list", lang="deu", external=True
    )
    assert plain.id == "46b8c505329e0144f2411e6534974f1734f86527"
    assert spoken.id == "be647666a3c5bdc3d74c2fc16d1de03d5b164dab"
