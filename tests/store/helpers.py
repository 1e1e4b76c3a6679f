"""What several tests of the store begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from unittest.mock import patch

from argon2 import PasswordHasher

from bot.store import drafts, pins
from bot.store.answers import NewAnswer
from bot.store.database import Database

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@contextmanager
def quick_hashes() -> Iterator[None]:
    """PINs hashed at Argon2's lowest cost; what one costs really is in test_pin_cost.py."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(pins, "_HASHER", quick), patch.object(pins, "_NOBODY", quick.hash("nobody")):
        yield


def new_draft(database: Database, at: datetime = NOW) -> drafts.Draft:
    """A draft whose state holds a child's name."""
    with database.write() as tx:
        return drafts.create(
            tx,
            prefix="EX",
            questionnaire_id="exampleshire",
            questionnaire_version="2026.1",
            state='{"name": "Marmaduke"}',
            stage="consent",
            position=0,
            actor="family",
            at=at,
        )


def answer(
    database: Database, draft: drafts.Draft, message_id: str, *given: NewAnswer, at: datetime = NOW
) -> drafts.Draft:
    """The draft after one more step that accepted these answers."""
    with database.write() as tx:
        return drafts.save(
            tx,
            draft.id,
            expected_revision=draft.revision,
            state='{"name": "Marmaduke", "answers": ' + str(len(given)) + "}",
            stage="ras",
            position=draft.position + 1,
            message_id=message_id,
            actor="family",
            at=at,
            audit_action="answer.accepted",
            answers=given,
        )
