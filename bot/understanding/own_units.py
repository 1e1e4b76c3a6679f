"""Units of the person's own: "60p a toy, five toys a month", "£20 a cut", "£310 each stay, two stays a year"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bot.understanding.line_marks import Aside, Bare, Count, Cue, Each, Mark, Money
from bot.understanding.line_words import PERIODS, UNITS, word_set
from bot.understanding.phrases import SMALL_WORDS
from bot.understanding.thing_words import WORKERS

_PER = word_set("a an per each every")
_NO_UNIT = WORKERS | SMALL_WORDS | word_set("bit little lot new one of good couple few place way piece other single")


def with_own_units(marks: Sequence[Mark], words: Sequence[str], kinds: Sequence[str]) -> list[Mark]:
    """``marks``, and what is priced right behind an amount, as sessions; and counts of the same word anywhere."""
    starts = {mark.start: mark for mark in marks}
    taken = {at for mark in marks if mark.meaning != Cue("each") for at in range(mark.start, mark.end)}
    found = {mark.start: mark for mark in marks}
    units: set[str] = set()
    for mark in marks:
        at = mark.end + 1
        if not (_an_amount(mark) or _of_named(mark, words)) or at >= len(words) or words[mark.end] not in _PER:
            continue
        word = words[at]
        free = not {at - 1, at} & taken and not kinds[at] and word.isalpha() and len(word) > 1 and word not in _NO_UNIT
        last = _last_of_name(words, starts, at)
        if free and last > at and _counted_later(words, last):
            units |= {words[last], f"{words[last]}s", f"{words[last]}es"}
        elif free and _ends(words, starts, at + 1):
            found[mark.end] = Mark(mark.end, at + 1, Each("session", rate=True))
            units |= {word, f"{word}s", f"{word}es"}
    if not units:
        return list(marks)
    for mark in marks:
        at = mark.end
        bare = mark.meaning
        if isinstance(bare, Bare) and at < len(words) and at not in taken and words[at] in units:
            found[mark.start] = Mark(mark.start, at + 1, Count(bare.figure.value, "session"))
    for at, word in enumerate(words[:-1]):
        free = not {at, at + 1} & taken and not {at, at + 1} & found.keys()
        if (
            free
            and word == "a"
            and words[at + 1] in units
            and at
            and not kinds[at - 1]
            and _each_period(kinds, words, at + 2)
        ):
            found[at] = Mark(at, at + 2, Count(Fraction(1), "session"))  # "a tub of thickener a week, £9 a tub"
    return sorted(found.values(), key=lambda mark: mark.start)


def _an_amount(mark: Mark) -> bool:
    """Money, or a number that can only be pounds and pence: "3.50 a cone"."""
    return isinstance(mark.meaning, Money) or (
        isinstance(mark.meaning, Bare) and mark.meaning.figure.decimals == _PENCE
    )


def _of_named(mark: Mark, words: Sequence[str]) -> bool:
    """A plain number for each of what was named just before: "with 2 washable liners, 14 a liner"."""
    if not isinstance(mark.meaning, Bare) or words[mark.end : mark.end + 1] != ["a"] or mark.end + 1 >= len(words):
        return False
    word = words[mark.end + 1]
    return bool({f"{word}s", f"{word}es"} & set(words[max(0, mark.start - _NAMED_NEAR) : mark.start]))


_NAMED_NEAR = 8
_PENCE = 2
"""Digits behind the point."""


def _each_period(kinds: Sequence[str], words: Sequence[str], start: int) -> bool:
    """Whether "a week" or the like comes soon, and no number before it."""
    for at in range(start, min(start + 6, len(words) - 1)):
        if kinds[at] == "NUMBER":
            return False
        if words[at] in _PER and UNITS.get(words[at + 1]) in PERIODS:
            return True
    return False


def _last_of_name(words: Sequence[str], starts: dict[int, Mark], at: int) -> int:
    """Where a name of up to five words ends that begins at ``at``: "£1.20 a nappy bag roll, …"."""
    end = at
    while end + 1 < len(words) and end < at + 4 and words[end + 1].isalpha() and end + 1 not in starts:
        if words[end + 1] in SMALL_WORDS:
            break
        end += 1
    return end


def _counted_later(words: Sequence[str], at: int) -> bool:
    """Whether the word at ``at`` comes again soon, as many: "… roll, we use two rolls every week"."""
    return bool({f"{words[at]}s", f"{words[at]}es"} & set(words[at + 1 : at + 8]))


def _ends(words: Sequence[str], starts: dict[int, Mark], at: int) -> bool:
    """Whether the name of a unit is over before ``at``: it is one word, or it names a thing."""
    if isinstance(starts[at].meaning if at in starts else None, Money):
        return False  # "a laptop £420 a printer £60"
    if at >= len(words) or not words[at].isalnum() or words[at] in SMALL_WORDS:
        return True
    mark = starts.get(at)
    return mark is not None and not isinstance(mark.meaning, Aside)
