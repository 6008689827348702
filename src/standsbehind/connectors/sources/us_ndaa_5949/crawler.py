"""The firms that section 5949 of the NDAA for FY2023 names: whose semiconductors federal buyers must not buy."""

from collections.abc import Iterator

from standsbehind.connectors.context import Pull, Reading
from standsbehind.connectors.ndaa.section import Section, crawl_section

__all__ = ["crawl"]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the copy: one row, one name, one listing."""
    yield from crawl_section(pull, Section("5949", "us-ndaa-5949"))
