"""All that is held about one family, whole: every table is named, given out with its words open, and erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.store import (
    audit,
    cases,
    conversations,
    drafts,
    holds,
    late_forms,
    members,
    messages,
    news_addresses,
    notices,
    outbox,
    personal_data,
    plan_versions,
    receipts,
    replies,
    resume,
    safety,
)
from bot.store.answers import NewAnswer
from bot.store.database import Database
from bot.store.drafts import Draft, NoSuchDraft
from bot.store.holdings import HOLDINGS, NOT_A_FAMILYS, reaches_drafts
from bot.store.tables import Base
from tests.store.every_table import fill
from tests.store.helpers import NOW, answer, new_draft

WORDS = "he is up at two and at four"


def test_every_table_is_named_and_none_that_is_not_there() -> None:
    """Whoever adds a table with something of a family in it must say here what becomes of it."""
    tables = Base.metadata.tables
    a_familys = {name for name, table in tables.items() if reaches_drafts(table)}
    assert a_familys == set(HOLDINGS), "name a new table in HOLDINGS of bot/store/holdings.py"
    assert set(tables) - a_familys == set(NOT_A_FAMILYS), "and one that is no family's in NOT_A_FAMILYS"


def filled(database: Database, at: datetime = NOW) -> Draft:
    """A draft with something in as many tables as the store itself can fill."""
    draft = new_draft(database, at)
    draft = answer(database, draft, "a-message", NewAnswer("S1", 2, "answered", "parent", WORDS), at=at)
    members.invite(database, draft.id, "parent", actor="family", at=at)
    with database.write() as tx:
        conversation, _ = conversations.open_conversation(
            tx, draft.id, channel="web", language="en", actor="family", at=at
        )
        message = messages.append_in(tx, conversation, body='{"text": "knife"}', at=at)
        messages.append_out(tx, conversation, ['{"text": "Call 999"}'], at=at)
        replies.keep(tx, conversation.id, "a key", "a request", "a reply", at=at)
        event = safety.record(
            tx,
            draft_id=draft.id,
            message_id=message.id,
            level="RED-A",
            rule_id="harm-now",
            text_id="RED_now",
            alert="waiting",
            at=at,
        )
        outbox.queue(tx, event_id=event.id, route="page", number=1, kind="first", subject="s", body="{}", at=at, due=at)
        plan_versions.add(
            tx,
            draft.id,
            version=1,
            at=at,
            fingerprint="f",
            body='{"goals": []}',
            total_pence=100,
            guide_pence=None,
            by="m1",
            questionnaire="q",
            tables="t",
            script="s",
            rules="r",
            actor="family",
        )
        cases.opened(tx, draft.id, team="children", at=at)
        news_addresses.propose(tx, draft.id, "m1", "sms", "+447700900123", at=at)
        notices.queue(tx, draft_id=draft.id, to="family", kind="news", at=at)
        late_forms.keep(tx, user="ann", path=f"/review/drafts/{draft.reference}/return", fields=[("w", WORDS)], at=at)
    return draft


def pick_up(database: Database, draft: Draft) -> None:
    with database.write() as tx:
        for event in safety.of_draft(tx, draft.id):
            safety.pick_up(tx, event.id, by="ann", at=NOW)


def erase(database: Database, draft: Draft, *, despite_alert: bool = False, lifted: bool = False) -> receipts.Receipt:
    with database.write() as tx:
        if lifted:
            for hold in holds.of_draft(tx, draft.id):
                if hold.stands:
                    holds.lift(tx, draft.id, hold.id, by="ann", why="settled", at=NOW)
        return personal_data.erase(
            tx,
            draft.id,
            by="ann",
            at=NOW,
            cause="asked",
            reason="the family asked",
            despite_alert=despite_alert,
            elsewhere={"engine_events": 7},
        )


def test_everything_is_read_with_its_words_open_and_no_secret(database: Database) -> None:
    draft = filled(database)
    with database.read() as tx:
        held = personal_data.collect(tx, draft.id)
    assert held.unopened == {}
    assert held.rows["drafts"][0]["state"] == {"name": "Marmaduke", "answers": 1}
    assert held.rows["answers"][0]["words"] == WORDS
    assert [row["body"]["text"] for row in held.rows["messages"]] == ["knife", "Call 999"]
    assert held.rows["news_addresses"][0]["address"] == "+447700900123"
    assert held.rows["plan_versions"][0]["body"] == {"goals": []}
    for rows in held.rows.values():
        for row in rows:
            assert not any(name.endswith(("_hash", "_sealed")) for name in row)


def test_words_that_look_like_data_stay_words(database: Database, draft: Draft) -> None:
    answer(database, draft, "m", NewAnswer("S1", 2, "answered", "parent", '{"not": "ours"}'))
    with database.read() as tx:
        assert personal_data.collect(tx, draft.id).rows["answers"][0]["words"] == '{"not": "ours"}'


def test_a_text_that_no_key_opens_is_counted_and_not_passed_over(database: Database) -> None:
    draft = filled(database)
    with database.write() as tx:
        tx.connection.exec_driver_sql(
            """UPDATE messages SET body_sealed = (SELECT body_sealed FROM messages WHERE direction = 'out')
               WHERE direction = 'in'"""
        )
        held = personal_data.collect(tx, draft.id)
    assert held.unopened == {"messages.body": 1}
    assert held.rows["messages"][0]["body"] is None


def test_erasing_leaves_the_audit_a_receipt_and_everybody_else(database: Database) -> None:
    draft, other = filled(database), filled(database)
    pick_up(database, draft)
    with database.read() as tx:
        before = personal_data.count(tx, draft.id)
    assert sum(number > 0 for number in before.values()) >= 14, "of many tables something"
    receipt = erase(database, draft)
    assert receipt.rows["messages"] == 2
    assert receipt.rows["late_forms"] == 1
    assert receipt.rows["engine_events"] == 7
    assert receipt.total == sum(before.values()) + 1 + 7
    assert receipt.proves_itself()
    with database.read() as tx:
        assert sum(personal_data.count(tx, draft.id).values()) == 0
        assert personal_data.count(tx, other.id) == before | {"safety_events": 1, "alert_outbox": 1}
        with pytest.raises(NoSuchDraft):
            drafts.by_reference(tx, draft.reference)
        assert receipts.of_reference(tx, draft.reference.lower()) == (receipt,)
        assert receipts.of_reference(tx, other.reference) == ()
        last = audit.lines(tx, subject=draft.id)[-1]
    assert last.action == "records.deleted"
    assert receipt.hash in last.detail
    assert audit.verify(database) == []
    with pytest.raises(resume.WrongPin):
        resume.check(database, draft.reference, "123456", client="a test", now=NOW)


def test_every_table_is_emptied_and_every_text_of_it_opened(database: Database) -> None:
    """With a row in each table there is, also in those that other files fill."""
    draft, other = new_draft(database), new_draft(database)
    with database.write() as tx:
        fill(tx, draft, 1)
        fill(tx, other, 2)
    with database.read() as tx:
        held = personal_data.collect(tx, draft.id)
        assert held.unopened == {}
        assert [name for name, rows in held.rows.items() if len(rows) != 1] == []
    receipt = erase(database, draft, despite_alert=True, lifted=True)
    assert set(receipt.rows) == set(HOLDINGS) | {"engine_events"}
    with database.read() as tx:
        assert set(personal_data.count(tx, draft.id).values()) == {0}
        assert set(personal_data.count(tx, other.id).values()) == {1}


def test_a_receipt_cannot_be_changed_and_shows_it_if_it_was(database: Database) -> None:
    draft = filled(database)
    receipt = erase(database, draft, despite_alert=True)
    for statement in ("UPDATE deletion_receipts SET by = 'nobody'", "DELETE FROM deletion_receipts"):
        with pytest.raises(Exception, match="append-only"), database.write() as tx:
            tx.connection.exec_driver_sql(statement)
    assert not replace(receipt, by="somebody else").proves_itself()


def test_nothing_goes_while_an_alert_waits(database: Database) -> None:
    draft = filled(database)
    with pytest.raises(personal_data.AlertWaits):
        erase(database, draft)
    with database.read() as tx:
        assert drafts.get(tx, draft.id) == draft
    assert erase(database, draft, despite_alert=True).rows["drafts"] == 1


def test_nothing_goes_under_a_legal_hold_until_it_is_lifted(database: Database) -> None:
    draft = filled(database)
    pick_up(database, draft)
    day = date(2026, 6, 1)
    with database.write() as tx:
        hold = holds.place(tx, draft.id, by="ann", why="a claim about Marmaduke", review_on=day, at=NOW)
        assert holds.to_review(tx, day - timedelta(days=1)) == ()
        assert holds.to_review(tx, day) == (hold,)
    with pytest.raises(holds.OnHold):
        erase(database, draft)
    with database.write() as tx:
        holds.lift(tx, draft.id, hold.id, by="bob", why="the claim was settled", at=NOW)
        (lifted,) = holds.of_draft(tx, draft.id)
        assert (lifted.stands, lifted.lifted_by, lifted.lifted_why) == (False, "bob", "the claim was settled")
        with pytest.raises(holds.NoSuchHold):
            holds.lift(tx, draft.id, hold.id, by="bob", why="again", at=NOW)
    assert erase(database, draft).rows["legal_holds"] == 1
    with database.read() as tx:
        assert "Marmaduke" not in str(audit.lines(tx, subject=draft.id))
