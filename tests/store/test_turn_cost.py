"""What the store does in one turn does not grow with the conversation: every statement goes by an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from bot.store import allocations, conversations, drafts, leases, messages, replies, safety
from bot.store.answers import NewAnswer
from bot.store.conversations import Conversation
from bot.store.crypto import Cipher, new_key
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.store.helpers import NOW, answer, new_draft


def take_turn(database: Database, conversation: Conversation, token: str, number: int) -> None:
    key = f"key-{number}"
    with database.read() as tx:
        conversations.authenticate(tx, token)
    with leases.hold(database, conversation.draft_id, "gateway", 30, NOW):
        with database.write() as tx:
            replies.find(tx, conversation.id, key, "2", now=NOW)
            message = messages.append_in(tx, conversation, body="2", at=NOW, idempotency_key=key)
            safety.levels_raised(tx, conversation.draft_id)
        with database.read() as tx:
            messages.pending(tx, conversation.draft_id)
            conversations.get(tx, conversation.id)
            drafts.already_applied(tx, conversation.draft_id, message.id)
            draft = drafts.get(tx, conversation.draft_id)
        answer(database, draft, message.id, NewAnswer(f"S{number % 3}", 1, "answered", "parent", words="2"))
        with database.write() as tx:
            allocations.latest(tx, draft.id)
            messages.append_out(tx, conversation, ["well", "next?"], at=NOW)
            messages.mark_kept(tx, message.id)
            conversations.shown(tx, conversation.id, f"S{number}")
            replies.keep(tx, conversation.id, key, "2", "reply", at=NOW)


def test_no_statement_of_a_turn_reads_through_a_whole_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    upgrade(url)
    database = Database(url, Cipher([new_key()]))
    draft = new_draft(database)
    with database.write() as tx:
        conversation, token = conversations.open_conversation(
            tx, draft.id, channel="web", language="en", actor="family", at=NOW
        )
    counts: list[int] = []
    statements: dict[str, Any] = {}

    def seen(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        counts[-1] += 1
        statements[statement] = parameters

    event.listen(database._engine, "before_cursor_execute", seen)
    for number in range(30):
        counts.append(0)
        take_turn(database, conversation, token, number)
    event.remove(database._engine, "before_cursor_execute", seen)
    assert counts[1] == counts[-1] < 45

    scans = []
    with database.read() as tx:
        for statement, parameters in statements.items():
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                one = parameters[0] if parameters and isinstance(parameters, list) else parameters
                for step in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one):
                    if step.detail.startswith("SCAN") and "audit_head" not in step.detail:
                        scans.append((step.detail, statement))
        assert tx.connection.scalar(text("SELECT count(*) FROM messages")) == 90
    assert scans == []
    database.close()
