"""Queries: distinct names that no memory has seen, in a known mix of kinds and scripts."""

import random
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from side_by_side.lists import gleif, listed, read_csv, script_of
from side_by_side.peers import Entity

__all__ = ["LIST_SIZE", "Mix", "list_of", "misspelt", "mixed"]

LIST_SIZE = 20_000
SEED = 11
SHARES = {
    "person": 0.45,
    "organisation": 0.39,
    "listed name misspelt": 0.06,
    "Han": 0.04,
    "Cyrillic": 0.025,
    "Arabic": 0.015,
    "accented Latin": 0.02,
}
"""What the queries are made of; the last four are the other scripts."""

HAN_PLACES = "北京 上海 深圳 杭州 广州 浙江 江苏 山东 新疆 成都 武汉 南京 厦门 福建 湖南 河北 西安 天津 重庆 大连".split()
HAN_BRANDS = "华海云科天中安宇新信立德联创博智航龙星光泰达盛瑞金汇恒丰鑫源嘉诚正邦通力和美康宏远大为明亿佳凯捷维旷思图睿拓锐"
HAN_TRADES = "技术 科技 数字技术 电子 网络科技 信息技术 软件 贸易 投资 智能科技 光电 通信 机械 能源 化工 生物医药 物流 食品 纺织 安防科技".split()
HAN_FORMS = "有限公司 股份有限公司 有限责任公司 集团有限公司 集团 公司".split()
CYRILLIC_SYLLABLES = "ров нов спец техно маш строй пром энерго тран свет мета лаб инвест агро авиа хим ком соло вест сев бал куз мир заря вол дон сиб урал".split()
CYRILLIC_FRAMES = (
    "ООО {}",
    "АО {}",
    "ПАО {}",
    "Общество с ограниченной ответственностью {}",
    "{} Холдинг",
    "Завод {}",
    "НПО {}",
    "Торговый дом {}",
)
ARABIC_WORDS = "شركة محمد أحمد عبد الله الرحمن حسن حسين علي إبراهيم يوسف خالد سعيد عمر صالح ناصر فيصل النور الشرق الخليج للتجارة العامة والمقاولات للنقل الدولية المحدودة التقنية الحديثة الصناعية البحر الرافدين الأمل السلام بغداد دمشق الحلبي المصري التكريتي الزهراني الشمري العراقي".split()
ACCENTS = str.maketrans("aceinosuyz", "áčéíñöšüýž")


def list_of(data: Path, size: int = LIST_SIZE) -> list[Entity]:
    """Draw entities of the lists that have so many names: all in other scripts, the rest by lot."""
    entities = [e for e in listed(data) if e.names]
    random.Random(SEED).shuffle(entities)  # noqa: S311 - test data
    entities.sort(key=lambda e: all(script_of(n) == "plain Latin" for n in e.names))
    seen: set[str] = set()
    drawn: list[Entity] = []
    for entity in entities:
        new = tuple(n for n in dict.fromkeys(entity.names) if n not in seen)
        new = new[: size - len(seen)]
        seen.update(new)
        if new:
            drawn.append(Entity(entity.id, entity.schema, new))
    return drawn


@dataclass(frozen=True, slots=True)
class Mix:
    """Distinct queries, shuffled, with how many there are of each kind and each script."""

    queries: tuple[str, ...]
    kinds: dict[str, int]
    scripts: dict[str, int]


def mixed(data: Path, names: Sequence[str], count: int) -> Mix:
    """Make the queries; no two are the same."""
    dice = random.Random(SEED)  # noqa: S311 - test data
    seen: dict[str, str] = {}
    for kind, share in SHARES.items():
        wanted = len(seen) + round(share * count)
        made = MAKERS[kind](data, names, dice)
        while len(seen) < wanted:
            for query in islice(made, wanted - len(seen)):
                seen.setdefault(query, kind)
    queries = list(seen)
    dice.shuffle(queries)
    scripts = Counter(map(script_of, queries)).most_common()
    return Mix(tuple(queries), dict(Counter(seen.values())), dict(scripts))


Maker = Callable[[Path, Sequence[str], random.Random], Iterator[str]]


def _persons(data: Path, names: Sequence[str], dice: random.Random) -> Iterator[str]:
    del names
    rows = read_csv(data / "match-persons" / "negatives_us.csv")
    known = [row["full_name"] for row in rows]
    yield from known
    given = [name.split()[0] for name in known if " " in name]
    while True:
        yield f"{dice.choice(given)} {dice.choice(known).split()[-1]}"


def _organisations(
    data: Path, names: Sequence[str], dice: random.Random
) -> Iterator[str]:
    """Put words of firms together anew: beginnings from one, ends from another."""
    del names
    firms = [name.split() for name in gleif(data)]
    firms += [
        name.split() for e in listed(data) if e.schema != "Person" for name in e.names
    ]
    firms = [words for words in firms if 2 <= len(words) <= 8]
    while True:
        first, middle, last = dice.choice(firms), dice.choice(firms), dice.choice(firms)
        begin = first[: dice.randint(1, 2)]
        yield " ".join((*begin, dice.choice(middle), *last[-dice.randint(1, 2) :]))


def _misspelt(data: Path, names: Sequence[str], dice: random.Random) -> Iterator[str]:
    del data
    plain = [name for name in names if script_of(name) == "plain Latin"]
    while True:
        yield misspelt(dice.choice(plain), dice)


def misspelt(name: str, dice: random.Random) -> str:
    """Make one typing error: a letter left out, doubled, exchanged, or two turned round."""
    places = [n for n, letter in enumerate(name) if letter.isalpha()]
    if len(places) < 4:
        return name
    place = dice.choice(places[1:])
    letter = dice.choice(string.ascii_lowercase)
    kind = dice.randrange(4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + name[place] + name[place:]
    if kind == 2:
        return name[:place] + letter + name[place + 1 :]
    return name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]


def _han(data: Path, names: Sequence[str], dice: random.Random) -> Iterator[str]:
    del data, names
    while True:
        brand = "".join(dice.choices(HAN_BRANDS, k=dice.randint(2, 4)))
        place = dice.choice(HAN_PLACES) if dice.random() < 0.8 else ""
        yield f"{place}{brand}{dice.choice(HAN_TRADES)}{dice.choice(HAN_FORMS)}"


def _cyrillic(data: Path, names: Sequence[str], dice: random.Random) -> Iterator[str]:
    del data, names
    while True:
        word = "".join(dice.sample(CYRILLIC_SYLLABLES, dice.randint(2, 3)))
        yield dice.choice(CYRILLIC_FRAMES).format(f"«{word.title()}»")


def _arabic(data: Path, names: Sequence[str], dice: random.Random) -> Iterator[str]:
    del data, names
    while True:
        yield " ".join(dice.sample(ARABIC_WORDS, dice.randint(2, 5)))


def _accented(data: Path, names: Sequence[str], dice: random.Random) -> Iterator[str]:
    for name in _organisations(data, names, dice):
        yield "".join(
            letter.translate(ACCENTS) if dice.random() < 0.3 else letter
            for letter in name.title()
        )


MAKERS: dict[str, Maker] = {
    "person": _persons,
    "organisation": _organisations,
    "listed name misspelt": _misspelt,
    "Han": _han,
    "Cyrillic": _cyrillic,
    "Arabic": _arabic,
    "accented Latin": _accented,
}
