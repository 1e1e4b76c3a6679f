"""The telephone's door: Twilio asks what to say, then sends what the caller did. Each request is signed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from bot.gateway.api import problems
from bot.gateway.channels.routes import Ours, from_twilio
from bot.gateway.voice.hearing import heard
from bot.gateway.voice.turns import begin, take

router = APIRouter(prefix="/channels/twilio", tags=["Channels"], responses=problems(403, 404))

WITHHELD = frozenset(
    {"", "anonymous", "restricted", "unavailable", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"}
)
"""What stands for a number that the caller does not show (research: channels 1.2)."""


@router.post("/voice", response_class=Response)
async def voice_begins(request: Request, doors: Ours) -> Response:
    """A call comes in."""
    form = await _fields(request, doors)
    sid = form.get("CallSid", "")
    if not sid:
        return _xml(_nobody())
    return _xml((await run_in_threadpool(begin, doors.services, sid)).reply)


@router.post("/voice/turn", response_class=Response)
async def voice_turn(request: Request, doors: Ours, n: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """The caller pressed a key, said something, or was silent."""
    form = await _fields(request, doors)
    sid = form.get("CallSid", "")
    if not sid:
        return _xml(_nobody())
    caller = form.get("From", "")
    client = f"voice {sid if caller in WITHHELD else caller}"
    call = await run_in_threadpool(take, doors.services, sid, n, client, heard(form))
    return _xml(call.reply)


async def _fields(request: Request, doors: Ours) -> dict[str, str]:
    form = await from_twilio(request, doors)
    return {name: form.get(name) for name in ("CallSid", "From", "Digits", "SpeechResult", "Confidence")}


def _nobody() -> str:
    """The reply to a request that names no call."""
    return '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'


def _xml(reply: str) -> Response:
    return Response(reply, media_type="text/xml", headers={"Cache-Control": "no-store"})
