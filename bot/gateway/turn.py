"""One turn: a message comes in, a reply goes out. A row of small stages, each of which can end the turn.

Everything after the first stage happens while holding the draft's turn, so two devices, or one request sent twice,
come one after the other. A message is stored and screened before anything that can fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content.loader import Content
from bot.gateway.apply import Applied, Case, apply, store, to_red
from bot.gateway.contact import is_pick
from bot.gateway.engine import EngineAway
from bot.gateway.limits import MAX_TEXT
from bot.gateway.problems import Problem, engine_away, malformed, too_fast, too_long
from bot.gateway.records import Received, masked, message_out, received
from bot.gateway.refused import safety_of_refused
from bot.gateway.safety_reply import asks, record, safety_messages, screened
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.gateway.wire import MessageOut, ReplyOut
from bot.interview import Message
from bot.store import conversations, messages, replies
from bot.store.conversations import Conversation
from bot.store.database import Busy, Transaction
from bot.store.leases import hold
from bot.store.messages import StoredMessage

LEASE_SECONDS = 20
"""A turn is over well before; a service that dies in a turn locks its family out for no longer."""
WAIT_SECONDS = 25
"""Longer than a lease, so that the message after a crash is answered and not refused."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: the JSON body, kept as it is for a repeat."""

    body: str
    shows_secret: bool = False
    """It holds something that is shown once (a PIN) and is hidden in the transcript."""


@dataclass(frozen=True, slots=True)
class TurnContext:
    """One turn on its way through the stages; each returns a changed copy."""

    conversation: Conversation
    said: Received
    key: str | None
    now: datetime
    message: StoredMessage | None = None
    warned: tuple[tuple[str, Message], ...] = ()
    """Safety words that were stored with the message itself, and go in front of the reply."""
    caught_up: tuple[tuple[str, Message], ...] = ()
    """Replies to this device's earlier messages, which had been waiting."""
    reply: Reply | None = None
    """Set by the stage that ends the turn."""


Stage = Callable[[Services, TurnContext], TurnContext]


def take_turn(services: Services, conversation: Conversation, said: Received, key: str | None = None) -> Reply:
    """Take one message of an authenticated conversation. Raises Problem, with words for the person."""
    context = TurnContext(conversation, said, key, services.now())
    try:
        if len(said.text or "") > MAX_TEXT:
            raise too_long(MAX_TEXT, len(said.text or ""))
        services.turns.take(conversation.id)
        with (
            services.in_flight.one(conversation.id),
            hold(
                services.database,
                conversation.draft_id,
                "gateway",
                LEASE_SECONDS,
                context.now,
                wait_seconds=WAIT_SECONDS,
            ),
        ):
            for stage in STAGES:
                context = stage(services, context)
                if context.reply is not None:
                    return context.reply
    except Busy:
        raise _refused(services, context, too_fast(2, services.content.text("busy", "parent"))) from None
    except Problem as problem:
        raise _refused(services, context, problem) from problem.__cause__
    raise AssertionError("the last stage always replies")


def replay(services: Services, context: TurnContext) -> TurnContext:
    """The same Idempotency-Key and body get the first reply again, byte for byte."""
    if context.key is None:
        return context
    with services.database.read() as tx:
        try:
            kept = replies.find(tx, context.conversation.id, context.key, _request(context.said), now=context.now)
        except replies.KeyReused:
            raise _key_reused() from None
    return context if kept is None else replace(context, reply=Reply(**json.loads(kept)))


def record_and_screen(services: Services, context: TurnContext) -> TurnContext:
    """Store what was said and what it means for safety, in one transaction. A RED ends the turn here."""
    content = services.content
    with services.database.read() as tx:
        conversation = conversations.get(tx, context.conversation.id)
        at = standing_of(services, tx, conversation)
    screening = screened(content, conversation, at, context.said)
    said = replace(
        context.said,
        shown=conversation.shown_step if context.said.shown is None else context.said.shown,
        label=context.said.label or _label(content, at, context.said),
        safety=screening.level,
        asks=asks(screening),
    )
    with services.database.write() as tx:
        message = messages.append_in(tx, conversation, body=said.to_body(), at=context.now, idempotency_key=context.key)
        if not received(message).same_request(said):
            raise _key_reused()
        if message.state != "pending":
            # Dealt with before, but its reply was lost on the way: say where things are.
            return _reply(services, tx, context, (), at.prompt(content), at)
        record(services, tx, conversation, message.id, screening, context.now)
        context = replace(context, conversation=conversation, message=message)
        texts = safety_messages(content, at.interview, screening, conversation.channel, context.now)
        if not texts:
            return context
        case = Case(conversation, message, said, at)
        if screening.stop:
            applied = store(services, tx, case, to_red(services, case, screening, texts), context.now)
            return _reply(services, tx, context, applied.said, (), applied.standing)
        return replace(context, warned=_warn(tx, conversation, texts, context.now))


def apply_pending(services: Services, context: TurnContext) -> TurnContext:
    """Deal with what waited, in order; this message is the last of it."""
    assert context.message is not None  # noqa: S101 - set by the stage before
    with services.database.read() as tx:
        waiting = messages.pending(tx, context.conversation.draft_id)
    try:
        for message in waiting:
            if message.id != context.message.id:
                applied = apply(services, message)
                if applied.conversation.id == context.conversation.id:
                    context = replace(context, caught_up=(*context.caught_up, *applied.said))
                continue
            context = _apply_mine(services, context, message)
    except EngineAway as error:
        raise engine_away() from error
    return context


STAGES: tuple[Stage, ...] = (replay, record_and_screen, apply_pending)


def _apply_mine(services: Services, context: TurnContext, message: StoredMessage) -> TurnContext:
    done = context

    def closing(tx: Transaction, applied: Applied) -> None:
        nonlocal done
        said = (*context.warned, *_without_questions(services, context), *applied.said)
        done = _reply(services, tx, context, said, (), applied.standing)

    apply(services, message, closing)
    return done


def _without_questions(services: Services, context: TurnContext) -> tuple[tuple[str, Message], ...]:
    """Late replies, without their questions: the current one follows."""
    return tuple((id, message) for id, message in context.caught_up if message.kind in ("say", "safety", "error"))


def _reply(
    services: Services,
    tx: Transaction,
    context: TurnContext,
    stored: tuple[tuple[str, Message], ...],
    unstored: tuple[Message, ...],
    at: Standing,
) -> TurnContext:
    said: list[MessageOut] = [message_out(message, id) for id, message in stored]
    said += [message_out(message, f"now-{number}") for number, message in enumerate(unstored)]
    body = ReplyOut(messages=said, state=at.state(services.content)).model_dump_json()
    reply = Reply(body, any(message.once for _, message in stored))
    if context.key is not None:
        kept = json.dumps({"body": reply.body, "shows_secret": reply.shows_secret})
        replies.keep(tx, context.conversation.id, context.key, _request(context.said), kept, at=context.now)
    return replace(context, reply=reply)


def _warn(
    tx: Transaction, conversation: Conversation, texts: tuple[Message, ...], now: datetime
) -> tuple[tuple[str, Message], ...]:
    kept = messages.append_out(tx, conversation, [masked(text) for text in texts], at=now)
    return tuple((line.id, text) for line, text in zip(kept, texts, strict=True))


def _refused(services: Services, context: TurnContext, problem: Problem) -> Problem:
    """A turn that comes to nothing, with the safety words in front of it when there are any: they wait for nothing.

    What was stored has been screened; what is refused for its length or its haste is screened now.
    """
    if context.message is not None:
        return replace(problem, safety="\n\n".join(message.text for _, message in context.warned))
    if problem.status not in (413, 429):
        return problem
    return replace(problem, safety=safety_of_refused(services, context.conversation, context.said, context.now))


def _label(content: Content, at: Standing, said: Received) -> str:
    """What the picked option says, for the transcript; nothing for one that is not on the page any more."""
    prompt = at.prompt(content)
    labels = {option.value: option.label for message in prompt for option in message.options}
    change = content.text("option.check.change", at.interview.reader)
    labels |= {f"change.{code}": f"{change}: {title}" for message in prompt for code, title, _ in message.rows}
    part = content.text("option.plan.change", at.reader)
    labels |= {f"plan.go.{code}": f"{part}: {title}" for message in prompt for code, title, _ in message.rows}
    if said.choice is not None and is_pick(said.choice):
        return content.text(f"option.{said.choice}", at.interview.reader)
    return labels.get(said.choice or "", "")


def _request(said: Received) -> str:
    return json.dumps([said.text, said.choice, said.question_id], ensure_ascii=False)


def _key_reused() -> Problem:
    return malformed(
        "This Idempotency-Key was used before with a different message. Use a new key for a new message. "
        "Nothing was changed."
    )
