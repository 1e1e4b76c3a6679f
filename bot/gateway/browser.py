"""The browser's side of a conversation: one cookie, and the checks that a form was sent from our own page."""

from __future__ import annotations

import hmac
from hashlib import sha256

from fastapi import Request, Response

from bot.gateway.settings import GatewaySettings


def cookie_name(settings: GatewaySettings) -> str:
    """With https, browsers promise for this prefix: set by this host, for this host, over https."""
    return "__Host-sevensteps" if settings.https else "sevensteps"


def remember(settings: GatewaySettings, response: Response, conversation_id: str, token: str) -> None:
    """Keep the conversation in the browser until it is closed."""
    response.set_cookie(
        cookie_name(settings),
        f"{conversation_id}.{token}",
        httponly=True,
        samesite="lax",
        secure=settings.https,
        path="/",
    )


def forget(settings: GatewaySettings, response: Response) -> None:
    """End the conversation on this device."""
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.https, httponly=True, samesite="lax")


def remembered(settings: GatewaySettings, request: Request) -> tuple[str, str] | None:
    """Conversation id and token of this browser."""
    conversation_id, _, token = request.cookies.get(cookie_name(settings), "").partition(".")
    return (conversation_id, token) if conversation_id and token else None


def form_token(settings: GatewaySettings, token: str) -> str:
    """What a form of this conversation carries, so that another site cannot send it.

    It is bound to the conversation's token, which no page shows.
    """
    return hmac.new(settings.page_secret.encode(), f"form\x00{token}".encode(), sha256).hexdigest()


def form_is_ours(settings: GatewaySettings, token: str, given: str) -> bool:
    return hmac.compare_digest(form_token(settings, token).encode(), given.encode())


def came_from_here(settings: GatewaySettings, request: Request) -> bool:
    """Whether the browser says that the form was on our own page.

    Browsers that send no Sec-Fetch-Site are judged by Origin; with our Referrer-Policy that may be "null", which says
    nothing, and then the form's own token decides where there is one.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    return origin in ("null", settings.origin, f"{request.url.scheme}://{request.headers.get('host', '')}")
