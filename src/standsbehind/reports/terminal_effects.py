"""Effects in a terminal: one block per entity and role, and the sources beneath, each once."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from standsbehind.cases.effects import EntityEffects, Position
from standsbehind.graph.reader import Reader
from standsbehind.reports.exposures import undetermined_in_words
from standsbehind.reports.terminal import safe_text
from standsbehind.reports.words import (
    ROLES,
    STATES,
    effect_in_words,
)
from standsbehind.standards.effects import LAW_AS_OF, NOT_LEGAL_ADVICE, Effect

__all__ = ["effects_text"]

_LOUD = {"prohibited": "bold red", "licence": "yellow", "presumption": "yellow"}
_COLUMNS = {"effect": 26, "provision": 36, "what it says": None, "source": None}
"""The columns, and the most letters in a line of each: what is said gets the room."""


def effects_text(
    found: Sequence[EntityEffects], position: Position, reader: Reader
) -> RenderableType:
    """Lay effects out: what forbids first, each with the number of its source."""
    sources = _Sources()
    parts: list[RenderableType] = []
    for one in found:
        row = reader.entities[one.entity_id]
        parts.append(safe_text(f"{row['caption']}  {one.entity_id}", "bold"))
        for role, effects in one.effects:
            where = f" in {position.jurisdiction}" if position.jurisdiction else ""
            parts.append(
                safe_text(f"for {ROLES[role]}{where} on {position.as_of}", "dim")
            )
            parts.append(_table(effects, sources))
        parts.extend(
            safe_text(line, "yellow") for line in undetermined_in_words(one.reached)
        )
        if not one.designations:
            parts.append(
                safe_text("On no list of this snapshot. That is not clearance.")
            )
    parts.extend(map(safe_text, sources.lines()))
    parts.append(safe_text(f"{NOT_LEGAL_ADVICE} Law as of {LAW_AS_OF}.", "italic"))
    return Group(*parts)


class _Sources:
    """The sources of the lines above, numbered in the order in which they are cited."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, effect: Effect) -> int:
        """Return the number of the source of an effect."""
        source = effect.citation.title, effect.citation.href
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def lines(self) -> Iterator[str]:
        """Write the list; an address has a line of its own, so that it can be copied."""
        for (title, address), number in self._numbers.items():
            yield f"[{number}] {title}"
            if address:
                yield f"    {address}"


def _table(effects: Sequence[Effect], sources: _Sources) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for heading, widest in _COLUMNS.items():
        table.add_column(heading, overflow="fold", max_width=widest)
    # Several listings of one name, edition by edition, may read the same: printed once.
    rows = dict.fromkeys((*_row(effect), sources.number(effect)) for effect in effects)
    for said, title, text, style, number in rows:
        table.add_row(
            safe_text(said, style),
            safe_text(title),
            safe_text(text),
            safe_text(f"[{number}]"),
        )
    return table


def _row(effect: Effect) -> tuple[str, str, str, str]:
    said = effect_in_words(effect) + (", unverified" if effect.unverified else "")
    state = "" if effect.state == effect.effect else f"\n{STATES[effect.state]}"
    return (
        said + state,
        effect.title,
        effect.text,
        _LOUD.get(effect.effect, ""),
    )
