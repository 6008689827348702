"""Make a file of vendor rows: made-up firms, with some listed names among them, misspelt or not."""

import csv
import random
import sys
from pathlib import Path

BRANDS = "aba cor del eno fir gal hav ilm jor kel lum mar nor ost pel qui ros sol tor umb ver wil xan yel zor".split()
ENDS = "ta rix von dal mex sen tec lor nis gar bel dan fort mark ley ton wick field stone".split()
TRADES = "Technology,Trading,Foods,Logistics,Electronics,Security Systems,Packaging,Consulting,Textiles,Machinery,Software,Energy,Chemicals,Optics,Medical Supplies".split(
    ","
)
FORMS = "Ltd,Inc.,GmbH,Co. Ltd.,LLC,S.A.,PLC,B.V.,SpA,AG,Limited,Corporation".split(",")
PLACES = "Shanghai,Ningbo,Hamburg,Lyon,Leeds,Dallas,Toronto,Osaka,Shenzhen,Hangzhou,,,,,,,".split(
    ","
)
COUNTRIES = "CN,DE,FR,GB,US,CA,JP,NL,IT,".split(",")
LISTED = "Dahua Technology|浙江大华技术股份有限公司|Hikvision USA|Hangzhou Hikvison Digital Technology|SenseTime Group|Huawei Technologies|Megvii Technology|Lorex Technology|Clearview AI|Banco Nacional de Cuba|Xinjiang Public Security Bureau|Kaspersky Lab".split(
    "|"
)


def write_vendors(path: Path, rows: int, seed: int = 7) -> None:
    """Write the rows; one in fifty is a listed name."""
    dice = random.Random(seed)  # noqa: S311 - test data
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("Vendor ID", "Vendor", "Country"))
        for number in range(rows):
            writer.writerow((f"V{number}", vendor(dice), dice.choice(COUNTRIES)))


def vendor(dice: random.Random) -> str:
    """Make up one vendor's name."""
    if dice.random() < 0.02:
        return dice.choice(LISTED)
    brand = (dice.choice(BRANDS) + dice.choice(BRANDS) + dice.choice(ENDS)).title()
    parts = (dice.choice(PLACES), brand, dice.choice(TRADES), dice.choice(FORMS))
    return " ".join(filter(None, parts))


if __name__ == "__main__":
    write_vendors(Path(sys.argv[1]), int(sys.argv[2]))
