"""A plan that is lived, read from the store: the decision and version it rests on, its lines, what was paid and spent."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from bot.cases.checks_before_start import Needed, Ticked, missing, needed
from bot.cases.payments import AgreedLine, Payment, year_end
from bot.cases.spending import total_by_line
from bot.cases.unspent import LeftOver, LineMoney, left_over
from bot.content.living_models import LivingRules
from bot.content.loader import Content
from bot.gateway.problems import Problem
from bot.plans.model import Line, Manager, Plan
from bot.plans.serialise import plan_from_json
from bot.store import decisions, living, payments, plan_versions, reviews, spending
from bot.store.database import Transaction
from bot.store.decisions import DecidedLine, Decision
from bot.store.living import LineCheck, LineStart, PlanYear
from bot.store.payments import Payment as StoredPayment
from bot.store.payments import Schedule
from bot.store.plan_versions import PlanVersion
from bot.store.reviews import Review
from bot.store.spending import Spending, Unspent


@dataclass(frozen=True, slots=True)
class LivedLine:
    """One agreed line of a plan."""

    line: Line
    """As it was in the version that was decided on, managed as the decision says."""
    decided: DecidedLine
    checks: tuple[Needed, ...]
    missing: tuple[str, ...]
    """Labels of what has to be seen before it may start today."""
    started: LineStart | None
    money: LineMoney

    @property
    def agreed(self) -> AgreedLine:
        return AgreedLine(self.line.id, self.decided.agreed_pence, self.decided.one_off)


@dataclass(frozen=True, slots=True)
class Lived:
    """Everything about living one plan."""

    rules: LivingRules
    decision: Decision
    version: PlanVersion
    plan: Plan
    """As it was sent in that version."""
    year: PlanYear | None
    """The year that was begun last; None before the plan goes live."""
    lines: tuple[LivedLine, ...]
    ticks: tuple[LineCheck, ...]
    payments: tuple[StoredPayment, ...]
    schedules: tuple[Schedule, ...]
    spendings: tuple[Spending, ...]
    reviews: tuple[Review, ...]
    unspent: tuple[Unspent, ...]

    def line(self, line_id: int) -> LivedLine:
        """Raises Problem 404 for a line that was not agreed."""
        for one in self.lines:
            if one.line.id == line_id:
                return one
        raise Problem(404, "There is no such line", "This line is not among those that were agreed.")

    @property
    def started(self) -> tuple[LivedLine, ...]:
        return tuple(line for line in self.lines if line.started is not None)

    @property
    def ends(self) -> date | None:
        """The last day of the year that was begun, or an earlier one on which the payments stop."""
        if self.year is None:
            return None
        of_year = [schedule for schedule in self.schedules if schedule.year == self.year.seq]
        return of_year[-1].last if of_year else year_end(self.year.starts)

    @property
    def schedule(self) -> Schedule | None:
        """The one that holds now."""
        if self.year is None:
            return None
        return next((one for one in reversed(self.schedules) if one.year == self.year.seq), None)

    @property
    def left_over(self) -> LeftOver:
        """What was paid and not spent in this year. What the council pays itself leaves nothing with a family."""
        held = (one.money for one in self.lines if one.decided.managed_by in ("direct_payment", "third_party"))
        return left_over(self.plan, held, self.rules.unspent_small_pence)


def rules_on(content: Content, today: date) -> LivingRules:
    """What the council set. Raises Problem 409 where nothing is in force: then nothing goes live."""
    try:
        return content.living_rules(today)
    except KeyError:
        raise Problem(
            409,
            "The council has set no rules for this day",
            "Payments and checks need rules that are in force. Ask whoever looks after the council's content.",
            "/problems/no-rules",
        ) from None


def lived(tx: Transaction, content: Content, draft_id: str, today: date) -> Lived | None:
    """A plan with a signed decision that agrees to something; None before there is one. Raises Problem 409."""
    decision = decisions.in_force(tx, draft_id)
    if decision is None or decision.said.outcome == "refuse_for_now":
        return None
    version = plan_versions.get(tx, draft_id, decision.said.plan_version)
    if version is None:
        return None
    rules, plan = rules_on(content, today), plan_from_json(json.loads(version.body))
    year, ticks = living.year_now(tx, draft_id), living.ticks(tx, draft_id)
    starts = {start.line: start for start in living.started(tx, draft_id, year.seq)} if year else {}
    paid = payments.of_year(tx, draft_id, year.seq) if year else ()
    spent = spending.listing(tx, draft_id)
    lines = []
    paid_by = total_by_line((one.line, one.pence) for one in paid if one.made_on is not None)
    spent_by = total_by_line(
        (one.line, one.pence) for one in spent if year and one.on >= year.starts and not one.taken_back
    )
    ticked = as_ticked(ticks)
    for decided in decision.said.lines:
        known = next((line for line in plan.lines if line.id == decided.line_id), None)
        if known is None or decided.verdict == "not_now":
            continue
        line = with_manager(known, decided)
        money = LineMoney(line.id, decided.agreed_pence, paid_by.get(line.id, 0), spent_by.get(line.id, 0))
        not_yet = tuple(check.label for check in missing(line, rules, ticked, today))
        lines.append(LivedLine(line, decided, needed(line, rules, ticked), not_yet, starts.get(line.id), money))
    return Lived(
        rules,
        decision,
        version,
        plan,
        year,
        tuple(lines),
        ticks,
        paid,
        payments.schedules(tx, draft_id),
        spent,
        reviews.listing(tx, draft_id),
        spending.unspent_decisions(tx, draft_id),
    )


def as_ticked(ticks: Iterable[LineCheck]) -> tuple[Ticked, ...]:
    """Rows of the store as the rules know them."""
    return tuple(Ticked(one.line, one.check, one.tick, one.on, one.by) for one in ticks)


def as_payment(payment: StoredPayment) -> Payment:
    """The same for a payment."""
    return Payment(
        payment.line,
        payment.pay_on,
        payment.covers_from,
        payment.covers_to,
        payment.pence,
        payment.agreed_pence,
    )


def with_manager(line: Line, decided: DecidedLine) -> Line:
    """The line, its money looked after as the decision says."""
    managers: tuple[Manager, ...] = get_args(Manager)
    return replace(line, managed_by=next((one for one in managers if one == decided.managed_by), None))
