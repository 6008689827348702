"""OFAC's Specially Designated Nationals: every record is blocked, under one tag or more."""

from collections.abc import Iterator
from functools import partial

from standsbehind.connectors.context import Listing, Pull, Reading, Unread
from standsbehind.connectors.ofac.entry import AUTHORITY, Subject, crawl_list

__all__ = ["crawl"]


def crawl(pull: Pull) -> Iterator[Reading]:
    """Read the list: one listing for each tag of a subject."""
    return crawl_list(pull, partial(_listings, pull))


def _listings(pull: Pull, subject: Subject) -> Iterator[Listing | Unread]:
    """List the subject under each of its tags.

    To stand in this file is to be on the list, whatever the tag. Only the tags of other
    lists, which a record bears besides, name another program (`dataset.yml`).
    """
    for tag in subject.tags:
        program = pull.look_up("program", tag)
        yield Listing(
            program="us-ofac-sdn" if program == tag else program,
            authority=AUTHORITY,
            listed_name=subject.name,
            tag=tag,
            record_id=subject.number,
            key=(tag,),
        )
