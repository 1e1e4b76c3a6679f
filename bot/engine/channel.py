"""The engine's only door: one authenticated turn at a time, from the gateway, over loopback."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Optional

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.engine import turn
from bot.understanding.reading import Reading

log = logging.getLogger("sevensteps.engine")

SECRET_VARIABLE = "SEVENSTEPS_ENGINE_SECRET"  # noqa: S105 - the name of the variable
MAX_CHARACTERS = 4000
INTERNAL = frozenset({"/choose", "/wake"})
"""Messages the gateway makes itself; a person's text never becomes one."""

SECONDS_FOR_A_TURN = 30


class GatewayChannel(InputChannel):
    """``POST /webhooks/gateway/turn`` with ``{"sender", "text", "metadata"}`` → ``{"messages", "intent"}``."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 16:
            raise ValueError(f"{SECRET_VARIABLE} must be set, to at least 16 characters")
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Optional[dict[str, Any]]) -> GatewayChannel:
        """Used by ``rasa run`` with credentials.yml."""
        return cls(str((credentials or {}).get("secret") or ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The route, under the prefix that Rasa gives (/webhooks/gateway)."""
        blueprint = Blueprint("gateway")

        @blueprint.post("/turn")
        async def take_turn(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return _error(401, "unauthorised")
            message = _message(request)
            if message is None:
                return _error(422, "malformed")
            now = turn.begin()
            try:
                await asyncio.wait_for(on_new_message(message), SECONDS_FOR_A_TURN)
            except Exception as error:
                return _failed(now, error)
            if now.failure:
                return _failed(now, turn.TurnFailed(now.failure))
            output: CollectingOutputChannel = message.output_channel
            return response.json({"messages": _payloads(output.messages), "intent": now.intent})

        return blueprint

    def _is_gateway(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), b"Bearer " + self._secret)


def _message(request: Request) -> Optional[UserMessage]:
    """The turn in Rasa's shape, or None when the request is not one."""
    try:
        body = request.json
    except Exception:
        return None
    if not isinstance(body, dict):
        return None
    sender, text, metadata = body.get("sender"), body.get("text"), body.get("metadata") or {}
    if not (isinstance(sender, str) and 0 < len(sender) <= 64 and isinstance(text, str) and isinstance(metadata, dict)):
        return None
    if len(text) > MAX_CHARACTERS:
        return None
    internal = metadata.get("internal") is True and text in INTERNAL
    return UserMessage(
        text=text if internal else text.lstrip("/ \t\r\n"),
        output_channel=CollectingOutputChannel(),
        sender_id=sender,
        parse_data=_made_by_gateway(text, metadata) if internal else None,
        input_channel=GatewayChannel.name(),
        message_id=metadata.get("message_id"),
        metadata=metadata,
    )


def _made_by_gateway(text: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """A click or a wake-up: nothing to understand, so the reading is made here and NLU is skipped."""
    intent = text[1:]
    choice = metadata.get("choice")
    reading = Reading(kind="choice" if choice else "command", text="", choice=choice, intent=intent)
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": [],
        "entities": [],
        "reading": reading.to_json(),
    }


def _payloads(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message["custom"] for message in messages if isinstance(message.get("custom"), dict)]


def _failed(now: turn.Turn, error: BaseException) -> HTTPResponse:
    reason = now.failure or type(error).__name__
    log.error("turn failed", extra={"reason": reason, "intent": now.intent})
    return _error(503 if isinstance(error, (turn.TurnFailed, asyncio.TimeoutError)) else 500, "turn_failed")


def _error(status: int, code: str) -> HTTPResponse:
    return response.json({"error": code}, status=status)
