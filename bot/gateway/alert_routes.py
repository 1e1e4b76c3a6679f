"""How a message about an alert leaves the house: as a signed webhook, or as an e-mail."""

from __future__ import annotations

import hmac
import json
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import httpx

from bot.gateway.alert_schedule import uk_time
from bot.gateway.settings import GatewaySettings
from bot.gateway.tls import trusted
from bot.store.outbox import Delivery, Route

TIMEOUT_SECONDS = 10.0
SIGNATURE = "X-Sevensteps-Signature"
"""Header of a webhook: ``sha256=`` and the HMAC-SHA256 of the body, in hexadecimal, keyed with the shared secret."""


class NotDelivered(Exception):
    """It did not get there. The reason is a code or the name of an error, never what was sent."""


class Transport(Protocol):
    """One way out."""

    def send(self, delivery: Delivery) -> None:
        """Send it. Raises NotDelivered."""

    def close(self) -> None:
        """Let go of what is held."""


def transports(settings: GatewaySettings) -> dict[Route, Transport]:
    """What each configured route sends by. The page needs none: it shows what is in the outbox."""
    found: dict[Route, Transport] = {}
    if settings.alert_webhook_url:
        found["webhook"] = Webhook(settings.alert_webhook_url, settings.alert_webhook_secret or "")
    if settings.alert_email_to and settings.smtp_url:
        found["email"] = Email(settings.smtp_url, settings.alert_email_to)
    return found


class Webhook:
    """POST of the JSON body. ``Idempotency-Key`` is the same for every try of one message."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret
        self._http = httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False, verify=trusted())

    def send(self, delivery: Delivery) -> None:
        data = delivery.body.encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": delivery.id,
            SIGNATURE: signature(self._secret, data),
        }
        try:
            reply = self._http.post(self._url, content=data, headers=headers)
        except httpx.HTTPError as error:
            raise NotDelivered(type(error).__name__) from error
        if not reply.is_success:
            raise NotDelivered(f"status {reply.status_code}")

    def close(self) -> None:
        self._http.close()


def signature(secret: str, data: bytes) -> str:
    """What the receiver works out for itself and compares.

    >>> signature("secret", b"{}")[:15]
    'sha256=77325902'
    """
    return "sha256=" + hmac.new(secret.encode(), data, sha256).hexdigest()


class Email:
    """Plain text through the council's mail server."""

    def __init__(self, url: str, to: str) -> None:
        self._server = MailServer(url)
        self._to = to

    def send(self, delivery: Delivery) -> None:
        message = EmailMessage()
        message["Subject"], message["To"] = delivery.subject, self._to
        message["Message-ID"] = f"<{delivery.id}@sevensteps>"
        message.set_content(as_text(delivery))
        self._server.send(message)

    def close(self) -> None:
        """Each message has its own connection."""


class MailServer:
    """The council's mail server.

    The address is ``smtps://user:password@host:465`` or ``smtp://host:587``, with ``?from=`` for the sender. Over
    ``smtp`` encryption is used when the server offers it, and a password is sent over nothing else.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "smtps"
        self._host, self._port = parts.hostname or "localhost", parts.port or (465 if self._tls else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._from = parse_qs(parts.query).get("from", [f"sevensteps@{self._host}"])[0]

    def send(self, message: EmailMessage) -> None:
        """Send a message that has everything but its sender. Raises NotDelivered."""
        message["From"] = self._from
        try:
            with self._connected() as server:
                if not self._tls and server.has_extn("starttls"):
                    server.starttls(context=ssl.create_default_context())
                    server.ehlo()
                elif not self._tls and self._password:
                    raise NotDelivered("the server offers no encryption for the password")
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        if self._tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        return server


def as_text(delivery: Delivery) -> str:
    """The message in words."""
    said = json.loads(delivery.body)
    raised = uk_time(datetime.fromisoformat(said["raised_at"]))
    return (
        f"Level: {said['level']}\n"
        f"Draft: {said['reference']}\n"
        f"Raised: {raised:%-d %B %Y, %H:%M}\n\n"
        f"Read it and pick it up here:\n{said['link']}\n\n"
        "This message comes again until a person picks it up.\n"
    )
