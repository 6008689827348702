"""Measures: from labels and scores to precision, recall, F1, AUC and recall at few alarms."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Counts", "auc", "best_threshold", "counts", "recall_at"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a threshold makes of labelled pairs."""

    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def precision(self) -> float:
        """Return the share of alarms that are right; 1 where nothing is said."""
        said = self.true_positives + self.false_positives
        return self.true_positives / said if said else 1.0

    @property
    def recall(self) -> float:
        """Return the share of matches that are found; 1 where there is none."""
        there = self.true_positives + self.false_negatives
        return self.true_positives / there if there else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        wrong = self.false_positives + self.false_negatives
        whole = 2 * self.true_positives + wrong
        return 2 * self.true_positives / whole if whole else 1.0


def counts(labels: Sequence[bool], scores: Sequence[float], threshold: float) -> Counts:
    """Count right and wrong answers where a score at the threshold means "match"."""
    said = [score >= threshold for score in scores]
    pairs = list(zip(labels, said, strict=True))
    return Counts(
        pairs.count((True, True)),
        pairs.count((False, True)),
        pairs.count((True, False)),
    )


def auc(labels: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Return the chance that a match outscores a non-match, ties counting one half.

    The area under the ROC curve by the rank sum of Mann and Whitney; None without both kinds.
    """
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    ranked = sorted(zip(scores, labels, strict=True), key=lambda pair: pair[0])
    wins, below = 0.0, 0
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        alike = [label for _, label in tied]
        here = sum(alike)
        wins += here * (below + (len(alike) - here) / 2)
        below += len(alike) - here
    return wins / (positives * negatives)


def recall_at(
    labels: Sequence[bool], scores: Sequence[float], alarms: int
) -> float | None:
    """Return the most recall that any threshold reaches with so many false positives.

    A score of 0 says "no match" under every threshold; None where there is no match to find.
    """
    positives = [score for score, label in zip(scores, labels, strict=True) if label]
    if not positives:
        return None
    negatives = sorted(
        (score for score, label in zip(scores, labels, strict=True) if not label),
        reverse=True,
    )
    limit = max(negatives[alarms], 0.0) if len(negatives) > alarms else 0.0
    return sum(score > limit for score in positives) / len(positives)


def best_threshold(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Return the threshold with the best F1, the highest of equals; a score of 0 is none."""
    tried = sorted({score for score in scores if score > 0}, reverse=True)
    return max(tried, key=lambda t: counts(labels, scores, t).f1, default=1.0)
