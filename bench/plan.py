"""How much is measured: all of it, or enough to see that everything works."""

from __future__ import annotations

from dataclasses import dataclass

from bench.figures import Window


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of one run."""

    quick: bool
    messages: int
    """Messages of the conversation through the gateway."""
    early: Window
    late: Window
    stock_window: Window
    """Where ours and stock Rasa are compared; that conversation ends with the last message of it."""
    lines: int | None
    """Lines to understand and screen; None for all there are."""
    allocations: int


FULL = Plan(False, 1000, Window(10, 100), Window(900, 1000), Window(290, 310), None, 100)
QUICK = Plan(True, 60, Window(10, 30), Window(40, 60), Window(30, 50), 200, 10)
