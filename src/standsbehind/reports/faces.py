"""Faces: the fonts that a PDF is set in, and which scripts they can print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

__all__ = ["SAMPLES", "Faces", "faces"]

_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""What the extra brings: Noto Sans for many scripts, and Noto Sans CJK (both SIL OFL 1.1)."""
_SERIF = ("Libertinus Serif",)
"""Typst brings it along, so it is there on every machine."""
_SANS = ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica Neue")
_MONO = ("DejaVu Sans Mono",)
_HAN: Mapping[str, Sequence[str]] = {
    "zh": ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei"),
    "ja": ("Noto Sans CJK JP", "Source Han Sans", "Hiragino Sans", "Yu Gothic"),
    "ko": ("Noto Sans CJK KR", "Source Han Sans K", "Apple SD Gothic Neo", "Malgun Gothic"),
}  # fmt: skip
"""Letters that languages share are drawn as each of them draws them."""

SAMPLES: Mapping[str, str] = {
    "Latin": "Ağaoğlu Şirketi, Đà Nẵng, Łódź",
    "Cyrillic": "Единая биометрическая система, Қазақстан, Ўзбекистон",
    "Chinese, simplified": "杭州海康威视数字技术股份有限公司",
    "Chinese, traditional": "浙江大華技術股份有限公司",
    "Japanese": "ソニー株式会社、ひらがな",
    "Korean": "한화비전 주식회사",
    "Arabic": "شركة تقنية المعلومات",
    "Uyghur (Arabic letters)": "شىنجاڭ ئۇيغۇر ئاپتونوم رايونى",
    "Hebrew": "חברת מצלמות",
    "Devanagari": "भारत इलेक्ट्रॉनिक्स",
    "Thai": "บริษัทไทย",
    "Tibetan": "བོད་རང་སྐྱོང་ལྗོངས།",
}
"""A name in each of the scripts that lists and files are often written in."""


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts at hand, and the families of them that text of each kind is set in."""

    fonts: "typst.Fonts"
    families: Mapping[str, Sequence[str]]


@cache
def faces(*, with_system: bool) -> Faces:
    """Find the fonts of the extra, and those of the machine where they are wanted.

    Those of the extra are the same on every machine, and so is what is set in them.
    """
    import typst  # noqa: PLC0415 - an extra

    folders = [folder for name in _PACKAGES for folder in _folders(name)]
    fonts = typst.Fonts(include_system_fonts=with_system, font_paths=folders)
    here = fonts.families()
    others = [family for family in here if family.startswith("Noto Sans")]
    han = {code: _present(wanted, here) for code, wanted in _HAN.items()}
    rest = [*han["zh"], *others]
    families = {
        "serif": [*_SERIF, *_present(_SANS, here), *rest],
        "sans": [*_present(_SANS, here), *_SERIF, *rest],
        "mono": [*_MONO, *_present(_SANS, here), *rest],
        **{code: [*found, *others, *_SERIF] for code, found in han.items()},
    }
    return Faces(fonts, {k: list(dict.fromkeys(v)) for k, v in families.items()})


def _folders(package: str) -> list[str]:
    """Return where a package of fonts lies, without running anything of it."""
    spec = find_spec(package)
    return list(spec.submodule_search_locations or ()) if spec else []


def _present(wanted: Sequence[str], here: Sequence[str]) -> list[str]:
    return [family for family in wanted if family in here]
