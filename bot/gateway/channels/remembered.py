"""What is remembered of a number between its messages, beside the conversation it is in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.gateway.channels.outgoing import Outgoing, outgoing


@dataclass(frozen=True, slots=True)
class Remembered:
    """Kept sealed with the number."""

    more: tuple[Outgoing, ...] = ()
    """What else there is to read."""
    amount: tuple[Outgoing, ...] = ()
    """The words that name the guide amount, for who asks."""
    amount_asked: bool = False
    reference: str | None = None
    """A reference that was sent; the PIN is to come."""
    answered: datetime | None = None
    """When they were last answered."""

    def silent_for(self, now: datetime) -> timedelta:
        return timedelta(0) if self.answered is None else now - self.answered

    def to_json(self) -> str:
        plain = asdict(self) | {
            "more": [page.to_json() for page in self.more],
            "amount": [page.to_json() for page in self.amount],
            "answered": None if self.answered is None else self.answered.isoformat(),
        }
        return json.dumps(plain, ensure_ascii=False)


def remembered(state: str | None) -> Remembered:
    """Out of the store; nothing of a new number."""
    if state is None:
        return Remembered()
    data = json.loads(state)
    return Remembered(
        more=tuple(outgoing(page) for page in data["more"]),
        amount=tuple(outgoing(page) for page in data["amount"]),
        amount_asked=data["amount_asked"],
        reference=data["reference"],
        answered=None if data["answered"] is None else datetime.fromisoformat(data["answered"]),
    )
