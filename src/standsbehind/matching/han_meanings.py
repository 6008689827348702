"""Meanings: everyday Chinese words of which a brand may be made, for a brand that is translated."""

from functools import cache

__all__ = ["meaning_of"]

_WORDS = """
红 red|黑 black|白 white|蓝 blue|绿 green|黄 yellow|紫 purple|银 silver|金 golden|金色 golden|钻石 diamond
猫 cat|狗 dog|熊 bear|黑熊 black bear|狼 wolf|狐 fox|狐狸 fox|鹰 eagle|雄鹰 eagle|猎鹰 falcon|隼 falcon
狮 lion|狮子 lion|虎 tiger|老虎 tiger|龙 dragon|巨龙 dragon|马 horse|牛 bull|羊 sheep|鸟 bird|鱼 fish
蛇 snake|象 elephant|大象 elephant|鹿 deer|熊猫 panda|鲨鱼 shark|海豚 dolphin|凤凰 phoenix|乌鸦 raven
太阳 sun|阳光 sunshine|月 moon|月亮 moon|星 star|明星 star|北极星 polaris|地球 earth|天空 sky|蓝天 blue sky
山 mountain|高山 mountain|岩 rock|岩石 rock|石 stone|海 sea|大海 sea|海洋 ocean|河 river|湖 lake|岛 island
海岸 coast|沙漠 desert|森林 forest|树 tree|花 flower|叶 leaf|雪 snow|冰 ice|火 fire|风 wind|云 cloud
雷 thunder|雷霆 thunder|闪电 lightning|彩虹 rainbow|光 light|波 wave|浪 wave|长城 great wall|黄河 yellow river
北方 northern|南方 southern|东方 eastern|西方 western|中央 central|大陆 continental|大西洋 atlantic
太平洋 pacific|极地 polar|北极 arctic|边境 frontier|前沿 frontier|环球 global|全球 global|世界 world
盾 shield|盾牌 shield|剑 sword|刀 blade|矛 spear|箭 arrow|锤 hammer|铁 iron|钢 steel|锚 anchor|桥 bridge
塔 tower|门 gate|城 city|家园 homeland|皇家 royal|国王 king|王 king|女王 queen|皇冠 crown|骑士 knight
战士 warrior|哨兵 sentinel|守护者 guardian|卫士 guardian|先锋 pioneer|先驱 pioneer|探索者 explorer
人民 people|公民 citizen|儿童 children|青年 youth|妇女 women|工人 workers|记者 reporters|律师 lawyers
自由 freedom|和平 peace|希望 hope|未来 future|梦 dream|梦想 dream|繁荣 prosperity|正义 justice
民主 democracy|保守 conservative|进步 progress|团结 solidarity|友谊 friendship|真理 truth|胜利 victory
荣耀 honor|尊严 dignity|力量 power|速度 speed|智慧 wisdom|知识 knowledge|思想 thought|声音 voice
原子 atomics|分子 molecule|量子 quantum|数字 digital|虚拟 virtual|维度 dimension|通用 general|标准 standard
第一 first|统一 united|联合 united|联盟 alliance|独立 independent|新 new|大 great|小 little|老 old
绿色 green|清洁 clean|纯 pure|真 true|快 fast|深 deep|高 high|无限 infinite|永恒 eternal|黎明 dawn
创新 innovation|智能 intelligent|卓越 excellence|精英 elite|巅峰 summit|顶峰 summit|地平线 horizon
视野 vision|观察 watch|眼 eye|鹰眼 eagle eye|苹果 apple|字节 byte
"""
LONGEST = 3


@cache
def _words() -> dict[str, str]:
    pairs = _WORDS.replace("\n", "|").strip("|").split("|")
    return {word: english for word, _, english in (p.partition(" ") for p in pairs)}


def meaning_of(brand: str) -> list[str] | None:
    """Translate a brand of simplified characters word by word, or None where one is unknown.

    >>> meaning_of("红猫"), meaning_of("海康")
    (['red', 'cat'], None)
    """
    known, found, place = _words(), list[str](), 0
    while place < len(brand):
        for count in range(min(LONGEST, len(brand) - place), 0, -1):
            if english := known.get(brand[place : place + count]):
                found += english.split()
                place += count
                break
        else:
            return None
    return found
