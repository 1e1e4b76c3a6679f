"""A costed line of a plan: what it is for, what it costs, how often, and what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

PLAN_LINES = ("P10", "P11")
"""The plan questions that are answered with costed lines: help to buy, and how the money is used."""

Unit = Literal["hour", "day", "night", "week", "fortnight", "month", "term", "year", "session", "one-off"]
"""What the amount is for. session: one visit, lesson, ticket or mile, and whatever no other unit fits."""

Per = Literal["day", "week", "fortnight", "month", "term", "year", "once"]
"""The stretch of time in which ``quantity`` units are bought."""

Season = Literal["term_time", "holidays"]

Missing = Literal[
    "what",
    "amount",
    "which_amount",
    "pounds",
    "check_amount",
    "amount_for",
    "how_long",
    "how_often",
    "how_many_weeks",
    "how_many_people",
]
"""What to ask, in this order. These names are stable: the questions for them are content.

what: what the money is for.
amount: no amount was said.
which_amount: two or more amounts are possible: a range, "two fifty", a total that its parts do not make.
pounds: the amount is in other money.
check_amount: it cannot be meant as it stands ("12.5.0", less than nothing, a million a week).
amount_for: what the amount buys: an hour, or the whole time.
how_long: how many hours each time (for a price by the mile, how many miles).
how_often: how many times, in what stretch of time.
how_many_weeks: how many weeks or months of the year.
how_many_people: the price is for each person, and how many go was not said.
"""

MISSING: tuple[Missing, ...] = get_args(Missing)

TIMES_A_YEAR: dict[Per, int] = {
    "day": 365,
    "week": 52,
    "fortnight": 26,
    "month": 12,
    "term": 3,
    "year": 1,
    "once": 1,
}
"""Contract.md, Understanding; three terms and 365 days as councils in England count them."""

WEEKS_OF: dict[Season, int] = {"term_time": 39, "holidays": 13}
"""A school year has 39 weeks; the other 13 are holidays."""


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line, as far as the words settle it. Money in pence; nothing in it is guessed."""

    what: str
    """The person's own words for the thing; empty when they did not say."""
    unit_cost_pence: int | None
    """Price of one unit. None when it was not said or is asked for again."""
    unit: Unit
    quantity: Fraction | None
    """Units in each ``per``. None when it was not said."""
    per: Per
    """``once`` as well while how often is still to be asked."""
    annual_pence: int | None
    """Pence a year, when the words settle it. Halves of a penny are rounded up, once, at the end."""
    missing: tuple[Missing, ...] = ()
    season: Season | None = None
    """When it is only in term time, or only in the holidays."""
    weeks: int | None = None
    """Weeks of the year in which it happens, when the words say so; None for all of them."""
    months: int | None = None
    """Months of the year, likewise."""
    miles: bool = False
    """The unit is a mile."""
    on_costs: bool = False
    """The words mention holiday pay, National Insurance or a pension on top of the amount."""
    worker: bool = False
    """Somebody is paid by the hour or named as a worker, so that an employer's costs may come on top."""
    approximate: bool = False
    """The words say "about" or the like."""
    words: str = ""
    """The part of the message this was read from."""

    @property
    def is_bare(self) -> bool:
        """Only a name: nothing was said of what it costs, how long or how often."""
        return {"amount", "how_often"} <= set(self.missing) and self.quantity is None

    @property
    def times_a_year(self) -> Fraction:
        """How many of ``per`` are paid for in a year."""
        if self.per == "week" and self.weeks is not None:
            return Fraction(self.weeks)
        if self.per == "fortnight" and self.weeks is not None:
            return Fraction(self.weeks, 2)
        if self.per == "month" and self.months is not None:
            return Fraction(self.months)
        return Fraction(TIMES_A_YEAR[self.per])

    def to_json(self) -> dict[str, Any]:
        """The shape of contract.md. A quantity that is not whole is rounded to hundredths; ``annual_pence`` is not
        worked out from the rounded one.

        >>> LineItem("ironing", 2500, "fortnight", Fraction(1), "fortnight", 65000).to_json()["annual_pence"]
        65000
        """
        return {
            "what": self.what,
            "unit_cost_pence": self.unit_cost_pence,
            "unit": self.unit,
            "quantity": _plain(self.quantity),
            "per": self.per,
            "annual_pence": self.annual_pence,
            "missing": list(self.missing),
        }


def whole_pence(pence: Fraction) -> int:
    """To a whole penny; half a penny goes up.

    >>> whole_pence(Fraction(5, 2)), whole_pence(Fraction(7, 3))
    (3, 2)
    """
    return int((pence * 2 + 1) // 2)


def _plain(quantity: Fraction | None) -> int | float | None:
    if quantity is None:
        return None
    return int(quantity) if quantity.denominator == 1 else round(float(quantity), 2)
