"""Proportions: how many of how many, with an exact interval, however few there are."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, lgamma, log, log1p

__all__ = ["Proportion", "beta_quantile"]

_STEPS = 100_000
"""More terms than the fraction ever takes: it needs about the root of its larger argument."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many of so many."""

    count: int
    of: int

    def __post_init__(self) -> None:
        """Refuse a count that cannot be."""
        if not 0 <= self.count <= self.of:
            message = f"{self.count} of {self.of} is no proportion"
            raise ValueError(message)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the exact interval of Clopper and Pearson (Biometrika 26, 1934, 404-413).

        It holds every share under which a count so small, or so large, has at least
        (1 - level) / 2 of probability. Of nothing, every share is possible.

        >>> [round(end, 3) for end in Proportion(0, 1).interval()]
        [0.0, 0.975]
        >>> Proportion(0, 0).interval()
        (0.0, 1.0)
        """
        tail, missed = (1 - level) / 2, self.of - self.count
        lower = beta_quantile(tail, self.count, missed + 1) if self.count else 0.0
        upper = 1 - beta_quantile(tail, missed, self.count + 1) if missed else 1.0
        return lower, upper


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return x at which the beta distribution of a and b reaches a probability.

    The distribution function rises, so that halving finds x to the last bit of a float.
    """
    below, above = 0.0, 1.0
    while below < (middle := (below + above) / 2) < above:
        if _beta_below(middle, a, b) < probability:
            below = middle
        else:
            above = middle
    return middle


def _beta_below(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), for 0 < x < 1.

    The fraction is quick below the mean; beyond it, what is above is taken from one.
    """
    if x > (a + 1) / (a + b + 2):
        return 1 - _below_the_mean(1 - x, b, a)
    return _below_the_mean(x, a, b)


def _below_the_mean(x: float, a: float, b: float) -> float:
    """Return I_x(a, b) by the continued fraction of DLMF 8.17.22."""
    scale = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    if scale < -700:  # less than the least float
        return 0.0
    return exp(scale) / (a * _fraction(lambda m: _term(m, x, a, b)))


def _term(m: int, x: float, a: float, b: float) -> float:
    """Return the m-th numerator of the continued fraction, counted from one."""
    half, is_odd = divmod(m, 2)
    if is_odd:
        return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + m))
    return half * (b - half) * x / ((a + m - 1) * (a + m))


def _fraction(numerator: Callable[[int], float]) -> float:
    """Evaluate 1 + n1/(1 + n2/(1 + ...)) by Lentz's method, to the last bit."""
    tiny, value, c, d = 1e-300, 1.0, 1.0, 0.0
    change = inf
    for m in range(1, _STEPS):
        d = 1 / ((1 + numerator(m) * d) or tiny)
        c = (1 + numerator(m) / c) or tiny
        change = c * d
        value *= change
        if abs(change - 1) < 1e-15:
            return value
    message = f"the fraction is still moving by {change - 1} after {_STEPS} terms"
    raise ArithmeticError(message)
