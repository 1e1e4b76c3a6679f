"""Amounts of money as officers type them: strict, so that nobody signs for a sum they did not mean."""

from __future__ import annotations

import re

MOST_PENCE = 1_000_000_000
"""£10 million: more is a slip of the finger."""

_AMOUNT = re.compile(r"£?\s*(?P<pounds>\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(?P<pence>\d{2}))?", re.ASCII)


class NotAnAmount(ValueError):
    """What was typed is no amount; the message says how to write one."""


def pence_of(typed: str) -> int:
    """An amount in pence. Raises NotAnAmount.

    >>> pence_of("£4,500"), pence_of("4500.50"), pence_of(" 0 ")
    (450000, 450050, 0)
    >>> pence_of("four thousand")
    Traceback (most recent call last):
    ...
    bot.cases.amounts.NotAnAmount: Write the amount in numbers, like 4,500 or 4,500.50
    """
    found = _AMOUNT.fullmatch(typed.strip())
    if found is None:
        raise NotAnAmount("Write the amount in numbers, like 4,500 or 4,500.50")
    pence = int(found["pounds"].replace(",", "")) * 100 + int(found["pence"] or 0)
    if pence > MOST_PENCE:
        raise NotAnAmount("The amount is more than £10,000,000. Check it, and write it again")
    return pence
