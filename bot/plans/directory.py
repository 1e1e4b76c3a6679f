"""A service of a local directory as the plan sees it, after :mod:`bot.plans.directory_parse` made sense of it.

Directories speak Open Referral UK 3.0, a profile of HSDS. Only an id, a name and the status can be relied on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from bot.plans.model import Kind, Unit

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
"""As ``byday`` has it (RFC 5545)."""

OLD_AFTER_DAYS = 365
"""From here on a check counts as old, and the family is told to ring first."""

WEEKS = 52
_TIMES_A_YEAR: dict[Unit, int] = {"week": WEEKS, "fortnight": 26, "month": 12, "term": 3, "year": 1}


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a directory that could not be used. ``where`` is a path such as "cost_options.0.amount"."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class CostOption:
    """One price."""

    option: str
    """Whom or what it is for, as the directory says: "Child"."""
    pence: int | None
    """None where none is given or the words leave it open ("from £5")."""
    unit: Unit | None
    """What the price is for; None unless the words settle it."""
    words: str = ""
    """The directory's own description of the amount."""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is a price of that day; both ends are included."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    @property
    def least_yearly_pence(self) -> int | None:
        """What using it costs in a year at the least: one session, or every week of a weekly price."""
        return None if self.pence is None else self.pence * (_TIMES_A_YEAR.get(self.unit, 1) if self.unit else 1)


@dataclass(frozen=True, slots=True)
class Session:
    """When it is on."""

    days: tuple[Day, ...] = ()
    opens: time | None = None
    closes: time | None = None
    words: str = ""
    until: date | None = None
    """The last day, where there is one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is."""

    name: str = ""
    street: str = ""
    town: str = ""
    district: str = ""
    """First half of the postcode, "XM1"."""
    point: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""
    virtual: bool = False
    access: tuple[str, ...] = ()
    """What helps people to get in and take part."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service that is running. Texts are plain, as the directory wrote them; empty where it says nothing."""

    id: str
    name: str
    description: str = ""
    url: str = ""
    organisation: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    """Whole years, both included; None: no limit is given."""
    ages_unclear: bool = False
    """Ages are given but make no sense, so that nobody can say for whom it is."""
    topics: tuple[str, ...] = ()
    """Names of taxonomy terms."""
    topic_ids: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = ()
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    """Where people have to live, by name."""
    cost_options: tuple[CostOption, ...] = ()
    contacts: tuple[Contact, ...] = ()
    complaints: Contact | None = None
    """Whom to tell when something is wrong, where the directory says so."""
    alert: str = ""
    assured: date | None = None
    """When somebody last made sure that all of it is true."""
    changed: date | None = None
    detailed: bool = False
    """Read with what is nested in it: prices, places, days. A list of services may leave all that out."""

    def suits(self, age: int | None) -> bool:
        """Whether a child of this age, in whole years, may come. An age nobody gave rules out adults' services alone.

        >>> Service("1", "Club", minimum_age=8, maximum_age=13).suits(7)
        False
        """
        if self.ages_unclear:
            return False
        if age is None:
            return self.minimum_age is None or self.minimum_age < 18
        return (self.minimum_age is None or self.minimum_age <= age) and (
            self.maximum_age is None or age <= self.maximum_age
        )

    def checked_on(self, today: date) -> date | None:
        """When it was last checked, or at least changed. A day still to come is no such day."""
        for day in (self.assured, self.changed):
            if day is not None and day <= today:
                return day
        return None

    def is_old(self, today: date) -> bool:
        """Checked long ago, or nobody knows when."""
        checked = self.checked_on(today)
        return checked is None or (today - checked).days > OLD_AFTER_DAYS

    def costs(self, on: date) -> tuple[CostOption, ...]:
        """The prices of a day."""
        return tuple(option for option in self.cost_options if option.holds(on))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service for this family, and why."""

    service: Service
    kind: Kind
    """What a line made from it becomes."""
    reasons: tuple[Reason, ...]


ReasonCode = Literal[
    "word",
    "like",
    "age",
    "age_unknown",
    "same_place",
    "miles",
    "area",
    "online",
    "free",
    "fits",
    "over",
    "cost_unknown",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a service is shown, or one thing to know about it. Its words are content."""

    code: ReasonCode
    value: str = ""
    """The family's own word, a town, whole miles, an area."""


@dataclass(frozen=True, slots=True)
class Ideas:
    """What a look into the directory gave. Never an error: the plan goes on without it."""

    status: Literal["found", "none", "no_more", "unclear", "away"]
    """none: nothing suits. no_more: nothing that was not shown before. unclear: the words name nothing that can be looked
    for. away: the directory did not answer."""
    suggestions: tuple[Suggestion, ...] = ()
    seen_on: date | None = None
    """When the directory was read, where that was not now because it is away."""
