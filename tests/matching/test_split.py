"""A column of folded names is split, and read by the patterns of its words."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from standsbehind.matching.folding import fold_all
from standsbehind.matching.patterns import read_alike
from standsbehind.matching.split import split_all


@given(st.lists(st.text(max_size=12)))
def test_each_name_has_the_words_that_splitting_it_gives(texts):
    folded = fold_all(texts)
    split = split_all(folded)
    words = [split.texts[number] for number in split.word.tolist()]
    starts = split.starts.tolist()
    found = [words[a:b] for a, b in pairwise(starts)]
    assert found == [name.split() for name in folded]


def test_names_that_differ_in_other_words_are_read_once():
    split = split_all(fold_all(["Acme Ltd", "Testov Ltd", "Acme Works"]))
    seen = []

    def read(words):
        seen.append(list(words))
        return [*(word for word in words if word != "ltd"), "end"]

    ids = dict(split.ids)
    matter = split.marked({"ltd"})[split.word]
    words, counts = read_alike(split, np.arange(3), matter, ids, read)
    texts = list(ids)
    assert [texts[word] for word in words.tolist()] == [
        "acme", "end", "testov", "end", "acme", "works", "end",
    ]  # fmt: skip
    assert counts.tolist() == [2, 2, 3]
    assert seen == [["~0", "ltd"], ["~0", "~1"]]
