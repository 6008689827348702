"""Telling: what a record says of one thing, in the voice of its source and with its places."""

from collections.abc import Iterator
from dataclasses import replace

from standsbehind.connectors.context import Draft, Pull, Unread
from standsbehind.connectors.countries import country_code, is_no_country
from standsbehind.connectors.sources.bods.node import Node
from standsbehind.connectors.sources.bods.records import Record
from standsbehind.model.citation import Citation

__all__ = ["Telling"]


class Telling:
    """A draft whose values all speak in the voice of the record's statement."""

    def __init__(self, pull: Pull, schema: str, record: Record, *more: str) -> None:
        statement = record.current
        self._cited, self._voice = statement.citations, statement.voice
        self._said: dict[tuple[str, str], int] = {}
        key = (*record.key, *more)
        self.draft: Draft = pull.draft(schema, *key, citation=statement.citation)
        # That it exists was told by all statements of the record, the earlier ones too.
        self.draft.claims[:] = [
            replace(claim, citations=record.citations, status=self._voice)
            for claim in self.draft.claims
        ]

    def say(self, prop: str, *texts: str | None, original: str | None = None) -> None:
        """Add values of one property, each once."""
        for text in filter(None, texts):
            said = " ".join(text.split())
            if said and (prop, said) not in self._said:
                self._said[prop, said] = len(self.draft.claims)
                self.draft.add(
                    prop,
                    said,
                    original=original,
                    status=self._voice,
                    citations=self._cited,
                )

    def note(self, text: str, record: Record, more: tuple[Citation, ...] = ()) -> None:
        """Add what another record says of this thing, once, with all places that say it."""
        cited = (*record.current.citations, *more)
        if ("notes", text) in self._said:
            self._cite(self._said["notes", text], cited)
            return
        self._said["notes", text] = len(self.draft.claims)
        voice = record.current.voice
        self.draft.add(
            "notes", text, status=voice, citations=tuple(dict.fromkeys(cited))
        )

    def count(self, citations: tuple[Citation, ...]) -> None:
        """Cite further places for the thing itself, such as earlier statements."""
        self._cite(0, citations)

    def _cite(self, place: int, citations: tuple[Citation, ...]) -> None:
        claim = self.draft.claims[place]
        told = tuple(dict.fromkeys((*claim.citations, *citations)))
        self.draft.claims[place] = replace(claim, citations=told)

    def place(self, prop: str, node: Node) -> Iterator[Unread]:
        """Add a country by its code, be it of a part (`US-DE`), or else by its name."""
        code, name = node.text("code"), node.text("name")
        yield from self.country(prop, code.partition("-")[0], name, code or name)

    def country(
        self, prop: str, code: str, name: str, original: str
    ) -> Iterator[Unread]:
        """Add a country, or report one whose code and name are not known."""
        known = country_code(code) or country_code(name)
        if known is not None:
            self.say(prop, known, original=original)
        elif original and not is_no_country(name or code):
            yield Unread(self.draft.citation.locator, f"country {name or code!r}")
