"""What each way to a person can carry, in one table. The renderer reads it; nothing asks for a provider by name."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Door = Literal["notify", "twilio_sms", "twilio_whatsapp", "meta", "voice", "demo_sms", "demo_whatsapp"]
"""A provider and channel. A number belongs to one. The demo's doors lead to a screen and to nobody's phone."""
Channel = Literal["sms", "whatsapp", "voice"]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One way to a person."""

    channel: Channel
    aim: int
    """Characters a message should stay within; longer ones are said in fewer words where there are some."""
    most: int
    """Characters no message goes over."""
    gsm7: bool
    """Whether a letter outside the old alphabet of text messages makes it cost more than twice as much."""
    buttons: int
    """Options it can show as buttons in any message, without an agreement beforehand. 0: none."""
    button_letters: int
    list_rows: int
    """Options it can show as a list to pick from. 0: none."""
    row_letters: int
    """Characters of a row's description."""
    most_an_hour: int
    """Messages to one person in an hour; what is more is put off."""
    reply_hours: int | None
    """How long after a person's last message they may be answered freely; None: at any time."""
    most_options: int
    """Options one message may offer: what a person keeps in mind by ear, or reads on a small screen."""
    shows_amount: Literal["on_request", "after_pin"]
    """When the guide amount is told: a message stays on a phone that others may pick up, and is read aloud in a room."""
    shows_name: bool
    """Whether the child's name is said."""


_SMS = Capabilities(
    channel="sms",
    aim=306,
    most=459,
    gsm7=True,
    buttons=0,
    button_letters=0,
    list_rows=0,
    row_letters=0,
    most_an_hour=90,  # networks block a number that is sent more than 100 (research: channels 3)
    reply_hours=None,
    most_options=10,
    shows_amount="on_request",
    shows_name=False,
)
"""Two segments of 153 aimed at, three at most (research: channels 3)."""

_WHATSAPP = Capabilities(
    channel="whatsapp",
    aim=1024,
    most=1024,
    gsm7=False,
    buttons=3,
    button_letters=20,
    list_rows=10,
    row_letters=72,
    most_an_hour=500,
    reply_hours=24,
    most_options=10,
    shows_amount="on_request",
    shows_name=False,
)
"""Meta's Cloud API: buttons and lists in any message within a day of the person's last one (research: channels 2)."""

CAPABILITIES = MappingProxyType[Door, Capabilities](
    {
        "notify": _SMS,
        "twilio_sms": _SMS,
        "twilio_whatsapp": Capabilities(
            channel="whatsapp",
            aim=1024,
            most=1600,
            gsm7=False,
            buttons=0,  # each needs a content item made beforehand; numbered lines always work (research: channels 1.4)
            button_letters=0,
            list_rows=0,
            row_letters=0,
            most_an_hour=500,
            reply_hours=24,
            most_options=10,
            shows_amount="on_request",
            shows_name=False,
        ),
        "meta": _WHATSAPP,
        "voice": Capabilities(
            channel="voice",
            aim=600,
            most=1500,
            gsm7=False,
            buttons=0,
            button_letters=0,
            list_rows=0,
            row_letters=0,
            most_an_hour=500,
            reply_hours=None,
            most_options=5,
            shows_amount="after_pin",
            shows_name=True,
        ),
        "demo_sms": _SMS,
        "demo_whatsapp": _WHATSAPP,
    }
)
