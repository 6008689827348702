"""What `behind effects` prints: words that cannot be taken for leave, and sources to copy."""

import re

HIKVISION = (
    "core-hikvision",
    "--role=buyer,exporter",
    "--in=us",
    "--as-of=2026-11-23",
)


def test_no_line_reads_as_leave(behind):
    told = behind("effects", *HIKVISION)
    assert "permitted" not in told.out
    assert "Does not forbid it" in told.out
    effects = behind("effects", *HIKVISION, "--json").json["effects"]
    assert "permitted" in {effect["effect"] for effect in effects}


def test_each_source_is_printed_once_with_its_address_on_its_own_line(behind):
    printed = behind("effects", *HIKVISION).out.replace(
        "\n      ", ""
    )  # a long one goes on
    effects = behind("effects", *HIKVISION, "--json").json["effects"]
    cited = {(e["citation"]["title"], e["citation"]["href"]) for e in effects}
    found = re.findall(r"^\[(\d+)\] (.+?) *\n    (\S+) *$", printed, re.MULTILINE)
    assert [int(number) for number, _, _ in found] == list(range(1, len(cited) + 1))
    assert {(title, address) for _, title, address in found} == cited
    named = re.findall(r"\[(\d+)\] *$", printed, re.MULTILINE)
    assert {number for number, _, _ in found} == set(named)
