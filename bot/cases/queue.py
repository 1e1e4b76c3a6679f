"""What needs a professional now, in which order, and since when it waits. Ages are in working days.

An alert comes before everything. Then what a family is waiting for: a plan that was sent (the oldest first), a person
they asked for, an answer they gave, a review that is due; then the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from bot.cases.statuses import Status
from bot.cases.working_days import working_days_between

Band = Literal[
    "alert", "sent", "asked", "answered", "review", "ready", "working", "with_family", "lived", "begun", "closed"
]
"""Why a case stands where it does. alert: nobody has picked it up. sent: a plan nobody has taken up. asked: they would
like a person, or do not agree. answered: questions of the team, all answered, and not sent yet. review: due. ready: a
guide amount, and no plan. working: somebody has it. with_family: it waits for them. lived: nothing is due. begun: the
family is still answering. closed."""
BANDS: tuple[Band, ...] = get_args(Band)

OURS: frozenset[Band] = frozenset({"alert", "sent", "asked", "answered", "review", "ready", "working"})
"""Bands that wait for a professional; only they can be late."""

_BY_STATUS: dict[Status, Band] = {
    "in_progress": "begun",
    "ready": "ready",
    "sent": "sent",
    "looked_at": "working",
    "returned": "with_family",
    "agreed": "working",
    "agreed_in_part": "working",
    "not_yet": "with_family",
    "live": "lived",
    "review_due": "review",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Item:
    """What the queue knows of a draft: no name, no words."""

    id: str
    status: Status
    since: datetime
    """When it came to be as it is: sent, looked at, returned …"""
    team: str | None
    """None while it is no case yet."""
    lead: str | None
    alerts_since: datetime | None = None
    """When the oldest alert was raised that nobody has picked up."""
    asked_since: datetime | None = None
    """When they asked for a person, or said that they do not agree; None once that was dealt with."""
    answered_since: datetime | None = None
    """When the last of the team's questions was answered; None while one is open."""

    @property
    def band(self) -> Band:
        """Where it stands in the queue, and why."""
        if self.alerts_since is not None:
            return "alert"
        by_status = _BY_STATUS[self.status]
        if by_status in ("sent", "closed"):
            return by_status
        if self.asked_since is not None:
            return "asked"
        if self.status == "returned" and self.answered_since is not None:
            return "answered"
        return by_status

    @property
    def waits_since(self) -> datetime:
        """Since when it waits for what its band says."""
        moments: dict[Band, datetime | None] = {
            "alert": self.alerts_since,
            "asked": self.asked_since,
            "answered": self.answered_since,
        }
        return moments.get(self.band) or self.since


def in_order(items: Iterable[Item]) -> list[Item]:
    """By band; what waits for us the longest first, and of the rest the newest."""

    def key(item: Item) -> tuple[int, float, str]:
        moment = item.waits_since.timestamp()
        return BANDS.index(item.band), moment if item.band in OURS else -moment, item.id

    return sorted(items, key=key)


def age(item: Item, today: date, closed_days: Collection[date]) -> int:
    """Working days that it has waited."""
    return working_days_between(item.waits_since.date(), today, closed_days)


def is_late(item: Item, today: date, closed_days: Collection[date], reply_days: int | None) -> bool:
    """Whether the council's own time to reply is over. An alert that waits is not judged by it: it is always now."""
    if reply_days is None or item.band not in OURS or item.band == "alert":
        return False
    return age(item, today, closed_days) > reply_days


def reply_days(reply_within: str) -> int | None:
    """Working days in the council's own words; None where they say it another way.

    >>> reply_days("within 10 working days"), reply_days("as soon as we can")
    (10, None)
    """
    found = re.search(r"(\d{1,3}) working days?", reply_within)
    return int(found[1]) if found else None


NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the queue. What is None is not asked about."""

    status: Status | None = None
    team: str | None = None
    lead: str | None = None
    """A user id, or :data:`NOBODY`."""
    older_than: int | None = None
    """Working days."""
    late: bool = False
    """Only what is late, or due for review."""


def matches(item: Item, wanted: Wanted, today: date, closed_days: Collection[date], reply: int | None) -> bool:
    """Whether a case is what somebody wants to see."""
    if wanted.status is not None and item.status != wanted.status:
        return False
    if wanted.team is not None and item.team != wanted.team:
        return False
    if wanted.lead is not None and item.lead != (None if wanted.lead == NOBODY else wanted.lead):
        return False
    if wanted.older_than is not None and age(item, today, closed_days) <= wanted.older_than:
        return False
    return not wanted.late or item.band == "review" or is_late(item, today, closed_days, reply)


@dataclass(frozen=True, slots=True)
class Load:
    """What one lead has."""

    lead: str | None
    """None: what nobody leads."""
    cases: int
    waiting: int
    """Of them, those that wait for a professional."""
    late: int


def workload(items: Iterable[Item], today: date, closed_days: Collection[date], reply: int | None) -> tuple[Load, ...]:
    """Cases that are not closed, by lead; what nobody leads comes first, then those with the most waiting.

    A draft that its family is still answering is nobody's work yet.
    """
    by_lead: dict[str | None, list[Item]] = {}
    for item in items:
        if item.band not in ("closed", "begun"):
            by_lead.setdefault(item.lead, []).append(item)
    loads = [
        Load(
            lead,
            len(theirs),
            sum(item.band in OURS for item in theirs),
            sum(is_late(item, today, closed_days, reply) for item in theirs),
        )
        for lead, theirs in by_lead.items()
    ]
    return tuple(sorted(loads, key=lambda load: (load.lead is not None, -load.waiting, load.lead or "")))
