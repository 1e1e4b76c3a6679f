"""Whole pence shared out so that not one is lost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def split(pence: int, weights: Sequence[Fraction]) -> list[int]:
    """``pence`` in proportion to ``weights``; what rounding leaves goes to those who lost most by it, the first first.

    >>> split(100, [Fraction(1), Fraction(1), Fraction(1)])
    [34, 33, 33]
    """
    total = sum(weights)
    exact = [pence * weight / total for weight in weights]
    shares = [int(share) for share in exact]
    lost = sorted(range(len(exact)), key=lambda index: (shares[index] - exact[index], index))
    for index in lost[: pence - sum(shares)]:
        shares[index] += 1
    return shares
