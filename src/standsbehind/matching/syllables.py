"""Syllables in Latin letters: Hangul, Kana, Thai and the Indic scripts."""

import re

__all__ = ["of_hangul", "of_indic", "of_kana", "of_thai"]


def _spelt(latin: str) -> list[str]:
    return ["" if text == "-" else text for text in latin.split(" ")]


def _paired(letters: str, latin: str) -> dict[str, str]:
    return dict(zip(letters, latin.split(), strict=True))


_INITIALS = _spelt("g kk n d tt r m b pp s ss - j jj ch k t p h")
_VOWELS = _spelt("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_FINALS = _spelt("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
_BEFORE_VOWEL = _spelt(
    "- g kk ks n nj n d r lg lm lb ls lt lp r m b bs s ss ng j ch k t p h"
)
_FIRST, _LAST = 0xAC00, 0xD7A3
_CORPORATE = {
    "현대": "hyundai", "삼성": "samsung", "대우": "daewoo", "기아": "kia", "엘지": "lg",
    "롯데": "lotte", "두산": "doosan", "포스코": "posco", "한화": "hanwha", "효성": "hyosung",
    "쌍용": "ssangyong", "금호": "kumho", "한국": "korea", "신한": "shinhan", "우리": "woori",
    "국민": "kookmin", "네이버": "naver", "카카오": "kakao", "하이닉스": "hynix", "테크윈": "techwin",
    "코리아": "korea", "에스케이": "sk", "케이티": "kt", "대한": "daehan", "동부": "dongbu",
    "선경": "sunkyong", "이": "lee", "박": "park", "최": "choi", "김": "kim", "정": "jung",
}  # fmt: skip
"""Spellings that the firms and families themselves use."""
_CORPORATE_AT_START = re.compile(
    "|".join(sorted((w for w in _CORPORATE if len(w) > 1), key=len, reverse=True))
)


def of_hangul(word: str) -> str:
    """Romanise Korean: known firms as they write themselves, the rest by the rules.

    The name of a known firm is a word of its own: 삼성전자 is `samsung jeonja`.
    """
    if word in _CORPORATE:
        return _CORPORATE[word]
    known = _CORPORATE_AT_START.match(word)
    start = _CORPORATE[known[0]] + " " if known else ""
    return start + _by_rule(word[known.end() if known else 0 :])


def _by_rule(word: str) -> str:
    latin: list[str] = []
    final = 0
    for letter in word:
        if not _FIRST <= ord(letter) <= _LAST:
            latin.append(_FINALS[final])
            final = 0
            continue
        block, next_final = divmod(ord(letter) - _FIRST, 28)
        initial, vowel = divmod(block, 21)
        latin.append(_joint(final, initial) + _VOWELS[vowel])
        final = next_final
    return "".join(latin) + _FINALS[final]


def _joint(final: int, initial: int) -> str:
    """Spell the consonants between two vowels; a final before a vowel is heard in full."""
    if _INITIALS[initial] == "" and final:
        return _BEFORE_VOWEL[final]
    if _FINALS[final] + _INITIALS[initial] in {"lr", "ln", "nr"}:
        return "ll"
    return _FINALS[final] + _INITIALS[initial]


_KANA = _paired(
    "あいうえおかきくけこがぎぐげごさしすせそざじずぜぞたちつてとだぢづでど"
    "なにぬねのはひふへほばびぶべぼぱぴぷぺぽまみむめもやゆよらりるれろわゐゑをんゔ",
    "a i u e o ka ki ku ke ko ga gi gu ge go sa shi su se so za ji zu ze zo ta chi "
    "tsu te to da ji zu de do na ni nu ne no ha hi fu he ho ba bi bu be bo pa pi pu "
    "pe po ma mi mu me mo ya yu yo ra ri ru re ro wa i e o n vu",
)
_SMALL = _paired("ぁぃぅぇぉゃゅょゎ", "a i u e o ya yu yo wa")
_NO_Y = ("sh", "ch", "j")


def of_kana(word: str) -> str:
    """Write Kana in Hepburn letters; a long vowel is written once."""
    small = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヴ" else c for c in word)
    latin = ""
    doubled = False
    for letter in small:
        if letter == "っ":
            doubled = True
        elif letter in _SMALL:
            latin = _with_small(latin, _SMALL[letter])
        elif letter in _KANA:
            sound = _KANA[letter]
            latin += ("t" if sound.startswith("ch") else sound[0]) * doubled + sound
            doubled = False
    return latin.replace("ou", "o").replace("oo", "o").replace("uu", "u")


def _with_small(latin: str, vowel: str) -> str:
    """Let a small letter change the vowel before it: `ki` + `ya` is `kya`, `fu` + `a` `fa`."""
    stem = latin[:-1]
    return stem + (vowel.removeprefix("y") if stem.endswith(_NO_Y) else vowel)


_INDIC = _paired(
    "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसह",
    "a a i i u u ri e ai o au k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b "
    "bh m y r l l v sh sh s h",
)
_SIGNS = _paired("ािीुूृेैोौॉॅ", "a i i u u ri e ai o au o e")
_NASALS = {"ं": "n", "ँ": "n", "ः": "h"}
_VIRAMA = "्"
_DEVANAGARI = 0x0900
_BLOCK = 0x80
_LAST_INDIC = 0x0D7F


def of_indic(word: str) -> str:
    """Sound out Devanagari; its sister scripts are laid out alike, letter for letter."""
    letters = [_as_devanagari(letter) for letter in word]
    latin: list[str] = []
    for place, letter in enumerate(letters):
        following = letters[place + 1] if place + 1 < len(letters) else ""
        latin.append(
            _SIGNS.get(letter) or _NASALS.get(letter) or _INDIC.get(letter, "")
        )
        # A consonant carries an `a`, except at the end of the word.
        bare = letter in _INDIC and letter >= "क"
        if bare and following and following not in _SIGNS and following != _VIRAMA:
            latin.append("a")
    return "".join(latin)


def _as_devanagari(letter: str) -> str:
    code = ord(letter)
    if not _DEVANAGARI <= code <= _LAST_INDIC:
        return letter
    return chr(_DEVANAGARI + (code - _DEVANAGARI) % _BLOCK)


_THAI = _paired(
    "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m "
    "y r l w s s s h l o h",
)
_THAI_VOWELS = _paired("ะัาิีึืุูเแโใไๅฤ", "a a a i i ue ue u u e ae o ai ai a rue")
_THAI_LEADING = re.compile("([เแโใไ])([ก-ฮ])")
_THAI_AM = "ํา"


def of_thai(word: str) -> str:
    """Sound out Thai, letter by letter; vowels that are not written stay unknown."""
    word = _THAI_LEADING.sub(r"\2\1", word.replace(_THAI_AM, "am"))
    vowels = _THAI_VOWELS | _THAI
    return "".join(
        vowels.get(letter, letter if letter.isascii() else "") for letter in word
    )
