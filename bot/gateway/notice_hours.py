"""When a family may be written to: within the council's hours, and not on its closed days."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.content.models import Council
from bot.content.notices_models import NoticeRules
from bot.gateway.alert_schedule import uk_time

RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
"""How long to wait after each failed try before the next; after the last the notice has failed."""
TRIES = len(RETRIES) + 1


def family_may_be_told(rules: NoticeRules, council: Council, now: datetime) -> bool:
    """Whether a message may go out to a family at this moment."""
    here = uk_time(now)
    return here.date() not in council.closed_days and rules.family_from_hour <= here.hour < rules.family_to_hour


def next_try(tries: int, at: datetime) -> datetime:
    """When a notice is tried again if the try number ``tries``, at ``at``, comes to nothing."""
    return at + RETRIES[min(tries, len(RETRIES)) - 1]
