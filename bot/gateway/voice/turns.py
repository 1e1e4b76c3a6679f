"""One request of a call is one turn: what comes twice, or late, gets what was said last."""

from __future__ import annotations

from bot.gateway.services import Services
from bot.gateway.voice.call import OnCall, answer, greet
from bot.gateway.voice.hearing import Heard
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.twiml import twiml
from bot.store import calls, conversations
from bot.store.calls import Call

TURN = "/channels/twilio/voice/turn"


def begin(services: Services, sid: str) -> Call:
    """The first words of a call; of one that was begun already, the words that were said last."""
    memory = greet(services)
    with services.database.write() as tx:
        calls.forget(tx, services.now() - calls.KEPT)
        reply = twiml(memory, _listen_at(services, 1))
        return calls.begin(tx, sid, state=memory.to_json(), reply=reply, at=services.now())


def take(services: Services, sid: str, turn: int, client: str, said: Heard) -> Call:
    """Take a turn, once. ``client`` is who tries PINs, as far as can be told."""
    with services.database.read() as tx:
        call = calls.find(tx, sid)
        conversation = (
            None if call is None or call.conversation_id is None else conversations.get(tx, call.conversation_id)
        )
    if call is None:
        return begin(services, sid)
    if turn != call.turn:
        return call
    on_call = OnCall(call.id, turn, client, Memory.from_json(call.state), conversation, services.now())
    done = answer(services, on_call, said)
    reply = twiml(done.memory, _listen_at(services, turn + 1))
    with services.database.write() as tx:
        return calls.answered(
            tx,
            call,
            conversation_id=done.conversation_id,
            state=done.memory.to_json(),
            reply=reply,
            at=services.now(),
        )


def _listen_at(services: Services, turn: int) -> str:
    return f"{services.settings.public_address}{TURN}?n={turn}"
