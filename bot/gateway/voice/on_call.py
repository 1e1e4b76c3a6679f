"""Where a call is, and the ways to say something to it that leave it there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.gateway.place import is_stopped
from bot.gateway.records import Received, message_out
from bot.gateway.safety_reply import screened
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.spoken import hear
from bot.gateway.wire import MessageOut
from bot.safety.screening import screen
from bot.store import conversations
from bot.store.conversations import Conversation


@dataclass(frozen=True, slots=True)
class OnCall:
    """Where a call is, for one request."""

    id: str
    turn: int
    client: str
    """Who tries PINs, as far as can be told: the calling number, or the call itself. Only its keyed hash is kept."""
    memory: Memory
    conversation: Conversation | None
    now: datetime

    @property
    def key(self) -> str:
        """The turn's idempotency key: one request is one turn."""
        return f"call:{self.id}:{self.turn}"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, and the conversation the call is in from now on."""

    memory: Memory
    conversation_id: str | None


def greet(services: Services) -> Memory:
    """The first words of a call."""
    said = tuple(text_of(services, key) for key in ("voice.hello", "voice.rules", "voice.start"))
    return Memory("start", said)


def saying(call: OnCall, memory: Memory) -> Said:
    return Said(memory, call.conversation.id if call.conversation is not None else None)


def again(services: Services, call: OnCall, key: str) -> Said:
    """The same once more, after some words."""
    own = {text_of(services, one) for one in ("voice.no_hurry", "voice.keys_only", "voice.no_key", "voice.relay")}
    own |= {text_of(services, one) for one in ("voice.slow_on", "voice.slow_off")}
    before = tuple(part for part in call.memory.said if part not in own)
    return saying(call, replace(call.memory, said=(text_of(services, key), *before)))


def asked_again(services: Services, call: OnCall, first: tuple[str, ...]) -> Said:
    """Some words, then what is asked now."""
    conversation = call.conversation
    if conversation is None:
        return saying(
            call, replace(greet(services), said=(*first, text_of(services, "voice.start")), slow=call.memory.slow)
        )
    with services.database.read() as tx:
        conversation = conversations.get(tx, conversation.id)
        at = standing_of(services, tx, conversation)
    asked = [message_out(message, f"now-{place}") for place, message in enumerate(at.prompt(services.content))]
    if is_stopped(conversation.shown_step):
        asked = []  # the questions wait: what was said for danger says how to go on
    memory = hear(services.content, at, asked, call.memory) if asked else replace(call.memory, mode="talk", choices=())
    return Said(replace(memory, said=(*first, *(memory.said if asked else ()))), conversation.id)


def replied(services: Services, call: OnCall, conversation: Conversation, said: list[MessageOut]) -> Said:
    at = standing_in(services, conversation)
    return Said(hear(services.content, at, said, call.memory), conversation.id)


def danger_in(services: Services, call: OnCall, words: str) -> bool:
    """Whether the screen finds anything in words, with what is known of who speaks and what was asked."""
    if call.conversation is None:
        return screen(words, channel="voice").level != "GREEN"
    at = standing_in(services, call.conversation)
    return screened(services.content, call.conversation, at, Received(text=words)).level != "GREEN"


def standing_in(services: Services, conversation: Conversation) -> Standing:
    with services.database.read() as tx:
        return standing_of(services, tx, conversation)


def text_of(services: Services, key: str, **values: object) -> str:
    return services.content.text(key, "parent", **values)
