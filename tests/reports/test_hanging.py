"""A line that is too long goes on beneath its beginning, and loses nothing."""

from io import StringIO

import pytest
from rich.console import Console, Group

from standsbehind.reports.hanging import Hanging


def printed(text, width=40):
    written = StringIO()
    Console(file=written, width=width).print(Group(Hanging(text)))
    return written.getvalue().splitlines()


def test_a_long_line_goes_on_further_in():
    assert printed("Links\n    The Paper, 2020-04-29: A title of some length") == [
        "Links",
        "    The Paper, 2020-04-29: A title of",
        "      some length",
    ]


def test_a_line_that_fits_is_left_as_it_is():
    assert printed("    " + 36 * "x") == ["    " + 36 * "x"]


@pytest.mark.parametrize("indent", [0, 4, 30])
def test_nothing_is_lost_of_what_cannot_be_broken(indent):
    address = "<https://example.org/" + 90 * "海" + ">"
    lines = printed(indent * " " + address)
    assert "".join(line.strip() for line in lines) == address
    assert all(Console().render_str(line).cell_len <= 40 for line in lines)
