"""Exact arithmetic for money and scores: fractions inside, integer pence and short decimals outside, never a float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

WEEKS_A_YEAR = 52


def round_half_up(value: Fraction, step: int = 1) -> int:
    """The nearest multiple of ``step``; halves go up.

    >>> round_half_up(Fraction(505172), 5000), round_half_up(Fraction(502500), 5000), round_half_up(Fraction(5, 2))
    (505000, 505000, 3)
    """
    return (value / step + Fraction(1, 2)).__floor__() * step


def weekly_pence(yearly_pence: int) -> int:
    """Pence a week for pence a year, to the nearest penny.

    >>> weekly_pence(505000)
    9712
    """
    return round_half_up(Fraction(yearly_pence, WEEKS_A_YEAR))


def decimal(value: Fraction, places: int) -> Decimal:
    """Rounded half up to so many places, without trailing zeros.

    >>> decimal(Fraction(4220, 87), 4), decimal(Fraction(87), 2), decimal(Fraction(422, 10), 2)
    (Decimal('48.5057'), Decimal('87'), Decimal('42.2'))
    """
    whole = round_half_up(value * 10**places)
    while places and whole % 10 == 0:
        whole, places = whole // 10, places - 1
    return Decimal(whole).scaleb(-places)


def plain(value: Fraction, places: int = 2) -> str:
    """A number for reading.

    >>> plain(Fraction(42200, 1000)), plain(Fraction(1, 3)), plain(Fraction(0))
    ('42.2', '0.33', '0')
    """
    return f"{decimal(value, places):f}"


def shown_score(value: Fraction) -> Decimal:
    """A need score as people see it: one decimal place, rounded half up.

    Table rows start at whole scores, so a score that only comes near a whole number is never shown as that number:
    59.96 is shown as 59.9, because its row is the one under 60.

    >>> [str(shown_score(Fraction(s))) for s in ("48.5057", "59.96", "85.04", "60")]
    ['48.5', '59.9', '85.1', '60']
    """
    near = decimal(value, 1)
    if near == near.to_integral_value() and Fraction(near) != value:
        return near + (Decimal("0.1") if value > Fraction(near) else Decimal("-0.1"))
    return near


def pounds(pence: int) -> str:
    """Money for reading: pence only where there are odd pence.

    >>> pounds(505000), pounds(9712), pounds(-5)
    ('£5,050', '£97.12', '-£0.05')
    """
    whole, odd = divmod(abs(pence), 100)
    return ("-" if pence < 0 else "") + (f"£{whole:,}.{odd:02d}" if odd else f"£{whole:,}")
