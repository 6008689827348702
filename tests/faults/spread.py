"""Which of many points of failure a run of the tests takes."""


def spread(points: int, wanted: int) -> list[int]:
    """Choose so many of the points, evenly, the first and the last among them."""
    last = max(1, min(wanted, points) - 1)
    return sorted({1 + turn * (points - 1) // last for turn in range(last + 1)})
