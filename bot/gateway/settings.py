"""What the service needs to know, built by bot.ops from the environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bot.content.loader import Content
from bot.gateway.channels.settings import ChannelSettings
from bot.gateway.staff_sign_in import StaffSignIn
from bot.store.database import Database


def utc_now() -> datetime:
    """The clock of the running service."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """One service process."""

    database: Database
    content: Content
    engine_url: str
    """Loopback address of the engine, e.g. "http://127.0.0.1:5005"."""
    engine_secret: str
    """Shared with the engine's own channel; sent as a bearer token."""
    actions_url: str
    """Loopback address of the actions, asked by /readyz, e.g. "http://127.0.0.1:5055"."""
    page_secret: str
    """Signs the anti-forgery tokens of the families' pages."""
    public_address: str
    """What people type, e.g. "https://chat.example.gov.uk"; https makes cookies Secure."""
    mode: Literal["demo", "live"] = "demo"
    embed_on: tuple[str, ...] = ()
    """Origins of council pages that may show the chat in a frame, e.g. ("https://www.example.gov.uk",)."""
    clock: Callable[[], datetime] = utc_now
    alert_webhook_url: str | None = None
    """Where alerts are posted as JSON, e.g. "https://duty.example.gov.uk/sevensteps". Unused in demo mode."""
    alert_webhook_secret: str | None = field(default=None, repr=False)
    """Signs what is posted there; see :mod:`bot.gateway.alert_routes`."""
    alert_email_to: str | None = None
    """Addresses that alerts are sent to, separated by commas. Unused in demo mode."""
    smtp_url: str | None = field(default=None, repr=False)
    """The mail server, e.g. "smtps://user:password@mail.example.gov.uk:465?from=sevensteps@example.gov.uk"."""
    staff_sign_in: StaffSignIn | None = None
    """How staff sign in with their own accounts; None in a demo without it."""
    models: Path = Path("models")
    """Folder of the engine's trained models, which the service reads its understanding from."""
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    """Text messages, WhatsApp and the telephone."""

    @property
    def https(self) -> bool:
        return urlsplit(self.public_address).scheme == "https"

    @property
    def origin(self) -> str:
        """Scheme and host of the public address, as a browser writes them in Origin."""
        parts = urlsplit(self.public_address)
        return f"{parts.scheme}://{parts.netloc}"
