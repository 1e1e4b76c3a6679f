"""Answering one message that was recorded: a row of ways to deal with it, each of which can pass it on to the next.

Everything a message brings about is stored at the end in one transaction, with the message being dealt with. Cut off
before that, it is dealt with again and brings the same: its turn is taken once, by its own key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.content.models import Who
from bot.gateway.channels import opt_out
from bot.gateway.channels.agreeing import number_alone
from bot.gateway.channels.arrived import Said, said
from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities, Door
from bot.gateway.channels.codes import pin_in, reference_in
from bot.gateway.channels.outgoing import Outgoing
from bot.gateway.channels.queue import queue_replies
from bot.gateway.channels.remembered import Remembered, remembered
from bot.gateway.channels.render import Rendered, render, text_of
from bot.gateway.conversations import FAMILY, open_conversation, reference_prefix, resume_conversation
from bot.gateway.place import is_stopped
from bot.gateway.problems import Problem
from bot.gateway.records import Received, message_out
from bot.gateway.refused import safety_of_refused
from bot.gateway.services import Services
from bot.gateway.standing import standing_of
from bot.gateway.turn import take_turn
from bot.gateway.wire import MessageOut, NewConversation, OpenedOut, ReplyOut, ResumeIn, says_something
from bot.store import audit, conversations, drafts, inbound, messages, numbers, suppression
from bot.store.conversations import Conversation
from bot.store.database import Transaction
from bot.store.inbound import Inbound
from bot.store.numbers import Number
from bot.store.texts_out import Purpose

SILENCE = timedelta(hours=12)
"""After so long a phone may be in other hands: who has a PIN is asked for it, whoever they say they are."""


class TryAgain(Exception):
    """A message cannot be dealt with yet. It is kept; ``words`` are said the first time."""

    def __init__(self, words: tuple[Outgoing, ...]) -> None:
        super().__init__("the message waits")
        self.words = words


@dataclass(frozen=True, slots=True)
class Case:
    """One message, and where it finds things."""

    number: Number
    message: Inbound
    said: Said
    memory: Remembered
    conversation: Conversation | None
    now: datetime

    @property
    def to(self) -> Capabilities:
        return CAPABILITIES[self.door]

    @property
    def door(self) -> Door:
        return self.number.door  # type: ignore[return-value]  # only doors are ever kept

    @property
    def key(self) -> str:
        """The turn's idempotency key: one message is one turn."""
        return f"{self.number.door}:{self.message.id}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message brings about."""

    out: tuple[Outgoing, ...]
    memory: Remembered
    place: str | None = None
    """Where the reader stands after it; None: where they stood."""
    joins: str | None = None
    """The conversation the number is in from now on."""
    purpose: Purpose = "reply"
    talked: bool = False
    """They were answered as who they are: the silence after which they are asked for a PIN begins anew."""
    keeping: Callable[[Transaction], None] | None = field(default=None, compare=False)


Way = Callable[[Services, Case], Answer | None]


def answer_oldest(services: Services, number_id: str) -> bool:
    """Deal with the message of a number that was sent first. False when there is none. Raises TryAgain."""
    now = services.now()
    with services.database.read() as tx:
        message = inbound.oldest(tx, number_id)
        if message is None:
            return False
        number = numbers.get_number(tx, number_id)
        conversation = numbers.conversation_of(tx, number)
    case = Case(number, message, said(message.body), remembered(number.state), conversation, now)
    try:
        answer = next(found for way in WAYS if (found := way(services, case)) is not None)
    except TryAgain as waits:
        with services.database.write() as tx:
            inbound.tried(tx, message.id)
            queue_replies(tx, number, f"{case.key}:wait", waits.words, place=None, purpose="reply", now=now)
        raise
    with services.database.write() as tx:
        inbound.settle(tx, message.id)
        if answer.keeping is not None:
            answer.keeping(tx)
        if answer.joins is not None:
            numbers.joins(tx, number.id, answer.joins)
        memory = replace(answer.memory, answered=now) if answer.talked else answer.memory
        numbers.remember(tx, number.id, memory.to_json())
        queue_replies(tx, number, case.key, answer.out, place=answer.place, purpose=answer.purpose, now=now)
    return True


def give_up(services: Services, number_id: str) -> None:
    """A message cannot be dealt with, after every try: say so, and go on with what came after it."""
    with services.database.write() as tx:
        message = inbound.oldest(tx, number_id)
        if message is None:
            return
        number = numbers.get_number(tx, number_id)
        inbound.settle(tx, message.id, "failed")
        words = _own_words(services, CAPABILITIES[number.door], None, "channel.failed")  # type: ignore[index]
        key = f"{number.door}:{message.id}:failed"
        queue_replies(tx, number, key, words, place=None, purpose="reply", now=services.now())


def _stop_or_start(services: Services, case: Case) -> Answer | None:
    """The list itself was changed when the message came in; here it is only said, once."""
    word = opt_out.word(case.said.text)
    if word is None:
        return None
    if word == "stop":
        confirmed = case.door in opt_out.CONFIRMED_BY_PROVIDER or not case.said.changed_opt_out
        words = () if confirmed else _say(services, case, "channel.stopped")
        return Answer(words, case.memory, purpose="opt_out")
    words = _say(services, case, "channel.started")
    if case.conversation is None or _is_silent(services, case, case.conversation):
        return Answer(words, case.memory)
    return _with_prompt(services, case, case.conversation, words)


def _stopped(services: Services, case: Case) -> Answer | None:
    """Who wrote STOP is sent nothing, so what they write is no answer. Danger in it is still heard by people."""
    with services.database.read() as tx:
        if not suppression.is_stopped(tx, case.to.channel, case.number.address):  # type: ignore[arg-type]
            return None
    if case.conversation is not None:
        safety_of_refused(services, case.conversation, Received(text=case.said.text), case.now)
    return Answer((), case.memory)


def _not_words(services: Services, case: Case) -> Answer | None:
    """A recording, a picture, a place: what works here is said, and what was asked stays as it is."""
    kind = case.said.kind
    keys = {"voice": "channel.voice_note", "media": "channel.media", "location": "channel.location"}
    if kind in ("text", "choice") or says_something(case.said.text):
        return None
    return Answer(_say(services, case, keys.get(kind, "channel.other")), case.memory)


def _kept_back(services: Services, case: Case) -> Answer | None:
    """MORE and AMOUNT: what was kept back goes out, a page at a time."""
    word, memory = case.said.text.strip().rstrip(".!").lower(), case.memory
    if word == "amount" and (memory.amount or memory.amount_asked):
        if not memory.amount:
            return Answer(_say(services, case, "channel.amount_again"), memory)

        def keeping(tx: Transaction) -> None:
            if case.conversation is not None:
                detail = {"channel": case.to.channel}
                subject = case.conversation.draft_id
                audit.note(tx, at=case.now, actor=FAMILY, action="amount.shown", subject=subject, detail=detail)

        asked = replace(memory, amount=(), amount_asked=True, more=memory.amount[1:])
        return Answer(memory.amount[:1], asked, talked=True, keeping=keeping)
    if word == "more":
        if not memory.more:
            return None if case.conversation is None else Answer(_say(services, case, "channel.nothing_more"), memory)
        return Answer(memory.more[:1], replace(memory, more=memory.more[1:]), talked=True)
    return None


def _comes_back(services: Services, case: Case) -> Answer | None:
    """A reference and its PIN open a draft here, wherever it was begun. The number itself opens nothing."""
    prefix, text = reference_prefix(services.content.council), case.said.text
    reference = reference_in(text, prefix)
    pin = pin_in(text, prefix)
    if reference is None and (case.memory.reference is None or pin is None):
        return None
    reference = reference or case.memory.reference or ""
    if pin is None:
        return Answer(_say(services, case, "channel.reference_found"), replace(case.memory, reference=reference))
    forgotten = replace(case.memory, reference=None)
    try:
        services.resumes.take(case.number.id)
        asked = ResumeIn(reference=reference, pin=pin, channel=case.to.channel)
        opened = resume_conversation(services, asked, f"{case.door} {case.number.address}")
    except Problem as problem:
        return Answer(text_of_problem(services, case, problem), forgotten)
    return _opened(services, case, opened, Remembered())


def _silent(services: Services, case: Case) -> Answer | None:
    """After a long silence a phone may be in other hands."""
    if case.conversation is None or not _is_silent(services, case, case.conversation):
        return None
    if case.said.text.strip().lower() == "new":
        return _first(services, replace(case, conversation=None))
    safety_of_refused(services, case.conversation, Received(text=case.said.text), case.now)
    return Answer(_say(services, case, "channel.come_back"), case.memory)


def _is_silent(services: Services, case: Case, conversation: Conversation) -> bool:
    if case.memory.silent_for(case.now) < SILENCE:
        return False
    with services.database.read() as tx:
        return drafts.get(tx, conversation.draft_id).pin_set


def _first(services: Services, case: Case) -> Answer | None:
    """A new number gets a new conversation. Its first words cannot be an answer, but they are kept, and screened."""
    if case.conversation is not None:
        return None
    opened = open_conversation(services, NewConversation(channel=case.to.channel))
    with services.database.write() as tx:
        conversation = conversations.get(tx, opened.conversation_id)
        words = Received(text=case.said.text, shown="")
        kept = messages.append_in(tx, conversation, body=words.to_body(), at=case.now, idempotency_key=case.key)
        messages.mark_kept(tx, kept.id)
    danger = safety_of_refused(services, conversation, Received(text=case.said.text), case.now)
    answer = _opened(services, case, opened, Remembered())
    if not danger:
        return answer
    return replace(answer, out=(*text_of(danger, "", case.to), *(() if is_stopped(answer.place) else answer.out)))


def _turn(services: Services, case: Case) -> Answer | None:
    """The ordinary way: the same turn as on the web."""
    conversation = case.conversation
    if conversation is None:
        raise AssertionError("a new number was answered before")
    # Before the first reply has gone out, nothing was shown that could be answered.
    shown = case.message.shown or ""
    if case.said.choice is not None:
        received = Received(choice=case.said.choice, shown=shown)
    elif (number := number_alone(case.said.text)) is not None:
        received = Received(text=number, label=case.said.text, shown=shown)
    else:
        received = Received(text=case.said.text, shown=shown)
    try:
        reply = ReplyOut.model_validate_json(take_turn(services, conversation, received, case.key).body)
    except Problem as problem:
        if problem.status in (429, 503):
            raise TryAgain(_say(services, case, "channel.away", problem.safety)) from None
        return Answer(text_of_problem(services, case, problem), case.memory)
    return _replied(services, case, conversation.id, reply.messages, case.memory)


WAYS: tuple[Way, ...] = (_stop_or_start, _stopped, _not_words, _comes_back, _silent, _kept_back, _first, _turn)


def text_of_problem(services: Services, case: Case, problem: Problem) -> tuple[Outgoing, ...]:
    """What went wrong, in words for a phone; words for danger come first."""
    if problem.status == 413:
        return _say(services, case, "channel.too_long", problem.safety)
    return _own_words(services, case.to, case.conversation, None, problem.safety, problem.detail)


def _opened(services: Services, case: Case, opened: OpenedOut, memory: Remembered) -> Answer:
    answer = _replied(services, case, opened.conversation_id, opened.messages, memory)
    return replace(answer, joins=opened.conversation_id)


def _with_prompt(services: Services, case: Case, conversation: Conversation, first: tuple[Outgoing, ...]) -> Answer:
    with services.database.read() as tx:
        at = standing_of(services, tx, conversation)
    asked = [message_out(message, f"now-{number}") for number, message in enumerate(at.prompt(services.content))]
    answer = _replied(services, case, conversation.id, asked, case.memory)
    return replace(answer, out=(*first, *answer.out))


def _replied(
    services: Services, case: Case, conversation_id: str, said: Sequence[MessageOut], memory: Remembered
) -> Answer:
    """A reply of the conversation, in this channel's words."""
    with services.database.read() as tx:
        conversation = conversations.get(tx, conversation_id)
        at = standing_of(services, tx, conversation)
    made: Rendered = render(services.content, at, said, case.to, amount_asked=memory.amount_asked)
    kept = replace(memory, more=made.more, amount=made.amount or memory.amount, reference=None)
    return Answer(made.now, kept, place=conversation.shown_step, talked=True)


def _say(services: Services, case: Case, key: str, safety: str = "") -> tuple[Outgoing, ...]:
    return _own_words(services, case.to, case.conversation, key, safety)


def _own_words(
    services: Services, to: Capabilities, conversation: Conversation | None, key: str | None, *before: str
) -> tuple[Outgoing, ...]:
    """Words of the channel's own, after ``before``."""
    reader, name = _reader(services, conversation)
    words = services.content.text(key, reader) if key is not None else ""
    return text_of("\n\n".join(part for part in (*before, words) if part), name, to)


def _reader(services: Services, conversation: Conversation | None) -> tuple[Who, str]:
    """Which wording somebody reads, and the name to leave out of it."""
    if conversation is None:
        return "parent", ""
    with services.database.read() as tx:
        at = standing_of(services, tx, conversation)
    return at.reader, at.interview.about.name or ""
