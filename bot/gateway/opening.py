"""Who is there now: a contact's hours, as a council writes them, against the clock in the United Kingdom."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Literal

from bot.content.models import Council
from bot.gateway.alert_schedule import uk_time

State = Literal["open", "closed"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY, _TIME = f"({'|'.join(_DAYS)})", r"(\d{1,2})(?:[.:](\d\d))? ?(am|pm)"
_HOURS = re.compile(rf"{_DAY} to {_DAY}, {_TIME} to {_TIME}", re.IGNORECASE)


def state_of(council: Council, contact_id: str, now: datetime) -> State | None:
    """Whether somebody answers there now; None where the council does not say, or says it in other words.

    On one of the council's closed days (bank holidays in England are among them) nobody does. The hours are read in one
    form, such as "Monday to Friday, 8.30am to 5.30pm"; the last minute is not one of them.
    """
    hours = next((contact.hours for contact in council.contacts if contact.id == contact_id), None)
    found = _HOURS.fullmatch((hours or "").strip())
    if found is None:
        return None
    here = uk_time(now)
    first, last = (_DAYS.index(found[group].lower()) for group in (1, 2))
    from_, to = _clock(*found.group(3, 4, 5)), _clock(*found.group(6, 7, 8))
    is_day = (here.weekday() - first) % 7 <= (last - first) % 7 and here.date() not in council.closed_days
    return "open" if is_day and from_ <= here.time() < to else "closed"


def _clock(hour: str, minute: str | None, half: str) -> time:
    """A time as it is said: 12am is midnight, and 12pm noon."""
    return time(int(hour) % 12 + (12 if half.lower() == "pm" else 0), int(minute or 0))
