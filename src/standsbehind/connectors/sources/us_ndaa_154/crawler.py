"""The firms that section 154 of the NDAA for FY2024 names: whose batteries the Pentagon may not buy."""

from collections.abc import Iterator

from standsbehind.connectors.context import Pull, Reading
from standsbehind.connectors.ndaa.section import Section, crawl_section

__all__ = ["crawl"]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the copy: one row, one name, one listing."""
    yield from crawl_section(pull, Section("154", "us-ndaa-154"))
