"""What the lines of a message come to, when somebody has added them up: "four pads £12.50 each, an alarm £90, £140 in all"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.understanding.line_marks import Bare, Count, Cue, Mark, Money, Times
from bot.understanding.segment_parts import Segment

_MOST_OF_ONE = 60
"""Goods or visits of one line; a number above is nothing that an amount is multiplied with in a sum."""
_MOST_SUMS = 2000
"""Sums that are kept while lines are added; more are not looked through."""


def comes_to(lines: Sequence[Segment], pence: Fraction) -> bool:
    """Whether ``pence`` is what the last two lines or more come to, each counted once or as often as a number in it says."""
    reached = {Fraction(0)}
    for added, line in enumerate(reversed(lines), 1):
        costs = _costs(line)
        if not costs:
            return False
        reached = {so_far + one for so_far in reached for one in costs if so_far + one <= pence}
        if not reached or len(reached) > _MOST_SUMS:
            return False
        if added > 1 and pence in reached:
            return True
    return False


def drop_sum(line: Segment, following: Segment) -> None:
    """Take what two lines come to out of the second: "guitar £15 and £3 for the room, so £18"."""
    marks = following.marks
    total = next((at for at, mark in enumerate(marks) if mark.meaning == Cue("total")), len(marks))
    said, own, before = (_pence(part) for part in (marks[total:], marks[:total], line.marks))
    if len(said) == len(own) == len(before) == 1 and own[0] and before[0] and said[0] == own[0] + before[0]:
        summed = [marks[total], *(mark for mark in marks[total:] if isinstance(mark.meaning, Money))]
        following.elements = [element for element in following.elements if element not in summed]


def _pence(marks: Sequence[Mark]) -> list[Fraction | None]:
    return [mark.meaning.pence for mark in marks if isinstance(mark.meaning, Money)]


def _costs(line: Segment) -> set[Fraction]:
    """What a line can be counted as in a sum: its amount, and so many times its amount."""
    marks = line.marks
    amounts = {mark.meaning.pence for mark in marks if isinstance(mark.meaning, Money) and mark.meaning.pence}
    if len(amounts) != 1:
        return set()
    amount = amounts.pop()
    numbers = {number for mark in marks if (number := _number(mark)) is not None and 1 < number <= _MOST_OF_ONE}
    return {amount, *(amount * number for number in numbers)} if amount is not None else set()


def _number(mark: Mark) -> Fraction | None:
    meaning = mark.meaning
    if isinstance(meaning, Bare):
        return meaning.figure.value
    return meaning.number if isinstance(meaning, (Count, Times)) else None
