"""What several places of one source state of an entity: each value once, citing them all."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from standsbehind.connectors.context import Draft, Pull, Reading, Unread
from standsbehind.connectors.countries import add_country
from standsbehind.model.citation import Citation

__all__ = ["Gathered", "Stated"]


@dataclass(frozen=True, slots=True)
class _Value:
    prop: str
    text: str
    lang: str | None = None
    original: str | None = None


@dataclass(slots=True)
class Stated:
    """Values while they are gathered from rows or parts, in the order of the source."""

    values: dict[_Value, dict[Citation, None]] = field(default_factory=dict)
    countries: dict[tuple[str, str], dict[Citation, None]] = field(default_factory=dict)

    def add(
        self,
        citation: Citation,
        prop: str,
        text: str | None,
        *,
        lang: str | None = None,
        original: str | None = None,
    ) -> None:
        """Note that a place states a value; None and blank text state nothing."""
        squeezed = " ".join(text.split()) if text else ""
        if squeezed:
            value = _Value(prop, squeezed, lang, original)
            self.values.setdefault(value, {})[citation] = None

    def add_country(self, citation: Citation, prop: str, name: str) -> None:
        """Note that a place names a country, by name or code."""
        if name:
            self.countries.setdefault((prop, name), {})[citation] = None

    def tell(self, draft: Draft) -> Iterator[Unread]:
        """Add all to the entity; report countries whose name is not known."""
        for value, citations in self.values.items():
            draft.add(
                value.prop,
                value.text,
                lang=value.lang,
                original=value.original,
                citations=tuple(citations),
            )
        for (prop, name), citations in self.countries.items():
            yield from add_country(draft, prop, name, tuple(citations))


@dataclass(slots=True)
class Gathered:
    """Entities that many records name, each with what all of them state of it."""

    pull: Pull
    held: dict[str, tuple[Draft, Stated]] = field(default_factory=dict)

    def entity(
        self, schema: str, *key: str, citation: Citation
    ) -> tuple[Draft, Stated]:
        """Return the entity under a key, begun where it is new."""
        draft = self.pull.draft(schema, *key, citation=citation)
        return self.held.setdefault(draft.id, (draft, Stated()))

    def tell(self, only: Container[str] | None = None) -> Iterator[Reading]:
        """Give the entities, or those of the ids that are asked for."""
        for draft, stated in self.held.values():
            if only is None or draft.id in only:
                yield from stated.tell(draft)
                yield draft
