"""What families spent, written down by professionals and finance; and what happens with money that was not spent."""

from __future__ import annotations

from bot.cases.spending import Known, NotRead, Read, Trouble, read_csv, read_typed
from bot.gateway.problems import Problem, malformed
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.interview.words import pounds
from bot.review.access import Staff, draft_for
from bot.review.lived import Lived
from bot.review.living import change, of_case
from bot.review.living_record import living_out
from bot.review.living_wire import LivingOut, NotReadOut, SpendingIn, SpendingTaken, TakeBackIn, UnspentIn
from bot.store import cases, spending
from bot.store.database import Transaction
from bot.store.drafts import Draft

WHY: dict[Trouble, str] = {
    "amount": "There is no sum of money in it. Write one, for example £18.50.",
    "which_amount": "There is more than one sum in it. Write one spending on each line.",
    "amount_odd": "The sum is not one that can be spent. Write pounds and pence, for example 18.50.",
    "check_amount": "That is a large sum. If it is right, say that you are sure and send it again.",
    "when": "There is no day in it. Write one, for example 3 March 2027, or a month.",
    "which_day": "It is not certain which day is meant. Write one, for example 3 March 2027.",
    "future": "The day is still to come.",
    "before": "The day is before the plan started.",
    "line": "It is not certain which line of the plan is meant. Write its number, or more of its words.",
    "twice": "The same line, day and sum are there already. If it was spent twice, say that you are sure.",
    "heads": "This is not a table with the heads date, line and amount.",
    "long": "That is too much at once. Send at most 500 lines.",
}
"""What to do about each row that was not taken."""


def spent(services: Services, staff: Staff, reference: str, asked: SpendingIn) -> SpendingTaken:
    """Write spendings down. Rows that are not certain are not taken, and come back with what to do about each."""
    text = clean(asked.text)
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "finance")
        found = _live(services, tx, draft)
        read = _read(services, found, text, asked)
        if read.taken:
            change(tx, draft, asked.revision, staff, "living.spent", services)
            spending.spent(
                tx,
                draft.id,
                [spending.NewSpending(one.line, one.on, one.pence, one.words) for one in read.taken],
                source="pasted" if asked.form == "csv" else "typed",
                by=staff.user,
                at=services.now(),
            )
        return SpendingTaken(
            taken=len(read.taken),
            not_taken=[_not_read(one) for one in read.troubles],
            living=_out(services, tx, draft, staff),
        )


def take_back(services: Services, staff: Staff, reference: str, asked: TakeBackIn) -> LivingOut:
    """A spending counts no longer; who took it back, and why, is kept beside it."""
    reason = clean(asked.reason).strip()
    if not reason:
        raise malformed("Say why it is taken back.")
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "finance")
        _live(services, tx, draft)
        change(tx, draft, asked.revision, staff, "living.spending_taken_back", services)
        try:
            spending.take_back(tx, draft.id, asked.spending, reason=reason, by=staff.user, at=services.now())
        except spending.NoSuchSpending:
            raise Problem(404, "There is no such spending", "It is not there, or was taken back before.") from None
        return _out(services, tx, draft, staff)


def decide_unspent(services: Services, staff: Staff, reference: str, asked: UnspentIn) -> LivingOut:
    """A named person decides what happens with money not spent. Other than the plan says, it needs a reason."""
    reason = clean(asked.reason).strip()
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "run")
        found = _live(services, tx, draft)
        left = found.left_over
        if not left.pence:
            raise Problem(409, "No money is left over", "Everything that was paid was spent.", "/problems/not-now")
        if asked.decision != left.rule and not reason:
            raise malformed("This is not what the plan says. Say why, in words that the family can read.")
        change(tx, draft, asked.revision, staff, "living.unspent_decided", services)
        year = found.year.seq if found.year else 1
        spending.decide_unspent(
            tx,
            draft.id,
            year=year,
            pence=left.pence,
            rule=left.rule,
            decision=asked.decision,
            reason=reason,
            by=staff.user,
            at=services.now(),
        )
        return _out(services, tx, draft, staff)


def unspent_words(found: LivingOut) -> str:
    """What the rule of the plan gives, for a page."""
    left = found.unspent
    if not left.pence:
        return "Everything that was paid was spent."
    why = {
        "keep": "The plan says that the family keeps it for later in the plan.",
        "pay_back": "The plan says that it is paid back.",
        "discuss": "The plan says that it is talked about first.",
    }[left.rule]
    if left.small:
        why = "So little stays with the family, by the council's rule."
    elif left.agreed_in_plan is None:
        why = "The plan says nothing about it, so it is talked about first."
    return f"{pounds(left.pence)} was paid and not spent. {why}"


def _live(services: Services, tx: Transaction, draft: Draft) -> Lived:
    found = of_case(services, tx, draft)
    if found.year is None:
        raise Problem(409, "This plan is not live", "Start the plan first.", "/problems/not-now")
    return found


def _read(services: Services, found: Lived, text: str, asked: SpendingIn) -> Read:
    known = Known(
        lines={line.line.id: line.line.what for line in found.lines},
        starts=found.year.starts if found.year else services.now().date(),
        today=services.now().date(),
        most_pence=found.rules.most_spent_once_pence,
        there={(one.line, one.on, one.pence) for one in found.spendings if not one.taken_back},
        sure=asked.sure,
    )
    return (read_csv if asked.form == "csv" else read_typed)(text, known)


def _not_read(one: NotRead) -> NotReadOut:
    return NotReadOut(row=one.row, words=one.words, trouble=one.trouble, text=WHY[one.trouble])


def _out(services: Services, tx: Transaction, draft: Draft, staff: Staff) -> LivingOut:
    found = of_case(services, tx, draft)
    return living_out(found, draft.reference, cases.get(tx, draft.id), words=staff.may("read drafts"))
