"""Who did something, as a person reads it: the audit knows everybody by an id."""

from __future__ import annotations

import re

from bot.store import staff_members
from bot.store.database import Transaction

REVIEW_DAYS = "review-days"
"""What opens reviews when their day has come."""
_FAMILY = re.compile(r"family|m\d+")
"""The family as one, or a member of it who takes part."""
_ITSELF = frozenset(
    {"service", "safety", "alerts", "notices", "sign-in", "language-model", "allocation-service", REVIEW_DAYS}
)


def who_did(tx: Transaction, actor: str) -> str:
    """A professional by name, the family as the family, what happens by itself as done by Sevensteps."""
    if _FAMILY.fullmatch(actor):
        return "The family"
    return "Sevensteps" if actor in _ITSELF else staff_members.name(tx, actor)
