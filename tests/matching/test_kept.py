"""What matching keeps in memory: the readings asked for last, so that a server stays small."""

from importlib import import_module
from inspect import signature
from pkgutil import walk_packages

import standsbehind.matching
from standsbehind.matching.kept import MOST_KEPT
from standsbehind.matching.names import read_name

BY_CHARACTER = {"_rare", "_reader"}
"""What is asked of single characters, or of our own tables: there are only so many."""


def caches():
    for found in walk_packages(
        standsbehind.matching.__path__, "standsbehind.matching."
    ):
        for value in vars(import_module(found.name)).values():
            if hasattr(value, "cache_info") and signature(value).parameters:
                yield value.__wrapped__.__name__, value.cache_info().maxsize


def test_no_reading_of_a_name_is_kept_without_end():
    kept = dict(caches())
    assert {"read_name", "read_person", "likeness"} <= kept.keys()
    without_end = {name for name, most in kept.items() if most is None}
    assert without_end == BY_CHARACTER
    assert {most for most in kept.values() if most} == {MOST_KEPT}


def test_a_name_that_was_let_go_of_is_read_the_same_again():
    before = read_name("Hangzhou Hikvision Digital Technology Co., Ltd.")
    for number in range(MOST_KEPT):
        read_name(f"Vendor {number} Ltd")
    assert read_name.cache_info().currsize == MOST_KEPT
    again = read_name("Hangzhou Hikvision Digital Technology Co., Ltd.")
    assert again == before
    assert again is not before
