"""Plain reading of names for building pairs; knows nothing of the matcher it measures."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

LEGAL = frozenset(
    """
    ltd limited co company corp corporation inc incorporated llc llp lp plc pllc pty pte
    pvt private public sdn bhd gmbh mbh ag kg kgaa ohg ug sa sas sarl sau sl slu srl spa
    sal cv bv nv vof ab oy oyj as asa aps sro doo dd ad ead ood eood jsc pjsc ojsc cjsc
    oao ooo zao pao ao npao fze fzc fzco fz fzllc dmcc est establishment joint stock open
    closed liability society anonim sirketi sti ltda limitada cia compania kk gk kft zrt
    nyrt bt rt eirl eu ou ap pt tbk cjs pjs obshchestvo aktsionernoe otkrytoe zakrytoe
    publichnoe ogranichennoi otvetstvennostyu s a l c p n v e k r d o y z de the of and la
    el los las y del en for in at to i m b t al an der die und le les des du et lp fgup
    fsue unitary enterprise federal budgetary autonomous institution gbou fgbou fgbu fgau
    nonprofit non profit sp spolka akciova akcyjna aktiengesellschaft limitee scs sca sc
    liability partnership shares holding holdings group no incorporado
    """.split()
)
PLACES = frozenset(
    """
    china chinese prc beijing shanghai tianjin chongqing shenzhen guangzhou hangzhou nanjing
    suzhou wuxi hefei wuhan chengdu xian xi changsha harbin shenyang dalian jinan qingdao
    xiamen fuzhou ningbo wenzhou dongguan zhuhai foshan kunming guiyang urumqi lanzhou
    taiyuan zhengzhou shijiazhuang nanchang nanning haikou hainan changchun jilin liaoning
    heilongjiang hebei henan hubei hunan guangdong guangxi guizhou yunnan sichuan shaanxi
    shanxi gansu qinghai ningxia xinjiang tibet anhui jiangsu jiangxi zhejiang fujian
    shandong inner mongolia hong kong hongkong hk macau taiwan taipei hsinchu tumxuk hotan
    hetian aksu kashgar kashi shihezi changji turpan korla hami yili baoding luoyang
    mianyang yangtze korea korean dprk pyongyang seoul japan tokyo osaka iran iranian tehran
    isfahan esfahan shiraz mashhad tabriz kish qeshm khorasan iraq iraqi baghdad basra syria
    syrian damascus aleppo latakia lebanon lebanese beirut yemen sanaa russia russian
    russkaya moscow moskva petersburg st saint kazan novosibirsk ural urals yekaterinburg
    samara perm omsk tomsk tula nizhny novgorod kaluga siberia siberian krasnoyarsk crimea
    crimean sevastopol simferopol donetsk luhansk rostov ufa izhevsk chelyabinsk irkutsk
    vladivostok belarus minsk ukraine kiev kyiv kazakhstan armenia yerevan georgia turkey
    turkiye istanbul ankara izmir uae dubai emirates sharjah ajman qatar kuwait oman bahrain
    saudi pakistan pakistani karachi lahore islamabad india indian delhi mumbai bangalore
    chennai nepal bangladesh sri lanka myanmar burma thailand thai malaysia singapore
    indonesia vietnam philippines cambodia laos australia zealand usa us america american
    americas canada mexico mexicana colombia colombiana bogota cali medellin venezuela peru
    panama cuba cubana costa rica guatemala honduras ecuador brasil brazil argentina chile
    bolivia paraguay uk britain british london england germany german deutschland france
    french paris italy italia spain espana netherlands holland belgium belgian switzerland
    swiss austria poland polska czech slovakia hungary romania bulgaria serbia croatia
    slovenia cyprus greece malta denmark sweden norway finland estonia latvia lithuania
    luxembourg ireland scotland europe european asia asian africa african egypt libya
    libyan tunisia algeria morocco sudan somalia kenya nigeria congo uganda zimbabwe
    zambia mozambique rwanda mali pacific atlantic gulf caspian baltic caribbean arabian
    arab east west north south eastern western northern southern central middle far
    dandong hainan chadian vietnamese bosnia kosovo albania nanchong zhongshan huizhou
    nantong changzhou yantai weihai xuzhou jiaxing shaoxing huzhou dongfang lop xidong
    """.split()
)
TRADE = frozenset(
    """
    technology technologies tech technological technical technique techniques institute
    institution academy university college school research scientific science sciences
    trading trade traders general international global engineering engineers electronics
    electronic electro electric electrical electricity state center centre shipping ship
    ships shipyard shipbuilding aviation aircraft aerospace aero aeronautics aeronautical
    astronautics airlines airline air airways bank banking development industry industries
    industrial information informatics national plant system systems military medical
    medicine investment investments invest bureau production productions semiconductor
    semiconductors microelectronics services service servicios defense defence
    construction equipment management design army manufacturing manufacture manufacturers
    energy force forces organization security radio communications communication telecom
    telecommunications laboratory laboratories lab key tactical missile rocket rockets
    logistics concern oil gas petroleum petrochemical petrochemicals marine maritime
    physics physical commercial comercial association united union foundation branch
    ministry department new capital export import exporting importing steel iron metal
    metals materials material machinery machine machines building exchange high advanced
    solutions solution power factory factories naval navy special nuclear atomic fund trust
    offshore repair complex ocean farm enterprises maritime properties property chemical
    chemicals chemistry control space products product flight business digital cloud money
    instrument instruments automation integrated circuit circuits precision network
    networks finance financial credit quantum navigation transportation transport
    transportes transit command committee mining minerals mineral mines insurance
    refinery refining consulting consultancy computing computer computers supercomputing
    software hardware data supply chain partners intelligent intelligence smart engine
    engines economic mechanical mechanics optical optics optoelectronic optoelectronics
    photonics processing lines line heavy liberation cargo agency corps textile textiles
    garment garments apparel clothing cotton linen hair accessories project projects drug
    mobile port ports foreign solar leasing media applied guard directorate components
    parts spare movement support higher house affairs estate real contracting generation
    operations dynamics biology biotechnology bio genomics gene resources innovation food
    foods ventures venture works commission administration testing test education
    experimental training hotel hotels tourism travel party popular front islamic freight
    auto automotive vehicle vehicles civil main office first second third electromechanical
    memory society relief charity fishing labor basic prefecture microwave marketing market
    markets car express cooperation order brokerage railway environmental prison infantry
    armed radiation shares republic people peoples democratic council studies authority
    satellite television broadcasting radar telecommunication exploration division
    agricultural agriculture irrigation water unmanned uav uavs drone drones helicopter
    helicopters measurement measurements measuring navigation inertial holding surveying
    cultural culture club sport sports stores wholesale retail distribution distributor
    distributors consultants consultant advisory contractors commerce inversiones
    comercializadora inmobiliaria constructora constructions distribuidora grupo
    agropecuaria agricola ganadera exportadora importadora desarrollo desarrollos
    operadora administradora corporacion empresa sociedad asociacion internacional
    consultoria asesorias representaciones negocios hoteles restaurante restaurantes
    ticaret sanayi insaat ithalat ihracat dis ve pazarlama tasimacilik havacilik
    elektronik makina zavod npo npp nii proizvodstvennoe obedinenie nauchno kontsern
    tekhnologii bureau museum hospital health healthcare pharmaceutical pharmaceuticals
    pharma cement paper rubber plastics plastic glass shell silicon polysilicon
    photovoltaic battery batteries lithium carbon fiber composite composites alloy
    aluminum aluminium copper gold diamond gems jewelry subsidiary subordinate named after
    associates brothers sons bros star sun golden unity progress modern universal group
    video surveillance image vision recognition robot robotics vacuum laser lasers sensor
    sensors cable cables wire valve valves pump pumps bearing bearings turbine turbines
    gear tool tools hydraulic pneumatic plasma lines container containers terminal
    terminals warehouse catering security guards private equity asset assets portfolio
    account strategic corporate credit debt growth value bond income federation
    youxian gongsi gufen keji jishu wangluo zeren interactive inspection municipal
    persian researches time charitable welfare world island county district province
    city road street bay institut tsentr byuro federalnoe gosudarstvennoe predpriyatie
    kompaniya uchrezhdenie issledovatelski issledovatelskiy konstruktorskoe
    korporatsiya imeni byudzhetnoe tsentralny kombinat institutions purpose companies
    emerging currency station compound revolutionary republican battalion reconnaissance
    trafficking combatant comunicaciones upravlyayushchaya voenno promyshlennaya
    pidpryemstvo mekhanicheskiy mekhanicheski mashinostroitelny federalnaya lojistik
    fundacion boutique fourth trans avia sea elevator one king red future micro resort
    imam shahid haji hawala jamia jamaat jihad ansar madrassa bonyad sanat sanaye sherkat
    fka aka motor motors
    """.split()
)
NUMBER = re.compile(r"^(\d+(st|nd|rd|th)?|[ivx]{2,4})$")
_SEPARATED = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a name by what they do."""

    legal: frozenset[str]
    place: frozenset[str]
    trade: frozenset[str]
    number: frozenset[str]
    brand: tuple[str, ...]

    @property
    def core(self) -> frozenset[str]:
        """Everything but legal forms and small words."""
        return self.place | self.trade | self.number | frozenset(self.brand)


def fold(name: str) -> str:
    """Lower-case a name and take off its accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(
        "['’`‘ʻ]", "", "".join(c for c in plain if not unicodedata.combining(c))
    )


@cache
def words(name: str) -> tuple[str, ...]:
    """Split a name at whatever is neither letter nor digit, with `S.A.` as `sa`."""
    joined = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", fold(name))
    one_place = re.sub(r"\bhong kong\b|\bhk\b", "hongkong", joined)
    return tuple(_SEPARATED.findall(one_place))


@cache
def read(name: str) -> Reading:
    """Sort the words of a name into legal forms, places, trades, numbers and brand."""
    found = words(name)
    number = frozenset(word for word in found if NUMBER.match(word))
    place = frozenset(word for word in found if word in PLACES)
    legal = frozenset(word for word in found if word in LEGAL)
    trade = frozenset(word for word in found if word in TRADE) - place - legal
    known = number | place | legal | trade
    return Reading(
        legal, place, trade, number, tuple(word for word in found if word not in known)
    )


@cache
def key(name: str) -> str:
    """Name without legal forms, spaces and order: equal keys are one name."""
    core = [word for word in words(name) if word not in LEGAL]
    return "".join(sorted(core)) or "".join(words(name))


@cache
def skeleton(word: str) -> str:
    """Consonants of a word: what two spellings of one sound have in common."""
    same = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "w", "j": "y", "d": "t"})
    bare = re.sub("(?<!^)[aeiouyhw]", "", word.replace("ks", "x")).translate(same)
    return re.sub(r"(.)\1+", r"\1", bare)


def is_han(name: str) -> bool:
    """Tell whether a name is written in Chinese characters, in part at least."""
    return any("㐀" <= c <= "鿿" for c in name)


def is_latin(name: str) -> bool:
    """Tell whether every letter of a name is Latin."""
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())
