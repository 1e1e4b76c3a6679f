"""What a phrase in a plan line says: an amount, a count, how often, or a cue. Plain values, without spaCy."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bot.understanding.figures import Figure
from bot.understanding.line_item import Missing

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount. ``pence`` is None when it has to be asked for again, and while it is a spoken pair."""

    pence: Fraction | None
    trouble: Missing | None = None
    pair: tuple[int, int] | None = None
    """ "thirteen fifty": settled by what it is for."""
    both_ways: bool = False
    """Said of the way there and of the way back, which cost as much."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A number on its own, whose place in the line will say what it is."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Count:
    """So many units: "3 hours", "two nights", "an hour". ``number`` is None for a range."""

    number: Fraction | None
    unit: str
    article: bool = False
    """Said as "a" or "an", which after an amount means "for each"."""
    a_week: bool = False
    """Said with its stretch of time in one word: "5hpw"."""


@dataclass(frozen=True, slots=True)
class Each:
    """For every so many units: "per hour", "weekly", "every other week". ``every`` is None when that is left open."""

    unit: str
    every: Fraction | None = ONE
    rate: bool = False
    """Said as "per" or "/", which after an amount says what it is for, and not that it is every one of them."""
    named: bool = False
    """Said by its day, "the first Saturday of each month": when it happens, and not what an amount is for."""


@dataclass(frozen=True, slots=True)
class Times:
    """ "twice", "three times". ``number`` is None for a range."""

    number: Fraction | None


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week: named ones, weekdays, school days or weekends."""

    days: frozenset[int]
    every: int = 1
    """2 for every other."""
    school: bool = False
    """Only while there is school."""
    weekend: bool = False
    """The weekend as one occasion."""

    @property
    def occasions(self) -> int:
        """Times a week; a weekend is one."""
        return 1 if self.weekend else len(self.days)


@dataclass(frozen=True, slots=True)
class Weeks:
    """So many weeks, or months, of the year."""

    number: int
    unit: Literal["week", "month"] = "week"
    times: bool = False
    """Said as "x 38 weeks": once in each of them, when nothing else says how often."""


CueName = Literal[
    "free",
    "one_off",
    "total",
    "fix",
    "not",
    "was",
    "at",
    "each",
    "both_ways",
    "vague",
    "term_time",
    "holidays",
    "some_weeks",
    "break",
    "all_year",
    "moment",
    "on_costs",
    "about",
    "budget",
    "instead",
    "price",
    "same",
    "now",
    "usual",
    "bought",
    "spread",
    "lot",
]
"""free: it costs nothing. total: a sum of what was said. fix: what
follows puts right what went before. not, was: the amount that follows is not the one. at: "3 hours at 12". each: one amount
for each. both_ways: there and back. vague: how often is left open. some_weeks: a stretch of the year whose weeks are not
settled; break: one that comes once a year. moment: a time that comes once a year. budget: money there is, not spent. instead: what follows is what it replaces.
price: a word that only introduces an amount. same: as often as the line before. now:
of several amounts, the one just said. usual: the amount just said is not paid when another is said. bought: from a shop, and
so once, when nothing says how often. spread: the hours just said are those of all the days that follow.
lot: one amount for all of it, and so once, when nothing says how often."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that says how to take what is around it."""

    name: CueName


@dataclass(frozen=True, slots=True)
class Aside:
    """A phrase with a number that is neither an amount nor a time: an age, a school year, a ratio of staff. ``drop``: a
    time of day or a date, which is not part of the thing's name either."""

    drop: bool = False


Meaning = Money | Bare | Count | Each | Times | Days | Weeks | Cue | Aside


@dataclass(frozen=True, slots=True)
class Mark:
    """A meaning and where it stands, in tokens."""

    start: int
    end: int
    meaning: Meaning
