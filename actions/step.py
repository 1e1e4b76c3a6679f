"""One step of one draft: load, advance, store, then speak. The order matters: stored before anything is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from actions.guide_amount import guide_amount
from actions.plan_effects import Asked, done_outside
from actions.second_reading import SecondReading
from actions.services import Services
from bot.cases.statuses import FOLLOWS
from bot.cases.teams import team_for
from bot.interview import Answer, Interview, Message, Turn, current_step, interview_from_json
from bot.interview.words import Words
from bot.plans import conversation
from bot.plans.after.matter import NOTHING
from bot.plans.conversation import FIRST, Now
from bot.store import allocations, audit, cases, drafts, notices, plan_versions, resume
from bot.store.answers import NewAnswer
from bot.store.database import lock_draft
from bot.waiting.read import waiting
from bot.waiting.write import sent_again, write

FAMILY = "family"
TELLS: dict[str, notices.StaffKind] = {"person": "person_asked", "disagree": "family_disagrees"}
"""What the team is told of at once."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What an action needs to know of the message, from Rasa's latest message and its metadata."""

    draft_id: str
    message_id: str | None
    text: str
    choice: str | None
    intent: str | None
    reading: dict[str, Any] | None
    member: str = FIRST
    """Who of those that take part writes this."""


def incoming(latest_message: dict[str, Any]) -> Incoming:
    """Read it from the tracker. Raises KeyError when the gateway's metadata is missing."""
    metadata = latest_message.get("metadata") or {}
    return Incoming(
        draft_id=metadata["draft_id"],
        message_id=metadata.get("message_id"),
        text="" if metadata.get("internal") else latest_message.get("text") or "",
        choice=metadata.get("choice"),
        intent=(latest_message.get("intent") or {}).get("name"),
        reading=latest_message.get("reading"),
        member=metadata.get("member") or FIRST,
    )


def load(services: Services, draft_id: str) -> tuple[drafts.Draft, Interview]:
    """The draft and its interview. Raises NoSuchDraft."""
    with services.database.read() as tx:
        draft = drafts.get(tx, draft_id)
    return draft, interview_from_json(json.loads(draft.state))


def now_of(services: Services, said: Incoming, draft: drafts.Draft) -> Now:
    """The day, who writes, the reference they know their draft by, and what waits for them."""
    with services.database.read() as tx:
        waits = waiting(tx, draft)
    return Now(services.now().date(), said.member, draft.reference, waits)


def prompt(services: Services, said: Incoming) -> tuple[Message, ...]:
    """What is asked now, as it stands in the store."""
    draft, interview = load(services, said.draft_id)
    outcome = guide_amount(services, said.draft_id, interview)
    return conversation.ask(services.content, interview, outcome, now_of(services, said, draft))


def was_applied(services: Services, said: Incoming) -> bool:
    """Whether this message has changed the draft before."""
    if said.message_id is None:
        return False
    with services.database.read() as tx:
        return drafts.already_applied(tx, said.draft_id, said.message_id)


def apply(
    services: Services,
    said: Incoming,
    advance: Callable[[Interview], Turn],
    second: SecondReading | None = None,
) -> tuple[Message, ...]:
    """Advance the draft by one message and store it. A message that was applied before changes nothing.

    ``second`` is written to the audit: how a language model read this message.

    Raises StaleDraft when somebody else changed the draft meanwhile (the gateway holds a lease, so this is rare);
    the turn then fails and is sent again.
    """
    draft, interview = load(services, said.draft_id)
    if was_applied(services, said):
        return _once_more(services, said, draft, interview)
    now = now_of(services, said, draft)
    turn, asked = done_outside(services, draft, advance(interview), now)
    _store(services, said, now, draft, interview, turn, second, asked)
    messages = turn.messages
    if "pause" in turn.effects or "new_pin" in turn.effects:
        renew = "new_pin" in turn.effects
        messages = (*messages, _place_kept(services, draft, turn.interview, renew=renew))
    return messages


def _once_more(services: Services, said: Incoming, draft: drafts.Draft, interview: Interview) -> tuple[Message, ...]:
    """What a message brings that was applied before, when its reply was lost: nothing but a PIN that nobody saw."""
    if interview.paused and draft.last_message_id == said.message_id:
        return (_place_kept(services, draft, interview, renew=True),)
    return ()


def _store(
    services: Services,
    said: Incoming,
    now: Now,
    draft: drafts.Draft,
    before: Interview,
    turn: Turn,
    second: SecondReading | None,
    asked: Asked,
) -> None:
    interview = turn.interview
    questionnaire = Words(services.content, interview).questionnaire
    at = services.now()
    if asked.sending is not None:
        # The team has it now: what waited was about the version before.
        now = replace(now, waiting=NOTHING)
    answers = [_new_answer(code, answer) for code, answer in turn.recorded]
    if "restart" in turn.effects:
        # Laid aside, not deleted: the record keeps what was said before, and nothing of it counts any more.
        answers += [NewAnswer(code, None, "cleared", answer.by) for code, answer in before.answers.items()]
    with services.database.write() as tx:
        # A professional may have moved the case on since the draft was read.
        status = lock_draft(tx, draft.id).status
        if said.message_id is not None and drafts.already_applied(tx, draft.id, said.message_id):
            return
        if asked.sending is not None:
            sent_again(tx, draft.id, member=said.member, at=at)
        drafts.save(
            tx,
            draft.id,
            expected_revision=draft.revision,
            state=json.dumps(interview.to_json()),
            stage=conversation.stage(services.content, interview, now),
            position=conversation.position(services.content, interview, now)[0],
            message_id=said.message_id,
            actor=FAMILY,
            at=at,
            audit_action="draft.answered" if answers else "draft.stepped",
            answers=answers,
            status=_status(services, status, interview, sends=asked.sending is not None),
        )
        write(tx, draft.id, turn.deeds, member=said.member, at=at)
        if interview.about.age != before.about.age or asked.sending is not None:
            # From here on it is one team's, and no other's. While nobody has taken it up, its team follows the age.
            cases.placed(tx, draft.id, team=team_for(services.content.teams, interview.about.age), at=at)
        if asked.sending is not None:
            stored = allocations.latest(tx, draft.id)
            tables = stored.tables if stored is not None else ""
            kept = asked.sending.stored()
            plan_versions.add(tx, draft.id, by=said.member, tables=tables, actor=FAMILY, at=at, **kept)
            notices.queue(tx, draft_id=draft.id, to="lead", kind="plan_sent", at=at, event=f"sent:{kept['version']}")
        note = partial(audit.note, tx, at=at, subject=draft.id)
        if second is not None:
            note(actor="language-model", action="reading.language_model", detail=second.trace())
        for code, answer in turn.recorded:
            if answer.read_by == "language_model":
                detail = {"question": code, "level": answer.level, "read_by": answer.read_by}
                note(actor=FAMILY, action="reading.confirmed", detail=detail)
        for effect in turn.effects:
            if effect in ("person", "disagree"):
                note(actor=FAMILY, action=f"family.{effect}", detail={"step": current_step(questionnaire, interview)})
                with suppress(cases.NoSuchCase):  # before anybody said how old the child is, it is no team's
                    notices.queue(tx, draft_id=draft.id, to="lead", kind=TELLS[effect], at=at)


def _status(
    services: Services, status: drafts.DraftStatus, interview: Interview, *, sends: bool
) -> drafts.DraftStatus | None:
    """How far the draft is for the team; None leaves it as it is: once a plan was sent, only professionals move it on,
    or the family by sending a new version."""
    if sends:
        return "sent" if "sent" in FOLLOWS[status] else None
    if status not in ("in_progress", "ready"):
        return None
    if conversation.has_result(services.content, interview):
        return "ready"
    return "in_progress" if status == "ready" else None


def _new_answer(code: str, answer: Answer) -> NewAnswer:
    return NewAnswer(
        question_id=code,
        level=answer.level,
        status=answer.status,
        by=answer.by,
        words=answer.words,
        hard_level=answer.hard_level,
        hard_days=answer.hard_days,
    )


def _place_kept(services: Services, draft: drafts.Draft, interview: Interview, *, renew: bool) -> Message:
    """The reference and, the first time or to ``renew`` it, a PIN. It is shown once and kept only as a hash."""
    words = Words(services.content, interview)
    if draft.pin_set and not renew:
        return Message("say", words.say("pause.again", reference=draft.reference))
    pin = resume.set_pin(services.database, draft.id, actor=FAMILY, at=services.now())
    said = words.say("pause.done", reference=draft.reference, pin="{pin}")
    return replace(Message("say", said), once=(("pin", pin),))
