"""The route of a case's budget: what is suggested, what a professional chose and why, and what the family is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.cases.small_budgets import (
    FULL,
    ROUTES,
    Chosen,
    NoLimitSet,
    Route,
    route_limit,
    route_told,
    small_budgets,
    suggestions,
)
from bot.content.loader import Content
from bot.gateway.api import Shared, problems
from bot.gateway.problems import Problem, malformed
from bot.gateway.services import Services
from bot.gateway.standing import standing
from bot.gateway.templating import page
from bot.gateway.wire import clean
from bot.interview.words import Words
from bot.review.access import Reader, Staff, check_form, check_right, draft_for, sent_from_here, signed_in, with_right
from bot.review.forms import Typed, revision
from bot.review.stale import stale
from bot.store import audit, budget_routes, cases
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.drafts import Draft

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

MAX_REASON = 2000

Reference = Annotated[str, Path(max_length=40)]
Moderator = Annotated[Staff, Depends(with_right("moderate"))]


class RouteIn(BaseModel):
    """Which route, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"route": "practice", "reason": "They would like to try a club first.", "revision": 2}]
        },
    )

    route: Route
    reason: str = Field(min_length=1, max_length=MAX_REASON)
    revision: int = Field(ge=0, description="Of the case as you read it.")


class RouteLine(BaseModel):
    """One route that can be chosen."""

    route: Route
    title: str
    limit_pence: int | None
    """The most that can be agreed for a year; None: the guide amount, and the limits of sign-off."""
    may_agree: list[str]
    """Roles; empty: those that sign-off names."""
    sections: list[str]
    """Sections of the plan that are asked; empty: all of them."""
    suits: str
    suggested: list[str]
    """Why it is worth looking at here; empty: it is not suggested."""
    under_guide: bool
    """Its limit is under the guide amount: it would give less than the answers point to."""


class ChoiceLine(BaseModel):
    """A route that somebody chose."""

    route: str
    policy: str
    reason: str
    by: str
    role: str
    at: datetime


class RouteRecord(BaseModel):
    """The route of one case."""

    reference: str
    revision: int
    route: str
    """full until somebody chose."""
    routes: list[RouteLine]
    chosen: list[ChoiceLine]
    """Oldest first."""
    for_family: list[str]
    """What the family is told of it."""
    example: bool
    """The limits are made up for the demonstration."""


@api.get("/drafts/{reference}/route", responses=problems(401, 403, 404))
def read_route(services: Shared, staff: Reader, reference: Reference) -> RouteRecord:
    """Routes that can be chosen, which are suggested and why, and what was chosen."""
    return route_of(services, staff, reference)


@api.post("/drafts/{reference}/route", responses=problems(401, 403, 404, 409, 422))
def send_route(
    services: Shared, staff: Moderator, request: Request, reference: Reference, asked: RouteIn
) -> RouteRecord:
    """Choose a route, with a reason. A small route has a limit of its own; nothing is refused by it."""
    sent_from_here(services, request)
    return choose(services, staff, reference, asked)


@pages.get("/review/drafts/{reference}/route")
def route_form(services: Shared, request: Request, reference: Reference) -> Response:
    """Look at the routes, and choose one."""
    staff = signed_in(services, request, "moderate")
    if isinstance(staff, Response):
        return staff
    return _form(services, staff, route_of(services, staff, reference), {}, [])


@pages.post("/review/drafts/{reference}/route")
def choose_route(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Choose it."""
    staff = signed_in(services, request, "moderate")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    errors, status = [], 422
    route, reason = typed.get("route", ""), typed.get("reason", "")
    if route not in ROUTES:
        errors.append({"field": "route-full", "text": "Choose a route"})
    if not reason:
        errors.append({"field": "reason", "text": "Say why"})
    if len(reason) > MAX_REASON:
        errors.append({"field": "reason", "text": f"Use {MAX_REASON:,} characters or fewer"})
    if not errors:
        asked = RouteIn.model_construct(route=cast(Route, route), reason=reason, revision=revision(typed))
        try:
            done = choose(services, staff, reference, asked)
        except Problem as problem:
            if problem.status not in (409, 422):
                raise
            errors, status = [{"field": "", "text": f"{problem.title}. {problem.detail}"}], problem.status
        else:
            return RedirectResponse(f"/review/drafts/{done.reference}/route", 303)
    return _form(services, staff, route_of(services, staff, reference), typed, errors, status)


def route_of(services: Services, staff: Staff, reference: str) -> RouteRecord:
    """The route of a case. Raises Problem 403 and 404."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        return _record(tx, services.content, draft, case, services.now().date())


def choose(services: Services, staff: Staff, reference: str, asked: RouteIn) -> RouteRecord:
    """Keep a choice. The same as the last one is not kept twice. Raises Problem 403, 404, 409 and 422."""
    check_right(staff, "moderate")
    now, reason = services.now(), clean(asked.reason).strip()
    if not reason:
        raise malformed("reason: say why.")
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "moderate")
        if case.status == "closed":
            raise Problem(409, "This case is closed", "Its route stays as it is.", "/problems/not-now")
        try:
            limit = route_limit(services.content, asked.route, now.date())
        except NoLimitSet:
            raise Problem(
                409,
                "The council has set no limit for that route",
                "Nobody can agree to money on it today. Choose another route, or ask who looks after the content.",
                "/problems/not-now",
            ) from None
        last = budget_routes.history(tx, draft.id)[-1:]
        if last and (last[0].route, last[0].reason) == (asked.route, reason):
            return _record(tx, services.content, draft, case, now.date())
        detail: dict[str, audit.Detail] = {"role": staff.role, "route": asked.route}
        try:
            case = cases.change(
                tx,
                draft.id,
                expected_revision=asked.revision,
                actor=staff.user,
                action="case.route_chosen",
                at=now,
                detail=detail,
            )
        except cases.StaleCase:
            raise stale(tx, draft.id, asked.revision) from None
        policy = "" if limit is None else limit.policy
        budget_routes.add(
            tx, draft.id, route=asked.route, policy=policy, reason=reason, by=staff.user, role=staff.role, at=now
        )
        return _record(tx, services.content, draft, case, now.date())


def _record(tx: Transaction, content: Content, draft: Draft, case: Case, today: date) -> RouteRecord:
    at = standing(tx, content, draft.id, today=today)
    guide = at.outcome.amount_pence if at.outcome else None
    rules = small_budgets(content, today)
    found = suggestions(
        rules, age=at.interview.about.age, status=at.outcome.status if at.outcome else None, amount_pence=guide
    )
    why = {one.route: list(one.why) for one in found}
    full = RouteLine(
        route=FULL,
        title="The full way",
        limit_pence=None,
        may_agree=[],
        sections=[],
        suits="Everybody: the guide amount, the whole plan, and the limits of sign-off.",
        suggested=[],
        under_guide=False,
    )
    small = [
        RouteLine(
            route=one.id,
            title=one.title,
            limit_pence=one.limit_pence,
            may_agree=list(one.may_agree),
            sections=list(one.sections),
            suits=one.suits,
            suggested=why.get(one.id, []),
            under_guide=guide is not None and one.limit_pence < guide,
        )
        for one in (rules.routes if rules else ())
    ]
    history = budget_routes.history(tx, draft.id)
    told: tuple[str, ...] = ()
    if history:
        told = _told(content, Words(content, at.interview), history[-1], today)
    return RouteRecord(
        reference=draft.reference,
        revision=case.revision,
        route=budget_routes.current(tx, draft.id),
        routes=[full, *small],
        chosen=[
            ChoiceLine(route=one.route, policy=one.policy, reason=one.reason, by=one.by, role=one.role, at=one.at)
            for one in history
        ],
        for_family=list(told),
        example=rules.example if rules else False,
    )


def _told(content: Content, words: Words, last: budget_routes.BudgetRoute, today: date) -> tuple[str, ...]:
    return route_told(content, words.say, Chosen(cast(Route, last.route), last.reason), today)


def _form(
    services: Services,
    staff: Staff,
    record: RouteRecord,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    status: int = 422,
) -> HTMLResponse:
    return page(
        services.content,
        "review/budget_route.html",
        status if errors else 200,
        staff=staff,
        record=record,
        typed=typed,
        errors=errors,
    )
