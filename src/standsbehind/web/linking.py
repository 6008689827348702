"""Linking: the names of entities, each leading to what is known of it."""

from dataclasses import dataclass

from markupsafe import Markup

from standsbehind.graph.reader import Reader
from standsbehind.reports.setting import named
from standsbehind.web.addresses import Addresses

__all__ = ["Names"]


@dataclass(frozen=True, slots=True)
class Names:
    """Names entities of a snapshot, on a page whose links keep some fields."""

    reader: Reader
    to: Addresses

    def name(self, entity_id: str) -> Markup:
        """Name an entity, as a link where the snapshot holds it."""
        said = named(self.reader.caption(entity_id))
        if entity_id not in self.reader.entities:
            return said
        address = self.to.entity(entity_id)
        return Markup('<a class="named" href="{}">{}</a>').format(address, said)
