"""What the screen sets going in a conversation: fixed texts, a stop, an alert for a person, and the way back in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from bot.content.loader import Content
from bot.content.models import Wording
from bot.gateway import alerts
from bot.gateway.contact import CARRY_ON, PERSON, Pick, asked_by, options
from bot.gateway.opening import State, state_of
from bot.gateway.place import Asked
from bot.gateway.records import Received
from bot.gateway.safety_forms import FIRST, slowly
from bot.gateway.services import Services
from bot.gateway.standing import Standing
from bot.interview import Interview, Message, Option
from bot.safety.levels import Level, highest, is_red
from bot.safety.screening import Channel, Screening, screen
from bot.store import contact, drafts, safety
from bot.store.conversations import Conversation
from bot.store.database import Transaction

STOPPED_ID = "safety"
"""``question_id`` of a message while the questions are stopped."""
DAY_TEAM = "mash"
"""The contact for worries about a child by day; at night and at weekends the emergency duty team takes its place."""
ASKED_ID = "safety.contact"
"""``question_id`` of a safety question that is asked without stopping the others."""


NEED_OF = {"P04": "H1", "P05": "P2", "P06": "S3", "P13": "S2"}
"""Sections of the plan in which a family tells of the same needs as at a RAS question, and is read in the same way."""


def screened(content: Content, conversation: Conversation, at: Standing, said: Received) -> Screening:
    """Screen a person's words, with what is known of who writes and what was asked."""
    step = at.step(content)
    # A terminal reads like a page; the screen knows only that speech has no sentences.
    channel = "web" if conversation.channel == "terminal" else conversation.channel
    return screen(
        said.text or "",
        who=at.speaker,
        question=NEED_OF.get(step, step),
        previous=at.safety,
        channel=cast(Channel, channel),
    )


def record(
    services: Services,
    tx: Transaction,
    conversation: Conversation,
    message_id: str,
    screening: Screening,
    at: datetime,
) -> None:
    """Keep the event, its alert and the messages that tell people of it, in the transaction of the message itself."""
    if screening.rule_id is not None:
        _raise(
            services,
            tx,
            draft_id=conversation.draft_id,
            message_id=message_id,
            level=screening.level,
            rule_id=screening.rule_id,
            text_id=screening.text_id or "",
            alert="none" if screening.alert == "none" else "waiting",
            urgency="same_day" if screening.alert == "same_day" else "immediate",
            at=at,
        )


def asked_for_call(services: Services, tx: Transaction, at: Standing, message_id: str, now: datetime) -> None:
    """Keep that the family would like a call. It shows with the alert that waits; if none does any more, it is one."""
    contact.ask_for_call(tx, at.draft.id, message_id=message_id, at=now)
    if any(event.alert == "waiting" for event in safety.of_draft(tx, at.draft.id)):
        return
    level: Level = highest(at.safety, "AMBER-1")
    _raise(
        services,
        tx,
        draft_id=at.draft.id,
        message_id=message_id,
        level=level,
        rule_id=alerts.CALL_BACK_RULE,
        text_id="",
        alert="waiting",
        urgency="immediate" if is_red(level) else "same_day",
        at=now,
    )


def _raise(
    services: Services,
    tx: Transaction,
    *,
    draft_id: str,
    message_id: str,
    level: Level,
    rule_id: str,
    text_id: str,
    alert: safety.AlertState,
    urgency: safety.Urgency,
    at: datetime,
) -> None:
    event = safety.record(
        tx,
        draft_id=draft_id,
        message_id=message_id,
        level=level,
        rule_id=rule_id,
        text_id=text_id,
        alert=alert,
        urgency=urgency,
        at=at,
    )
    if event.alert == "waiting":
        alerts.announce(tx, services.settings, event, drafts.get(tx, draft_id).reference)


def safety_messages(
    content: Content, interview: Interview, screening: Screening, channel: str, now: datetime
) -> tuple[Message, ...]:
    """The fixed texts for what was said, word for word as the council approved them; none when there are none.

    By the clock, those come first who answer the phone now. On SMS a short part with the number comes first, as the rest
    may come late or in pieces.
    """
    texts = [id for id in (screening.text_id, screening.then_text_id) if id is not None]
    if not texts:
        return ()
    first = texts[0] + FIRST
    if "RED_now" in texts:
        texts.append("RED_text")
    asked = asks(screening)
    said = [say(content, interview, id, now) for id in texts]
    if asked == "call" and not screening.stop:
        said.append(content.text("safety.call.offer", interview.reader))
    shown = options(content, interview, asked) if screening.stop or asked == "contact" else ()
    question_id = STOPPED_ID if screening.stop else ASKED_ID if shown else None
    whole = _safety("\n\n".join(said), shown, question_id)
    if channel == "sms" and first in content.safety_texts:
        return (_safety(say(content, interview, first, now)), whole)
    return (whole,)


def _safety(text: str, options: tuple[Option, ...] = (), question_id: str | None = None) -> Message:
    return Message("safety", text, spoken=slowly(text), options=options, question_id=question_id)


def asks(screening: Screening) -> Asked | None:
    """What the text for this screening asks."""
    return asked_by((screening.text_id, screening.then_text_id))


def while_stopped(
    content: Content, at: Standing, pick: Pick | None, asked: Asked | None, now: datetime
) -> tuple[tuple[Message, ...], Asked | None]:
    """The reply to a message while the questions are stopped, and what it asks. Nothing sent then is an answer."""
    interview = at.interview
    if pick == CARRY_ON:
        return (_text(content, interview, "pause.back"), *at.prompt(content)), None
    if pick == PERSON:
        # Not the ordinary words: who asks here may be in danger, and must not wait for us.
        heard = content.text(_by_the_team(content, "safety.person_asked", now), interview.reader)
        return (_safety(heard, options(content, interview, None)[:1], STOPPED_ID),), None
    if pick is not None:
        return (settled(content, at, pick, now, stopped=True),), after(at, pick)
    words = say(content, interview, "STOPPED", now)
    if asked is not None:
        key = "safety.call.again" if asked == "call" else "safety.contact.ask"
        words += "\n\n" + content.text(key, interview.reader)
    return (_safety(words, options(content, interview, asked), STOPPED_ID),), asked


def settled(content: Content, at: Standing, pick: Pick, now: datetime, *, stopped: bool) -> Message:
    """What is said to an answer about a call or about contact; a wish for a call leads to the other question."""
    interview = at.interview
    keys = {
        "safety.call.yes": _by_the_team(content, "safety.call.asked", now),
        "safety.call.no": "safety.call.declined",
        "safety.contact.yes": "safety.contact.yes",
        "safety.contact.no": "safety.contact.no",
    }
    words = content.text(keys[pick], interview.reader)
    asked = after(at, pick)
    if asked is not None:
        words += "\n\n" + content.text("safety.contact.ask", interview.reader)
    shown = options(content, interview, asked) if stopped or asked is not None else ()
    return _safety(words, shown, STOPPED_ID if stopped else ASKED_ID if asked else None)


def after(at: Standing, pick: Pick) -> Asked | None:
    """What is asked after an answer: who would like a call is asked whether it is safe, unless they have said so."""
    return "contact" if pick == "safety.call.yes" and at.draft.safe_contact != "yes" else None


def keep(services: Services, tx: Transaction, at: Standing, pick: Pick | None, message_id: str, now: datetime) -> None:
    """Store what a person picked while a safety text was open."""
    if pick in ("safety.call.yes", PERSON):
        asked_for_call(services, tx, at, message_id, now)
    elif pick in ("safety.contact.yes", "safety.contact.no"):
        answer: drafts.SafeContact = "yes" if pick == "safety.contact.yes" else "no"
        contact.set_safe_contact(tx, at.draft.id, answer, message_id=message_id, at=now)


def say(content: Content, interview: Interview, text_id: str, now: datetime) -> str:
    """A fixed safety text with the team's names and numbers filled in: the one for this hour, where there is one."""
    text_id = _for_now(content.safety_texts, text_id, state_of(content.council, DAY_TEAM, now))
    return content.safety_text(text_id, interview.reader, name=interview.about.name, pronouns=interview.about.pronoun)


def _by_the_team(content: Content, key: str, now: datetime) -> str:
    """A sentence about the disabled children's team, for whether they are there now."""
    return _for_now(content.texts, key, state_of(content.council, "team", now))


def _for_now(texts: Mapping[str, Wording], key: str, state: State | None) -> str:
    """The key of the wording for while somebody is there, or is not; the plain one where there is none of that."""
    return f"{key}_{state}" if f"{key}_{state}" in texts else key


def _text(content: Content, interview: Interview, key: str) -> Message:
    return Message("say", content.text(key, interview.reader, name=interview.about.name))
