"""One request of a call is one turn: what comes twice, or late, gets what was said last."""

from __future__ import annotations

from bot.gateway.services import Services
from bot.gateway.voice.call import answer
from bot.gateway.voice.hearing import Heard
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.on_call import OnCall, greet
from bot.gateway.voice.twiml import twiml
from bot.store import calls, conversations
from bot.store.calls import Call
from bot.store.leases import Busy, hold_call

LEASE_SECONDS = 10
"""Nearly every turn is over by then; one that is not does no harm, as it is known by its key and counts once."""
WAIT_SECONDS = 12
"""Longer than a lease, so that what is said after a crash is heard. The provider ends a call that waits 15 seconds."""
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
    call = _find(services, sid)
    if call is None:
        return begin(services, sid)
    if turn != call.turn:
        return call
    try:
        with hold_call(services.database, call.id, LEASE_SECONDS, services.now(), wait_seconds=WAIT_SECONDS):
            call = _find(services, sid) or call
            return call if turn != call.turn else _answered(services, call, client, said)
    except Busy:
        return _find(services, sid) or call


def _find(services: Services, sid: str) -> Call | None:
    with services.database.read() as tx:
        return calls.find(tx, sid)


def _answered(services: Services, call: Call, client: str, said: Heard) -> Call:
    conversation = None
    if call.conversation_id is not None:
        with services.database.read() as tx:
            conversation = conversations.get(tx, call.conversation_id)
    on_call = OnCall(call.id, call.turn, client, Memory.from_json(call.state), conversation, services.now())
    done = answer(services, on_call, said)
    reply = twiml(done.memory, _listen_at(services, call.turn + 1))
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
