"""What was said in one line, before it is costed: its amounts, its occasions, and how to take them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from bot.understanding.frequency import Frequency
from bot.understanding.line_item import Season
from bot.understanding.line_marks import Money, Weeks


@dataclass(slots=True)
class Amount:
    """A sum, and what the words beside it say it is for."""

    money: Money
    unit: str | None = None
    """Unit of :data:`bot.understanding.line_words.UNITS`; None when none was said."""
    at: bool = False
    each: bool = False
    per_person: bool = False
    total: bool = False
    covers: bool = False
    """ "£45 for 3 hours": one amount for the whole count."""
    old: bool = False
    usual: bool = False
    """The full price, which counts only when no other is said."""


@dataclass(slots=True)
class Slot:
    """One occasion: how long it is, and how often."""

    hours: Fraction | None = None
    open_hours: bool = False
    often: Frequency | None = None
    season: Season | None = None
    weekly: bool = False
    """The hours are those of a week, however many days they fall on."""


@dataclass(slots=True)
class Draft:
    """What was said in one line."""

    amounts: list[Amount] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=lambda: [Slot()])
    counts: dict[str, Fraction | None] = field(default_factory=dict)
    """Counts that no stretch of time follows, by unit: nights, weeks, sessions, miles."""
    people: Fraction | None = None
    things: Fraction | None = None
    """How many of the thing: "two weighted blankets"."""
    times: Fraction | None = None
    open_times: bool = False
    weeks: Weeks | None = None
    seasons: set[Season] = field(default_factory=set)
    some_weeks: bool = False
    yearly_break: bool = False
    """Of a stretch that comes once a year, as the summer: so many days of it are so many in the year."""
    moment: bool = False
    this_time: bool = False
    """Of this year alone: "this summer"."""
    free: bool = False
    one_off: bool = False
    bought: bool = False
    """From a shop, or fitted."""
    lot: bool = False
    """One amount for all of it."""
    both_ways: bool = False
    spread: bool = False
    """The hours are those of all the days together."""
    in_all: bool = False
    """The hours are all there will be: "20 hours in total"."""
    conflict: bool = False
    """Two ways of saying how often that do not go together."""
    on_costs: bool = False
    about: bool = False
    minutes: bool = False
