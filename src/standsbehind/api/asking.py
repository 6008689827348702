"""Asking: what routes read from a request in the same way."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from fastapi import Path, Query, Request

from standsbehind.api.answering import Refused
from standsbehind.api.desk import Desk
from standsbehind.api.held import Held
from standsbehind.api.shapes.entities import ErrorResponse

__all__ = [
    "ChangedSince",
    "DatasetName",
    "Names",
    "desk_of",
    "refusals",
    "scope_of",
]

WHOLE = "default"
"""The name of all sources together."""

_MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"

DatasetName = Annotated[
    str, Path(description="A source, or `default` for all", examples=[WHOLE])
]
ChangedSince = Annotated[
    str | None,
    Query(pattern=_MOMENT, description="Only entities that changed at or after this"),
]
Names = Annotated[list[str], Query()]


def desk_of(request: Request) -> Desk:
    """Return what the request is answered from."""
    desk: Desk = request.app.state.desk
    return desk


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Say in the OpenAPI document with which statuses yente's routes refuse."""
    return {status: {"model": ErrorResponse} for status in (*statuses, 413, 422)}


def scope_of(
    held: Held,
    dataset: str,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
) -> frozenset[str] | None:
    """Return the sources in which an entity must stand; None for any of all.

    Raises Refused where the snapshot has no such dataset.
    """
    titles: Mapping[str, str] = held.titles
    if dataset != WHOLE and dataset not in titles:
        raise Refused(404, "No such dataset.")
    wanted, unwanted = frozenset(include), frozenset(exclude)
    if dataset == WHOLE and not wanted and not unwanted:
        return None
    names = frozenset(titles if dataset == WHOLE else (dataset,))
    return (names & wanted if wanted and WHOLE not in wanted else names) - unwanted
