"""What guessing a PIN costs who has stolen the store. Elsewhere tests hash at the lowest cost."""

from __future__ import annotations

from argon2 import Type, extract_parameters
from sqlalchemy import select

from bot.store import pins, resume
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.tables import DraftRow
from tests.store.helpers import NOW


def test_a_pin_is_hashed_as_strongly_as_is_advised(database: Database, draft: Draft) -> None:
    """OWASP's Password Storage Cheat Sheet: Argon2id, from 19 MiB with two passes."""
    resume.set_pin(database, draft.id, actor="family", at=NOW)
    with database.read() as tx:
        kept = tx.connection.scalar(select(DraftRow.pin_hash).where(DraftRow.id == draft.id))
    cost = extract_parameters(kept)
    assert cost.type is Type.ID
    assert cost.memory_cost >= 19 * 1024
    assert cost.time_cost >= 2
    assert cost.salt_len >= 16
    assert extract_parameters(pins._NOBODY) == cost, "so that a draft that does not exist is refused as slowly"


def test_where_nobody_has_a_pin_what_is_typed_is_hashed_all_the_same(database: Database) -> None:
    (hashed,) = pins._like_the_others(database.cipher, "no such draft", {}, "000000")
    assert hashed.startswith(pins._NOBODY.rpartition("$")[0])
    assert pins.whose(database.cipher, "no such draft", {}, "000000") is None
