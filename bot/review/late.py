"""A form that is sent after its sender's session has ended is not lost: it waits until the same person is back."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.browser import came_from_here
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.review.access import SIGN_IN, cookie_name
from bot.store import late_forms, staff_sessions

_FORM = "application/x-www-form-urlencoded"


class LateForms:
    """Keeps what was typed where a page answers a form with the way to sign in, and adds it to that way.

    Only for a session that was there and is over, and only if the form carried its token: what another site sends in
    somebody's name must not come back to them as their own.
    """

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith("/review/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        body = bytearray()

        async def listening() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 303:
                headers = MutableHeaders(scope=message)
                if headers.get("location") == SIGN_IN:
                    kept = await run_in_threadpool(self._keep, request, bytes(body))
                    if kept is not None:
                        headers["location"] = f"{SIGN_IN}?next=/review/late/{kept}"
            await send(message)

        await self._app(scope, listening, answering)

    def _keep(self, request: Request, body: bytes) -> str | None:
        """The id of what was kept; None when there is nothing to keep, or it is nobody's."""
        token = request.cookies.get(cookie_name(self._services.settings), "")
        if not token or not request.headers.get("content-type", "").startswith(_FORM):
            return None
        typed = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        fields = [(clean(name), clean(value)) for name, value in typed if name != "csrf"]
        given = next((value for name, value in typed if name == "csrf"), "")
        now = self._services.now()
        with self._services.database.write() as tx:
            session = staff_sessions.ended(tx, token, now=now)
            if session is None or not any(value for _, value in fields):
                return None
            ours = hmac.compare_digest(session.csrf.encode(), given.encode())
            if not (ours and came_from_here(self._services.settings, request)):
                return None
            return late_forms.keep(tx, user=session.user, path=request.url.path, fields=fields, at=now)
