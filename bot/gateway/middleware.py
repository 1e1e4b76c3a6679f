"""What holds for every request: how much may come in, and the headers every answer carries."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.limits import BATCHES_COME_TO, MAX_BATCH_BYTES, MAX_BODY_BYTES
from bot.gateway.problems import Problem, respond


class BodyLimit:
    """Refuses a request body over the limit, by its announced length or while it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MAX_BATCH_BYTES if scope["path"] == BATCHES_COME_TO else MAX_BODY_BYTES
        announced = Request(scope).headers.get("content-length", "0")
        if not announced.isdigit() or int(announced) > most:
            await _too_big(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                await _too_big(scope, receive, send)
                return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)


async def _too_big(scope: Scope, receive: Receive, send: Send) -> None:
    problem = Problem(
        413,
        "That is too much at once",
        f"A request may hold {MAX_BODY_BYTES // 1024} kB at most. Please send less. Nothing was saved from it.",
        "/problems/too-long",
    )
    await respond(Request(scope), problem)(scope, receive, send)


class SecurityHeaders:
    """Content-Security-Policy and its neighbours (research: channels 5.4), and no-store for everything but files."""

    def __init__(self, app: ASGIApp, *, https: bool, embed_on: Sequence[str] = ()) -> None:
        self._app = app
        framing = " ".join(embed_on) or "'none'"
        self._fixed = {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {framing}"
            ),
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if not embed_on:
            self._fixed["X-Frame-Options"] = "DENY"
        if https:
            self._fixed["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._fixed.items():
                    headers.setdefault(name, value)
                # Files carry an ETag and are asked for again; pages and replies are kept nowhere.
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)
