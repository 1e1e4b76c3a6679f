"""What reading costs, whatever is typed: four times the text takes about four times as long, and never sixteen.

A message has 4,000 characters at most (bot.gateway.limits.MAX_TEXT). Times are compared with each other and not with a
clock, so that a slow machine fails nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from bot.gateway.limits import MAX_TEXT
from bot.understanding import commands
from bot.understanding.line_words import word_set
from bot.understanding.lines import read_lines, warm
from bot.understanding.segment_parts import MOST_ELEMENTS, Segment, Stop

warm()

SHORT = MAX_TEXT // 4
TIMES = 8
"""Four times the text: linear is 4, quadratic 16."""
QUICK = 0.004
"""Seconds under which a short text is taken to have needed this long: less is noise, and four times nothing is nothing."""


def _any_characters(length: int) -> str:
    chance = random.Random(7)
    return "".join(chr(chance.randrange(32, 0xD7FF)) for _ in range(length))


def _salad(length: int) -> str:
    """Words that matter, in any order."""
    chance = random.Random(8)
    words = sorted(
        word_set(
            "a PA gym £12 13.50 an hour week , . and on mondays twice two fifty no so £5 both same days each or to 3 what"
        )
    )
    return " ".join(chance.choice(words) for _ in range(length))[:length]


HOSTILE: dict[str, Callable[[int], str]] = (
    {
        name: lambda length, piece=piece: (piece * (length // len(piece) + 1))[:length]  # type: ignore[misc]
        for name, piece in {
            "digits and letters": "1o",
            "one word": "what ",
            "stops": ". ",
            "pound signs": "£",
            "digits": "1",
            "commas in a number": "1,1,",
            "and": "and ",
            "letters": "a b ",
            "amounts": "ten pounds ",
            "brackets": "((",
            "spaces": " ",
            "new lines": "\n",
            "questions": "?",
            "days": "monday: ",
            "numbers in words": "one ",
            "hours": "3 hours, ",
            "months": "may 1 ",
            "commas": ", ",
            "ages": "is 3 and ",
            "two numbers": "3 to 4 ",
            "own units": "£5 a toy 2 toys ",
            "totals": "gym £5, so £5, ",
            "for all": "gym £5, both weekly, ",
            "the same days": "taxi £9, same days. ",
            "long word": "abcdefgh",
            "powers": "1e9 ",
            "wants": "kid wants ",
            "reasons": "because he is 3 ",
            "money told": "we get £5 ",
            "clock": "mondays at 5 ",
            "totals in words": "£5 altogether ",
            "parts of sentences": "two hours a week. ",
        }.items()
    }
    | {
        "any characters": _any_characters,
        "salad": _salad,
        "letters in an amount": lambda length: "£1" + "l" * (length - 3) + "x",
        "a name, then parts": lambda length: ("ab cd " * (length // 12) + "x, " * length)[:length],
    }
)


def _seconds(read: Callable[[str], object], text: str) -> float:
    took = []
    for _ in range(3):
        began = time.process_time()
        read(text)
        took.append(time.process_time() - began)
    return min(took)


@pytest.mark.parametrize("name", list(HOSTILE))
def test_time_grows_with_the_text_and_no_faster(name: str) -> None:
    short, whole = HOSTILE[name](SHORT), HOSTILE[name](MAX_TEXT)
    assert len(whole) == MAX_TEXT
    # Tried again where a busy machine spoils a measurement; what grows with the square never comes under it.
    ratios = (_seconds(read_lines, whole) / max(_seconds(read_lines, short), QUICK) for _ in range(3))
    assert any(ratio < TIMES for ratio in ratios)


def test_the_amounts_of_a_line_without_end_are_all_read() -> None:
    """A line takes no more than so many elements; what comes after is read as the next, and not left out."""
    many = 2 * MOST_ELEMENTS
    lines = read_lines("swimming " + " and ".join(f"£{pounds}" for pounds in range(1, many + 1)))
    assert len(lines) > 1
    said = " ".join(line.words for line in lines)
    assert all(f"£{pounds}" in said for pounds in range(1, many + 1))


def test_stops_in_a_row_are_kept_once_each() -> None:
    line = Segment()
    for at in range(1_000):
        line.stopped(Stop(at, at + 1, "comma" if at % 2 else "sentence"))
    assert [(stop.strength, stop.start) for stop in line.elements if isinstance(stop, Stop)] == [
        ("sentence", 998),
        ("comma", 999),
    ]


@pytest.mark.parametrize("text", ["change " + "㊿" * 3_900, "love " * 800 + "z", "change " + "the " * 900 + "1" * 90])
def test_a_very_long_message_is_no_command(text: str) -> None:
    assert commands.match(text) is None
