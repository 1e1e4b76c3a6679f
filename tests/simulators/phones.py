"""People with phones: each writes through one provider's webhook, as that provider would bring it, and reads what comes.

A person reads and taps as people do: by what stands on the screen. ``settle`` lets the service do its work.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from bot.gateway.channels.settings import ChannelSettings, MetaSettings, NotifySettings, TwilioSettings
from tests.simulators.providers import (
    META_PHONE_ID,
    META_TOKEN,
    NOTIFY_KEY,
    NOTIFY_TEMPLATE,
    TWILIO_ACCOUNT,
    TWILIO_TOKEN,
    MetaServer,
    NotifyServer,
    Provider,
    Sent,
    TwilioServer,
)

NOTIFY_TOKENS = ("the token of the callbacks", "the token before it")
META_SECRETS = ("the secret of the app", "the secret before it")
META_VERIFY = "a token to verify with"
OLDER_TWILIO_TOKEN = "21098765432109876543210987654321"
SMS_FROM, WHATSAPP_FROM = "+441632960000", "+441632960001"

_numbers = itertools.count(900_000)


@dataclass
class Providers:
    """The three servers, and the settings that lead to them."""

    notify: NotifyServer = field(default_factory=NotifyServer)
    twilio: TwilioServer = field(default_factory=TwilioServer)
    meta: MetaServer = field(default_factory=MetaServer)

    @property
    def settings(self) -> ChannelSettings:
        return ChannelSettings(
            notify=NotifySettings(NOTIFY_KEY, NOTIFY_TEMPLATE, NOTIFY_TOKENS, api=self.notify.url),
            twilio=TwilioSettings(
                TWILIO_ACCOUNT, (TWILIO_TOKEN, OLDER_TWILIO_TOKEN), SMS_FROM, WHATSAPP_FROM, api=self.twilio.url
            ),
            meta=MetaSettings(META_PHONE_ID, META_TOKEN, META_SECRETS, META_VERIFY, api=self.meta.url),
        )

    def close(self) -> None:
        for server in (self.notify, self.twilio, self.meta):
            server.close()


class Phone:
    """One person at one door."""

    door: str
    path: str

    def __init__(self, http: httpx.Client, provider: Provider, settle: Callable[[], None], public: str) -> None:
        self.http, self.provider, self._settle, self.public = http, provider, settle, public
        self.address = self.new_address()
        self.last: list[Sent] = []
        """What came after the last message."""

    def new_address(self) -> str:
        return f"+447700{next(_numbers)}"

    @property
    def inbox(self) -> list[Sent]:
        return self.provider.to(self.address)

    @property
    def screen(self) -> str:
        """What came last, as it is read."""
        return "\n\n".join(_readable(message) for message in self.last)

    def says(self, text: str, **more: Any) -> str:
        """Write a message; returns what came back."""
        before = len(self.inbox)
        self.posts(self.message(text, **more))
        self._settle()
        self.last = self.inbox[before:]
        return self.screen

    def posts(self, request: dict[str, Any], status: int = 200) -> httpx.Response:
        """Bring a request to the service, as the provider does."""
        reply = self.http.request(**request)
        assert reply.status_code == status, reply.text
        return reply

    def message(self, text: str, *, id: str | None = None, **more: Any) -> dict[str, Any]:
        """The provider's request that brings a message."""
        raise NotImplementedError


class NotifyPhone(Phone):
    """Texts by way of GOV.UK Notify."""

    door, path = "notify", "/channels/notify/received"

    def message(
        self,
        text: str,
        *,
        id: str | None = None,
        at: datetime | None = None,
        token: str = NOTIFY_TOKENS[0],
        **more: Any,
    ) -> dict[str, Any]:
        body = {
            "id": id or str(uuid.uuid4()),
            "source_number": self.address.removeprefix("+"),
            "destination_number": "07700900111",
            "message": text,
            "date_received": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else None,
        }
        return {
            "method": "POST",
            "url": self.path,
            "json": body | more,
            "headers": {"Authorization": f"Bearer {token}"},
        }


class TwilioPhone(Phone):
    """Texts by way of Twilio."""

    door, path = "twilio_sms", "/channels/twilio/messages"

    def message(self, text: str, *, id: str | None = None, token: str = TWILIO_TOKEN, **more: Any) -> dict[str, Any]:
        form = {
            "ToCountry": "GB",
            "FromCity": "",
            "FromZip": "",
            "MessageSid": id or f"SM{uuid.uuid4().hex}",
            "AccountSid": TWILIO_ACCOUNT,
            "From": self.address,
            "To": SMS_FROM,
            "Body": text,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
        }
        return self.signed(self.path, form | more, token)

    def signed(self, path: str, form: dict[str, Any], token: str = TWILIO_TOKEN) -> dict[str, Any]:
        """A form with the signature that Twilio's own library makes for it, over the public address."""
        signature = RequestValidator(token).compute_signature(self.public + path, form)
        return {
            "method": "POST",
            "url": path,
            "content": urlencode(form),
            "headers": {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature},
        }


class TwilioWhatsAppPhone(TwilioPhone):
    """WhatsApp by way of Twilio."""

    door = "twilio_whatsapp"

    def new_address(self) -> str:
        return f"whatsapp:{super().new_address()}"

    def message(self, text: str, **more: Any) -> dict[str, Any]:
        to = f"whatsapp:{WHATSAPP_FROM}"
        return super().message(text, **({"To": to, "WaId": self.address[10:], "ProfileName": "A Family"} | more))


class MetaPhone(Phone):
    """WhatsApp by way of Meta: somebody with a user name, whose number nobody is told."""

    door, path = "meta", "/channels/whatsapp"

    def new_address(self) -> str:
        return f"GB.13491208655302{next(_numbers)}"

    def message(self, text: str, *, id: str | None = None, at: datetime | None = None, **more: Any) -> dict[str, Any]:
        return self.batch([self.one({"type": "text", "text": {"body": text}}, id=id, at=at)], **more)

    def taps(self, title: str) -> str:
        """Tap the button or the row that says this, of the last message; returns what came back."""
        found = [choice for choice in self.last[-1].choices if title in (choice[0], choice[1], choice[2])]
        assert found, f"{title!r} is not one of {self.last[-1].choices}"
        value, shown, description = found[0]
        kind = "list_reply" if self.last[-1].body["interactive"]["type"] == "list" else "button_reply"
        reply = {"id": value, "title": shown} | ({"description": description} if description else {})
        before = len(self.inbox)
        context = {"from": "441632960002", "id": self.last[-1].id}
        tapped = {"context": context, "type": "interactive", "interactive": {"type": kind, kind: reply}}
        self.posts(self.batch([self.one(tapped)]))
        self._settle()
        self.last = self.inbox[before:]
        return self.screen

    def sends(self, message: dict[str, Any]) -> str:
        """Send a message of another kind: a recording, a picture."""
        before = len(self.inbox)
        self.posts(self.batch([self.one(message)]))
        self._settle()
        self.last = self.inbox[before:]
        return self.screen

    def one(self, message: dict[str, Any], *, id: str | None = None, at: datetime | None = None) -> dict[str, Any]:
        sent = {"from_user_id": self.address, "id": id or f"wamid.{uuid.uuid4().hex}"}
        return sent | ({"timestamp": str(int(at.timestamp()))} if at else {}) | message

    def batch(
        self,
        messages: list[dict[str, Any]],
        statuses: list[dict[str, Any]] | None = None,
        secret: str = META_SECRETS[0],
        **more: Any,
    ) -> dict[str, Any]:
        """A request as Meta signs it: over the bytes, in which it writes every letter beyond ASCII as an escape."""
        value: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "441632960002", "phone_number_id": META_PHONE_ID},
            "contacts": [{"profile": {"name": "A Family", "username": "afamily"}, "user_id": self.address}],
        }
        if messages:
            value["messages"] = messages
        if statuses:
            value["statuses"] = statuses
        changes = [{"field": "messages", "value": value | more}]
        body = {"object": "whatsapp_business_account", "entry": [{"id": "0", "changes": changes}]}
        raw = json.dumps(body).encode()
        signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        return {
            "method": "POST",
            "url": self.path,
            "content": raw,
            "headers": {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"},
        }


def number_of(screen: str, words: str) -> str:
    """The number in front of these words on the screen: what a person texts for it."""
    found = re.search(rf"^(\d+) .*{re.escape(words)}", screen, re.MULTILINE)
    assert found, f"no numbered line with {words!r} in:\n{screen}"
    return found[1]


def _readable(message: Sent) -> str:
    lines = [message.text, *(f"[{title}] {description}".rstrip() for _, title, description in message.choices)]
    return "\n".join(lines)
