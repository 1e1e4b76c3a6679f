"""The outbox of alerts: each try is claimed by one sender, and one process at a time does the job."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.store import audit, contact, conversations, drafts, jobs, messages, outbox, safety
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.safety import SafetyEvent
from tests.store.helpers import NOW

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def event(database: Database, draft: Draft) -> SafetyEvent:
    with database.write() as tx:
        web, _ = conversations.open_conversation(tx, draft.id, channel="web", language="en", actor="family", at=NOW)
        message = messages.append_in(tx, web, body="{}", at=NOW)
        return safety.record(
            tx,
            draft_id=draft.id,
            message_id=message.id,
            level="AMBER-1",
            rule_id="r1",
            text_id="CARER",
            alert="waiting",
            urgency="same_day",
            at=NOW,
        )


def queue(database: Database, event: SafetyEvent, number: int = 1, due: datetime = NOW) -> None:
    with database.write() as tx:
        outbox.queue(
            tx,
            event_id=event.id,
            route="webhook",
            number=number,
            kind="first",
            subject="Alert",
            body="{}",
            at=NOW,
            due=due,
        )


def claim(database: Database, now: datetime) -> outbox.Delivery | None:
    with database.write() as tx:
        return outbox.claim(tx, now, lambda tries: now + timedelta(minutes=tries))


def test_how_urgent_an_alert_is_comes_back(database: Database, event: SafetyEvent) -> None:
    with database.read() as tx:
        assert safety.get(tx, event.id) == event
    assert event.urgency == "same_day"


def test_the_same_message_is_queued_once(database: Database, event: SafetyEvent) -> None:
    queue(database, event)
    queue(database, event)
    queue(database, event, number=2)
    with database.read() as tx:
        assert [delivery.number for delivery in outbox.listing(tx, limit=10)] == [2, 1]
        assert outbox.last_of(tx, [event.id])[event.id, "webhook"].number == 2


def test_many_senders_at_once_claim_a_try_once(database: Database, event: SafetyEvent) -> None:
    queue(database, event)
    with ThreadPoolExecutor(4) as pool:
        claimed = [found for found in pool.map(lambda _: claim(database, NOW), range(8)) if found is not None]
    assert [delivery.tries for delivery in claimed] == [1]
    again = claim(database, LATER)
    assert again is not None
    assert again.tries == 2


def test_nothing_is_due_before_its_time_or_after_it_was_sent(database: Database, event: SafetyEvent) -> None:
    queue(database, event, due=LATER)
    with database.read() as tx:
        assert not outbox.is_due(tx, NOW)
        assert outbox.is_due(tx, LATER)
    delivery = claim(database, LATER)
    assert delivery is not None
    with database.write() as tx:
        outbox.settle(tx, delivery.id, "sent", at=LATER)
    with database.read() as tx:
        assert not outbox.is_due(tx, LATER + timedelta(days=1))


def test_picking_up_withdraws_what_is_queued_and_keeps_the_note_encrypted(
    database: Database, event: SafetyEvent
) -> None:
    queue(database, event)
    with database.write() as tx:
        taken = safety.pick_up(tx, event.id, by="ann", at=LATER, note="Marmaduke is with his nan")
    with database.read() as tx:
        assert [(d.state, d.settled) for d in outbox.listing(tx, limit=10)] == [("withdrawn", LATER)]
        assert safety.picked_up(tx, limit=10) == (taken,)
        assert safety.get(tx, event.id).note == "Marmaduke is with his nan"
        sealed = tx.connection.exec_driver_sql("SELECT note_sealed FROM safety_events").scalar_one()
    assert b"Marmaduke" not in bytes(sealed)


def test_what_went_out_while_it_was_picked_up_counts_as_sent(database: Database, event: SafetyEvent) -> None:
    queue(database, event)
    delivery = claim(database, NOW)
    assert delivery is not None
    with database.write() as tx:
        safety.pick_up(tx, event.id, by="ann", at=NOW)
    with database.write() as tx:
        outbox.settle(tx, delivery.id, "failed", at=LATER)
        assert outbox.get(tx, delivery.id).state == "withdrawn"
        outbox.settle(tx, delivery.id, "sent", at=LATER)
        assert outbox.get(tx, delivery.id).state == "sent"


def test_one_process_has_the_job_until_it_gives_it_back_or_dies(database: Database) -> None:
    assert jobs.take(database, "alerts", "a", 60, NOW)
    assert not jobs.take(database, "alerts", "b", 60, NOW)
    assert jobs.take(database, "alerts", "a", 60, NOW), "its own is kept on"
    jobs.give_back(database, "alerts", "b")
    assert not jobs.take(database, "alerts", "b", 60, NOW)
    jobs.give_back(database, "alerts", "a")
    assert jobs.take(database, "alerts", "b", 60, NOW)
    assert not jobs.take(database, "alerts", "a", 60, NOW + timedelta(seconds=59))
    assert jobs.take(database, "alerts", "a", 60, NOW + timedelta(seconds=60))


def test_what_a_family_says_of_contact_stays_with_the_draft(
    database: Database, draft: Draft, event: SafetyEvent
) -> None:
    assert (draft.safe_contact, draft.safe_contact_at) == ("unknown", None)
    with database.write() as tx:
        contact.set_safe_contact(tx, draft.id, "yes", message_id=event.message_id, at=NOW)
        contact.set_safe_contact(tx, draft.id, "no", message_id=event.message_id, at=LATER)
        assert contact.call_asked_at(tx, draft.id) is None
        contact.ask_for_call(tx, draft.id, message_id=event.message_id, at=NOW)
        contact.ask_for_call(tx, draft.id, message_id=event.message_id, at=LATER)
    with database.read() as tx:
        found = drafts.get(tx, draft.id)
        assert (found.safe_contact, found.safe_contact_at, found.revision) == ("no", LATER, draft.revision)
        assert contact.call_asked_at(tx, draft.id) == NOW
        actions = [line.action for line in audit.lines(tx, subject=draft.id)]
    assert actions.count("family.call_back") == 1
    assert actions.count("family.safe_contact") == 2
