"""How news leaves the house: one interface for every route, and e-mail through the council's mail server.

A notice says that there is news, and where to go; never a name, a diagnosis, an amount or what was decided. The words
are content (``texts/notices.yaml``). What is on its way is in :mod:`bot.store.notices`; who sends it is
:mod:`bot.gateway.notice_sender`.

Another route (a text message) is a class with ``send`` and ``close``, given to :func:`routes` by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal, Protocol

from bot.gateway.alert_routes import MailServer
from bot.gateway.alert_routes import NotDelivered as MailNotDelivered
from bot.gateway.settings import GatewaySettings

SentBy = Literal["sms", "email"]
"""The routes that leave the house; a line in the conversation waits there."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One notice in words, for one address."""

    id: str
    """The same for every try of one notice: for the provider to know a repeat by."""
    to: str
    """A telephone number as +44…, or an e-mail address (of a team, several with commas between)."""
    subject: str
    """For e-mail; it is read on locked screens."""
    text: str


class NotDelivered(Exception):
    """It did not get there. The reason is a code or the name of an error, never what was sent or to whom."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final
        """Trying again will not help: the number is opted out, or is none."""


class Route(Protocol):
    """One way out. Called from one thread at a time."""

    def send(self, notice: Outgoing) -> None:
        """Send it, or put it where it is sent from. Raises NotDelivered."""

    def close(self) -> None:
        """Let go of what is held."""


def routes(settings: GatewaySettings, more: Mapping[SentBy, Route] | None = None) -> dict[SentBy, Route]:
    """What this service sends by. A demo sends nothing: its outbox page shows what would have gone out."""
    if settings.mode == "demo":
        return {"sms": OutboxOnly(), "email": OutboxOnly()}
    found: dict[SentBy, Route] = dict(more or {})
    if settings.smtp_url:
        found["email"] = Email(settings.smtp_url)
    return found


class OutboxOnly:
    """Keeps a notice in the outbox alone, for the demo."""

    def send(self, notice: Outgoing) -> None:
        """Nothing goes out."""

    def close(self) -> None:
        """Nothing is held."""


class Email:
    """Plain text through the council's mail server, the one that alerts are sent by."""

    def __init__(self, url: str) -> None:
        self._server = MailServer(url)

    def send(self, notice: Outgoing) -> None:
        message = EmailMessage()
        message["Subject"], message["To"] = notice.subject, notice.to
        message["Message-ID"] = f"<{notice.id}@sevensteps>"
        message.set_content(notice.text)
        try:
            self._server.send(message)
        except MailNotDelivered as error:
            raise NotDelivered(str(error)) from error

    def close(self) -> None:
        """Each message has its own connection."""
