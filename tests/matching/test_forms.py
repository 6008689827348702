"""Legal forms go from a name, and nothing by which the firm is called goes with them."""

import csv
import time
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.forms import forms, han_forms, without_forms
from standsbehind.matching.names import fold


def told(name: str) -> tuple[str, str | None]:
    words, kind = without_forms(fold(name).split())
    return " ".join(words), kind


def packaged() -> list[dict[str, str]]:
    text = resources.files("standsbehind.matching") / "forms.csv"
    return list(csv.DictReader(text.read_text("utf-8").splitlines()))


BY_JURISDICTION = {
    country: row["form"]
    for row in packaged()
    if row["stands"] != "first"
    for country in row["jurisdictions"].split()
}


def test_the_forms_of_sixty_jurisdictions_and_more_are_known():
    assert len(BY_JURISDICTION) >= 150


@pytest.mark.parametrize("country", sorted(BY_JURISDICTION))
def test_a_form_of_each_jurisdiction_goes(country):
    form = BY_JURISDICTION[country]
    words, kind = without_forms(("romashka", "textil", *form.split()))
    assert (words, kind) == (
        ("romashka", "textil"),
        forms().classes[tuple(form.split())],
    )


def test_packaged_forms_are_written_as_names_are_folded():
    unfolded = [row["form"] for row in packaged() if fold(row["form"]) != row["form"]]
    assert not unfolded, "run tools/write_forms.py"


@pytest.mark.parametrize(
    ("name", "left", "kind"),
    [
        ("Romashka Ltd.", "romashka", "limited"),
        ("Romashka Co., Ltd", "romashka", "limited"),
        ("Romashka Pty Ltd", "romashka", "limited"),
        ("Romashka Pte. Ltd.", "romashka", "limited"),
        ("Romashka Sdn. Bhd.", "romashka", "limited"),
        ("Romashka Private Limited", "romashka", "limited"),
        ("Romashka PLC", "romashka", "joint stock"),
        ("Romashka Public Company Limited", "romashka", "joint stock"),
        ("Romashka LLC", "romashka", "limited"),
        ("Romashka L.L.C.", "romashka", "limited"),
        ("Romashka Inc.", "romashka", "company"),
        ("Romashka LLP", "romashka", "partnership"),
        ("Romashka GmbH", "romashka", "limited"),
        ("Romashka GmbH & Co. KG", "romashka", "partnership"),
        ("Romashka Gesellschaft mit beschränkter Haftung", "romashka", "limited"),
        ("Romashka AG", "romashka", "joint stock"),
        ("Romashka e.V.", "romashka", "association"),
        ("Romashka S.à r.l.", "romashka", "limited"),
        ("SARL Romashka", "romashka", "limited"),
        ("Société Anonyme Romashka", "romashka", "joint stock"),
        ("Romashka S.p.A.", "romashka", "joint stock"),
        ("Romashka Srl", "romashka", "limited"),
        ("Romashka S.A. de C.V.", "romashka", "joint stock"),
        ("Romashka S. de R.L. de C.V.", "romashka", "limited"),
        ("Romashka, Sociedad Anónima", "romashka", "joint stock"),
        ("Romashka Ltda.", "romashka", "limited"),
        ("Romashka, Lda", "romashka", "limited"),
        ("Romashka B.V.", "romashka", "limited"),
        ("Romashka N.V.", "romashka", "joint stock"),
        ("Romashka A/S", "romashka", "joint stock"),
        ("Romashka ApS", "romashka", "limited"),
        ("Romashka Oy", "romashka", "joint stock"),
        ("Romashka AB (publ)", "romashka", "joint stock"),
        ("UAB Romashka", "romashka", "limited"),
        ("Romashka OÜ", "romashka", "limited"),
        ("Romashka Sp. z o.o.", "romashka", "limited"),
        ("Romashka spol. s r.o.", "romashka", "limited"),
        ("Romashka a.s.", "romashka", "joint stock"),
        ("Romashka Kft.", "romashka", "limited"),
        ("Romashka d.o.o.", "romashka", "limited"),
        ("Ромашка ЕООД", "ромашка", "limited"),
        ("Ρομάσκα Α.Ε.", "ρομασκα", "joint stock"),
        ("Romashka Sanayi A.Ş.", "romashka sanayi", "joint stock"),
        ("Romashka Ltd. Şti.", "romashka", "limited"),
        ("ООО «Ромашка»", "ромашка", "limited"),
        ("Общество с ограниченной ответственностью «Ромашка»", "ромашка", "limited"),
        ("Obshchestvo s ogranichennoy otvetstvennostyu Romashka", "romashka", "limited"),
        ("ПАО Ромашка", "ромашка", "joint stock"),
        ("OJSC Romashka", "romashka", "joint stock"),
        ("Limited Liability Company Romashka", "romashka", "limited"),
        ("ФГУП «Ромашка»", "ромашка", "state"),
        ("Federal State Unitary Enterprise Romashka", "romashka", "state"),
        ("ТОО Ромашка", "ромашка", "limited"),
        ("Romashka MMC", "romashka", "limited"),
        ("PT Romashka Tbk", "romashka", "joint stock"),
        ("Công ty TNHH Hoa Cúc", "hoa cuc", "limited"),
        ("株式会社ロマシカ", fold("ロマシカ"), "joint stock"),
        ("Romashka Kabushiki Kaisha", "romashka", "joint stock"),
        ("주식회사 로마시카", "로마시카", "joint stock"),
        ("로마시카주식회사", "로마시카", "joint stock"),
        ("(주)로마시카", "로마시카", "joint stock"),
        ("บริษัท โรมาชก้า จำกัด", fold("โรมาชก้า"), "limited"),
        ("บริษัทโรมาชก้าจำกัด", fold("โรมาชก้า"), "limited"),
        ("บริษัท โรมาชก้า จำกัด (มหาชน)", fold("โรมาชก้า"), "joint stock"),
        ("شركة روماشكا المحدودة", fold("روماشكا"), "limited"),
        ("شركة روماشكا ش.م.م", fold("روماشكا"), "limited"),
        ("شرکت روماشکا سهامی خاص", fold("روماشکا"), "joint stock"),
        ('רומשקה בע"מ', "רומשקה", "limited"),
        ("रोमाश्का प्राइवेट लिमिटेड", fold("रोमाश्का"), "limited"),
        ("Romashka cheklik shirkiti", "romashka", "limited"),
        ("Hangzhou Romashka Youxian Gongsi", "hangzhou romashka", "limited"),
        ("Romashka AG London Branch", "romashka london", "joint stock"),
        ("Romashka Co., Ltd. Beijing Branch", "romashka beijing", "limited"),
    ],
)  # fmt: skip
def test_a_form_goes(name, left, kind):
    assert told(name) == (left, kind)


@pytest.mark.parametrize(
    "name",
    [
        "SAS Institute", "AB InBev", "Co-op", "Limited Brands", "SA Power", "AG Insurance",
        "ADT", "KK Wind", "AT and T", "AO Smith", "CV Therapeutics", "SIA Engineering",
        "The Company Store", "San Diego Zoo", "Standard Chartered", "DP World", "BT Group",
        "NV Energy", "SE Tylose", "PC Connection", "EE", "SC Johnson", "Inc Magazine",
        "Trust Bank", "Cooperative Bank", "Hotel Foundation", "Spa Monopole", "OY", "Ltd",
        "Company", "PT and Sons", "Union", "State Bank", "SMC Pneumatics China", "ASC Signal",
        "Ou Wei Technology", "HJ Bannister", "Sanmina SCI",
    ],
)  # fmt: skip
def test_what_a_firm_is_called_stays(name):
    assert told(name)[0] == fold(name)


@pytest.mark.parametrize(
    "forms_of_one_class",
    [
        ["Ltd", "Limited", "Co Ltd", "GmbH", "SARL", "OOO", "ООО", "Sdn Bhd", "LLC", "s.r.o."],
        ["PLC", "AG", "SA", "SpA", "OAO", "ОАО", "PAO", "a.s.", "Tbk", "Kabushiki Kaisha"],
        ["LLP", "KG", "SNC", "vof", "Limited Partnership", "sp. j."],
        ["Branch", "Zweigniederlassung", "succursale", "филиал"],
        ["FGUP", "ФГУП", "Federal State Unitary Enterprise"],
    ],
)  # fmt: skip
def test_equivalent_forms_are_of_one_class(forms_of_one_class):
    assert len({told(f"Romashka Textil {form}") for form in forms_of_one_class}) == 1


def test_chinese_forms_come_longest_first_with_their_class():
    known = han_forms()
    lengths = [len(form) for form in known]
    assert lengths == sorted(lengths, reverse=True)
    assert known["股份有限公司"] == "joint stock"
    assert known["有限责任公司"] == known["有限公司"] == "limited"
    assert known["分公司"] == "branch"


WORDS = st.sampled_from(
    ["acme", "the", "ltd", "co", "and", "ag", "ооо", "branch", "有", "주"]
)


@given(st.lists(WORDS, max_size=12))
def test_a_word_stays_and_none_is_made_up(tokens):
    words, _ = without_forms(tokens)
    assert bool(words) == bool(tokens)
    rest = iter(tokens)
    assert all(word in rest for word in words), "the words left stand in their order"


def test_ten_thousand_words_take_no_longer_than_their_number():
    without_forms(("acme", "ltd"))
    begin = time.process_time()
    without_forms(("limited", "liability") * 5_000)
    assert time.process_time() - begin < 0.5
