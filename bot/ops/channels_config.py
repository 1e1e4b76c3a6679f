"""The doors for text messages, WhatsApp and the telephone, out of the environment. A door none of whose values is set is
shut; one with some of them is a mistake, which is named."""

from __future__ import annotations

from collections.abc import Mapping

from bot.gateway.channels.settings import ChannelSettings, MetaSettings, NotifySettings, TwilioSettings

_NOTIFY = {
    "SEVENSTEPS_NOTIFY_API_KEY": "the key of the Notify service",
    "SEVENSTEPS_NOTIFY_TEMPLATE": "the id of the text message template whose body is ((message))",
    "SEVENSTEPS_NOTIFY_TOKENS": "the bearer token of the callbacks, or two with a comma between",
}
_TWILIO = {
    "SEVENSTEPS_TWILIO_ACCOUNT": "the account SID",
    "SEVENSTEPS_TWILIO_TOKENS": "the auth token, or two with a comma between (the first one sends)",
}
_META = {
    "SEVENSTEPS_META_PHONE_ID": "the id of the WhatsApp number",
    "SEVENSTEPS_META_ACCESS_TOKEN": "the access token",
    "SEVENSTEPS_META_APP_SECRETS": "the app secret, or two with a comma between",
    "SEVENSTEPS_META_VERIFY_TOKEN": "the token you type when you set up the webhook",
}
_MORE = ("SEVENSTEPS_NOTIFY_SENDER", "SEVENSTEPS_TWILIO_SMS_FROM", "SEVENSTEPS_TWILIO_WHATSAPP_FROM")
SHORTEST_TOKEN = 10
"""Notify takes no shorter bearer token."""


def read(environ: Mapping[str, str], public_address: str, *, live: bool) -> tuple[ChannelSettings, list[str]]:
    """The doors, and what is missing or wrong, one sentence each."""
    wrong: list[str] = []

    def value(name: str) -> str:
        return environ.get(name, "").strip()

    def several(name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in value(name).split(",") if part.strip())

    def is_open(prefix: str, needed: Mapping[str, str]) -> bool:
        names = [*needed, *(name for name in _MORE if name.startswith(prefix))]
        if not any(value(name) for name in names):
            return False
        wrong.extend(f"{name} is not set: {what}." for name, what in needed.items() if not value(name))
        return True

    notify = twilio = meta = None
    if is_open("SEVENSTEPS_NOTIFY", _NOTIFY):
        tokens = several("SEVENSTEPS_NOTIFY_TOKENS")
        if any(len(token) < SHORTEST_TOKEN for token in tokens):
            wrong.append(f"SEVENSTEPS_NOTIFY_TOKENS holds a token of fewer than {SHORTEST_TOKEN} characters.")
        notify = NotifySettings(
            api_key=value("SEVENSTEPS_NOTIFY_API_KEY"),
            template=value("SEVENSTEPS_NOTIFY_TEMPLATE"),
            tokens=tokens,
            sender=value("SEVENSTEPS_NOTIFY_SENDER") or None,
        )
    if is_open("SEVENSTEPS_TWILIO", _TWILIO):
        twilio = TwilioSettings(
            account=value("SEVENSTEPS_TWILIO_ACCOUNT"),
            tokens=several("SEVENSTEPS_TWILIO_TOKENS"),
            sms_from=value("SEVENSTEPS_TWILIO_SMS_FROM") or None,
            whatsapp_from=value("SEVENSTEPS_TWILIO_WHATSAPP_FROM") or None,
        )
        for name in ("SEVENSTEPS_TWILIO_SMS_FROM", "SEVENSTEPS_TWILIO_WHATSAPP_FROM"):
            if value(name) and not (value(name).startswith("+") and value(name)[1:].isdecimal()):
                wrong.append(f'{name} is "{value(name)}". It must be a number such as +441632960000.')
    if is_open("SEVENSTEPS_META", _META):
        meta = MetaSettings(
            phone_id=value("SEVENSTEPS_META_PHONE_ID"),
            access_token=value("SEVENSTEPS_META_ACCESS_TOKEN"),
            app_secrets=several("SEVENSTEPS_META_APP_SECRETS"),
            verify_token=value("SEVENSTEPS_META_VERIFY_TOKEN"),
        )
    if live and any((notify, twilio, meta)) and not public_address.startswith("https://"):
        wrong.append(
            f'SEVENSTEPS_PUBLIC_ADDRESS is "{public_address}". Text and WhatsApp providers come to an https address only.'
        )
    return ChannelSettings(notify, twilio, meta), wrong
