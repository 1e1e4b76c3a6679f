"""Figures, their targets, and whether they hold. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. ``target`` None: measured for the record only."""

    id: str
    name: str
    value: float
    unit: str
    target: float | None = None
    sense: Literal["at most", "at least"] = "at most"
    judged: bool = True
    """False in a quick run, which measures too little to say whether a target holds."""

    @property
    def holds(self) -> bool | None:
        """Whether the target is met; None when there is none, or when too little was measured."""
        if self.target is None or not self.judged:
            return None
        return self.value <= self.target if self.sense == "at most" else self.value >= self.target

    def to_json(self) -> dict[str, Any]:
        """As plain values, with the verdict."""
        return asdict(self) | {"holds": self.holds}


@dataclass(frozen=True, slots=True)
class Window:
    """Messages ``first`` to ``last`` of a conversation, counted from 1, both included."""

    first: int
    last: int

    def median(self, seconds: Sequence[float]) -> float:
        """Median of the turns in this window, in milliseconds.

        >>> Window(2, 4).median([9.0, 0.1, 0.2, 0.3, 9.0])
        200.0
        """
        if not 1 <= self.first <= self.last <= len(seconds):
            raise ValueError(f"messages {self} were not all measured: there are {len(seconds)}")
        return milliseconds(median(seconds[self.first - 1 : self.last]))

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def milliseconds(seconds: float) -> float:
    """Seconds as milliseconds, to a hundredth."""
    return round(seconds * 1000, 2)


def ratio(above: float, below: float) -> float:
    """How many times ``below`` goes into ``above``, to a hundredth. Raises ValueError when it cannot be told.

    >>> ratio(330.0, 30.0)
    11.0
    """
    if not (math.isfinite(above) and math.isfinite(below)) or above < 0 or below <= 0:
        raise ValueError(f"no ratio of {above} to {below}")
    return round(above / below, 2)
