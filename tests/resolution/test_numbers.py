"""Numbers: one that is mistyped, made up or of somebody's tax unites nobody."""

import pytest

from standsbehind.resolution.numbers import (
    Number,
    family_of,
    is_sound,
    rules,
    telling_numbers,
)
from tests.told import said


@pytest.mark.parametrize(
    ("kind", "value", "is_good"),
    [
        pytest.param("leiCode", "529900GRZ2BQY5ZM9N49", True, id="an LEI"),
        pytest.param("leiCode", "529900GRZ2BQY5ZM9N48", False, id="an LEI mistyped"),
        pytest.param("leiCode", "0" * 20, False, id="an LEI filled in with nothing"),
        pytest.param("uscCode", "91330000733796106P", True, id="a USCC"),
        pytest.param("uscCode", "91330000733796106N", False, id="a USCC mistyped"),
        pytest.param("ogrnCode", "1037717009846", True, id="an OGRN"),
        pytest.param("ogrnCode", "1037717009847", False, id="an OGRN mistyped"),
        pytest.param("innCode", "7707083893", True, id="an INN"),
        pytest.param("innCode", "7707083894", False, id="an INN mistyped"),
        pytest.param("ofac", "30946", True, id="a number without check digits"),
    ],
)
def test_check_digits(kind, value, is_good):
    assert is_sound(Number(kind, value)) is is_good


def test_a_number_is_compared_without_spaces_and_dashes():
    told = [said("a", "leiCode", "5299 00GR-Z2BQ Y5ZM 9n49").statement]
    assert telling_numbers(told) == {"leiCode": {"529900GRZ2BQY5ZM9N49"}}


def test_a_register_number_and_a_tax_number_do_not_tell_two_apart():
    """A firm stands in several registers and pays several taxes."""
    told = [
        said("a", "registrationNumber", "1234567").statement,
        said("a", "taxNumber", "1234567").statement,
    ]
    assert telling_numbers(told) == {}


def test_every_rule_says_why():
    assert all(rule.why for rule in rules().values())


@pytest.mark.parametrize(
    ("schema", "family"),
    [
        pytest.param("Person", "person", id="a person"),
        pytest.param("Company", "body", id="a firm"),
        pytest.param("PublicBody", "body", id="an authority"),
        pytest.param("LegalEntity", None, id="a list that does not say which"),
        pytest.param("Vessel", "ship", id="a ship"),
    ],
)
def test_what_kind_of_thing_it_is(schema, family):
    assert family_of(schema) == family
