"""A column of names is read quickly to the words that each name would be read to by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from standsbehind.matching.names import read_once
from standsbehind.matching.people import read_people
from standsbehind.matching.quick import read_quickly
from standsbehind.matching.quick_people import read_people_quickly
from standsbehind.matching.reading import read_exactly


def told(reading):
    """Give for each name what its records say."""
    words = [[] for _ in reading.name]
    for word, record, weight, group in zip(
        reading.word, reading.record, reading.weight, reading.group, strict=True
    ):
        words[record].append((reading.words[word], float(weight), int(group)))
    initials = [[] for _ in reading.name]
    for text, record in zip(reading.initials, reading.initials_of, strict=True):
        initials[record].append(text)
    said = {}
    for record, name in enumerate(reading.name.tolist()):
        row = (words[record], int(reading.grade[record]), initials[record])
        said.setdefault(name, []).append(row)
    return said


WORDS = st.sampled_from(
    [
        "Dahua",
        "and",
        "Sons",
        "the",
        "of",
        "Co",
        "Ltd.",
        "GmbH",
        "&",
        "Co.",
        "KG",
        "SA",
        "sa",
        "AO",
        "OOO",
        "LLC",
        "Limited",
        "Liability",
        "Company",
        "Public",
        "Joint",
        "Stock",
        "Hong",
        "Kong",
        "New",
        "York",
        "No.",
        "14",
        "2",
        "II",
        "first",
        "branch",
        "Bank",
        "Technologies",
        "Дахуа",
        "ООО",
        "банк",
        "大华",
        "股份有限公司",
        "株式会社",
        "삼성전자",
        "주식회사",
        "บริษัท",
        "จำกัด",
        "شركة",
        "ש.א",
        "S.p.A.",
        "Müller",
        "AG",
        "Holding",
        "Inc",
        "PT",
        "Tbk",
        "de",
        "la",
        "Société",
        "Générale",
        "Youxian",
        "Gongsi",
        "X",
        "i",
        "香港",
        "第二",
        "中國",
        "三菱",
        "th",
        "H3C",
        "ДжиTech",
    ]
)
NAMES = st.lists(WORDS, max_size=7).map(" ".join) | st.text(max_size=20)


@settings(max_examples=300, deadline=None)
@given(st.lists(NAMES, max_size=5))
def test_firms_are_read_as_one_by_one(names):
    assert told(read_quickly(names)) == told(read_exactly(map(read_once, names)))


PARTS = st.sampled_from(
    [
        "Ivan",
        "TESTOV,",
        "Anna-Maria",
        "O'Neill",
        "van",
        "der",
        "Berg",
        "Dr.",
        "Jr.",
        "J.",
        "K",
        "al-Testi",
        "Abd",
        "Mohammed",
        "Müller",
        "王小明",
        "김철수",
        "Иван",
        "née",
        '"Bob"',
        "JEAN",
        "Ng",
        "II",
        "«Testov»",
        "JRR",
        "S.A.",
        "3-K",
        "Ph.D",
        "ur",
        "Rahman",
        "Nuruddin",
        "Allah",
        "محمد",
        "Petrovich",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.lists(PARTS, max_size=5).map(" ".join) | st.text(max_size=12), max_size=5
    )
)
def test_persons_are_read_as_one_by_one(names):
    assert told(read_people_quickly(names)) == told(read_people(names))


def test_a_firm_is_looked_for_among_persons_without_its_legal_form():
    asked = ["Ivan P Testov LLC", "北京华海网络科技有限公司", "Ivan al-Testov"]
    read = read_people_quickly(asked, are_asked=True)
    words = {n: [w[0] for w in rows[0][0]] for n, rows in told(read).items()}
    assert words == {0: ["ivan", "testov"], 2: ["ivan", "testov"]}
