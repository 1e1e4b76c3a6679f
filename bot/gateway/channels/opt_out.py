"""STOP and START: words by which a person says whether we may write to them at all. They are never commands.

Our own list counts, whatever a provider keeps (GOV.UK Notify keeps none): so STOP works on every channel, for every
message, from the moment it comes in. Only a message that is the word alone counts, as networks have it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from bot.gateway.channels.capabilities import CAPABILITIES, Door
from bot.store import audit, suppression
from bot.store.database import Transaction

STOP = frozenset(("stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out"))
START = frozenset(("start", "unstop"))
"""Twilio also takes YES for START. Here YES is an answer."""

CONFIRMED_BY_PROVIDER: frozenset[Door] = frozenset(("twilio_sms",))
"""Doors whose provider says itself that no more will come, and takes no message of ours after that."""


def word(text: str) -> Literal["stop", "start"] | None:
    """Which of the two a whole message is.

    >>> word(" Stop. "), word("STOP ALL"), word("Start"), word("he won't stop"), word("yes")
    ('stop', 'stop', 'start', None, None)
    """
    plain = " ".join(re.sub(r"[^a-z ]", "", text.lower()).split())
    return "stop" if plain in STOP else "start" if plain in START else None


def heed(tx: Transaction, door: Door, address: str, text: str, now: datetime) -> bool:
    """Keep what a message says about being written to; whether that is something new. Call it in the transaction that
    keeps the message."""
    channel, said = CAPABILITIES[door].channel, word(text)
    if channel == "voice" or said is None:
        return False
    if said == "stop":
        changed = suppression.stop(tx, channel, address, at=now)
    else:
        changed = suppression.start(tx, channel, address)
    if changed:
        action = "channel.stopped" if said == "stop" else "channel.started"
        audit.note(tx, at=now, actor="family", action=action, subject="number", detail={"channel": channel})
    return changed
