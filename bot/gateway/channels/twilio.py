"""Twilio: text messages and WhatsApp (research: channels 1). The telephone knocks at a door of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator, get_signature_algorithm
from twilio.rest import Client

from bot.gateway.channels.arrived import Arrived, Kind
from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities, Door
from bot.gateway.channels.outgoing import NotSent, Outgoing, Stopped
from bot.gateway.channels.settings import TwilioSettings

TIMEOUT_SECONDS = 20.0
WHATSAPP = "whatsapp:"
SIGNATURE_SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
OPTED_OUT = 21610
"""Twilio's code for a number that wrote STOP to it."""
WINDOW_CLOSED = 63016
STATUSES = {"sent": "sent", "delivered": "delivered", "read": "delivered", "undelivered": "failed", "failed": "failed"}
"""What Twilio reports, and what it means here; the others are steps before."""


class Form:
    """A form as it was sent: every field, also blank ones, and one that is there twice. The signature is over all."""

    def __init__(self, body: bytes) -> None:
        self._pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)

    def __iter__(self):  # type: ignore[no-untyped-def]  # what Twilio's validator asks of a form
        return iter(dict(self._pairs))

    def getlist(self, name: str) -> list[str]:
        return [value for found, value in self._pairs if found == name]

    def get(self, name: str) -> str:
        """The first value of a field; empty where there is none."""
        return next(iter(self.getlist(name)), "")


def is_twilio(settings: TwilioSettings, address: str, form: Form, signature: str | None, how: str | None) -> bool:
    """Whether Twilio has signed this form for this public address, with one of our tokens."""
    if not signature:
        return False
    algorithm = get_signature_algorithm(how)
    return any(
        RequestValidator(token).validate(address, form, signature, algorithm) for token in settings.tokens
    ) and form.get("AccountSid") in ("", settings.account)


def read_message(form: Form) -> Arrived | None:
    """A message out of Twilio's form; None for what is none."""
    provider_id = form.get("MessageSid") or form.get("SmsSid") or form.get("SmsMessageSid")
    sender = form.get("From")
    if not provider_id or not sender:
        return None
    is_whatsapp = sender.startswith(WHATSAPP)
    tapped = form.get("ButtonPayload") or form.get("ListId")
    text = form.get("Body")
    return Arrived(
        door="twilio_whatsapp" if is_whatsapp else "twilio_sms",
        provider_id=provider_id,
        sender=sender,
        kind=_kind(form, text),
        text=text or form.get("ButtonText"),
        choice=tapped or None,
    )


def read_status(form: Form) -> tuple[str, str, str] | None:
    """Twilio's id of a message, what became of it, and its code of a failure."""
    provider_id, status = form.get("MessageSid") or form.get("SmsSid"), STATUSES.get(form.get("MessageStatus"))
    return (provider_id, status, form.get("ErrorCode")) if provider_id and status else None


def _kind(form: Form, text: str) -> Kind:
    if text:
        return "text"
    if form.get("Latitude"):
        return "location"
    if form.get("NumMedia") not in ("", "0"):
        return "voice" if form.get("MediaContentType0").startswith("audio/") else "media"
    return "text"


class TwilioDoor:
    """Sends through Twilio: texts, or WhatsApp as numbered lines."""

    def __init__(self, settings: TwilioSettings, door: Door, sends_from: str, status_address: str) -> None:
        self.door: Door = door
        self._from = f"{WHATSAPP}{sends_from}" if door == "twilio_whatsapp" else sends_from
        self._status = status_address
        self._http = TwilioHttpClient(timeout=TIMEOUT_SECONDS)
        self._http.session.trust_env = False
        self._client = Client(settings.account, settings.tokens[0], http_client=self._http)
        self._client.api.base_url = settings.api

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES[self.door]

    def send(self, address: str, message: Outgoing, reference: str) -> str:
        try:
            taken = self._client.messages.create(
                to=address,
                from_=self._from,
                body=message.text,
                # Tells our own name for it back with each report, also of a message whose reply was lost.
                status_callback=f"{self._status}?text={reference}",
            )
        except TwilioRestException as error:
            raise _refused(error) from error
        except requests.ConnectTimeout as error:
            raise NotSent("away", again=True) from error
        except (requests.Timeout, requests.ConnectionError) as error:
            raise NotSent("away", again=True, unsure=not _never_connected(error)) from error
        return str(taken.sid)

    def went_out(self, address: str, message: Outgoing, reference: str, since: datetime) -> str | None:
        try:
            found = self._client.messages.list(
                to=address, from_=self._from, date_sent_after=since - timedelta(minutes=1), limit=50
            )
        except (TwilioException, requests.RequestException) as error:
            raise NotSent("away", again=True) from error
        return next((str(sent.sid) for sent in found if sent.body == message.text), None)

    def close(self) -> None:
        self._http.session.close()


def _refused(error: TwilioRestException) -> NotSent:
    if error.code == OPTED_OUT:
        return Stopped("opted_out")
    if error.code == WINDOW_CLOSED:
        return NotSent("window_closed", again=False)
    again = error.status >= 500 or error.status in (401, 429)
    return NotSent(f"twilio_{error.code or error.status}", again=again)


def _never_connected(error: Exception) -> bool:
    """Whether a failed request surely did not reach the other side."""
    return "NewConnectionError" in repr(error) or "Connection refused" in repr(error)


def doors(settings: TwilioSettings, status_address: str) -> Sequence[TwilioDoor]:
    """The doors that have a number to send from."""
    found = []
    if settings.sms_from:
        found.append(TwilioDoor(settings, "twilio_sms", settings.sms_from, status_address))
    if settings.whatsapp_from:
        found.append(TwilioDoor(settings, "twilio_whatsapp", settings.whatsapp_from, status_address))
    return found
