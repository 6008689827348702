"""Entity: all that is known of one, for a role on a day, with the source of each statement."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from standsbehind.api.answering import Refused
from standsbehind.cases.effects import Position
from standsbehind.cases.screening import Answerer
from standsbehind.model.labels import value_label
from standsbehind.reports.bibliography import Bibliography
from standsbehind.reports.words import ROLES
from standsbehind.screening.match import Options
from standsbehind.standards.norms import load_standard
from standsbehind.standards.programs import load_programs
from standsbehind.web.asking import LONGEST, Asked, Moved, page
from standsbehind.web.linked import findings_on
from standsbehind.web.linking import Names
from standsbehind.web.profiles import ProfilePage

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/entity/{entity_id:path}")
async def entity(request: Request, entity_id: str) -> Response:
    """Show what is known of an entity."""
    tell = partial(_told, entity_id=entity_id)
    return await page(request, "entity.html.j2", tell, lane="slow")


def _told(asked: Asked, entity_id: str) -> Mapping[str, Any]:
    held = asked.held
    key = _key(asked, entity_id)
    position = _position(asked)
    names = Names(held.reader, asked.to)
    answerer = Answerer(held.reader, held.lookup, position, Options())
    return {
        "page": ProfilePage(answerer.entity(key), position.as_of, held.reader, names),
        "position": position,
        "roles": ROLES,
        "jurisdictions": {code: value_label("country", code) for code in _codes()},
        "findings": findings_on(
            held.reader, key, load_standard(), position.as_of, names
        ),
        "sources": Bibliography(),
        "settled": {"as_of": position.as_of.isoformat()},
    }


def _key(asked: Asked, entity_id: str) -> str:
    """Find the entity; one that goes by another id, or by its name, is shown under its own."""
    held = asked.held
    if entity_id in held.reader.entities:
        return entity_id
    if len(entity_id) > LONGEST:
        raise Refused(404, "No entity has an id or a name so long.")
    found = held.lookup.find(entity_id)
    raise Moved(asked.to.entity(found[0]))


def _position(asked: Asked) -> Position:
    """Read who asks, where, and for which day: a buyer, anywhere, today by default."""
    role = asked.text("role", "buyer")
    where = asked.text("in").lower() or None
    fits = [one for one in ROLES if one == role]
    if not fits:
        raise Refused(400, f"role: {role!r} is none of {', '.join(ROLES)}")
    if where is not None and not (
        where.isascii() and where.isalpha() and len(where) == 2
    ):
        raise Refused(400, f"in: {where!r} is no jurisdiction; write us, eu or gb")
    return Position(asked.day() or asked.held.now.date(), tuple(fits), where)


def _codes() -> list[str]:
    return sorted({one.jurisdiction for one in load_programs().values()} - {""})
