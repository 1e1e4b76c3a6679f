"""Two likely levels are offered with the numbers they always have; a place is a place among the two."""

from __future__ import annotations

import pytest

from bot.interview import Interview, Turn
from bot.understanding.reading import LevelReading
from tests.interview.test_own_words import KETTLE, reads
from tests.interview.test_walks import begun


def offered(low: int) -> Interview:
    """Words at "at home" that were heard as ``low`` or the level above it."""
    return reads(begun(), KETTLE, LevelReading("S1", low, 0.5, "between", low + 1)).interview


def recorded(turn: Turn) -> list[tuple[int | None, str]]:
    return [(answer.level, answer.words) for _, answer in turn.recorded]


@pytest.mark.parametrize("low", [0, 1, 2])
@pytest.mark.parametrize(
    ("said", "place"),
    [("the first one", 0), ("first", 0), ("I'd say the top one", 0), ("the second", 1), ("last one please", 1)],
)
def test_a_place_is_a_place_among_the_two(low: int, said: str, place: int) -> None:
    assert recorded(reads(offered(low), said)) == [(low + place, KETTLE)]


@pytest.mark.parametrize(
    ("low", "said", "level"), [(2, "3", 2), (2, "4", 3), (2, "2", 1), (1, "2", 1), (0, "1", 0), (1, "4", 3)]
)
def test_a_number_is_the_level_it_always_is(low: int, said: str, level: int) -> None:
    assert recorded(reads(offered(low), said)) == [(level, KETTLE)]
