"""The firms that section 889 of the NDAA for FY2019 names: what federal buyers and contractors must not use."""

from collections.abc import Iterator

from standsbehind.connectors.context import Pull, Reading
from standsbehind.connectors.ndaa.section import Section, crawl_section

__all__ = ["crawl"]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the copy: one row, one name, one listing."""
    yield from crawl_section(pull, Section("889", "us-ndaa-889"))
