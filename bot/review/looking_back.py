"""Reviews of a plan as professionals read them, and what they add: their own view, and the outcome."""

from __future__ import annotations

import json

from bot.cases.changed_answers import Anew, what_if
from bot.cases.reviews import QUESTIONS, REACHED, Due, Goal, Reached, due_dates
from bot.content.loader import Content
from bot.content.models import Questionnaire
from bot.gateway.problems import Problem, malformed
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.interview import Interview, allocation_request, interview_from_json
from bot.review.access import Staff, draft_for
from bot.review.lived import Lived
from bot.review.living import allowed, change, of_case, stop_payments
from bot.review.looking_back_wire import (
    AboutOut,
    ChangedOut,
    OpenReviewIn,
    OutcomeIn,
    ReviewList,
    ReviewOut,
    SaidOut,
    ViewIn,
    WhatIfOut,
)
from bot.store import answers, audit, cases, notices, reviews
from bot.store.answers import Answer
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.reviews import Review, Voice

TITLES = {
    "worked": "What worked",
    "change": "What to change",
    "money": "How the money went",
    "safe": "Feeling safe",
}
VOICES: tuple[Voice, ...] = ("child", "family", "professional")
LIVE = ("live", "review_due")


def reviews_viewed(services: Services, staff: Staff, reference: str) -> ReviewList:
    """Every review of a plan, and the audit line that says who read them. Raises Problem 403, 404, 409."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "run")
        detail: dict[str, audit.Detail] = {"role": staff.role}
        audit.note(tx, at=services.now(), actor=staff.user, action="reviews.viewed", subject=draft.id, detail=detail)
        return _listing(services, tx, draft)


def open_review(services: Services, staff: Staff, reference: str, asked: OpenReviewIn) -> ReviewList:
    """A professional asks the family to look back."""
    reason, now = clean(asked.reason).strip(), services.now()
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "run")
        if case.status not in LIVE:
            raise Problem(409, "This plan is not live", "Only a live plan is looked back at.", "/problems/not-now")
        if not reason:
            raise malformed("Say why.")
        if any(one.state == "open" for one in reviews.listing(tx, draft.id)):
            raise Problem(409, "A review is open", "The family has not answered the last one yet.", "/problems/not-now")
        change(tx, draft, asked.revision, staff, "review.asked", services, status=allowed(case, "review_due"))
        number = reviews.open_review(
            tx, draft.id, kind=asked.kind, cause="asked", due=asked.due, words=reason, by=staff.user, at=now
        )
        notices.queue(tx, draft_id=draft.id, to="family", kind="review", at=now, event=f"review:{number}")
        return _listing(services, tx, draft)


def add_view(services: Services, staff: Staff, reference: str, number: int, asked: ViewIn) -> ReviewList:
    """A professional's own view, beside what the family said."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "run")
        found = of_case(services, tx, draft)
        review = _review(tx, draft, number)
        if review.state == "done":
            raise Problem(409, "This review is done", "Its outcome was written down.", "/problems/not-now")
        goals = {goal.id for goal in found.plan.goals()}
        if any(one.goal not in goals for one in asked.goals):
            raise malformed("One of the goals is not in the plan that was agreed.")
        said: list[tuple[str, str, str]] = [
            (f"goal/{one.goal}", one.reached, clean(one.words).strip()) for one in asked.goals
        ]
        said += [(question.about, "", clean(question.words).strip()) for question in asked.questions]
        new = [one for one in said if not _said_before(review, *one)]
        if new:
            change(tx, draft, asked.revision, staff, "review.viewed_by_professional", services)
        for about, choice, words in new:
            reviews.say(
                tx,
                draft.id,
                number,
                about=about,
                voice="professional",
                choice=choice,
                words=words,
                by=staff.user,
                at=services.now(),
            )
        return _listing(services, tx, draft)


def close_review(services: Services, staff: Staff, reference: str, number: int, asked: OutcomeIn) -> ReviewList:
    """Carry on as it is, change the plan, or stop. A plan that stops is closed, and nothing more is paid."""
    reason, now = clean(asked.reason).strip(), services.now()
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "run")
        review = _review(tx, draft, number)
        if review.state == "done":
            raise Problem(409, "This review is done", "Its outcome was written down.", "/problems/not-now")
        if not reason:
            raise malformed("Say why, in words that the family can read.")
        last = asked.last or now.date()
        others = [one for one in reviews.listing(tx, draft.id) if one.seq != number and one.state != "done"]
        match asked.outcome:
            case "carry_on":
                status = allowed(case, "review_due" if others else "live")
            case "change":
                status = allowed(case, "looked_at")
            case "stop":
                status = allowed(case, "closed")
        change(tx, draft, asked.revision, staff, "review.closed", services, status=status)
        if asked.outcome == "stop":
            stop_payments(services, tx, staff, draft, last, reason)
        reviews.step(tx, draft.id, number, step="outcome", outcome=asked.outcome, reason=reason, by=staff.user, at=now)
        notices.queue(tx, draft_id=draft.id, to="family", kind="news", at=now, event=f"review:{number}:outcome")
        return _listing(services, tx, draft)


def dates_of(found: Lived, content: Content) -> tuple[Due, ...]:
    """When this year of the plan is looked back at."""
    if found.year is None:
        return ()
    return due_dates(found.plan, content.plan_rules, sent=found.version.at.date(), starts=found.year.starts)


def _listing(services: Services, tx: Transaction, draft: Draft) -> ReviewList:
    found, case = of_case(services, tx, draft), cases.get(tx, draft.id)
    interview = interview_from_json(json.loads(draft.state))
    history = answers.history(tx, draft.id)
    opened = {(one.kind, one.due) for one in found.reviews}
    return ReviewList(
        reference=draft.reference,
        status=case.status,
        revision=case.revision,
        live=case.status in LIVE,
        next_due=[(due.kind, due.on) for due in dates_of(found, services.content) if (due.kind, due.on) not in opened],
        reviews=[_out(services, found, interview, history, one) for one in reversed(found.reviews)],
    )


def _out(
    services: Services, found: Lived, interview: Interview, history: tuple[Answer, ...], review: Review
) -> ReviewOut:
    goals = {f"goal/{goal.id}": goal.get("main") for goal in found.plan.goals()}
    abouts = list(dict.fromkeys((*goals, *QUESTIONS, *(one.about for one in review.said))))
    changed = _changed(services.content, interview, history, review)
    return ReviewOut(
        review=review.seq,
        kind=review.kind,
        cause=review.cause,
        due=review.due,
        opened=review.at,
        opened_by=review.by,
        words=review.words,
        state=review.state,
        about=[
            _about(review, about, goals.get(about) or TITLES[about])
            for about in abouts
            if about in goals or about in TITLES
        ],
        sections=[one.choice for one in review.said if one.about == "section"],
        changed=[line for line, _ in changed],
        what_if=_what_if(services, interview, {undone.code: undone for _, undone in reversed(changed)}),
        outcome=review.outcome.outcome or None if review.outcome else None,
        outcome_by=review.outcome.by if review.outcome else None,
        outcome_reason=review.outcome.reason if review.outcome else "",
    )


def _about(review: Review, about: str, title: str) -> AboutOut:
    last = [(voice, review.last_said(about, voice)) for voice in VOICES]
    reached: dict[str, Reached | None] = {
        voice: next((known for known in REACHED if one is not None and known == one.choice), None)
        for voice, one in last
    }
    return AboutOut(
        about=about,
        title=title,
        said=[
            SaidOut(voice=voice, choice=one.choice, words=one.words, by=one.by, at=one.at)
            for voice, one in last
            if one is not None
        ],
        differs=Goal(0, title, reached).differs,
    )


def _changed(
    content: Content, interview: Interview, history: tuple[Answer, ...], review: Review
) -> list[tuple[ChangedOut, Anew]]:
    """Answers that were given again in this review, each with the one from before, which is what undoes it."""
    questionnaire = content.questionnaire(interview.questionnaire, interview.version)
    found = []
    for said in review.said:
        if not said.about.startswith("ras/"):
            continue
        code = said.about.removeprefix("ras/")
        given = [one for one in history if one.question_id == code and one.status != "cleared"]
        again = [one for one in given if one.at == said.at]
        if not again:
            continue
        new = again[-1]
        earlier = [one for one in given if one.seq < new.seq]
        old = earlier[-1] if earlier else None
        before = old.level if old is not None else None
        line = ChangedOut(
            code=code,
            title=questionnaire.question(code).title,
            before=before,
            before_words=_label(content, questionnaire, interview, code, before),
            after=new.level,
            after_words=_label(content, questionnaire, interview, code, new.level),
            own_words=new.words,
        )
        hard = (old.hard_level, old.hard_days) if old is not None else (None, None)
        found.append((line, Anew(code, new.level, before, *hard, by=old.by if old is not None else new.by)))
    return found


def _label(content: Content, questionnaire: Questionnaire, interview: Interview, code: str, level: int | None) -> str:
    if level is None:
        return "No level"
    about = interview.about
    wording = questionnaire.question(code).levels[level].label.for_("parent")
    return content.fill(wording, name=about.name, pronouns=about.pronoun, age=about.age)


def _what_if(services: Services, interview: Interview, undone: dict[str, Anew]) -> WhatIfOut | None:
    """The amount with the answers as they are now, beside the one without what this review changed."""
    if not undone:
        return None
    questionnaire = services.content.questionnaire(interview.questionnaire, interview.version)
    request = allocation_request(questionnaire, interview)
    found = what_if(services.content, request, undone, services.now().date())
    if found is None:
        return None
    more = found.difference_pence
    return WhatIfOut(
        before_pence=found.after_pence,
        after_pence=found.before_pence,
        difference_pence=None if more is None else -more,
    )


def _review(tx: Transaction, draft: Draft, number: int) -> Review:
    try:
        return reviews.get(tx, draft.id, number)
    except reviews.NoSuchReview:
        raise Problem(404, "There is no such review", "This plan has no review with this number.") from None


def _said_before(review: Review, about: str, choice: str, words: str) -> bool:
    last = review.last_said(about, "professional")
    return last is not None and (last.choice, last.words) == (choice, words)
