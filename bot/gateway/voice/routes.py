"""The telephone's door: Twilio asks what to say, then sends what the caller did. Each request is signed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from bot.gateway.channels.routes import Ours, from_twilio
from bot.gateway.services import Services
from bot.gateway.voice.call import OnCall, answer, greet
from bot.gateway.voice.hearing import Heard, heard
from bot.gateway.voice.memory import Memory
from bot.gateway.voice.twiml import twiml
from bot.store import calls, conversations
from bot.store.calls import Call

router = APIRouter(prefix="/channels/twilio", tags=["Channels"])

TURN = "/channels/twilio/voice/turn"
WITHHELD = frozenset(
    {"", "anonymous", "restricted", "unavailable", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"}
)
"""What stands for a number that the caller does not show (research: channels 1.2)."""


@router.post("/voice", response_class=Response)
async def voice_begins(request: Request, doors: Ours) -> Response:
    """A call comes in."""
    form = await _fields(request, doors)
    sid = form.get("CallSid", "")
    reply = await run_in_threadpool(_begin, doors.services, sid) if sid else _nobody()
    return _xml(reply)


@router.post("/voice/turn", response_class=Response)
async def voice_turn(request: Request, doors: Ours, n: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """The caller pressed a key, said something, or was silent."""
    form = await _fields(request, doors)
    sid = form.get("CallSid", "")
    if not sid:
        return _xml(_nobody())
    caller = form.get("From", "")
    client = f"voice {sid if caller in WITHHELD else caller}"
    return _xml(await run_in_threadpool(_turn, doors.services, sid, n, client, heard(form)))


async def _fields(request: Request, doors: Ours) -> dict[str, str]:
    form = await from_twilio(request, doors)
    return {name: form.get(name) for name in ("CallSid", "From", "Digits", "SpeechResult", "Confidence")}


def _begin(services: Services, sid: str) -> str:
    memory = greet(services)
    with services.database.write() as tx:
        calls.forget(tx, services.now() - calls.KEPT)
        made = calls.begin(
            tx, sid, state=memory.to_json(), reply=twiml(memory, _listen_at(services, 1)), at=services.now()
        )
    return made.reply


def _turn(services: Services, sid: str, turn: int, client: str, said: Heard) -> str:
    """Take a turn once. A request that comes twice, or late, gets what was said last."""
    with services.database.read() as tx:
        call = calls.find(tx, sid)
        conversation = (
            None if call is None or call.conversation_id is None else conversations.get(tx, call.conversation_id)
        )
    if call is None:
        return _begin(services, sid)
    if turn != call.turn:
        return call.reply
    on_call = OnCall(call.id, turn, client, Memory.from_json(call.state), conversation, services.now())
    done = answer(services, on_call, said)
    return _keep(services, call, done.memory, done.conversation_id)


def _keep(services: Services, call: Call, memory: Memory, conversation_id: str | None) -> str:
    reply = twiml(memory, _listen_at(services, call.turn + 1))
    with services.database.write() as tx:
        return calls.answered(
            tx, call, conversation_id=conversation_id, state=memory.to_json(), reply=reply, at=services.now()
        ).reply


def _listen_at(services: Services, turn: int) -> str:
    return f"{services.settings.public_address}{TURN}?n={turn}"


def _nobody() -> str:
    """The reply to a request that names no call."""
    return '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'


def _xml(reply: str) -> Response:
    return Response(reply, media_type="text/xml", headers={"Cache-Control": "no-store"})
