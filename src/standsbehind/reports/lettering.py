"""Lettering: how text is broken into the lines of a picture, and how much room it takes."""

from standsbehind.reports.plain import cut_line, one_line

__all__ = ["FACE", "wrapped"]

FACE = (
    "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', "
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, sans-serif"
)
"""Faces that machines have, Latin before Chinese, so that a picture asks for no font."""
_MOST_LINES = 4


def wrapped(text: str, ems: float) -> list[str]:
    """Break text into lines; what does not fit four of them ends with an ellipsis."""
    lines: list[str] = []
    rest = one_line(text)
    while rest and len(lines) < _MOST_LINES:
        line, rest = cut_line(rest, ems)
        lines.append(line)
    if rest:
        lines[-1] = f"{cut_line(lines[-1], ems - 1)[0]}…"
    return lines or ["(no name)"]
