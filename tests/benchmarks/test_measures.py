"""The arithmetic of the benchmarks, on examples small enough to count by hand."""

import pytest

from side_by_side.measures import auc, best_threshold, counts, recall_at

LABELS = [True, True, True, False, False]
SCORES = [0.9, 0.7, 0.4, 0.8, 0.1]


def test_a_score_at_the_threshold_is_a_match():
    at = counts(LABELS, SCORES, 0.7)
    assert (at.true_positives, at.false_positives, at.false_negatives) == (2, 1, 1)
    assert at.precision == pytest.approx(2 / 3)
    assert at.recall == pytest.approx(2 / 3)
    assert at.f1 == pytest.approx(2 / 3)


def test_precision_and_recall_differ_where_the_errors_do():
    at = counts([True, True, True, True, False], [0.9, 0.1, 0.1, 0.1, 0.9], 0.5)
    assert (at.precision, at.recall) == (0.5, 0.25)
    assert at.f1 == pytest.approx(1 / 3)


def test_saying_nothing_has_no_recall_but_no_false_alarm():
    at = counts(LABELS, SCORES, 1.0)
    assert (at.precision, at.recall, at.f1) == (1.0, 0.0, 0.0)


def test_auc_counts_the_pairs_in_order():
    assert auc(LABELS, SCORES) == pytest.approx(4 / 6)


def test_auc_of_a_tie_is_half_a_win():
    assert auc([True, False], [0.5, 0.5]) == 0.5
    assert auc([True, False, False], [0.5, 0.5, 0.2]) == pytest.approx(0.75)


def test_auc_needs_matches_and_others():
    assert auc([True, True], [0.1, 0.2]) is None


@pytest.mark.parametrize(
    ("alarms", "recall"),
    [
        pytest.param(0, 1 / 3, id="only the match above every non-match"),
        pytest.param(1, 1.0, id="the non-match at .8 may be wrong"),
        pytest.param(2, 1.0, id="more alarms than non-matches"),
    ],
)
def test_recall_at_few_alarms(alarms, recall):
    assert recall_at(LABELS, SCORES, alarms) == pytest.approx(recall)


def test_a_match_tied_with_one_alarm_too_many_is_not_found():
    assert recall_at([True, False], [0.5, 0.5], 0) == 0.0


def test_a_score_of_nothing_is_never_found():
    assert recall_at([True, True], [0.0, 0.3], 5) == 0.5


def test_the_best_threshold_is_the_one_with_the_best_f1():
    assert best_threshold(LABELS, SCORES) == 0.4
    assert best_threshold([True, False], [0.9, 0.8]) == 0.9
    assert best_threshold([True], [0.0]) == 1.0
