"""Write the legal forms that the matcher knows, from the GLEIF code list and our own.

Run `python tools/write_forms.py ELF.csv`, where ELF.csv is the list of entity legal forms
(ISO 20275) that GLEIF publishes under CC0 1.0. Run it again whenever `fold` changes.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

from lexicon.spellings import spellings

from standsbehind.matching.names import fold

HERE = Path(__file__).parent / "lexicon"
TARGET = Path(__file__).parents[1] / "src/standsbehind/matching"

LOCAL = "Entity Legal Form name Local name"
LATIN = "Entity Legal Form name Transliterated name (per ISO 01-140-10)"

# What a full name of a form must hold to be read as one of the class; the first that fits.
CLASSES = {
    "partnership": """
        limited partnership, general partnership, liability partnership, exempted partnership
        kommanditgesellschaft, handelsgesellschaft, kommandiittiyhtio, kommanditbolag
        en commandite, en comandita, in accomandita, em comandita, in comandita, comanditaria
        komandit, nom collectif, nome collettivo, nome coletivo, nombre colectivo, onder firma
        jawna, товариществ, tovarishchestv, ортачко
    """,
    "limited": """
        liability company, private limited, responsabilite limitee, responsabilidad limitada
        responsabilita limitata, responsabilidade limitada, beschrankter haftung
        besloten vennootschap, ograniczona, rucenim, omejeno, ogranicenom, felelossegu
        raspundere limitata, ierobezotu, mesuliyyetli, ответственностью, одговорност
        отговорност, ευθυνησ, kufizuar, mahduda, محدودة, otvetstvennost
    """,
    "joint stock": """
        sociedad anonima, sociedade anonima, sociedad por acciones, societe anonyme
        societe par actions, aktiengesellschaft, naamloze, akciova, акционерн, акционарско
        акционерско, aktsionern, akcionersk, akcionarsk, dionicko, delniska, reszvenytarsasag
        aktieselskab, aksjeselskap, aktiebolag, akcyjna, osakeyhtio, joint stock
        public limited, actiuni, anonim sirket, per azioni, ανωνυμη, musahama, مساهمة
        aksionare, sehmdar
    """,
}
# Forms that are a trade of their own, and words that name rather than constitute.
ALIEN = re.compile(
    r"\b(bank\w*|banco|banka|bankas|insurance|versicherung\w*|vakuutus\w*|forsakring\w*"
    r"|foreign|mutual\w*|investment|fund|trust|ausland\w*|etrange\w*|extranjer\w*|other"
    r"|altre|sonstige\w*|and|credit|trade|saving\w*|housing|kiinteisto\w*|fastighet\w*"
    r"|bostad\w*|asunto|agricol\w*|agricultural|statutory|local|not|pension\w*|reit"
    r"|consumer|или|domestic|law|worker\w*|youth|cell\w*|иностран\w*|forestier|cemetery"
    r"|casa|bolsa|instituci\w*|centro|union|financiera|informacion|poistovna|civil\w*"
    r"|zivilrechtlich\w*|burgerlijke|sobstvennik\w*|собственников|labuan|alberta|brunswick"
    r"|professional|collective|formed|farm|overseas|assoc\w*|company company)\b"
)

Form = tuple[str, str, set[str]]
"""The class of a form, where it stands, and its jurisdictions."""


def main(elf: Path) -> None:
    rows = list(csv.DictReader(elf.open(encoding="utf-8-sig")))
    known = own_forms()
    for form, (kind, countries) in elf_names(rows).items():
        known.setdefault(form, (kind, "anywhere", set()))[2].update(countries)
    for form, countries in abbreviations(rows).items():
        if form in known:
            known[form][2].update(countries)
    lines = [
        f"{form},{kind},{stand},{' '.join(sorted(countries))}"
        for form, (kind, stand, countries) in sorted(known.items())
    ]
    write("forms.csv", "form,class,stands,jurisdictions", lines)
    han = (HERE / "han_forms.txt").read_text("utf-8").splitlines()
    pairs = {fold(f): kind for f, kind in (x.split(" ", 1) for x in han if x[0] != "#")}
    write("forms_han.csv", "form,class", sorted(f"{f},{k}" for f, k in pairs.items()))


def write(file: str, head: str, lines: list[str]) -> None:
    (TARGET / file).write_text("\n".join([head, *lines]) + "\n", "utf-8")


def own_forms() -> dict[str, Form]:
    """Read the list written by hand; a form that stands in two places stands in both."""
    known: dict[str, Form] = {}
    for line in (HERE / "forms.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, stand, countries, texts = (part.strip() for part in line.split("|"))
        for text in texts.split(";"):
            for form in spellings(text.strip()):
                known[form] = merged(
                    known.get(form), (kind, stand, {*countries.split()})
                )
    return known


def merged(old: Form | None, new: Form) -> Form:
    if old is None:
        return new
    order = ["last", "far", "first", "ends", "inside", "anywhere"]
    stand = max(old[1], new[1], key=order.index)
    if old[0] != new[0]:
        print("two classes:", old, new, file=sys.stderr)
    return old[0], stand, old[2] | new[2]


def elf_names(rows: list[dict[str, str]]) -> dict[str, tuple[str, set[str]]]:
    """Read the full names that surely constitute a firm, and do not name it."""
    found: dict[str, tuple[str, set[str]]] = {}
    for row in rows:
        for text in (row[LOCAL], row[LATIN]):
            form = fold(text)
            kind = class_of(form)
            if kind and 2 <= len(form.split()) <= 8 and not ALIEN.search(form):
                country = row["Country Code (ISO 3166-1)"]
                found.setdefault(form, (kind, set()))[1].add(country)
    return found


def class_of(form: str) -> str | None:
    for kind, marks in CLASSES.items():
        if any(mark in form for mark in re.split(r",?\s*\n\s*|,\s*", marks.strip())):
            return kind
    return None


def abbreviations(rows: list[dict[str, str]]) -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in rows:
        columns = (
            "Abbreviations Local language",
            "Abbreviations transliterated",
            LOCAL,
            LATIN,
        )
        for column in columns:
            for text in row[column].split(";"):
                found[fold(text)].add(row["Country Code (ISO 3166-1)"])
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
