"""How far a case is, and which step may follow which (domain notes 1.4 and 4).

in_progress: the family is answering. ready: there is a guide amount. sent: the family sent its plan. looked_at: somebody
has taken it up. returned: the family is asked for changes. agreed, agreed_in_part, not_yet: a named officer decided.
live: the plan is being lived. review_due: it is time to look back. closed: it has ended.
"""

from __future__ import annotations

from typing import Literal, get_args

Status = Literal[
    "in_progress",
    "ready",
    "sent",
    "looked_at",
    "returned",
    "agreed",
    "agreed_in_part",
    "not_yet",
    "live",
    "review_due",
    "closed",
]
STATUSES: tuple[Status, ...] = get_args(Status)

DECIDED: frozenset[Status] = frozenset({"agreed", "agreed_in_part", "not_yet"})

WITH_TEAM: frozenset[Status] = frozenset({"sent", "looked_at", "returned", "not_yet"})
"""A professional has it, and no money is agreed."""

FOLLOWS: dict[Status, frozenset[Status]] = {
    "in_progress": frozenset({"ready", "sent", "closed"}),
    "ready": frozenset({"in_progress", "sent", "looked_at", "closed"}),
    "sent": frozenset({"looked_at", "returned", "agreed", "agreed_in_part", "not_yet", "closed"}),
    "looked_at": frozenset({"sent", "returned", "agreed", "agreed_in_part", "not_yet", "closed"}),
    "returned": frozenset({"sent", "looked_at", "closed"}),
    "not_yet": frozenset({"sent", "looked_at", "returned", "closed"}),
    "agreed": frozenset({"live", "looked_at", "sent", "closed"}),
    "agreed_in_part": frozenset({"live", "looked_at", "sent", "returned", "closed"}),
    "live": frozenset({"review_due", "looked_at", "sent", "closed"}),
    "review_due": frozenset({"live", "looked_at", "sent", "closed"}),
    "closed": frozenset(),
}
"""A closed case is not opened again: what comes after is a new draft that starts from it."""


class NotNow(ValueError):
    """The step does not follow from where the case is."""

    def __init__(self, now: Status, then: Status) -> None:
        super().__init__(f"a case that is {now} cannot become {then}")
        self.now = now
        self.then = then


def step(now: Status, then: Status) -> Status:
    """The status after a step. Staying where one is is no step and is allowed. Raises NotNow.

    >>> step("sent", "looked_at")
    'looked_at'
    >>> step("closed", "live")
    Traceback (most recent call last):
    ...
    bot.cases.statuses.NotNow: a case that is closed cannot become live
    """
    if then != now and then not in FOLLOWS[now]:
        raise NotNow(now, then)
    return then
