"""What `behind parity` answers: who is listed, by home, among those of whom the same was found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from standsbehind.answers.answer import Answer
from standsbehind.answers.given import Given

__all__ = ["counted_by_home"]


def counted_by_home(given: Given, asked: Mapping[str, Any]) -> Answer:
    """Count the classes that are named, on the day that is asked about."""
    from standsbehind.cases.parity import parity
    from standsbehind.reports.parity import parity_json, records_of
    from standsbehind.reports.parity_text import parity_text
    from standsbehind.standards.norms import load_standard

    standard, reader = load_standard(asked["standard"]), given.reader
    day, limit = date.fromisoformat(asked["as_of"]), asked["limit"]
    found = parity(reader, standard, asked["classes"], day)

    def page(made_at: str) -> str:
        from standsbehind.reports.parity_page import render_parity

        return render_parity(found, reader, limit, made_at)

    def picture() -> str:
        from standsbehind.reports.parity_figures import draw_parity

        return draw_parity(found, reader)

    return Answer(
        parity_json(found, reader, limit),
        records_of(found, reader),
        lambda: parity_text(found, reader, limit),
        page=page,
        picture=picture if found.examined else None,
    )
