"""What a family did with something that waited for them, written to the store with the step that did it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.plans.after.deeds import Deed
from bot.store.database import Transaction

Writer = Callable[[Transaction, str, Deed, str, datetime], None]
"""Takes the draft's id, the deed, the member who did it, and when. What it is about may have gone meanwhile (a question
taken back): the family's words are kept all the same, and nothing is raised."""

WRITERS: dict[str, Writer] = {}
"""By the kind of deed."""


def write(tx: Transaction, draft_id: str, deeds: Sequence[Deed], *, member: str, at: datetime) -> None:
    """Write them in their order. Raises KeyError for a kind that nobody writes."""
    for deed in deeds:
        WRITERS[deed.kind](tx, draft_id, deed, member, at)
