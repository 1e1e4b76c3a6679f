"""References as they are pressed on a telephone: a letter by the key it is on, so that one key stands for several."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.tables import DraftRow

MOST = 3
"""References that one row of keys may stand for. In a million drafts, two share their keys about five times."""


def references_like(database: Database, prefix: str, signs: Sequence[str]) -> tuple[str, ...]:
    """The references whose signs, one after the other, are each among those given; none where a key has none.

    ``signs``: eight strings, each the signs that a pressed key may stand for. Needs no index for what it is asked for
    rarely: a few hundred thousand drafts are looked through in well under a second.
    """
    if not all(signs):
        return ()
    # "EX-7K3M-9Q2P": counted from 1, past the prefix and its dash, with one dash in the middle.
    places = [len(prefix) + 2 + number + (1 if number > 3 else 0) for number in range(len(signs))]
    query = select(DraftRow.reference).where(DraftRow.reference.startswith(f"{prefix}-"))
    for place, allowed in zip(places, signs, strict=True):
        query = query.where(func.substr(DraftRow.reference, place, 1).in_(list(allowed)))
    with database.read() as tx:
        return tuple(tx.connection.scalars(query.order_by(DraftRow.reference).limit(MOST)))
