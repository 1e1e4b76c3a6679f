"""Meta's WhatsApp Cloud API (research: channels 2).

What comes in is signed over its raw bytes, comes in batches, at least once and in any order, and may hold kinds of
message nobody has told us of. A sender is an opaque string: people with a user name may have no number.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.gateway.channels.arrived import Arrived, Kind
from bot.gateway.channels.capabilities import CAPABILITIES, Capabilities, Door
from bot.gateway.channels.outgoing import NotSent, Outgoing
from bot.gateway.channels.settings import MetaSettings
from bot.gateway.tls import trusted

TIMEOUT_SECONDS = 20.0
WINDOW_CLOSED = 131047
"""Meta's code for a message sent more than a day after the person's last one."""
_KINDS: dict[str, Kind] = {
    "audio": "voice",
    "image": "media",
    "video": "media",
    "document": "media",
    "sticker": "media",
    "location": "location",
}
_IGNORED = ("reaction", "system")
"""A thumb on a message of ours, or news of a new number, is no message to answer."""


def is_meta(settings: MetaSettings, raw: bytes, signature: str | None) -> bool:
    """Whether Meta has signed these bytes, with one of our secrets."""
    given = (signature or "").encode()
    return any(
        hmac.compare_digest(given, b"sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest().encode())
        for secret in settings.app_secrets
    )


def verified(settings: MetaSettings, mode: str, token: str) -> bool:
    """Whether whoever sets up the webhook knows the token that was agreed."""
    return mode == "subscribe" and hmac.compare_digest(token.encode(), settings.verify_token.encode())


def read_messages(body: Any, phone_id: str) -> Iterator[Arrived]:
    """Every message of a batch that was sent to this number."""
    for value in _values(body):
        metadata = _dict(value.get("metadata"))
        if metadata.get("phone_number_id") not in (None, phone_id):
            continue
        for message in _list(value.get("messages")):
            kind = str(message.get("type") or "")
            sender = _sender(message, _list(value.get("contacts")))
            if not message.get("id") or not sender or kind in _IGNORED:
                continue
            text, choice = _words(message, kind)
            yield Arrived(
                door="meta",
                provider_id=str(message["id"]),
                sender=sender,
                kind=_KINDS.get(kind, "text" if text or choice or kind == "text" else "other"),
                text=text,
                choice=choice,
                sent_at=_moment(message.get("timestamp")),
            )


def read_statuses(body: Any) -> Iterator[tuple[str, str | None, str, str]]:
    """Of each report: Meta's id, our reference, what became of the message, and Meta's code of a failure."""
    became = {"sent": "sent", "delivered": "delivered", "read": "delivered", "failed": "failed"}
    for value in _values(body):
        for status in _list(value.get("statuses")):
            if status.get("id") and status.get("status") in became:
                errors = _list(status.get("errors"))
                code = str(errors[0].get("code", "")) if errors else ""
                reference = status.get("biz_opaque_callback_data")
                yield str(status["id"]), reference and str(reference), became[status["status"]], code


def _sender(message: dict[str, Any], contacts: list[dict[str, Any]]) -> str | None:
    """Who sent it: the id that a business knows a person by, else their number, which may be left out."""
    number = message.get("from")
    known = next((contact for contact in contacts if number and contact.get("wa_id") == number), None)
    if known is None and len(contacts) == 1 and not number:
        known = contacts[0]
    found = message.get("from_user_id") or (known or {}).get("user_id") or number
    return str(found) if found else None


def _words(message: dict[str, Any], kind: str) -> tuple[str, str | None]:
    """What was typed or tapped: words, and the value of an option."""
    part = _dict(message.get(kind))
    if kind == "text":
        return str(part.get("body") or ""), None
    if kind == "interactive":
        tapped = _dict(part.get("button_reply")) or _dict(part.get("list_reply"))
        return str(tapped.get("title") or ""), str(tapped["id"]) if tapped.get("id") else None
    if kind == "button":
        return str(part.get("text") or ""), None
    return str(part.get("caption") or ""), None


def _values(body: Any) -> Iterator[dict[str, Any]]:
    for entry in _list(_dict(body).get("entry")):
        for change in _list(entry.get("changes")):
            yield _dict(change.get("value"))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


class MetaDoor:
    """Sends through the Cloud API: text, buttons, lists."""

    door: Door = "meta"

    def __init__(self, settings: MetaSettings, list_button: str) -> None:
        self._settings = settings
        self._list_button = list_button
        self._http = httpx.Client(
            timeout=httpx.Timeout(TIMEOUT_SECONDS, connect=5.0),
            headers={"Authorization": f"Bearer {settings.access_token}"},
            trust_env=False,
            verify=trusted(),
        )

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES[self.door]

    def send(self, address: str, message: Outgoing, reference: str) -> str:
        try:
            reply = self._http.post(
                f"{self._settings.api}/{self._settings.phone_id}/messages",
                json=payload(address, message, reference, self._list_button),
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise NotSent("away", again=True) from error
        except httpx.HTTPError as error:
            raise NotSent("away", again=True, unsure=True) from error
        if reply.is_success:
            return str(reply.json()["messages"][0]["id"])
        raise _refused(reply)

    def went_out(self, address: str, message: Outgoing, reference: str, since: datetime) -> str | None:
        """Meta cannot be asked. It reports each message it took, with our reference, well before this is called."""
        return None

    def close(self) -> None:
        self._http.close()


def payload(address: str, message: Outgoing, reference: str, list_button: str) -> dict[str, Any]:
    """A message as the Cloud API takes it."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        # A number is named "to", the id of a person whose number nobody is told "recipient".
        ("to" if address.lstrip("+").isdecimal() else "recipient"): address,
        "biz_opaque_callback_data": reference,
    }
    if not message.choices:
        return body | {"type": "text", "text": {"preview_url": False, "body": message.text}}
    if message.as_list:
        rows = [
            {"id": choice.value, "title": choice.title}
            | ({"description": choice.description} if choice.description else {})
            for choice in message.choices
        ]
        action: dict[str, Any] = {"button": list_button, "sections": [{"rows": rows}]}
    else:
        action = {
            "buttons": [
                {"type": "reply", "reply": {"id": choice.value, "title": choice.title}} for choice in message.choices
            ]
        }
    kind = "list" if message.as_list else "button"
    return body | {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": message.text}, "action": action},
    }


def _refused(reply: httpx.Response) -> NotSent:
    try:
        code = int(reply.json()["error"]["code"])
    except (ValueError, KeyError, TypeError):
        code = 0
    if code == WINDOW_CLOSED:
        return NotSent("window_closed", again=False)
    again = reply.status_code >= 500 or reply.status_code in (401, 429) or code in (4, 80007, 130429, 131048, 131056)
    return NotSent(f"meta_{code or reply.status_code}", again=again)
