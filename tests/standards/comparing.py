"""One-line builders of findings that are compared, for tests."""

from standsbehind.standards.findings import ElementState, Finding
from standsbehind.standards.parity import Examined, Listed

ONE = ("one origin", "none")


def named(program="open-list", start="2020-05-01", **more):
    fields = {
        "id": f"{program}/{start}",
        "lister": "aa",
        "end": None,
        "is_held": True,
        "reach": "open",
        **more,
    }
    return Listed(program=program, start=start, **fields)


def firm(subject, home, *listings, **more):
    """Return a finding of class C1 on a firm, with one claim, reported in January 2020."""
    grades = more.pop("grades", ONE)
    searches = more.pop("searches", ())
    replies = more.pop("replies", ())
    result = more.pop("result", "not shown")
    elements = tuple(
        ElementState(f"e{n}", "not shown", (), (), (), tuple(searches))
        for n, _ in enumerate(grades)
    )
    norm = more.pop("norm", "C1")
    finding = Finding(
        norm,
        subject,
        result,
        elements,
        (),
        is_apart=False,
        replies=tuple(replies),
        mitigating=(),
    )
    fields = {
        "origins": frozenset({f"paper of {subject}"}),
        "first_report": "2020-01-01",
        **more,
    }
    return Examined(finding, home, grades, listings=listings, **fields)
