"""The US Entity List: firms to which exports from the United States need a licence."""

import re
from collections.abc import Iterator

from standsbehind.connectors.bis.ecfr import Row, open_supplement
from standsbehind.connectors.bis.listing import Terms, crawl_supplement
from standsbehind.connectors.context import Pull, Reading

__all__ = ["crawl"]

_COLUMNS = (
    "Country",
    "Entity",
    "License requirement",
    "License review policy",
    "Federal Register citation",
)


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read Supplement No. 4 to part 744."""
    supplement = open_supplement(pull.copies[0], 4, _COLUMNS)

    def terms_of(row: Row) -> Terms:
        _entity, requirement, policy, cited = map(row.text, range(4))
        marks = re.findall(r"\[footnote (\d+)\]", requirement + policy)
        notes = [
            f"Footnote {m}: {supplement.footnotes.get(m, 'not in the copy')}"
            for m in marks
        ]
        review = f"License review policy: {policy}" if policy else ""
        return Terms(
            program="us-bis-entity-list",
            topic="export.control",
            cited=cited,
            scope=requirement,
            remarks=(review, *dict.fromkeys(notes)),
        )

    yield from crawl_supplement(pull, supplement, terms_of)
