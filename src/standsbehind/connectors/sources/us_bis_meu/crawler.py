"""The US Military End User List: parties that the United States holds to be military users."""

from collections.abc import Iterator

from standsbehind.connectors.bis.ecfr import open_supplement
from standsbehind.connectors.bis.listing import Terms, crawl_supplement
from standsbehind.connectors.context import Pull, Reading

__all__ = ["crawl"]

_COLUMNS = ("Country", "Entity", "Federal Register citation")


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read Supplement No. 7 to part 744."""
    supplement = open_supplement(pull.copies[0], 7, _COLUMNS)
    yield from crawl_supplement(
        pull,
        supplement,
        lambda row: Terms("us-bis-meu", topic="export.control", cited=row.text(1)),
    )
