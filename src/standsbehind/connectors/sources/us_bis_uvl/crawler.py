"""The US Unverified List: firms whose bona fides a US check could not confirm."""

from collections.abc import Iterator

from standsbehind.connectors.bis.ecfr import open_supplement
from standsbehind.connectors.bis.listing import Terms, crawl_supplement
from standsbehind.connectors.context import Pull, Reading

__all__ = ["crawl"]

_COLUMNS = ("Country", "Listed person and address", "Federal Register citation")


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read Supplement No. 6 to part 744."""
    supplement = open_supplement(pull.copies[0], 6, _COLUMNS)
    yield from crawl_supplement(
        pull,
        supplement,
        lambda row: Terms("us-bis-uvl", topic="export.risk", cited=row.text(1)),
    )
