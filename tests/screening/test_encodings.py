"""The bytes of a file become text in the right letters, or the file is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.errors import UsageError
from standsbehind.screening.files.encodings import decode
from standsbehind.screening.files.userfile import UserFile

LISTS = {
    "cp1252": "Fournisseur;Pays\nSociété Générale d'Électricité;FR\nMüller Präzision GmbH;DE\n",
    "gb18030": "供应商,国家\n示例光学技术有限公司,中国\n上海例子科技有限公司,中国\n",
    "cp932": "会社名,国\n株式会社サンプル光学,日本\n例示ソリューションズ株式会社,日本\n",
    "cp1251": "Поставщик;Страна\nООО Ромашка;Россия\nЗАО Пример Оптика;Россия\n",
    "big5": "供應商,國家\n範例光學技術股份有限公司,台灣\n樣本科技股份有限公司,台灣\n",
    "euc_kr": "회사명,국가\n예시광학 주식회사,대한민국\n표본기술 주식회사,대한민국\n",
}


def decoded(content: bytes, encoding: str | None = None):
    return decode(UserFile("vendors.csv", content), encoding)


@pytest.mark.parametrize("encoding", LISTS)
def test_an_old_encoding_is_guessed_and_the_guess_is_said(encoding):
    found = decoded(LISTS[encoding].encode(encoding))
    assert found.text == LISTS[encoding]
    assert f"The encoding was guessed: {encoding}" in found.note


def test_one_umlaut_among_many_plain_rows_is_enough():
    text = "name,country\n" + "Acme Ltd,US\n" * 5000 + "Müller GmbH,DE\n"
    assert decoded(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_or_plain_utf8_needs_no_guess(encoding):
    text = "name\n示例光学\n"
    found = decoded(text.encode(encoding))
    assert (found.text, found.note) == (text, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["name\nAcme\n", "name,x\n上海例子,上\n上海,上\n", "name\nЊёж Српски\n"]
)
def test_utf16_without_a_mark_is_told_by_its_zeros(encoding, text):
    found = decoded(text.encode(encoding))
    assert found.text == text
    assert encoding in found.note


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_utf8_is_never_mistaken_where_it_has_no_zeros(text):
    plain = text.replace("\0", "")
    assert decoded(plain.encode()).text == plain.removeprefix("\ufeff")


def test_the_encoding_given_overrides_the_guess():
    assert decoded("Škoda, Łódź".encode("cp1250"), "cp1250").text == "Škoda, Łódź"


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("ascii", "line 2, byte 5 of the file is not text in ascii"),
        ("utf-9", "'utf-9' is not an encoding of text; did you mean"),
        ("hex", "'hex' is not an encoding of text"),
    ],
)
def test_bytes_that_do_not_fit_the_encoding_are_named(encoding, message):
    with pytest.raises(UsageError) as refusal:
        decoded("name\nÄcme\n".encode(), encoding)
    assert message in str(refusal.value)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(
        UsageError, match="line 1, byte 0 of the file is not text in UTF-8"
    ):
        decoded(b"\x81\x8d\x8f\x90\x9d\xff\xff\x81\x8d" * 20)
