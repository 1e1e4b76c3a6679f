"""GOV.UK Notify: text messages, the usual way of councils (research: channels 3).

Notify has no free text: every message goes out through one template whose body is ((message)). It keeps no list of who
opted out. What its callback could not bring in, it still has: it is asked for it every few minutes.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from bot.gateway.channels.arrived import Arrived
from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities, Door
from bot.gateway.channels.outgoing import NotSent, Outgoing
from bot.gateway.channels.settings import NotifySettings

TIMEOUT_SECONDS = 20.0
LOOK_BACK = timedelta(days=1)
"""How old a text may be that was missed: an answer to an older one would come out of nowhere."""


def is_notify(settings: NotifySettings, authorization: str | None) -> bool:
    """Whether a callback carries a token that was agreed with Notify."""
    given = (authorization or "").removeprefix("Bearer ").encode()
    return any(hmac.compare_digest(given, token.encode()) for token in settings.tokens)


def read_received(body: Any) -> Arrived | None:
    """A received text out of Notify's callback; None for what is none."""
    if not isinstance(body, dict) or not body.get("id") or not body.get("source_number"):
        return None
    return Arrived(
        door="notify",
        provider_id=str(body["id"]),
        sender=in_full(str(body["source_number"])),
        kind="text",
        text=str(body.get("message") or ""),
        sent_at=moment(body.get("date_received")),
    )


def read_receipt(body: Any) -> tuple[str, str] | None:
    """Notify's id of a message, and what became of it: "delivered", "sent", or the code of a failure."""
    if not isinstance(body, dict) or not body.get("id"):
        return None
    return str(body["id"]), str(body.get("status") or "")


def in_full(number: str) -> str:
    """A number with its plus, which Notify leaves out; a name that stands in a number's place is left alone.

    >>> in_full("447700900123"), in_full("+447700900123"), in_full("07700900123"), in_full("EXAMPLE")
    ('+447700900123', '+447700900123', '+447700900123', 'EXAMPLE')
    """
    digits = number.replace(" ", "")
    if digits.isdecimal():
        return f"+44{digits[1:]}" if digits.startswith("0") else f"+{digits}"
    return digits


def moment(said: Any) -> datetime | None:
    """A time as a provider writes it; None for what is none.

    >>> moment("2026-11-22T21:40:00.000000Z"), moment("yesterday")
    (datetime.datetime(2026, 11, 22, 21, 40, tzinfo=datetime.timezone.utc), None)
    """
    try:
        found = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


class NotifyDoor:
    """Sends texts through Notify, and asks it for what was missed."""

    door: Door = "notify"

    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings
        self._client = NotificationsAPIClient(settings.api_key, base_url=settings.api, timeout=TIMEOUT_SECONDS)
        self._client.request_session.trust_env = False
        self._one_at_a_time = threading.Lock()
        """The client says of itself that it is not thread-safe."""

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES[self.door]

    def send(self, address: str, message: Outgoing, reference: str) -> str:
        with self._one_at_a_time:
            try:
                taken = self._client.send_sms_notification(
                    phone_number=address,
                    template_id=self._settings.template,
                    personalisation={"message": message.text},
                    reference=reference,
                    sms_sender_id=self._settings.sender,
                )
            except HTTPError as error:
                raise _not_sent(error) from error
        return str(taken["id"])

    def went_out(self, address: str, message: Outgoing, reference: str, since: datetime) -> str | None:
        with self._one_at_a_time:
            try:
                found = self._client.get_all_notifications(reference=reference)["notifications"]
            except HTTPError as error:
                raise NotSent("away", again=True) from error
        return str(found[0]["id"]) if found else None

    def missed(self, now: datetime) -> Iterable[Arrived]:
        """The texts that Notify has received in the last day, whether or not it brought them. Raises NotSent."""
        with self._one_at_a_time:
            try:
                page = self._client.get_received_texts()["received_text_messages"]
            except HTTPError as error:
                raise NotSent("away", again=True) from error
        received = [
            Arrived(
                door="notify",
                provider_id=str(text["id"]),
                sender=in_full(str(text["user_number"])),
                kind="text",
                text=str(text.get("content") or ""),
                sent_at=moment(text.get("created_at")),
            )
            for text in page
        ]
        return [text for text in received if text.sent_at is not None and now - text.sent_at < LOOK_BACK]

    def close(self) -> None:
        self._client.request_session.close()


def _not_sent(error: HTTPError) -> NotSent:
    """What a refusal means: to wait, to give up, or to find out first."""
    cause = error.__cause__
    if error.response is None:
        unsure = isinstance(cause, requests.Timeout) and not isinstance(cause, requests.ConnectTimeout)
        lost = isinstance(cause, requests.ConnectionError) and not isinstance(cause, requests.ConnectTimeout)
        return NotSent("away", again=True, unsure=unsure or lost)
    status = error.response.status_code
    return NotSent(f"http_{status}", again=status >= 500 or status in (403, 408, 429))
