"""Forms are read or refused, whatever the file holds."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from standsbehind.cases.form import read_form
from standsbehind.errors import UsageError
from standsbehind.reports.questionnaire import questionnaire_text
from standsbehind.standards.necessity import load_questionnaire

QUESTIONS = load_questionnaire()
EXAMPLE = (
    Path(__file__).resolve().parents[2] / "examples" / "heat-cameras.yml"
).read_bytes()
SCRAPS = st.sampled_from(
    [
        b"&a ",
        b"*a",
        b"[",
        b"]",
        b"{",
        b"? ",
        b"- ",
        b"!!binary ",
        b"|\n",
        b'"\\U',
        b"\t",
    ]
)


def reads(content):
    """Whether the form is read; it is else refused by file and line."""
    try:
        read_form("form.yml", content, QUESTIONS)
    except UsageError as refused:
        assert str(refused).startswith("form.yml:")  # noqa: PT017 - the message is the test
        return False
    return True


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_what_is_no_form_is_refused(content):
    assert not reads(content)


@given(
    st.integers(0, len(EXAMPLE)),
    st.integers(0, 40),
    SCRAPS | st.binary(max_size=8),
)
def test_a_form_with_a_piece_torn_out_is_read_or_refused(at, length, scrap):
    reads(EXAMPLE[:at] + scrap + EXAMPLE[at + length :])


@given(st.data())
def test_what_was_answered_and_cited_is_what_is_read(data):
    """Fill a part of the form; just that part is read as answered."""
    form = questionnaire_text(QUESTIONS)
    form = form.replace("  buyer: ", "  buyer: Us ").replace("  day: ", "  day: 2020 ")
    blank = "answer:\n"
    count = form.count(blank)
    chosen = data.draw(st.sets(st.integers(0, count - 1)))
    parts = form.split(blank)
    filled = parts[0]
    for number, part in enumerate(parts[1:]):
        filled += ("answer: yes\n" if number in chosen else blank) + part
    read = read_form("form.yml", filled.encode(), QUESTIONS)
    assert {n for n, answer in enumerate(read.answers) if answer.text} == chosen
    lines = filled.splitlines()
    for answer in read.answers:
        assert answer.is_asked
        told = answer.means or answer.question.id
        assert told in lines[answer.line - 1]
