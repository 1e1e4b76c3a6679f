"""What professionals and finance do while a plan is lived: start it, tick checks, start lines, schedule and make payments.

Each of these names the revision of the case it was made on, and is written down with whoever did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.cases.access import Right
from bot.cases.checks_before_start import NotATick, Ticked, checked, missing
from bot.cases.payments import NotInTheYear, Payment, Rhythm, revised, schedule, year_end
from bot.cases.statuses import NotNow, step
from bot.gateway.problems import Problem, malformed
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.review.access import Staff, draft_for
from bot.review.lived import Lived, LivedLine, as_payment, as_ticked, lived
from bot.review.living_record import living_out, not_agreed
from bot.review.living_wire import BeginIn, LivingOut, MadeIn, ScheduleIn, StartLineIn, TickIn
from bot.review.stale import stale
from bot.store import audit, cases, living, notices, payments
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.drafts import Draft, DraftStatus
from bot.store.payments import Cause, NewPayment, NotToBeMade

LATEST_START = timedelta(days=366)
"""A plan starts at most so long from now: what is further off was mistyped."""


def living_viewed(services: Services, staff: Staff, reference: str, right: Right = "run") -> LivingOut:
    """A plan that is lived, and the audit line that says who read it. Raises Problem 403, 404, 409."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, right)
        found = of_case(services, tx, draft)
        detail: dict[str, audit.Detail] = {"role": staff.role}
        audit.note(tx, at=services.now(), actor=staff.user, action="living.viewed", subject=draft.id, detail=detail)
        return living_out(found, draft.reference, case, words=staff.may("read drafts"))


def begin(services: Services, staff: Staff, reference: str, asked: BeginIn) -> LivingOut:
    """The plan goes live with the lines that may start; or goes on by a new decision in the year that has begun."""
    now, today = services.now(), services.now().date()
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "run")
        found = of_case(services, tx, draft)
        status = allowed(case, "live")
        if case.status not in ("agreed", "agreed_in_part"):
            raise Problem(409, "This plan is live", "Change its payments, or start a line.", "/problems/not-now")
        signed = found.decision.signed
        if asked.starts > today + LATEST_START or (signed is not None and asked.starts < signed.at.date()):
            raise malformed("A plan starts on or after the day it was agreed, and at most a year from now.")
        lines = _to_start(found, asked.lines, asked.starts)
        change(tx, draft, asked.revision, staff, "living.begun", services, status=status)
        goes_on = found.year is not None and found.year.starts <= asked.starts <= year_end(found.year.starts)
        if goes_on and found.year is not None:
            for line in lines:
                _start(tx, draft, found.year.seq, line, asked.starts, staff, services)
            again = of_case(services, tx, draft)
            _rescheduled(tx, services, staff, draft, again, asked.starts, asked.rhythm, None, "changed", "")
        else:
            year = living.begin_year(
                tx,
                draft.id,
                starts=asked.starts,
                decision=found.decision.seq,
                plan_version=found.version.version,
                rules=found.rules.version,
                by=staff.user,
                at=now,
            )
            for line in lines:
                _start(tx, draft, year.seq, line, asked.starts, staff, services)
            rhythm = asked.rhythm or found.rules.usual_rhythm
            made = schedule(
                [line.agreed for line in lines],
                year_starts=asked.starts,
                rhythm=rhythm,
                closed=services.content.council.closed_days,
            )
            last = year_end(asked.starts)
            _keep(tx, draft, found, lines, made, year.seq, rhythm, asked.starts, last, "begun", "", staff, services)
        notices.queue(tx, draft_id=draft.id, to="family", kind="started", at=now, event=f"live:{found.decision.seq}")
        return _out(services, tx, draft)


def tick(services: Services, staff: Staff, reference: str, asked: TickIn) -> LivingOut:
    """Somebody saw, left out or took back what is needed before a line starts."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "run")
        found = of_case(services, tx, draft)
        line = found.line(asked.line)
        note = clean(asked.note).strip()
        if asked.tick != "seen" and not note:
            raise malformed("Say why it is left out or taken back.")
        try:
            mark = Ticked(asked.line, asked.check, asked.tick, asked.on, staff.user)
            checked(line.line, found.rules, mark, services.now().date())
        except NotATick as error:
            raise malformed(f"This cannot be ticked: {error}.") from None
        change(tx, draft, asked.revision, staff, "living.checked", services)
        living.tick(
            tx,
            draft.id,
            line=asked.line,
            check=asked.check,
            tick=asked.tick,
            on=asked.on,
            note=note,
            by=staff.user,
            at=services.now(),
        )
        return _out(services, tx, draft)


def start_line(services: Services, staff: Staff, reference: str, line_id: int, asked: StartLineIn) -> LivingOut:
    """One more line starts; its payments come into the schedule from that day."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "run")
        found = of_case(services, tx, draft)
        if found.year is None or found.ends is None or case.status == "closed":
            raise Problem(409, "This plan is not live", "Start the plan first.", "/problems/not-now")
        line = found.line(line_id)
        if line.started is not None:
            raise Problem(409, "This line has started", f"It started on {line.started.on}.", "/problems/not-now")
        if not found.year.starts <= asked.on <= found.ends:
            raise malformed(f"The day must lie between {found.year.starts} and {found.ends}.")
        _may_start(found, line, asked.on)
        change(tx, draft, asked.revision, staff, "living.line_started", services)
        _start(tx, draft, found.year.seq, line, asked.on, staff, services)
        again = of_case(services, tx, draft)
        _rescheduled(tx, services, staff, draft, again, asked.on, None, None, "line_started", "")
        return _out(services, tx, draft)


def reschedule(services: Services, staff: Staff, reference: str, asked: ScheduleIn) -> LivingOut:
    """A new version of what is still to be paid. What was paid stays."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "run")
        found = of_case(services, tx, draft)
        if found.year is None or case.status == "closed":
            raise Problem(409, "This plan is not live", "Start the plan first.", "/problems/not-now")
        reason = clean(asked.reason).strip()
        if not reason:
            raise malformed("Say why the payments change.")
        change(tx, draft, asked.revision, staff, "living.rescheduled", services)
        _rescheduled(tx, services, staff, draft, found, asked.change_from, asked.rhythm, asked.last, "changed", reason)
        return _out(services, tx, draft)


def stop_payments(services: Services, tx: Transaction, staff: Staff, draft: Draft, last: date, reason: str) -> None:
    """Nothing is paid for days after ``last``. A day before the year began stops every payment that was not made."""
    found = of_case(services, tx, draft)
    if found.year is None or found.ends is None:
        return
    last = max(found.year.starts, min(last, found.ends))
    first = min(last + timedelta(days=1), found.ends)
    _rescheduled(tx, services, staff, draft, found, first, None, last, "stopped", reason)


def make_payments(services: Services, staff: Staff, reference: str, asked: MadeIn) -> LivingOut:
    """Finance has made payments. Each is made once, and only as the newest schedule has it."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "finance")
        if asked.on > services.now().date():
            raise malformed("The day is still to come.")
        change(tx, draft, asked.revision, staff, "living.paid", services)
        for one in asked.payments:
            try:
                payments.made(tx, draft.id, one.schedule, one.number, on=asked.on, by=staff.user, at=services.now())
            except NotToBeMade:
                raise Problem(
                    409,
                    "This payment is not to be made",
                    f"Payment {one.schedule}/{one.number} was made before, or a newer schedule has taken its place. "
                    "Nothing was changed.",
                    "/problems/not-now",
                ) from None
        return _out(services, tx, draft, words=staff.may("read drafts"))


def of_case(services: Services, tx: Transaction, draft: Draft) -> Lived:
    """The plan that is lived. Raises Problem 409 before anything is agreed."""
    found = lived(tx, services.content, draft.id, services.now().date())
    if found is None:
        raise not_agreed()
    return found


def allowed(case: Case, then: DraftStatus) -> DraftStatus:
    """The status, if it may follow. Raises Problem 409."""
    try:
        return step(case.status, then)
    except NotNow:
        raise Problem(
            409,
            "That cannot be done now",
            f"The case is {case.status.replace('_', ' ')}, and from there it cannot become {then.replace('_', ' ')}.",
            "/problems/not-now",
        ) from None


def change(
    tx: Transaction,
    draft: Draft,
    revision: int,
    staff: Staff,
    action: str,
    services: Services,
    status: DraftStatus | None = None,
) -> None:
    """Move the case on. Raises Problem 409 that says what somebody else changed."""
    try:
        cases.change(
            tx,
            draft.id,
            expected_revision=revision,
            actor=staff.user,
            action=action,
            at=services.now(),
            status=status,
            detail={"role": staff.role},
        )
    except cases.StaleCase:
        raise stale(tx, draft.id, revision) from None


def _out(services: Services, tx: Transaction, draft: Draft, *, words: bool = True) -> LivingOut:
    found = of_case(services, tx, draft)
    return living_out(found, draft.reference, cases.get(tx, draft.id), words=words)


def _to_start(found: Lived, wanted: Sequence[int] | None, starts: date) -> list[LivedLine]:
    """Lines that start with the plan. Raises Problem 422 where one may not, or none may."""
    if wanted is not None:
        lines = [found.line(line_id) for line_id in dict.fromkeys(wanted)]
        for line in lines:
            _may_start(found, line, starts)
    else:
        ticks = as_ticked(found.ticks)
        lines = [line for line in found.lines if not missing(line.line, found.rules, ticks, starts)]
    if not lines:
        raise _not_ready("No line of this plan can start yet.")
    return lines


def _may_start(found: Lived, line: LivedLine, on: date) -> None:
    """Raises Problem 422 that names what has to be seen first."""
    labels = [check.label for check in missing(line.line, found.rules, as_ticked(found.ticks), on)]
    if labels:
        raise _not_ready(f"Line {line.line.id} cannot start on {on}. First: {'; '.join(labels)}.")


def _not_ready(detail: str) -> Problem:
    return Problem(422, "Something has to be seen first", detail, "/problems/checks-before-start")


def _start(
    tx: Transaction, draft: Draft, year: int, line: LivedLine, on: date, staff: Staff, services: Services
) -> None:
    living.start_line(tx, draft.id, year=year, line=line.line.id, on=on, by=staff.user, at=services.now())


def _rescheduled(
    tx: Transaction,
    services: Services,
    staff: Staff,
    draft: Draft,
    found: Lived,
    change_from: date,
    rhythm: Rhythm | None,
    last: date | None,
    cause: Cause,
    reason: str,
) -> None:
    year, before = found.year, found.schedule
    if year is None or before is None:
        raise not_agreed()
    last = last or found.ends or year_end(year.starts)
    then: Rhythm = rhythm or ("monthly" if before.rhythm == "monthly" else "four_weekly")
    lines = list(found.started)
    paid = [as_payment(one) for one in found.payments if one.made_on is not None]
    open_ = [as_payment(one) for one in found.payments if one.made_on is None]
    try:
        if cause == "stopped" and change_from > last:
            made = tuple(one for one in open_ if one.covers_from <= last)
        else:
            made = revised(
                open_,
                paid,
                [line.agreed for line in lines],
                year_starts=year.starts,
                rhythm=then,
                change_from=change_from,
                closed=services.content.council.closed_days,
                last=last,
            )
    except NotInTheYear:
        raise malformed(f"The days must lie between {year.starts} and {year_end(year.starts)}.") from None
    _keep(tx, draft, found, found.lines, made, year.seq, then, change_from, last, cause, reason, staff, services)


def _keep(
    tx: Transaction,
    draft: Draft,
    found: Lived,
    lines: Sequence[LivedLine],
    made: Sequence[Payment],
    year: int,
    rhythm: Rhythm,
    change_from: date,
    last: date,
    cause: Cause,
    reason: str,
    staff: Staff,
    services: Services,
) -> None:
    before = {one.line: (one.managed_by, one.stream) for one in found.payments}
    now = {line.line.id: (line.decided.managed_by or "", line.decided.stream) for line in lines}
    ways = before | now
    payments.add_schedule(
        tx,
        draft.id,
        [
            NewPayment(
                one.line, *ways[one.line], one.pay_on, one.covers_from, one.covers_to, one.pence, one.agreed_pence
            )
            for one in made
        ],
        year=year,
        decision=found.decision.seq,
        rhythm=rhythm,
        change_from=change_from,
        last=last,
        cause=cause,
        reason=reason,
        by=staff.user,
        at=services.now(),
    )
