"""Japanese firms: characters whose usual Latin spelling is known, for no rule gives it."""

import re
from functools import cache

__all__ = ["is_japanese", "read_japanese"]

_FORM = re.compile("株式会社|有限会社|合同会社|合资会社|合名会社")
"""Legal forms of Japan alone, in simplified characters."""

_FIRMS = """
三菱 mitsubishi|三井 mitsui|住友 sumitomo|日立 hitachi|东芝 toshiba|富士通 fujitsu
川崎 kawasaki|松下 panasonic|丰田 toyota|本田 honda|日产 nissan|铃木 suzuki|马自达 mazda
斯巴鲁 subaru|日野 hino|五十铃 isuzu|佳能 canon|尼康 nikon|索尼 sony|夏普 sharp|理光 ricoh
京瓷 kyocera|村田 murata|安川 yaskawa|发那科 fanuc|欧姆龙 omron|横河 yokogawa|岛津 shimadzu
伊藤忠 itochu|丸红 marubeni|双日 sojitz|卡西欧 casio|奥林巴斯 olympus|雅马哈 yamaha
久保田 kubota|普利司通 bridgestone|旭化成 asahi kasei|冲电气 oki electric|日本电气 nec
"""
"""Known by these characters in Chinese too."""
_NAMES = """
富士 fuji|兼松 kanematsu|野村 nomura|大和 daiwa|瑞穗 mizuho|三洋 sanyo|精工 seiko
日本 japan|东京 tokyo|大阪 osaka|京都 kyoto|横滨 yokohama|名古屋 nagoya|神户 kobe|札幌 sapporo
福冈 fukuoka|广岛 hiroshima|仙台 sendai|千叶 chiba|埼玉 saitama|九州 kyushu|四国 shikoku
北海道 hokkaido|关西 kansai|中部 chubu|东北 tohoku|小松 komatsu|大金 daikin|旭 asahi|东丽 toray
帝人 teijin|信越 shinetsu|昭和 showa|古河 furukawa|藤仓 fujikura|竹中 takenaka|清水 shimizu
鹿岛 kashima|大成 taisei|大林 obayashi|八洲 yashima|青木 aoki|细谷 hosoya|山田 yamada
田中 tanaka|佐藤 sato|高桥 takahashi|渡边 watanabe|中村 nakamura|小林 kobayashi|吉田 yoshida
山本 yamamoto|加藤 kato|山口 yamaguchi|木村 kimura|斋藤 saito|池田 ikeda|桥本 hashimoto
石川 ishikawa|前田 maeda|小川 ogawa|冈田 okada|长谷川 hasegawa|村上 murakami|石井 ishii
中野 nakano|武田 takeda|上野 ueno|藤原 fujiwara|西村 nishimura|和田 wada|重工业 heavy industries
重工 heavy industries|电机 electric|制作所 works|制钢 steel|物产 bussan|商事 shoji|商会 shokai
"""
"""Read so only in a name with a legal form of Japan."""


@cache
def _reader(names: str) -> tuple[re.Pattern[str], dict[str, str]]:
    entries = filter(None, names.replace("\n", "|").split("|"))
    spelt = {word: latin for word, _, latin in (e.partition(" ") for e in entries)}
    return re.compile("|".join(sorted(spelt, key=len, reverse=True))), spelt


def is_japanese(folded: str) -> bool:
    """Tell whether a folded name has a legal form of Japan."""
    return _FORM.search(folded) is not None


def read_japanese(brand: str, folded: str) -> list[str] | None:
    """Write the known words at the start of a Japanese brand in Latin letters.

    What is unknown stays in its characters, as the last word. None where nothing is known.
    `folded` is the whole name, whose legal form tells the country.

    >>> read_japanese("三菱重工", "三菱重工株式会社")
    ['mitsubishi', 'heavy', 'industries']
    """
    known, spelt = _reader(_FIRMS + _NAMES if is_japanese(folded) else _FIRMS)
    words: list[str] = []
    end = 0
    while found := known.match(brand, end):
        words += spelt[found[0]].split()
        end = found.end()
    if not words:
        return None
    return [*words, brand[end:]] if end < len(brand) else words
