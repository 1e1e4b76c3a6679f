"""Money that a decision kept back for what cannot be known: asked for with a reason, agreed by somebody else, never more
than is there (seed 001: against gaps, crises and changes in need)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.interview.words import pounds

Cause = Literal["gap", "crisis", "change"]
"""gap: the plan leaves out something that is needed. crisis: something happened. change: needs are not what they were."""
CAUSES: tuple[Cause, ...] = get_args(Cause)


@dataclass(frozen=True, slots=True)
class Draw:
    """One request, and what was said to it."""

    pence: int
    agreed: bool | None
    """None while nobody has answered."""


def left(contingency_pence: int, draws: Iterable[Draw]) -> int:
    """What is there still, in pence.

    >>> left(10_000, [Draw(4_000, True), Draw(5_000, False), Draw(6_000, None)])
    6000
    """
    return contingency_pence - sum(draw.pence for draw in draws if draw.agreed)


def why_no_request(
    pence: int, reason: str, contingency_pence: int, draws: Iterable[Draw]
) -> tuple[tuple[str, str], ...]:
    """What is wrong with a request: field and words; empty when it may be made."""
    found = []
    there = left(contingency_pence, draws)
    if pence <= 0:
        found.append(("pence", "Write an amount that is more than nothing"))
    elif pence > there:
        found.append(("pence", f"There is {pounds(there)} left in the contingency. Ask for that or less"))
    if not reason.strip():
        found.append(("reason", "Write what the money is for"))
    return tuple(found)


def why_not_agreed(user: str, requested_by: str, pence: int, there: int, agreed: bool, reason: str) -> str:
    """Why this person may not answer like this, in words; empty when they may.

    >>> why_not_agreed("bob", "ann", 500, 400, True, "")
    'There is £4 left in the contingency, and this asks for £5. Say no to it, and ask for less.'
    >>> why_not_agreed("bob", "ann", 500, 400, False, "Less is enough")
    ''
    """
    if user == requested_by:
        return "You asked for this, so somebody else answers it."
    if agreed and pence > there:
        return (
            f"There is {pounds(there)} left in the contingency, and this asks for {pounds(pence)}. "
            "Say no to it, and ask for less."
        )
    if not agreed and not reason.strip():
        return "Write why it is not agreed."
    return ""
