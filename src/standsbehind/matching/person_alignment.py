"""Alignment: which part of one person's name meets which part of another's, one to one."""

from collections.abc import Iterator
from dataclasses import dataclass

from standsbehind.matching.person_han import is_pinyin
from standsbehind.matching.person_lexicon import Role
from standsbehind.matching.person_roles import FULL, Part, Reading
from standsbehind.matching.person_sounding import How, Likeness, likeness, stem

__all__ = ["Alignment", "Meeting", "align"]

_SAME = Likeness(1.0, How.SAME)
_TOGETHER = Likeness(0.95, How.JOINED)
_FATHER = Likeness(0.85, How.FATHER)
_INITIAL = Likeness(0.52, How.INITIAL)
_FURTHER_INITIAL = Likeness(0.8, How.INITIAL)
"""An initial where two whole parts meet already."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Parts that meet: one on each side, or several that one side writes together."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: Likeness
    is_full: bool
    """Whether names meet on both sides, and not small words."""


class Alignment:
    """What meets so far, and the places of the parts that still meet nothing."""

    def __init__(self, left: Reading, right: Reading) -> None:
        self.left = left.parts
        self.right = right.parts
        self.here = list(range(len(self.left)))
        self.there = list(range(len(self.right)))
        self.met: list[Meeting] = []
        self.full = 0

    def take(self, i: int, j: int, found: Likeness) -> None:
        """Let two parts meet that met nothing yet."""
        self.here.remove(i)
        self.there.remove(j)
        is_full = self.left[i].role in FULL and self.right[j].role in FULL
        self._add((i,), (j,), found, is_full)

    def take_joined(self, run: tuple[int, ...], j: int, *, on_the_left: bool) -> None:
        """Let several parts of one side meet one of the other."""
        apart, together = (
            (self.here, self.there) if on_the_left else (self.there, self.here)
        )
        for i in run:
            apart.remove(i)
        together.remove(j)
        if on_the_left:
            self._add_joined(run, (j,))
        else:
            self._add_joined((j,), run)

    def _add_joined(self, i: tuple[int, ...], j: tuple[int, ...]) -> None:
        is_full = any(self.left[n].role in FULL for n in i)
        is_full = is_full and any(self.right[n].role in FULL for n in j)
        self._add(i, j, _TOGETHER, is_full)

    def _add(
        self,
        i: tuple[int, ...],
        j: tuple[int, ...],
        found: Likeness,
        is_full: bool,  # noqa: FBT001 - a column of the meeting
    ) -> None:
        self.met.append(Meeting(i, j, found, is_full))
        self.full += is_full


def align(left: Reading, right: Reading) -> Alignment:
    """Pair parts one to one: equal ones, then joined ones, alike ones, initials."""
    alignment = Alignment(left, right)
    _take_equal(alignment)
    if alignment.here and alignment.there:
        _take_joined(alignment, on_the_left=True)
        _take_joined(alignment, on_the_left=False)
    # Two syllables of pinyin that differ in a letter are two words, not a slip.
    if (
        alignment.here
        and alignment.there
        and not (is_pinyin(left.folded) and is_pinyin(right.folded))
    ):
        _take_alike(alignment)
    if alignment.here and alignment.there:
        _take_initials(alignment)
    return alignment


def _take_equal(alignment: Alignment) -> None:
    right = alignment.right
    for i, part in enumerate(alignment.left):
        for j in alignment.there:
            if right[j].text == part.text:
                alignment.take(i, j, _SAME)
                break


def _take_joined(alignment: Alignment, *, on_the_left: bool) -> None:
    apart, free = alignment.left, alignment.here
    together, others = alignment.right, alignment.there
    if not on_the_left:
        apart, free, together, others = together, others, apart, free
    if len(free) < 2:
        return
    for j in list(others):
        run = next(_runs(together[j].text, apart, free), None)
        if run:
            alignment.take_joined(run, j, on_the_left=on_the_left)


def _runs(
    text: str, apart: tuple[Part, ...], free: list[int]
) -> Iterator[tuple[int, ...]]:
    """Find two or three free parts side by side that are the text when joined."""
    for i in free:
        first = apart[i].text
        if first[0] != text[0]:
            continue
        run, joined = [i], first
        while len(run) < 3 and run[-1] + 1 in free:
            run.append(run[-1] + 1)
            joined += apart[run[-1]].text
            if joined == text or _sounds_joined(joined, text):
                yield tuple(run)


def _sounds_joined(joined: str, text: str) -> bool:
    if abs(len(joined) - len(text)) > 2 or len(text) < 6:
        return False
    found = likeness(joined, text)
    return found is not None and found.how is How.SOUND


def _take_alike(alignment: Alignment) -> None:
    found = [
        (-like.degree, i, j, like)
        for i in alignment.here
        for j in alignment.there
        if (like := _likeness(alignment.left[i], alignment.right[j]))
    ]
    if len(found) > 1:
        found.sort(key=lambda each: each[:3])
    for _, i, j, like in found:
        if i in alignment.here and j in alignment.there:
            alignment.take(i, j, like)


def _likeness(left: Part, right: Part) -> Likeness | None:
    if left.role is right.role is Role.NAME:
        return likeness(left.text, right.text)
    if left.role is Role.INITIAL or right.role is Role.INITIAL:
        return None
    if left.role is not right.role and not (left.role in FULL and right.role in FULL):
        return None
    found = likeness(left.text, right.text)
    if left.role is right.role is Role.PATRONYMIC:
        return found or _same_father(left, right)
    return None if found and found.how is How.CUT else found


def _same_father(left: Part, right: Part) -> Likeness | None:
    return _FATHER if likeness(stem(left.text), stem(right.text)) else None


def _take_initials(alignment: Alignment) -> None:
    for i in list(alignment.here):
        for j in alignment.there:
            if _is_initial_of(alignment.left[i], alignment.right[j]):
                grade = _FURTHER_INITIAL if alignment.full > 1 else _INITIAL
                alignment.take(i, j, grade)
                break


def _is_initial_of(left: Part, right: Part) -> bool:
    if left.role is Role.INITIAL:
        return right.role in FULL and right.text.startswith(left.text)
    return (
        right.role is Role.INITIAL
        and left.role in FULL
        and left.text.startswith(right.text)
    )
