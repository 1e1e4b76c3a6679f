"""Dealing with one stored message: what it brings about, told to the person who sent it.

A message waits as pending until this has run to its end. Every step can be cut off and done again: the engine applies
a message_id once, and what was said is stored together with the message being dealt with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.gateway.engine import EngineTurn
from bot.gateway.place import WORRIED, bare, is_stopped, is_worried
from bot.gateway.records import Received, masked, received
from bot.gateway.safety_reply import CARRY_ON, PERSON, carries_on, record, safety_message, way_on, while_stopped
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing
from bot.gateway.wire import says_something
from bot.interview import Message, current_step
from bot.safety.levels import is_amber
from bot.safety.screening import screen_answer
from bot.store import audit, conversations, messages
from bot.store.conversations import Conversation
from bot.store.database import Transaction
from bot.store.messages import StoredMessage


@dataclass(frozen=True, slots=True)
class Applied:
    """A message that was dealt with."""

    conversation: Conversation
    said: tuple[tuple[str, Message], ...]
    """What was said back, with the ids it is stored under."""
    standing: Standing
    """Where the draft stands afterwards."""


@dataclass(frozen=True, slots=True)
class Case:
    """One message, and where it finds things."""

    conversation: Conversation
    stored: StoredMessage
    said: Received
    at: Standing


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said back, and where the device stands after it (None: wherever the draft then stands)."""

    messages: tuple[Message, ...]
    shown: str | None = None


Step = Callable[[Services, Case], Answer | None]
"""One way to deal with a message; None passes it on to the next."""

Closing = Callable[[Transaction, Applied], None]


def apply(services: Services, stored: StoredMessage, closing: Closing | None = None) -> Applied:
    """Deal with a pending message. ``closing`` runs in the transaction that stores the reply.

    Raises EngineAway; the message is then still pending.
    """
    with services.database.read() as tx:
        conversation = conversations.get(tx, stored.conversation_id)
        case = Case(conversation, stored, received(stored), standing(tx, services.content, stored.draft_id))
    answer = next(found for step in STEPS if (found := step(services, case)) is not None)
    with services.database.write() as tx:
        return store(services, tx, case, answer, services.now(), closing)


def store(
    services: Services, tx: Transaction, case: Case, answer: Answer, now: datetime, closing: Closing | None = None
) -> Applied:
    """Keep what is said back, together with the message being dealt with."""
    conversation = case.conversation
    after = standing(tx, services.content, conversation.draft_id)
    warned = _after_an_answer(services, tx, case, after, now)
    if warned:
        after = standing(tx, services.content, conversation.draft_id)
    said = (*warned, *answer.messages)
    kept = messages.append_out(tx, conversation, [masked(message) for message in said], at=now)
    messages.mark_kept(tx, case.stored.id)
    conversations.shown(tx, conversation.id, answer.shown or after.place(services.content))
    applied = Applied(conversation, tuple((line.id, message) for line, message in zip(kept, said, strict=True)), after)
    if closing is not None:
        closing(tx, applied)
    return applied


def _stopped(services: Services, case: Case) -> Answer | None:
    """A RED stopped the questions in this conversation: nothing is an answer until the person carries on."""
    if not is_stopped(case.conversation.shown_step):
        return None
    picked = way_on(case.said)
    if picked == PERSON:
        with services.database.write() as tx:
            audit.note(tx, at=services.now(), actor="family", action="family.person", subject=case.at.draft.id)
    shown = None if picked == CARRY_ON else case.conversation.shown_step
    return Answer(while_stopped(services.content, case.at, picked), shown)


def _unreadable(services: Services, case: Case) -> Answer | None:
    """Nothing, white space, or pictures alone."""
    text = case.said.text
    if text is None or says_something(text):
        return None
    key = "symbols" if text.strip() else "empty"
    said = Message("error", services.content.text(key, case.at.interview.reader))
    return Answer((said, *case.at.prompt(services.content)))


def _safe_to_go_on(services: Services, case: Case) -> Answer | None:
    """ "We are safe, carry on" after an AMBER text is not an answer to the question; it asks for it again."""
    if not is_worried(case.conversation.shown_step) or not carries_on(case.said.text or ""):
        return None
    return Answer(case.at.prompt(services.content))


def _moved_on(services: Services, case: Case) -> Answer | None:
    """Sent to a question that is not the current one: from another device, from an old page, or while it waited."""
    prompt = case.at.prompt(services.content)
    here = case.at.place(services.content)
    questions = (prompt[-1].question_id, _step(services, case.at))
    if case.said.question_id is not None and case.said.question_id not in questions:
        key = "stale"
    elif bare(case.said.shown) != here:
        key = "stale.unread"
    else:
        return None
    said = Message("error", services.content.text(key, case.at.interview.reader, name=case.at.interview.about.name))
    return Answer((said, *prompt))


def _engine(services: Services, case: Case) -> Answer | None:
    """The ordinary way: the dialogue engine takes the turn."""
    said = services.engine.send(
        EngineTurn(
            conversation_id=case.conversation.id,
            draft_id=case.conversation.draft_id,
            message_id=case.stored.id,
            question=_step(services, case.at),
            who=case.at.interview.reader,
            text=case.said.text or "",
            choice=case.said.choice,
        )
    )
    if is_amber(case.said.safety):  # type: ignore[arg-type]
        with services.database.read() as tx:
            after = standing(tx, services.content, case.conversation.draft_id)
        return Answer(said, WORRIED + after.place(services.content))
    return Answer(said)


STEPS: tuple[Step, ...] = (_stopped, _unreadable, _safe_to_go_on, _moved_on, _engine)


def _step(services: Services, at: Standing) -> str:
    interview = at.interview
    return current_step(services.content.questionnaire(interview.questionnaire, interview.version), interview)


def _after_an_answer(
    services: Services, tx: Transaction, case: Case, after: Standing, now: datetime
) -> tuple[Message, ...]:
    """An answer that is itself a sign (F1, "we cannot go on much longer") brings its text and its alert."""
    said: list[Message] = []
    for code, answer in after.interview.answers.items():
        if answer.level is None or case.at.interview.answers.get(code) == answer:
            continue
        screening = screen_answer(code, answer.level, previous=after.safety)
        record(tx, case.conversation, case.stored.id, screening, now)
        if (message := safety_message(services.content, after.interview, screening)) is not None:
            said.append(message)
    return tuple(said)
