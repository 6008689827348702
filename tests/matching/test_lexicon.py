"""Common words are known in every language, and no brand is taken for one of them."""

import time

import pytest

from standsbehind.matching.forms import forms, han_forms
from standsbehind.matching.lexicon import Kind, lexicon
from standsbehind.matching.names import fold
from standsbehind.matching.rarity import commonness


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        ("technology", ("technology Technologies tech Technologie tecnología teknoloji "
         "технологии tekhnologii tehnologii テクノロジー 기술 technologies")),
        ("electronics", ("electronic electronics Elektronik électronique electrónica "
         "электроника электронный elektronnyy elektronika 전자 الالكترونيات")),
        ("information", "information informatique bilişim информационный informatsionnyye"),
        ("network", "network networks Netzwerk réseau redes сетевой wangluo شبكة"),
        ("communication", "communications telecom telekomünikasyon связь svyaz 통신"),
        ("security", ("security safety Sicherheit sécurité seguridad güvenlik "
         "безопасность bezopasnost bezopasnosti")),
        ("trade", "trade trading Handel ticaret торговый torgovyy torgovy tejarat تجارت"),
        ("import", "import imports importadora ithalat импорт"),
        ("industry", ("industry industries industrial Industrie sanayi промышленность "
         "promyshlennost promyshlennyy sanat صنعت")),
        ("development", "development Entwicklung développement desarrollo развитие razvitiya"),
        ("investment", "investment investments inversiones yatırım инвестиции invest"),
        ("research", ("research Forschung recherche araştırma исследовательский "
         "issledovatelskiy issledovatelskii")),
        ("factory", "factory plant Werk usine fábrica завод zavod завода zavoda"),
        ("association", "association union объединение obedinenie obyedinenie ob'yedineniye"),
        ("production", ("production Produktion üretim производственное proizvodstvennoe "
         "proizvodstvennoye")),
        ("group", "group Gruppe groupe grupo grup группа gruppa jituan"),
        ("bank", "bank Banken banque banco bankası банк 은행 بانك"),
        ("insurance", "insurance Versicherung assurance seguros sigorta страхование"),
        ("university", "university Universität université universidad üniversitesi университет"),
        ("aviation", "aviation Luftfahrt aviación havacılık авиационный aviatsionnyy"),
        ("shipping", "shipping Reederei denizcilik kashtirani keshtirani"),
        ("cotton", "cotton Baumwolle coton pamuk хлопок paxta"),
        ("textile", "textile textiles Textil tekstil текстиль tekstil"),
        ("solar", "solar photovoltaic photovoltaics güneş pv"),
        ("pharmaceutical", "pharmaceutical pharma farmacéutica ilaç фармацевтика"),
        ("moscow", "Moscow Moskva Москва Moskau Moscou"),
        ("istanbul", "Istanbul İstanbul Стамбул"),
        ("munich", "Munich München Muenchen"),
        ("tehran", "Tehran Téhéran Тегеран تهران"),
        ("urumqi", "Urumqi Ürümchi Wulumuqi Урумчи"),
        ("kashgar", "Kashgar Kashi Qeshqer Кашгар"),
        ("hotan", "Hotan Hetian Khotan"),
        ("hami", "Hami Kumul"),
        ("china", "China Chinese Китай китайский kitayskiy"),
        ("russia", "Russia Russian Россия российский rossiyskiy"),
        ("germany", "Germany German Deutschland Германия"),
    ],
)  # fmt: skip
def test_translations_are_one_concept(concept, words):
    known = lexicon().concepts
    assert {word: known.get(fold(word)) for word in words.split()} == dict.fromkeys(
        words.split(), concept
    )


@pytest.mark.parametrize(
    ("han", "kind", "english"),
    [
        ("技术", Kind.TRADE, "technology"),
        ("科技", Kind.TRADE, "technology"),
        ("实业", Kind.TRADE, "industrial"),
        ("数码", Kind.TRADE, "digital"),
        ("安防", Kind.TRADE, "security"),
        ("进出口", Kind.TRADE, "import export"),
        ("大数据", Kind.TRADE, "big data"),
        ("光电", Kind.TRADE, "optoelectronics"),
        ("航天", Kind.SECTOR, "aerospace"),
        ("兵器", Kind.SECTOR, "ordnance"),
        ("棉业", Kind.SECTOR, "cotton industry"),
        ("硅业", Kind.SECTOR, "silicon industry"),
        ("光伏", Kind.SECTOR, "photovoltaic"),
        ("监狱", Kind.SECTOR, "prison"),
        ("会计师事务所", Kind.SECTOR, "accountants"),
    ],
)
def test_a_chinese_word_has_its_usual_english(han, kind, english):
    assert lexicon().han_words[han] == (kind, english)


def test_a_chinese_word_may_have_other_english():
    assert "academy" in lexicon().han_alternates["研究院"]


def test_english_of_chinese_words_is_made_of_words():
    known = lexicon()
    texts = [english for _, english in known.han_words.values()]
    texts += [text for other in known.han_alternates.values() for text in other]
    assert [text for text in texts if fold(text) != text or not text.isascii()] == []


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("乌鲁木齐", "urumqi"),
        ("喀什", "kashgar"),
        ("和田", "hotan"),
        ("阿克苏", "aksu"),
        ("库尔勒", "korla"),
        ("伊宁", "yining"),
        ("克拉玛依", "karamay"),
        ("石河子", "shihezi"),
        ("内蒙古", "inner mongolia"),
        ("香港", "hong kong"),
        ("西安", "xian"),
        ("陕西", "shaanxi"),
        ("石家庄", "shijiazhuang"),
        ("高雄", "kaohsiung"),
        ("俄罗斯", "russia"),
    ],
)
def test_a_chinese_place_has_its_usual_english(han, latin):
    assert lexicon().han_places[han] == latin


def test_a_place_of_several_words_is_a_phrase():
    phrases = lexicon().phrases
    assert phrases[("hong", "kong")] == (Kind.PLACE, "hong kong")
    assert phrases[("saudi", "arabia")] == (Kind.COUNTRY, "saudi")
    assert phrases[("shen", "zhen")] == (Kind.PLACE, "shenzhen")


@pytest.mark.parametrize(
    "brands",
    [
        "hikvision dahua uniview tiandy yitu sensetime megvii cloudwalk iflytek nuctech",
        "huawei hytera zte lenovo xiaomi baidu tencent alibaba inspur sugon dji autel",
        "yili mengniu boya honor haier hisense midea gree skyworth konka tcl boe smic",
        "hoshine daqo ja jinko trina longi canadiansolar esquel tianshan huafu luthai",
        "apple intel micron dell mit oracle amazon cisco orange visa target shell chase",
        "bosch siemens sony canon nikon axis samsung toshiba hitachi fujitsu panasonic",
        "star golden panda orion sputnik almaz antey kvant angstrem vympel mikron quds",
        "gazprom rosneft rostec kalashnikov kamaz transneft sberbank vtb irgc irisl",
        "zhongxin kaifa dagang tongxin kb mori honda ferrero emirates etihad aramco sabic petronas infosys tata reliance",
    ],
)
def test_a_brand_is_not_a_common_word(brands):
    taken = {word: lexicon().kinds.get(word) for word in brands.split()}
    assert taken == dict.fromkeys(brands.split())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.SECTOR, ("bank insurance pharmaceuticals hotel university accountants law gold "
         "cotton textile shipping aviation construction engineering real estate prison")),
        (Kind.TRADE, ("technology security systems group holding trading international "
         "import export industrial research software and of the de la und al")),
        (Kind.COUNTRY, "china chinese europe usa russia"),
        (Kind.PLACE, "beijing xinjiang hangzhou moscow hong kong"),
        (Kind.FORM, "gmbh ltd limited inc company corporation llc"),
    ],
)  # fmt: skip
def test_a_word_is_of_its_kind(kind, words):
    known = lexicon().kinds
    assert {word: known.get(word) for word in words.split()} == dict.fromkeys(
        words.split(), kind
    )


def test_function_words_are_told_apart_from_trades():
    known = lexicon()
    assert {"and", "of", "de", "la", "und", "al"} <= known.function_words
    assert "technology" not in known.function_words


def test_words_are_written_as_names_are_folded():
    known = lexicon()
    words = [*known.kinds, *known.han_words, *known.han_places, *known.han_forms]
    assert [word for word in words if fold(word) != word] == [], (
        "run tools/write_lexicon.py and tools/write_forms.py"
    )


def test_each_concept_has_a_known_word_of_one_kind():
    known = lexicon()
    kinds: dict[str, set[Kind]] = {}
    for word, concept in known.concepts.items():
        if known.kinds[word] is not Kind.FORM:
            kinds.setdefault(concept, set()).add(known.kinds[word])
    assert len(kinds) >= 700
    assert {concept: k for concept, k in kinds.items() if len(k) > 1} == {}


def loading() -> float:
    for remembered in (lexicon, forms, han_forms):
        remembered.cache_clear()
    begin = time.process_time()
    lexicon()
    return time.process_time() - begin


def test_the_word_lists_load_before_anyone_notices():
    # 20 ms on an idle machine; the best of five, since other tests leave much to collect.
    assert min(loading() for _ in range(5)) < 0.06


def test_a_word_that_many_firms_bear_is_common():
    assert commonness("technology") > commonness("star") > commonness("hikvision") == 0
