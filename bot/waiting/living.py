"""A plan that is lived, between the store and the family: where it rests, a review that is open, and what they say to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.cases.reviews import REACHED, Reached
from bot.cases.reviews import Goal as Seen
from bot.cases.spending import total_by_line
from bot.cases.statuses import FOLLOWS
from bot.interview import Interview, interview_from_json
from bot.plans.after import living as rests
from bot.plans.after import looking_back, things_changed
from bot.plans.after.deeds import Deed
from bot.plans.after.looking_back import ASK_CHILD, Goal, LookingBack
from bot.plans.after.matter import Matter
from bot.plans.after.things_changed import NOT_SURE, Before, ThingsChanged
from bot.plans.lived_year import LivedLine, LivedYear
from bot.plans.model import Plan
from bot.plans.serialise import plan_from_json
from bot.store import cases, decisions, living, notices, plan_versions, reviews, spending
from bot.store.database import Transaction
from bot.store.drafts import Draft

LIVE = ("live", "review_due")


def under_review(tx: Transaction, draft: Draft) -> Matter | None:
    """The review that the family has not told about yet."""
    if draft.status not in LIVE:
        return None
    review = reviews.waiting(tx, draft.id)
    if review is None:
        return None
    if review.kind == "quick":
        interview = _interview(draft)
        before = tuple((code, Before(answer.level, answer.words)) for code, answer in interview.answers.items())
        again = tuple(
            dict.fromkeys(said.about.removeprefix("ras/") for said in review.said if said.about.startswith("ras/"))
        )
        return ThingsChanged(review.seq, f"{interview.questionnaire}/{interview.version}", before, again)
    agreed = _agreed(tx, draft.id)
    goals = agreed[0].goals() if agreed is not None else ()
    return LookingBack(
        review.seq,
        tuple(Goal(goal.id, goal.get("main")) for goal in goals),
        frozenset((said.about, said.voice) for said in review.said),
        any(said.about == ASK_CHILD and said.choice == "yes" for said in review.said),
    )


def at_rest(tx: Transaction, draft: Draft) -> Matter | None:
    """Where a plan rests while it is lived."""
    agreed, year = _agreed(tx, draft.id), living.year_now(tx, draft.id)
    if draft.status not in LIVE or year is None or agreed is None:
        return None
    plan, sent = agreed
    found = reviews.listing(tx, draft.id)
    spent_now = [one for one in spending.listing(tx, draft.id) if not one.taken_back]
    return rests.Living(
        year.starts,
        plan,
        sent,
        frozenset((review.kind, review.due) for review in found),
        any(review.state == "told" for review in found),
        any(review.state == "open" for review in found),
        frozenset((one.line, one.on, one.pence) for one in spent_now),
        LivedYear(_money(tx, draft.id, year.starts, spent_now), _reached(plan, found)),
    )


def _money(
    tx: Transaction, draft_id: str, starts: date, spent_now: Sequence[spending.Spending]
) -> dict[int, LivedLine]:
    """What was agreed and what was spent, of each line on which something was."""
    decision = decisions.in_force(tx, draft_id)
    agreed = {line.line_id: line.agreed_pence for line in decision.said.lines} if decision is not None else {}
    sums = total_by_line((one.line, one.pence) for one in spent_now if one.on >= starts)
    return {line: LivedLine(agreed.get(line, 0), pence) for line, pence in sums.items()}


def _reached(plan: Plan, found: Sequence[reviews.Review]) -> dict[int, Reached]:
    """How each goal was seen in the last review that says so; the child's word counts before others."""
    goals: dict[int, Reached] = {}
    for review in found:
        for goal in plan.goals():
            said = {voice: review.last_said(f"goal/{goal.id}", voice) for voice in ("child", "family", "professional")}
            seen = {
                voice: next((known for known in REACHED if one is not None and one.choice == known), None)
                for voice, one in said.items()
            }
            if (counted := Seen(goal.id, "", seen).counted) is not None:
                goals[goal.id] = counted
    return goals


def things_have_changed(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """A quick review opens at once, and somebody is told. What is said while one is open goes with it."""
    waiting = reviews.waiting(tx, draft_id)
    if waiting is not None and waiting.kind == "quick":
        if deed.words:
            reviews.say(
                tx, draft_id, waiting.seq, about="more", voice="family", choice="", words=deed.words, by=member, at=at
            )
        return
    number = reviews.open_review(
        tx,
        draft_id,
        kind="quick",
        cause=deed.choice,
        due=date.fromisoformat(deed.about),
        words=deed.words,
        by=member,
        at=at,
    )
    case = cases.get(tx, draft_id)
    if "review_due" in FOLLOWS[case.status]:
        cases.change(
            tx,
            draft_id,
            expected_revision=None,
            actor="family",
            action="review.things_changed",
            at=at,
            status="review_due",
        )
    notices.queue(tx, draft_id=draft_id, to="lead", kind="things_changed", at=at, event=f"review:{number}")


def spent(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """Money that the family spent."""
    on, _, pence = deed.choice.partition("/")
    new = spending.NewSpending(int(deed.about), date.fromisoformat(on), int(pence), deed.words)
    spending.spent(tx, draft_id, [new], source="conversation", by=member, at=at)


def answered_again(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """A question of the RAS that was answered again in this review; the answer itself is a row of the answers."""
    number, _, code = deed.about.partition("/")
    choice = "" if deed.choice == NOT_SURE else deed.choice
    about = f"ras/{code}"
    reviews.say(
        tx, draft_id, int(number), about=about, voice="family", choice=choice, words=deed.words, by=member, at=at
    )


def said(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """What the family said about a goal or a question. Words that come after a choice keep it."""
    number, _, rest = deed.about.partition("/")
    about, _, voice_ = rest.rpartition("/")
    voice: reviews.Voice = "child" if voice_ == "child" else "family"
    before = reviews.get(tx, draft_id, int(number)).last_said(about, voice)
    choice = deed.choice or (before.choice if before is not None else "")
    reviews.say(tx, draft_id, int(number), about=about, voice=voice, choice=choice, words=deed.words, by=member, at=at)


def told(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """The family has said how it goes; the team looks at it. Once, whoever of the family says so."""
    number = int(deed.about)
    if reviews.get(tx, draft_id, number).state != "open":
        return
    reviews.step(tx, draft_id, number, step="told", by=member, at=at)
    notices.queue(tx, draft_id=draft_id, to="lead", kind="answered", at=at, event=f"review:{number}:told")


WRITERS = {
    rests.CHANGED: things_have_changed,
    rests.SPENT: spent,
    things_changed.ANSWERED: answered_again,
    things_changed.TOLD: told,
    looking_back.SAID: said,
    looking_back.TOLD: told,
}
"""By the kind of deed."""


def _agreed(tx: Transaction, draft_id: str) -> tuple[Plan, date] | None:
    """The plan as it was sent in the version that was agreed, and when."""
    decision = decisions.in_force(tx, draft_id)
    version = plan_versions.get(tx, draft_id, decision.said.plan_version) if decision is not None else None
    return None if version is None else (plan_from_json(json.loads(version.body)), version.at.date())


def _interview(draft: Draft) -> Interview:
    return interview_from_json(json.loads(draft.state))
