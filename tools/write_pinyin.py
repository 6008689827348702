"""Write the packaged table of Chinese readings from pypinyin: characters, then phrases."""

from pathlib import Path

from pypinyin import lazy_pinyin

TABLE = Path(__file__).parents[1] / "src/standsbehind/matching/pinyin.txt"
READ_SO = {
    "长": "chang", "乐": "le", "行": "xing", "重": "zhong", "都": "du", "传": "chuan",
    "曾": "zeng", "朝": "chao", "盛": "sheng", "柏": "bai", "佛": "fo", "地": "di",
    "和": "he", "大": "da", "尔": "er", "贾": "jia", "藏": "cang", "吕": "lv", "绿": "lv",
}  # fmt: skip
"""How names of firms read characters of several readings where no phrase decides."""
PHRASES = """
重庆 chong qing
重组 chong zu
重阳 chong yang
银行 yin hang
投行 tou hang
商行 shang hang
洋行 yang hang
药行 yao hang
车行 che hang
行业 hang ye
厦门 xia men
朝阳 chao yang
音乐 yin yue
乐清 yue qing
六安 lu an
台州 tai zhou
番禺 pan yu
会计 kuai ji
都匀 du yun
蔚县 yu xian
西藏 xi zang
藏族 zang zu
藏医 zang yi
藏药 zang yao
中藏 zhong zang
长老 zhang lao
校准 jiao zhun
模具 mu ju
模板 mu ban
蚌埠 beng bu
亳州 bo zhou
佛得 fo de
单县 shan xian
解放 jie fang
"""


def main() -> None:
    """Write one line per syllable and one per phrase; they do not start alike."""
    characters = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    ]
    by_syllable: dict[str, str] = {}
    for character in filter(None, characters):
        reading = READ_SO.get(character) or lazy_pinyin(character)[0]
        by_syllable[reading] = by_syllable.get(reading, "") + character
    lines = [f"{syllable} {found}" for syllable, found in sorted(by_syllable.items())]
    phrases = PHRASES.split("\n")[1:-1]
    TABLE.write_text("\n".join([*lines, *phrases]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
