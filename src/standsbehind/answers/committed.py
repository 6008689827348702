"""What `behind commitments` answers: of one entity, or of all that made a commitment."""

from collections.abc import Mapping
from typing import Any

from standsbehind.answers.answer import Answer
from standsbehind.answers.given import Given
from standsbehind.answers.terms import day_of

__all__ = ["committed"]


def committed(given: Given, asked: Mapping[str, Any]) -> Answer:
    """Tell the commitments of the entity that is named, or else of all that made one."""
    from standsbehind.cases.commitments import commitments_in
    from standsbehind.reports import commitments
    from standsbehind.standards.norms import load_standard

    standard, reader, until = load_standard(), given.reader, asked["as_of"]
    keys = given.lookup.find(asked["entity"]) if "entity" in asked else None
    found = commitments_in(reader, standard, keys, day_of(asked))

    def page(made_at: str) -> str:
        from standsbehind.reports.committed import render_commitments

        return render_commitments(found, standard, reader, until, made_at)

    return Answer(
        commitments.commitments_json(found, standard, reader, until),
        [key for firm in found for key in (firm.subject, *firm.records)],
        lambda: commitments.commitments_text(found, standard, reader, until),
        page=page,
    )
