"""The institutions that are listed each year under section 1286 of the NDAA for FY2019."""

from collections.abc import Iterator

from standsbehind.connectors.context import Pull, Reading
from standsbehind.connectors.ndaa.section import Section, crawl_section

__all__ = ["crawl"]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the copy: one row, one name, one listing."""
    yield from crawl_section(
        pull, Section("1286", "us-ndaa-1286", schema="Organization")
    )
