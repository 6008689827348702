"""Synthetic firms: any number of names, each made from its number alone, with known variants.

Words that many firms share are drawn as often as the real lists and GLEIF have them; the
brand is a word of syllables that hardly any other firm has.
"""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from side_by_side import queries
from side_by_side.lists import gleif, listed
from side_by_side.queries import misspelt

__all__ = ["Firm", "Maker", "varied", "write_list", "write_rows"]

HAN, CYRILLIC = 0.05, 0.02
VARIANTS = 0.1
"""The share of rows that are a listed firm, written otherwise."""
SHARED_BRAND = 0.15
"""The share of firms whose brand comes from a pool that others draw from too."""
POOL = 30_000
PLACES = "Shanghai Beijing Shenzhen Hangzhou Guangzhou Moscow Istanbul Dubai Tehran Hamburg Lyon Leeds Dallas Toronto Osaka Lagos Nairobi Mumbai Delhi Karachi Jakarta Manila Minsk Kyiv Sofia Riga Vilnius Prague Vienna Zurich Geneva Madrid Lisbon Porto Milan Turin Athens Nicosia Beirut Cairo Tunis Lima Bogota Caracas Havana Panama Quito Texas Ontario Xinjiang Zhejiang Jiangsu".split()
CYRILLIC_FORMS = "ООО АО ПАО ЗАО".split()
STARTS = "b br c ch d dr f fl g gr h j k kl l m n p pr qu r s st t tr v w x y z".split()
VOWELS = "a e i o u ai ei ou".split()
ENDS = ["", "", "l", "n", "r", "s", "x", "m"]
LEGAL = frozenset(
    "ltd limited llc inc corp corporation co company gmbh ag kg sa sas sarl srl spa bv nv oy ab as aps plc pte pvt jsc ojsc cjsc pjsc oao ooo ao zao pao ltda cv ead eood ad doo kft zrt sro sl sti bhd".split()
)
"""Last words, by their letters alone, that are legal forms: dropping one leaves the same firm."""
_WORD = re.compile(r"[A-Za-z][A-Za-z.&'-]+")


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm's name in parts."""

    place: str
    brand: str
    trades: tuple[str, ...]
    form: str
    script: str = "Latin"

    @property
    def name(self) -> str:
        """The name as the list has it."""
        if self.script == "Cyrillic":
            return " ".join(filter(None, (self.form, self.brand, *self.trades)))
        return self.joined(self.place, self.brand, *self.trades, self.form)

    def joined(self, *parts: str) -> str:
        """Write parts as one name; Chinese without spaces."""
        return ("" if self.script == "Han" else " ").join(filter(None, parts))


@dataclass(frozen=True)
class Maker:
    """Makes a firm from a number; the words come with their frequencies."""

    trades: tuple[str, ...]
    trade_counts: tuple[int, ...]
    forms: tuple[str, ...]
    form_counts: tuple[int, ...]

    @classmethod
    def from_lists(cls, data: Path) -> "Maker":
        """Count the words of the real firms: a last one that is a legal form as that, others as trades."""
        names = [n for e in listed(data) if e.schema == "Organization" for n in e.names]
        ends: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for name in (*names, *gleif(data)):
            found = [word.title() for word in _WORD.findall(name)]
            last = found[-1:] if _is_form(found) else []
            ends.update(last)
            words.update(found[1 : len(found) - len(last)])
        common = [(w, n) for w, n in words.most_common(4_000) if n >= 3]
        forms = ends.most_common(60)
        return cls(
            tuple(w for w, _ in common),
            tuple(n for _, n in common),
            tuple(w for w, _ in forms),
            tuple(n for _, n in forms),
        )

    @cached_property
    def _trades_so_far(self) -> Sequence[int]:
        return list(accumulate(self.trade_counts))

    @cached_property
    def _forms_so_far(self) -> Sequence[int]:
        return list(accumulate(self.form_counts))

    def firm(self, number: int, seed: int) -> Firm:
        """Make the firm of a number; the same one each time."""
        dice = random.Random(number * 1_000 + seed)  # noqa: S311 - test data
        kind = dice.random()
        if kind < HAN:
            return _chinese(dice)
        if kind < HAN + CYRILLIC:
            return _cyrillic(dice)
        trades = dice.choices(
            self.trades,
            cum_weights=self._trades_so_far,
            k=dice.choice((0, 1, 1, 2, 2, 3)),
        )
        form = dice.choices(self.forms, cum_weights=self._forms_so_far)[0]
        return Firm(
            dice.choice(PLACES) if dice.random() < 0.3 else "",
            _brand(dice),
            tuple(trades),
            form if dice.random() < 0.85 else "",
        )


def _is_form(words: Sequence[str]) -> bool:
    return bool(words) and words[-1].replace(".", "").casefold() in LEGAL


def _brand(dice: random.Random) -> str:
    if dice.random() < SHARED_BRAND:
        # The lower numbers of the pool come up far more often, as with real words.
        return _syllables(random.Random(int(POOL * dice.random() ** 2)), 2)  # noqa: S311
    return _syllables(dice, dice.choice((2, 3, 3, 4)))


def _syllables(dice: random.Random, count: int) -> str:
    parts = (
        dice.choice(STARTS) + dice.choice(VOWELS) + dice.choice(ENDS)
        for _ in range(count)
    )
    return "".join(parts).title()


def _chinese(dice: random.Random) -> Firm:
    return Firm(
        dice.choice(queries.HAN_PLACES) if dice.random() < 0.8 else "",
        "".join(dice.choices(queries.HAN_BRANDS, k=dice.randint(2, 4))),
        (dice.choice(queries.HAN_TRADES),),
        dice.choice(queries.HAN_FORMS),
        "Han",
    )


def _cyrillic(dice: random.Random) -> Firm:
    brand = "".join(dice.choices(queries.CYRILLIC_SYLLABLES, k=dice.randint(3, 4)))
    return Firm("", brand.title(), (), dice.choice(CYRILLIC_FORMS), "Cyrillic")


def varied(firm: Firm, dice: random.Random) -> tuple[str, str]:
    """Write a firm's name otherwise; return the name and what was done to it."""
    kind = dice.choice(_ways(firm))
    if kind == "typing error":
        brand = misspelt(firm.brand, dice)
        other = Firm(firm.place, brand, firm.trades, firm.form, firm.script)
        return other.name, kind
    if kind == "form dropped":
        return firm.joined(firm.place, firm.brand, *firm.trades), kind
    if kind == "place dropped":
        return firm.joined(firm.brand, *firm.trades, firm.form), kind
    return firm.joined(firm.brand, *firm.trades, firm.place, firm.form), kind


def _ways(firm: Firm) -> list[str]:
    ways = ["form dropped"] if firm.form else []
    if firm.script != "Han" and len(firm.brand) >= 5:
        ways.append("typing error")
    if firm.place:
        ways.append("place dropped")
        if firm.script != "Han":
            ways.append("order changed")
    return ways or ["unchanged"]


def write_list(maker: Maker, path: Path, names: int) -> None:
    """Write the list: id, name, schema."""
    rows = ((f"L{n}", maker.firm(n, 1).name, "Company") for n in range(names))
    _write(path, ("id", "name", "schema"), rows)


def write_rows(maker: Maker, folder: Path, rows: int, names: int) -> None:
    """Write the rows to screen, and apart from them which listed firm a row is, and how varied."""
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file, lineterminator="\n")
        truth.writerow(("row", "listed", "kind"))
        asked = _rows(maker, truth, rows, names)
        _write(folder / "rows.csv", ("vendor_id", "name"), asked)


def _rows(
    maker: Maker, truth: "csv._writer", rows: int, names: int
) -> Iterator[tuple[str, str]]:
    dice = random.Random(3)  # noqa: S311 - test data
    for row in range(rows):
        if dice.random() >= VARIANTS:
            yield f"R{row}", maker.firm(row, 2).name
            continue
        number = dice.randrange(names)
        firm = maker.firm(number, 1)
        name, kind = varied(firm, dice)
        truth.writerow((row, f"L{number}", f"{firm.script}: {kind}"))
        yield f"R{row}", name


def _write(path: Path, header: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
