"""Names that are odd, broken or hostile are answered by every verb, and soon."""

import json
import random
import time

import pytest

HIKVISION = "core-hikvision"
LONG = 10_000

DISGUISED = {
    "Cyrillic letters": "Hikvisi\u043en",
    "full width": "Ｈｉｋｖｉｓｉｏｎ",
    "mathematical letters": "𝐇𝐢𝐤𝐯𝐢𝐬𝐢𝐨𝐧",
    "an accent": "Hikvísion",
    "zero-width space": "Hik\u200bvision",
    "zero-width joiner": "Hik\u200dvision",
    "byte order mark": "\ufeffHikvision",
    "soft hyphen": "Hik\u00advision",
    "right-to-left mark": "Hik\u200fvision",
    "right-to-left override": "\u202eHikvision\u202c",
    "isolates": "\u2067Hikvision\u2069",
    "emoji": "📷 Hikvision 📷",
    "emoji inside": "Hikvision📷",
    "letters that are tags": "Hik\U000e0041vision",
    "line break": "Hikvision\n",
}
"""The brand as a person reads it; what a machine reads is something else."""

EMPTY_OF_MEANING = {
    "one letter": "H",
    "one character": "海",
    "only legal forms": "Co., Ltd. GmbH",
    "only Chinese legal forms": "股份有限公司",
    "only digits": "91330000733796106",
    "one long word": "h" * LONG,
    "many words": "Brand " * (LONG // 6),
    "many Chinese characters": "公" * LONG,
    "many accents": "H" + "\u0301" * LONG,
    "a date": "2024-01-31",
}

WITHOUT_LETTERS = {"emoji": "📷📷", "marks": "\u202e\u200b\u202c", "stops": "?!..."}


def cases(names):
    return [pytest.param(name, id=said) for said, name in names.items()]


def as_lines(*names):
    """Write rows as JSON escapes, which can say what no encoding can."""
    return "".join(json.dumps({"name": name}) + "\n" for name in names)


@pytest.fixture
def screened(behind, tmp_path):
    """Return how names are screened: one result for each of them, in order."""

    def screened(*names, **more):
        file = tmp_path / "asked.jsonl"
        file.write_text(as_lines(*names))
        given = [word for key, value in more.items() for word in (f"--{key}", value)]
        told = behind("screen", file, "--json", *given)
        assert told.code == 0, told.err
        assert len(told.json["results"]) == len(names)
        return told.json["results"]

    return screened


@pytest.mark.parametrize("name", cases(DISGUISED))
def test_a_brand_in_disguise_is_met_by_every_verb(behind, name):
    hits = behind("match", name, "--json").json["hits"]
    assert (hits[0]["entity"]["id"], hits[0]["score"]) == (HIKVISION, 1.0)
    assert behind("compare", name, "Hikvision", "--json").json["score"] == 1.0
    assert behind("compare", "Hikvision", name, "--json").json["score"] == 1.0


def test_a_file_of_disguises_meets_the_brand_in_each_row(screened):
    for result in screened(*DISGUISED.values()):
        assert result["status"] == "hit", result["query"]
        assert result["hits"][0]["entity"]["id"] == HIKVISION


@pytest.mark.parametrize("name", cases(DISGUISED))
def test_a_list_of_ones_own_in_disguise_is_met(screened, tmp_path, name):
    own = tmp_path / "own.jsonl"
    own.write_text(as_lines(*EMPTY_OF_MEANING.values(), name))
    (result,) = screened("Hikvision", against=own)
    assert [hit["score"] for hit in result["hits"]] == [1.0]


def test_a_homoglyph_does_not_hide_a_word_among_others(screened):
    cyrillic = "D\u0430hu\u0430 Technology"
    assert screened(cyrillic)[0]["hits"][0]["entity"]["id"] == "core-zhejiang-dahua"


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("海康威视(Hikvision)", HIKVISION),
        ("Hikvision海康威视", HIKVISION),
        ("旷视 Megvii", "core-megvii"),
    ],
)
def test_a_cell_that_says_a_brand_in_two_scripts_is_met(screened, name, entity):
    assert screened(name)[0]["hits"][0]["entity"]["id"] == entity


@pytest.mark.parametrize("name", cases(EMPTY_OF_MEANING))
def test_a_name_that_says_nothing_meets_nothing(behind, name):
    told = behind("match", name, "--json")
    assert (told.code, told.json["hits"]) == (0, []), told.err
    assert behind("compare", name, "Hikvision", "--json").json["score"] < 0.5


@pytest.mark.parametrize("name", cases(EMPTY_OF_MEANING))
def test_a_name_that_says_nothing_is_like_itself(behind, name):
    assert behind("compare", name, name, "--json").json["score"] == 1.0


@pytest.mark.parametrize("name", cases(WITHOUT_LETTERS))
def test_a_name_without_a_letter_is_refused_and_like_nothing(behind, name):
    told = behind("match", name)
    assert (told.code, "no letter or digit" in told.err) == (2, True)
    assert behind("compare", name, name, "--json").json["score"] == 0.0


def test_rows_that_say_nothing_stand_beside_one_that_is_met(screened):
    odd = [*EMPTY_OF_MEANING.values(), *WITHOUT_LETTERS.values()]
    *others, brand = screened(*odd, "Hikvision")
    assert brand["status"] == "hit"
    assert {result["status"] for result in others} == {"no_hit_found", "not_examined"}
    unread = [r["reason"] for r in others if r["status"] == "not_examined"]
    assert all(unread), "each says why it was not examined"


def test_half_a_letter_in_json_does_not_hide_the_brand(behind, tmp_path):
    file = tmp_path / "asked.jsonl"
    file.write_text('{"name": "Hikvision \\ud83d"}\n{"name": "\\udcff"}\n')
    brand, nothing = behind("screen", file, "--json").json["results"]
    assert brand["hits"][0]["entity"]["id"] == HIKVISION
    assert nothing["status"] != "hit"


@pytest.mark.parametrize("name", cases(DISGUISED))
def test_a_judgement_of_the_brand_reaches_its_disguise(behind, screened, name):
    why = ("--reason", "r", "--author", "A. Reviewer", "--scope", "everywhere")
    told = behind("judge", "not-same", name, HIKVISION, *why)
    assert told.code == 0, told.err
    (result,) = screened("Hikvision")
    assert HIKVISION in [hit["entity"]["id"] for hit in result["judged"]]


@pytest.mark.parametrize("name", cases(EMPTY_OF_MEANING))
def test_a_name_that_says_nothing_can_be_judged_or_is_refused(behind, name):
    why = ("--reason", "r", "--author", "A. Reviewer")
    told = behind("judge", "not-same", name, HIKVISION, *why)
    assert told.code in {0, 2}, told.err


def test_a_column_of_dates_in_place_of_names_is_warned_of(behind, tmp_path):
    file = tmp_path / "asked.csv"
    dates = "".join(
        f"2024-{month:02}-{day:02}\n" for month in (1, 2) for day in range(1, 29)
    )
    file.write_text(f"name\n{dates}")
    told = behind("screen", file, "--json")
    assert {result["status"] for result in told.json["results"]} == {"no_hit_found"}
    assert "--column name=HEADING" in told.err


def worst(kind, number):
    rng = random.Random(number)
    match kind:
        case "legal forms":
            forms = ("Co.", "Ltd.", "GmbH", "有限公司", "S.A.", "LLC", "Inc")
            return " ".join(rng.choices(forms, k=60))
        case "one character":
            return chr(0x4E00 + number)
        case "Chinese without end":
            return chr(0x4E00 + number) + "海康威视数字" * 50
        case "scripts in one word":
            return (
                f"Hik{chr(0x400 + number % 90)}海康{chr(0x5D0 + number % 26)}{number}"
            )
        case "near misses":
            letters = list("hikvisiondigital")
            rng.shuffle(letters)
            return "".join(letters[:9]) + " dahua"
    raise AssertionError(kind)


@pytest.mark.parametrize(
    "kind",
    [
        "legal forms",
        "one character",
        "Chinese without end",
        "scripts in one word",
        "near misses",
    ],
)
def test_five_times_the_rows_take_about_five_times_as_long(screened, kind):
    names = [worst(kind, number) for number in range(6_000)]

    def seconds(some):
        begun = time.process_time()
        screened(*some)
        return time.process_time() - begun

    seconds(names[:100])
    few, many = seconds(names[:1_000]), seconds(names[1_000:])
    assert many < 12 * few + 1
    assert many < 30
