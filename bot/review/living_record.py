"""A plan that is lived, as professionals and finance read it."""

from __future__ import annotations

from bot.cases.payments import financial_year
from bot.content.living_models import LivingRules
from bot.gateway.problems import Problem
from bot.review.lived import Lived, LivedLine
from bot.review.living_wire import (
    CheckOut,
    LineOut,
    LivingOut,
    PaymentOut,
    ScheduleOut,
    SpendingOut,
    UnspentOut,
)
from bot.store.cases import Case
from bot.store.payments import Payment


def living_out(found: Lived, reference: str, case: Case, *, words: bool) -> LivingOut:
    """The whole of it; ``words`` False leaves out what a family said, for those who only look after money."""
    return LivingOut(
        reference=reference,
        status=case.status,
        revision=case.revision,
        decision=found.decision.seq,
        plan_version=found.version.version,
        example=found.rules.example,
        usual_rhythm=found.rules.usual_rhythm,
        year=found.year.seq if found.year else None,
        starts=found.year.starts if found.year else None,
        ends=found.ends,
        lines=[_line(line, words=words) for line in found.lines],
        payments=[payment_out(payment, found.rules) for payment in found.payments],
        schedules=[
            ScheduleOut(
                schedule=one.seq,
                year=one.year,
                rhythm=one.rhythm,
                change_from=one.change_from,
                last=one.last,
                cause=one.cause,
                by=one.by,
                at=one.at,
                reason=one.reason if words else "",
            )
            for one in found.schedules
        ],
        spendings=[
            SpendingOut(
                spending=one.seq,
                line=one.line,
                on=one.on,
                pence=one.pence,
                words=one.words if words else "",
                source=one.source,
                by=one.by,
                at=one.at,
                taken_back=one.taken_back,
            )
            for one in found.spendings
        ],
        unspent=_unspent(found, words=words),
    )


def payment_out(payment: Payment, rules: LivingRules) -> PaymentOut:
    """One payment, with the council's financial year that its day lies in."""
    return PaymentOut(
        reference=payment.reference,
        schedule=payment.schedule,
        number=payment.number,
        line=payment.line,
        managed_by=payment.managed_by,
        stream=payment.stream,
        pay_on=payment.pay_on,
        covers_from=payment.covers_from,
        covers_to=payment.covers_to,
        pence=payment.pence,
        financial_year=financial_year(payment.pay_on, rules.year_begins_month),
        made_on=payment.made_on,
    )


def not_agreed() -> Problem:
    """409: nothing is agreed, so nothing can be lived."""
    return Problem(
        409,
        "Nothing is agreed yet",
        "A plan can go live once a named officer has signed a decision that agrees to it.",
        "/problems/not-now",
    )


def _line(one: LivedLine, *, words: bool) -> LineOut:
    money = one.money
    return LineOut(
        line=one.line.id,
        what=one.line.what if words else "",
        managed_by=one.decided.managed_by,
        stream=one.decided.stream,
        one_off=one.decided.one_off,
        agreed_pence=money.agreed_pence,
        paid_pence=money.paid_pence,
        spent_pence=money.spent_pence,
        left_pence=money.left_pence,
        over_pence=money.over_pence,
        checks=[
            CheckOut(
                check=need.check.id,
                label=need.check.label,
                why=need.check.why,
                may_be_left_out=need.check.may_be_left_out,
                tick=need.ticked.tick if need.ticked else None,
                on=need.ticked.on if need.ticked else None,
                by=need.ticked.by if need.ticked else None,
            )
            for need in one.checks
        ],
        missing=list(one.missing),
        started_on=one.started.on if one.started else None,
    )


def _unspent(found: Lived, *, words: bool) -> UnspentOut:
    left = found.left_over
    of_year = [one for one in found.unspent if found.year and one.year == found.year.seq]
    last = of_year[-1] if of_year else None
    return UnspentOut(
        pence=left.pence,
        over_pence=left.over_pence,
        agreed_in_plan=left.chosen,
        small=left.small,
        rule=left.rule,
        decided=last.decision if last else None,
        decided_by=last.by if last else None,
        decided_pence=last.pence if last else None,
        reason=last.reason if last and words else "",
    )
