"""Scripts: the names of an entity in letters other than Latin ones, as its own papers write it."""

from standsbehind.graph.reader import Reader
from standsbehind.matching.scripts import Script, script_of, tokenise

__all__ = ["own_names"]

_NAMES = frozenset({"name", "alias"})


def own_names(entity_id: str, reader: Reader) -> tuple[str, ...]:
    """Return the names that are not in Latin letters, the fullest first; former ones are left out.

    The caption is no such name, whatever it is written in.
    """
    caption = reader.caption(entity_id)
    claims = reader.claims([entity_id])[entity_id]
    stated = {c.statement.value for c in claims if c.statement.prop in _NAMES}
    own = {
        name
        for name in stated
        if any(script_of(word) is not Script.LATIN for word in tokenise(name))
    }
    return tuple(sorted(own - {caption}, key=lambda name: (-len(name), name)))
