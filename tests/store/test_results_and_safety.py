"""Results are bound to their answers; an alert stays open until a named person takes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import allocations, audit, conversations, messages, safety
from bot.store.database import Database
from bot.store.drafts import Draft, NoSuchDraft
from bot.store.safety import AlertState, SafetyEvent
from tests.store.helpers import NOW


def kept(database: Database, draft_id: str, answers_hash: str, result: str) -> allocations.Allocation:
    with database.write() as tx:
        return allocations.add(
            tx,
            draft_id,
            answers_hash=answers_hash,
            result=result,
            amount_pence=1_234_500,
            status="ok",
            questionnaire="exampleshire/2026.1",
            tables="social-care/2026 short-breaks/2026",
            actor="system",
            at=NOW,
        )


def test_results_are_kept_in_order_and_a_repeat_is_not_kept_twice(database: Database, draft: Draft) -> None:
    first = kept(database, draft.id, "h1", '{"amount_pence": 1234500}')
    assert kept(database, draft.id, "h1", '{"amount_pence": 1234500}') == first
    second = kept(database, draft.id, "h2", '{"amount_pence": 1}')
    with database.read() as tx:
        assert allocations.history(tx, draft.id) == (first, second)
        assert allocations.latest(tx, draft.id) == second
        assert [line.action for line in audit.lines(tx, subject=draft.id)] == ["draft.created"] + [
            "allocation.stored"
        ] * 2
    with pytest.raises(NoSuchDraft):
        kept(database, "nowhere", "h", "{}")


def test_a_draft_without_a_result_has_none(database: Database, draft: Draft) -> None:
    with database.read() as tx:
        assert allocations.latest(tx, draft.id) is None


def raised(database: Database, draft: Draft, level: str, alert: AlertState, rule: str = "r1") -> SafetyEvent:
    with database.write() as tx:
        web, _ = conversations.open_conversation(tx, draft.id, channel="web", language="en", actor="family", at=NOW)
        message = messages.append_in(tx, web, body="{}", at=NOW)
        events = [
            safety.record(
                tx,
                draft_id=draft.id,
                message_id=message.id,
                level=level,
                rule_id=rule,
                text_id="RED_now",
                alert=alert,
                at=NOW,
            )
            for _ in range(2)
        ]
    assert events[0] == events[1]
    return events[0]


def test_an_alert_waits_until_the_first_named_person_takes_it(database: Database, draft: Draft) -> None:
    red = raised(database, draft, "RED-A", "waiting")
    green = raised(database, draft, "GREEN", "none")
    with database.read() as tx:
        assert safety.waiting(tx) == (red,)
        assert set(safety.of_draft(tx, draft.id)) == {red, green}
        assert safety.levels_raised(tx, draft.id) == {"RED-A", "GREEN"}
    with database.write() as tx:
        taken = safety.pick_up(tx, red.id, by="ann", at=NOW + timedelta(minutes=2))
    with database.write() as tx:
        again = safety.pick_up(tx, red.id, by="bob", at=NOW + timedelta(minutes=3))
    assert again == taken
    assert (taken.picked_up_by, taken.picked_up_at) == ("ann", NOW + timedelta(minutes=2))
    with database.read() as tx:
        assert safety.waiting(tx) == ()
        actions = [(line.actor, line.action) for line in audit.lines(tx) if line.action.startswith("safety")]
    assert actions == [("safety", "safety.raised"), ("safety", "safety.raised"), ("ann", "safety.picked_up")]


def test_taking_an_alert_that_does_not_exist_is_refused(database: Database) -> None:
    with pytest.raises(safety.NoSuchEvent), database.write() as tx:
        safety.pick_up(tx, "nothing", by="ann", at=NOW)
