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
重工 heavy industries|电机 electric|制作所 works|制钢 steel|物产 bussan|商事 shoji|商会 shokai|重 heavy|兴业 kogyo|制药 pharmaceutical
岐阜 gifu|静冈 shizuoka|长野 nagano|新潟 niigata|冈山 okayama|熊本 kumamoto|富山 toyama|金泽 kanazawa|北陆 hokuriku
"""
"""Read so only in a name with a legal form of Japan."""

_SINO_JAPANESE = """
一 ichi|二 ni|四 shi|五 go|六 roku|七 shichi|八 hachi|九 kyu|十 ju|百 hyaku|千 sen|万 man
日 nichi|月 getsu|火 ka|水 sui|木 moku|金 kin|土 do|天 ten|地 chi|山 san|川 sen|海 kai|洋 yo|河 ka
东 to|西 sei|南 nan|北 hoku|中 chu|央 o|内 nai|外 gai|上 jo|下 ka|大 dai|小 sho|新 shin|旧 kyu
光 ko|明 mei|电 den|气 ki|力 ryoku|机 ki|械 kai|化 ka|学 gaku|工 ko|业 gyo|技 gi|术 jutsu|研 ken
产 san|商 sho|社 sha|会 kai|事 ji|物 butsu|品 hin|材 zai|料 ryo|制 sei|造 zo|作 saku|所 sho|店 ten
堂 do|屋 ya|房 bo|园 en|院 in|馆 kan|门 mon|户 ko|家 ka|国 koku|都 to|府 fu|县 ken|市 shi|区 ku|京 kyo
和 wa|合 go|同 do|协 kyo|共 kyo|联 ren|统 to|丰 ho|富 fu|荣 ei|昌 sho|盛 sei|兴 ko|隆 ryu|福 fuku
安 an|康 ko|健 ken|长 cho|永 ei|久 kyu|寿 ju|德 toku|仁 jin|义 gi|信 shin|忠 chu|正 sei|真 shin|诚 sei
高 ko|平 hei|成 sei|功 ko|达 tatsu|通 tsu|运 un|输 yu|送 so|航 ko|空 ku|船 sen|车 sha|轮 rin|铁 tetsu
钢 ko|铜 do|银 gin|石 seki|油 yu|炭 tan|矿 ko|瓦 ga|斯 su|药 yaku|医 i|食 shoku|农 no|林 rin
建 ken|设 setsu|筑 chiku|组 kumi|道 do|路 ro|桥 kyo|港 ko|湾 wan|岛 to|原 gen|田 den|野 ya|森 shin
星 sei|辰 shin|阳 yo|朝 cho|暮 bo|春 shun|夏 ka|秋 shu|冬 to|风 fu|云 un|雪 setsu|花 ka|樱 o|梅 bai|竹 chiku
松 sho|菊 kiku|兰 ran|龙 ryu|虎 ko|鹤 kaku|龟 ki|马 ba|鸟 cho|鱼 gyo|贝 bai|玉 gyoku|宝 ho|珠 shu|镜 kyo
精 sei|密 mitsu|器 ki|具 gu|仪 gi|测 soku|量 ryo|计 kei|算 san|数 su|理 ri|论 ron|文 bun|书 sho
印 in|刷 satsu|纸 shi|纤 sen|维 i|丝 shi|织 shoku|染 sen|色 shiki|白 haku|黑 koku|赤 seki|青 sei
心 shin|爱 ai|友 yu|太 tai|阪 han|神 shin|奈 na|名 mei|古 ko|今 kon|世 se|界 kai|关 kan|州 shu
任 nin|三 san|泰 tai|克 koku|托 taku|进 shin|先 sen|前 zen|后 go|伸 shin|展 ten|开 kai|发 hatsu|创 so|立 ritsu
总 so|本 hon|邦 ho|武 bu|部 bu|特 toku|殊 shu|贸 bo|易 eki|交 ko|流 ryu|热 netsu|冷 rei|冻 to
"""
"""How characters are read in compounds of Chinese origin; the usual reading in firms' names."""


@cache
def _reader(names: str) -> tuple[re.Pattern[str], dict[str, str]]:
    entries = filter(None, names.replace("\n", "|").split("|"))
    spelt = {word: latin for word, _, latin in (e.partition(" ") for e in entries)}
    return re.compile("|".join(sorted(spelt, key=len, reverse=True))), spelt


def is_japanese(folded: str) -> bool:
    """Tell whether a folded name has a legal form of Japan."""
    return _FORM.search(folded) is not None


@cache
def _sino_japanese() -> dict[str, str]:
    pairs = filter(None, _SINO_JAPANESE.replace("\n", "|").split("|"))
    return {sign: latin for sign, _, latin in (pair.partition(" ") for pair in pairs)}


def _read_as_compound(signs: str) -> str:
    """Read characters one by one, as one word; they stay as they are where one is unknown."""
    latin = [_sino_japanese().get(sign, "") for sign in signs]
    return "".join(latin) if all(latin) else signs


def read_japanese(brand: str, folded: str) -> list[str] | None:
    """Write a Japanese brand in Latin letters, as far as it is known; None where nothing is.

    With a legal form of Japan what lies between the known words is read sign by sign, and
    stays in its characters where a sign is unknown; without one a firm known abroad is read,
    and what follows stays. `folded` is the whole name, whose legal form tells the country.

    >>> read_japanese("三菱重工", "三菱重工株式会社")
    ['mitsubishi', 'heavy', 'industries']
    >>> read_japanese("任天堂", "任天堂株式会社")
    ['nintendo']
    """
    if is_japanese(folded):
        words = _words_of(brand)
        return words if any(word.isascii() for word in words) else None
    known, spelt = _reader(_FIRMS)
    found = known.match(brand)
    if found is None:
        return None
    rest = brand[found.end() :]
    return [*spelt[found[0]].split(), *([rest] if rest else ())]


def _words_of(brand: str) -> list[str]:
    known, spelt = _reader(_FIRMS + _NAMES)
    words: list[str] = []
    for part in filter(None, re.split(f"({known.pattern})", brand)):
        words += spelt[part].split() if part in spelt else [_read_as_compound(part)]
    return words
