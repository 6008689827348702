"""What `behind assess` answers: on one entity, or on every firm and body beside each other."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from standsbehind.answers.answer import Answer
from standsbehind.answers.given import Given
from standsbehind.answers.terms import day_of

if TYPE_CHECKING:
    from standsbehind.standards.norms import Norm, Standard

__all__ = ["assessed"]


def assessed(given: Given, asked: Mapping[str, Any]) -> Answer:
    """Apply the standard to the entity that is named, or else to every firm and body."""
    from standsbehind.cases.assess import assess
    from standsbehind.reports import findings
    from standsbehind.standards.norms import load_standard

    standard, reader = load_standard(asked["standard"]), given.reader
    # A receipt of before classes could be named names none.
    norms = [standard.norm(name) for name in asked.get("classes", ())] or standard.norms
    if "entity" not in asked:
        return _compare(given, standard, norms, asked)
    keys = given.lookup.find(asked["entity"])
    found = assess(reader, keys, standard, norms, day_of(asked))

    def page(made_at: str) -> str:
        from standsbehind.reports.assessed import render_findings

        return render_findings(found, reader, asked["as_of"], made_at)

    return Answer(
        findings.findings_json(found, reader, asked["as_of"]),
        [key for one in found for key in findings.records_told(one, reader)],
        lambda: findings.findings_text(found, reader, asked["as_of"]),
        page=page,
    )


def _compare(
    given: Given,
    standard: "Standard",
    norms: "Sequence[Norm]",
    asked: Mapping[str, Any],
) -> Answer:
    from standsbehind.cases.compared import compare
    from standsbehind.reports import compared, findings

    reader = given.reader
    found = compare(reader, standard, norms, day_of(asked))
    told = (key for row in found.rows for key in findings.records_told(row, reader))

    def page(made_at: str) -> str:
        from standsbehind.reports.assessed import render_comparison

        return render_comparison(found, reader, asked["as_of"], made_at)

    return Answer(
        compared.comparison_json(found, reader, asked["as_of"]),
        list(dict.fromkeys(told)),
        lambda: compared.comparison_text(found, reader, asked["as_of"]),
        page=page,
        table=lambda: compared.comparison_csv(found, reader),
    )
