"""What the doors need to know. A door without settings is shut: it answers 404, as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass, field

NOTIFY_API = "https://api.notifications.service.gov.uk"
TWILIO_API = "https://api.twilio.com"
META_API = "https://graph.facebook.com/v23.0"


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """GOV.UK Notify: text messages."""

    api_key: str = field(repr=False)
    template: str
    """Id of the one text message template, whose body is ((message))."""
    tokens: tuple[str, ...] = field(repr=False)
    """Bearer tokens its callbacks may carry: two while one takes the place of the other."""
    sender: str | None = None
    """Id of the number to send from, where the service has several."""
    api: str = NOTIFY_API


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """Twilio: text messages, WhatsApp, and the telephone."""

    account: str
    tokens: tuple[str, ...] = field(repr=False)
    """Auth tokens: the first one sends, any of them may have signed what comes in."""
    sms_from: str | None = None
    """The number texts go out from, as +44…; None: no text messages."""
    whatsapp_from: str | None = None
    """The number WhatsApp messages go out from, as +44…; None: no WhatsApp."""
    api: str = TWILIO_API


@dataclass(frozen=True, slots=True)
class MetaSettings:
    """Meta's WhatsApp Cloud API."""

    phone_id: str
    """Id of the number messages go out from (not the number itself)."""
    access_token: str = field(repr=False)
    app_secrets: tuple[str, ...] = field(repr=False)
    """Any of them may have signed what comes in."""
    verify_token: str = field(repr=False)
    """What Meta repeats when the webhook is set up."""
    api: str = META_API


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """The doors of one service."""

    notify: NotifySettings | None = None
    twilio: TwilioSettings | None = None
    meta: MetaSettings | None = None
