"""The levels of domain notes 5.2, their order, and what each one sets going."""

from __future__ import annotations

from typing import Literal

Level = Literal["GREEN", "AMBER-3", "AMBER-2", "AMBER-1", "RED-C", "RED-B", "RED-A"]
Alert = Literal["none", "same_day", "immediate"]
Speaker = Literal["adult", "child"]

ORDER: tuple[Level, ...] = ("GREEN", "AMBER-3", "AMBER-2", "AMBER-1", "RED-C", "RED-B", "RED-A")
"""Mildest first. RED-A is danger now; RED-B suicide or self-harm; RED-C a disclosure or a strong sign of abuse."""


def rank(level: Level) -> int:
    """Place in the order, 0 for GREEN.

    >>> rank("RED-A") > rank("RED-C") > rank("AMBER-1") > rank("GREEN")
    True
    """
    return ORDER.index(level)


def highest(*levels: Level | None) -> Level:
    """The most serious of some levels; none at all is GREEN.

    >>> highest("AMBER-3", None, "RED-B")
    'RED-B'
    """
    return max((level for level in levels if level), key=rank, default="GREEN")


def is_red(level: Level) -> bool:
    """Whether the questions stop and a person is alerted at once."""
    return level.startswith("RED")


def is_amber(level: Level) -> bool:
    """Whether a person looks the same day, and the family chooses to carry on or stop."""
    return level.startswith("AMBER")
