"""Dealing with one stored message: what it brings about, told to the person who sent it.

A message waits as pending until this has run to its end. Every step can be cut off and done again: the engine applies
a message_id once, and what was said is stored together with the message being dealt with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.gateway.contact import (
    CARRY_ON,
    PERSON,
    answered,
    asks_yes_or_no,
    carries_on,
    is_pick,
    options,
    picked,
    says_call,
)
from bot.gateway.engine import EngineTurn
from bot.gateway.notice_talk import NewsTalk, offer
from bot.gateway.notice_words import told_here
from bot.gateway.place import asked, bare, is_stopped, is_worried, stopped, worried
from bot.gateway.records import Received, masked, received
from bot.gateway.safety_reply import after, asks, keep, record, safety_messages, settled, while_stopped
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.gateway.wire import says_something
from bot.interview import Message
from bot.safety.levels import is_amber
from bot.safety.screening import Screening, screen_answer
from bot.store import audit, conversations, messages
from bot.store.conversations import Conversation
from bot.store.database import Transaction
from bot.store.messages import StoredMessage
from bot.understanding.commands import match


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
    keeping: Callable[[Transaction, datetime], None] | None = None
    """What else is stored in the transaction that stores the reply."""


Step = Callable[[Services, Case], Answer | None]
"""One way to deal with a message; None passes it on to the next."""

Closing = Callable[[Transaction, Applied], None]


def apply(services: Services, stored: StoredMessage, closing: Closing | None = None) -> Applied:
    """Deal with a pending message. ``closing`` runs in the transaction that stores the reply.

    Raises EngineAway; the message is then still pending.
    """
    with services.database.read() as tx:
        conversation = conversations.get(tx, stored.conversation_id)
        case = Case(conversation, stored, received(stored), standing_of(services, tx, conversation))
    answer = next(found for step in STEPS if (found := step(services, case)) is not None)
    with services.database.write() as tx:
        return store(services, tx, case, answer, services.now(), closing)


def store(
    services: Services, tx: Transaction, case: Case, answer: Answer, now: datetime, closing: Closing | None = None
) -> Applied:
    """Keep what is said back, together with the message being dealt with."""
    conversation = case.conversation
    after = standing_of(services, tx, conversation)
    if answer.keeping is not None:
        answer.keeping(tx, now)
    warned, offers_call = _after_an_answer(services, tx, case, after, now)
    if warned:
        after = standing_of(services, tx, conversation)
    if answer.shown is None and offers_call:
        answer = replace(answer, shown=worried(after.place(services.content), "call"))
    stopped_here = is_stopped(answer.shown or conversation.shown_step)
    news = () if stopped_here else told_here(tx, services.content, after, now)
    offered = offer(tx, services.content, case.at, after)
    # The question stays last, where its options are looked for.
    said = (*warned, *news, *answer.messages[:-1], *offered, *answer.messages[-1:])
    kept = messages.append_out(tx, conversation, [masked(message) for message in said], at=now)
    messages.mark_kept(tx, case.stored.id)
    conversations.shown(tx, conversation.id, answer.shown or after.place(services.content))
    applied = Applied(conversation, tuple((line.id, message) for line, message in zip(kept, said, strict=True)), after)
    if closing is not None:
        closing(tx, applied)
    return applied


def to_red(services: Services, case: Case, screening: Screening, texts: tuple[Message, ...]) -> Answer:
    """The answer to words that stop the questions.

    "No, he looks at my phone" raises an alarm, and it says that it is not safe to write here: that is kept, and what they
    have just been asked is not asked again.
    """
    place, question = case.at.place(services.content), asks(screening)
    if case.said.choice is not None or asked(case.conversation.shown_step) != "contact":
        return Answer(texts, stopped(place, question))
    if answered(case.said.text or "", "contact") != "safety.contact.no":
        return Answer(texts, stopped(place, question))

    def keeping(tx: Transaction, now: datetime) -> None:
        keep(services, tx, case.at, "safety.contact.no", case.stored.id, now)

    if question == "contact":
        texts = (settled(services.content, case.at, "safety.contact.no", services.now(), stopped=True),)
        question = None
    return Answer(texts, stopped(place, question), keeping)


def _stopped(services: Services, case: Case) -> Answer | None:
    """A RED stopped the questions in this conversation: nothing is an answer until the person carries on."""
    if not is_stopped(case.conversation.shown_step):
        return None
    content, open_question = services.content, asked(case.conversation.shown_step)
    pick = picked(case.said, options(content, case.at.interview, open_question), open_question)
    messages, asks = while_stopped(content, case.at, pick, open_question, services.now())
    shown = None if pick == CARRY_ON else stopped(bare(case.conversation.shown_step) or "", asks)

    def keeping(tx: Transaction, now: datetime) -> None:
        if pick == PERSON:
            audit.note(tx, at=now, actor="family", action="family.person", subject=case.at.draft.id)
        keep(services, tx, case.at, pick, case.stored.id, now)

    return Answer(messages, shown, keeping)


def _answers_safety(services: Services, case: Case) -> Answer | None:
    """An answer to what an AMBER text asked: a call, or whether contact is safe. Then the question comes again."""
    content, open_question = services.content, asked(case.conversation.shown_step)
    if open_question is None and not is_pick(case.said.choice):
        return None
    prompt = case.at.prompt(content)
    # Whether contact is safe was asked alone. A call is offered above the question, whose numbers count, and so does
    # its yes or no.
    shown = options(content, case.at.interview, "contact") if open_question == "contact" else ()
    pick = picked(case.said, shown, open_question)
    belongs_to_question = case.said.choice is None and open_question == "call" and asks_yes_or_no(prompt)
    if pick is None or pick == PERSON or (belongs_to_question and not says_call(case.said.text or "")):
        return None
    if pick == CARRY_ON:
        return Answer(prompt)

    def keeping(tx: Transaction, now: datetime) -> None:
        keep(services, tx, case.at, pick, case.stored.id, now)

    said = settled(content, case.at, pick, services.now(), stopped=False)
    if after(case.at, pick) is not None:
        return Answer((said,), worried(case.at.place(content), "contact"), keeping)
    return Answer((said, *prompt), None, keeping)


def _unreadable(services: Services, case: Case) -> Answer | None:
    """Nothing, white space, or pictures alone; but a thumb is a yes."""
    text = case.said.text
    if text is None or says_something(text) or match(text) is not None:
        return None
    key = "symbols" if text.strip() else "empty"
    said = Message("error", services.content.text(key, case.at.interview.reader))
    return Answer((said, *case.at.prompt(services.content)))


def _safe_to_go_on(services: Services, case: Case) -> Answer | None:
    """ "We are safe, carry on" after an AMBER text is not an answer to the question; it asks for it again."""
    if not is_worried(case.conversation.shown_step) or not carries_on(case.said.text or ""):
        return None
    return Answer(case.at.prompt(services.content))


def _news(services: Services, case: Case) -> Answer | None:
    """How the family may be told of news: an exchange beside the questions."""
    talk = NewsTalk(services.content, case.at, case.said, case.stored.id, case.conversation.shown_step)
    reply = talk.reply()
    return None if reply is None else Answer(reply.messages, reply.shown, reply.keeping)


def _moved_on(services: Services, case: Case) -> Answer | None:
    """Sent to a question that is not the current one: from another device, from an old page, or while it waited."""
    prompt = case.at.prompt(services.content)
    here = case.at.place(services.content)
    questions = (prompt[-1].question_id, case.at.step(services.content))
    if case.said.question_id is not None and case.said.question_id not in questions:
        key = "stale"
    elif bare(case.said.shown) != here:
        key = "after.arrived" if case.at.has_news(services.content) else "stale.unread"
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
            question=case.at.step(services.content),
            who=case.at.reader,
            text=case.said.text or "",
            choice=case.said.choice,
            member=case.conversation.member,
        )
    )
    if is_amber(case.said.safety):  # type: ignore[arg-type]
        with services.database.read() as tx:
            after = standing_of(services, tx, case.conversation)
        place = after.place(services.content)
        if case.said.asks == "contact" and not any(message.once for message in said):
            # One thing at a time: whether it is safe to go on here comes before the question, which is asked after it.
            return Answer((), worried(place, "contact"))
        return Answer(said, worried(place, case.said.asks))
    return Answer(said)


STEPS: tuple[Step, ...] = (_stopped, _answers_safety, _unreadable, _safe_to_go_on, _news, _moved_on, _engine)


def _after_an_answer(
    services: Services, tx: Transaction, case: Case, after: Standing, now: datetime
) -> tuple[tuple[Message, ...], bool]:
    """An answer that is itself a sign (F1, "we cannot go on much longer") brings its text and its alert.

    The second value says whether the text offers a call.
    """
    said: list[Message] = []
    offers_call = False
    for code, answer in after.interview.answers.items():
        if answer.level is None or case.at.interview.answers.get(code) == answer:
            continue
        screening = screen_answer(code, answer.level, previous=after.safety)
        record(services, tx, case.conversation, case.stored.id, screening, now)
        said += safety_messages(services.content, after.interview, screening, case.conversation.channel, now)
        offers_call = offers_call or asks(screening) == "call"
    return tuple(said), offers_call
