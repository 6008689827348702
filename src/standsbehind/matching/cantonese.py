"""Cantonese: how firms of Hong Kong and Macao spell the characters of their names."""

from functools import cache

__all__ = ["cantonese"]

_SPELLINGS = """
周 chow|大 tai|福 fook|新 sun|鸿 hung|基 kai|长 cheung|江 kong|恒 hang|生 sang|和 wo|记 kee
香 hong|港 kong|九 kow|龙 lung|东 tung|西 sai|南 nam|北 pak|中 chung|华 wah|国 kwok|民 man
金 kam|银 ngan|宝 po|珠 chu|玉 yuk|石 shek|山 shan|海 hoi|河 ho|湖 wu|湾 wan|田 tin|土 to
天 tin|地 dei|人 yan|永 wing|安 on|利 lee|兴 hing|昌 cheong|荣 wing|富 fu|贵 kwai|发 fat
达 tat|成 shing|盛 shing|隆 lung|泰 tai|裕 yue|丰 fung|源 yuen|顺 shun|合 hop|信 shun
义 yee|德 tak|仁 yan|礼 lai|智 chi|诚 shing|明 ming|光 kwong|辉 fai|星 sing|月 yuet|日 yat
伟 wai|文 man|武 mo|英 ying|杰 kit|豪 ho|雄 hung|强 keung|健 kin|康 hong|乐 lok|喜 hei
庆 hing|祥 cheung|瑞 shui|吉 kat|万 man|千 chin|百 pak|美 mei|丽 lai|佳 kai|好 ho|良 leung
高 ko|林 lam|李 lee|陈 chan|黄 wong|张 cheung|王 wong|何 ho|吴 ng|刘 lau|梁 leung|郑 cheng
谢 tse|罗 lo|邓 tang|叶 yip|杨 yeung|蔡 choi|冯 fung|曾 tsang|郭 kwok|许 hui|徐 tsui|马 ma
朱 chu|胡 wu|余 yu|潘 poon|麦 mak|莫 mok|霍 fok|邱 yau|苏 so|卢 lo|钟 chung|萧 siu|谭 tam
方 fong|程 ching|邵 shiu|包 pao|何 ho|关 kwan|甘 kam|伍 ng|区 au|欧 au|温 wan|姚 yiu|唐 tong
铜 tung|铁 tit|木 muk|水 shui|火 fo|风 fung|云 wan|雨 yu|雪 suet|春 chun|夏 ha|秋 chau
世 sai|界 kai|亚 a|洲 chau|太 tai|平 ping|洋 yeung|联 luen|邦 pong|广 kwong|州 chau|澳 o
门 mun|丰 fung|益 yick|群 kwan|建 kin|业 yip|实 sat|置 chi|嘉 ka|里 lee|置 chi|怡 yee
丹 tan|凤 fung|凰 wong|鹏 pang|鹤 hok|鹰 ying|虎 fu|狮 sze|象 cheung|鱼 yu|牛 ngau|羊 yeung
上 sheung|下 ha|左 tso|右 yau|前 chin|后 hau|一 yat|二 yee|三 sam|四 sze|五 ng|六 luk|七 tsat
八 pat|十 sap|老 lo|少 siu|小 siu|同 tung|公 kung|正 ching|真 chun|善 sin|心 sum|爱 oi|家 ka
开 hoi|创 chong|立 lap|志 chi|远 yuen|进 tsun|升 sing|腾 tang|飞 fei|翔 cheung|通 tung|运 wan
卓 cheuk|越 yuet|凯 hoi|威 wai|力 lik|德 tak|宏 wang|鼎 ting|晋 chun|胜 shing|捷 chit|振 chun
启 kai|京 king|青 tsing|衣 yi|屯 tuen|沙 sha|坑 hang|角 kok|元 yuen|朗 long|深 sham|水 shui
埗 po|尖 tsim|咀 tsui|旺 wong|涌 chung|柴 chai|筲 shau|箕 kei|仔 tsai|汇 wui|电 tin|灯 tang
友 yau|邦 pong|永 wing|隆 lung|创 chong|兴 hing|大 tai|新 sun|道 to|亨 hang|集 chap|友 yau
廖 liu|曹 cho|梅 mui|桂 kwai|松 chung|竹 chuk|兰 lan|菊 kuk|莲 lin|花 fa|果 kwo|米 mai|茶 cha
"""


@cache
def _spellings() -> dict[str, str]:
    pairs = _SPELLINGS.replace("\n", "|").strip("|").split("|")
    return {pair[0]: pair[2:] for pair in pairs}


def cantonese(word: str) -> list[str] | None:
    """Spell a word of simplified characters as Hong Kong does, or None where one is unknown.

    >>> cantonese("周大福")
    ['chow', 'tai', 'fook']
    """
    spelt = [_spellings().get(character, "") for character in word]
    return spelt if all(spelt) else None
