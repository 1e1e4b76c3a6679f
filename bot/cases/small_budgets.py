"""Small budgets: which route is suggested, which a professional chose, and what its limit lets anybody agree to.

Nothing here refuses a family anything. A suggestion is for a professional to take or leave, with a reason; a sum above
a small route's limit takes the full route, with its own limits (:mod:`bot.cases.sign_off`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot.content.loader import Content
from bot.content.small_budgets_models import SmallBudgets, SmallRoute, SmallRouteId
from bot.interview.words import pounds

Route = Literal["full"] | SmallRouteId
"""full: the guide amount, the whole plan, and the limits of sign-off."""
FULL: Route = "full"
Say = Callable[..., str]
"""Fills a text of content for one reader: its key, and the values of its gaps."""
ROUTES: tuple[Route, ...] = (FULL, *get_args(SmallRouteId))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The route that a professional chose for a case, and why."""

    route: Route = FULL
    reason: str = ""


NOBODY_CHOSE = Chosen()


class NoLimitSet(LookupError):
    """The council has set no limit for this route on this day, so nobody may agree to money on it."""


@dataclass(frozen=True, slots=True)
class RouteLimit:
    """What a small route lets be agreed."""

    route: SmallRouteId
    title: str
    limit_pence: int
    """For a year."""
    may_agree: tuple[str, ...]
    """Roles."""
    policy: str
    """Council and version of the policy, e.g. "exampleshire/2026.1"."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A route worth looking at, and why. ``why`` is for professionals."""

    route: SmallRouteId
    why: tuple[str, ...]


def small_budgets(content: Content, on: date) -> SmallBudgets | None:
    """The council's small budgets on a day; None where it has set none."""
    return next((rules for rules in content.small_budgets if rules.in_force(on)), None)


def route_limit(content: Content, route: Route, on: date) -> RouteLimit | None:
    """The limit of a route on a day; None for the full route. Raises NoLimitSet where the council has set none."""
    if route == FULL:
        return None
    found = _route(small_budgets(content, on), route)
    if found is None:
        raise NoLimitSet(f"no limit for {route} on {on.isoformat()}")
    rules, chosen = found
    return RouteLimit(chosen.id, chosen.title, chosen.limit_pence, chosen.may_agree, f"{rules.council}/{rules.version}")


def over_limit(limit: RouteLimit | None, role: str, final_pence: int) -> str:
    """Why this role may not agree to this sum on this route, in plain words for the professional; empty when it may.

    >>> limit = RouteLimit("practice", "Practice budget", 20_000, ("team-manager",), "exampleshire/2026.1")
    >>> over_limit(limit, "team-manager", 20_000)
    ''
    >>> over_limit(limit, "team-manager", 20_001)
    'Practice budget: up to £200 can be agreed. Agree to less, or choose the full route, which has its own limits.'
    """
    if limit is None:
        return ""
    if role not in limit.may_agree:
        who = ", ".join(name.replace("-", " ") for name in limit.may_agree)
        return f"{limit.title}: the role {role.replace('-', ' ')} may not agree to it. These may: {who}."
    if final_pence > limit.limit_pence:
        return (
            f"{limit.title}: up to {pounds(limit.limit_pence)} can be agreed. "
            "Agree to less, or choose the full route, which has its own limits."
        )
    return ""


def suggestions(
    rules: SmallBudgets | None, *, age: int | None, status: str | None, amount_pence: int | None
) -> tuple[Suggestion, ...]:
    """Small routes worth looking at for this child, the strongest first.

    ``status`` and ``amount_pence`` are those of the guide amount. A route whose limit is under the guide amount is never
    suggested: it would give less than the answers point to.
    """
    if rules is None:
        return ()
    why: dict[SmallRouteId, list[str]] = {}
    if status == "below_threshold":
        why.setdefault("lead_professional", []).append(
            "The score is below the point where the table starts. That is no reason to do nothing."
        )
    band = next((band for band in rules.age_bands if age is not None and band.from_age <= age <= band.to_age), None)
    if band is not None and band.suggests is not None:
        why.setdefault(band.suggests, []).append(f"{band.title}: {band.say}")
    enough = amount_pence or 0
    return tuple(
        Suggestion(route, tuple(reasons))
        for route, reasons in why.items()
        if (found := _route(rules, route)) is not None and found[1].limit_pence >= enough
    )


def sections_asked(content: Content, route: Route, on: date) -> tuple[str, ...] | None:
    """The sections of the plan that a route asks; None: all of them."""
    found = None if route == FULL else _route(small_budgets(content, on), route)
    return None if found is None else found[1].sections


def lighter(codes: Iterable[str], asked: tuple[str, ...] | None) -> tuple[str, ...]:
    """The sections of a plan script that a route asks, in the script's order.

    >>> lighter(("P00", "P01", "P02", "P19"), ("P19", "P01"))
    ('P01', 'P19')
    """
    return tuple(code for code in codes if asked is None or code in asked)


def _route(rules: SmallBudgets | None, route: str) -> tuple[SmallBudgets, SmallRoute] | None:
    if rules is None:
        return None
    return next(((rules, known) for known in rules.routes if known.id == route), None)


def for_family(say: Say, route: Route, limit: RouteLimit | None, reason: str) -> tuple[str, ...]:
    """What the family is told of the route that a professional chose, in plain words."""
    key = f"small_budget.{route}"
    told = say(key) if limit is None else say(key, amount=pounds(limit.limit_pence))
    why = (say("small_budget.reason", reason=reason),) if reason else ()
    return (told, *why, say("small_budget.ask"))


def route_told(content: Content, say: Say, chosen: Chosen, today: date) -> tuple[str, ...]:
    """The same for whoever makes the plan; nothing where the council has set no limit for the route any more."""
    try:
        return for_family(say, chosen.route, route_limit(content, chosen.route, today), chosen.reason)
    except NoLimitSet:
        return ()
