"""Runs in the engine's environment (unittest, as its lock holds no pytest); see tests/engine/test_in_engine.py."""

# ruff: noqa: PT009, PT027 - unittest, as the engine's environment has no pytest

import asyncio
import sqlite3
import tempfile
import time
import unittest
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from bot.engine import turn
from bot.engine.tracker_store import WindowTrackerStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [answer, go_back]
slots:
  draft_id: {type: text, influence_conversation: false, mappings: [{type: custom}]}
forms: {interview_form: {required_slots: []}}
actions: [interview_form, action_go_back]
"""
)
SECRET_WORDS = "he bites his hand till it bleeds"


def user(text=SECRET_WORDS, choice="S1.2"):
    parse = {
        "intent": {"name": "answer", "confidence": 0.9},
        "text": text,
        "entities": [],
        "intent_ranking": [],
        "reading": {"text": text, "choice": choice},
    }
    metadata = {"draft_id": "d1", "question": "S1", "choice": choice, "message_id": "m1"}
    return UserUttered(text, parse["intent"], [], parse, input_channel="gateway", metadata=metadata)


class StoreCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = Path(self.folder.name) / "engine.db"
        self.store = self.open()

    def open(self):
        return WindowTrackerStore(DOMAIN, host=f"sqlite:///{self.file}")

    def run_(self, awaitable):
        return asyncio.run(awaitable)

    def begin(self, sender="c1"):
        tracker = self.run_(self.store.get_or_create_tracker(sender, append_action_listen=False))
        if not tracker.events:
            tracker.update_with_events(
                [
                    ActionExecuted("action_session_start"),
                    SessionStarted(),
                    SlotSet("draft_id", "d1"),
                    ActiveLoop("interview_form"),
                    ActionExecuted("action_listen"),
                ],
                DOMAIN,
            )
        return tracker

    def take_turn(self, sender="c1"):
        tracker = self.begin(sender)
        tracker.update_with_events(
            [
                user(),
                ActionExecuted("interview_form"),
                BotUttered("Thank you", {"custom": {"text": f"You said {SECRET_WORDS}"}}),
                ActionExecuted("action_listen"),
            ],
            DOMAIN,
        )
        self.run_(self.store.save(tracker))
        return tracker

    def rows(self, query):
        with sqlite3.connect(self.file) as connection:
            return connection.execute(query).fetchall()


class WindowTest(StoreCase):
    def test_state_comes_back_and_old_turns_do_not(self):
        for _ in range(10):
            self.take_turn()
        tracker = self.run_(self.open().retrieve("c1"))
        self.assertEqual(tracker.get_slot("draft_id"), "d1")
        self.assertEqual(tracker.active_loop_name, "interview_form")
        self.assertEqual(tracker.latest_action_name, "action_listen")
        self.assertEqual(sum(isinstance(event, UserUttered) for event in tracker.events), 2)

    def test_every_event_is_on_record_once_and_in_order(self):
        for _ in range(10):
            self.take_turn()
        kinds = self.rows("select type_name from engine_events where sender_id='c1' order by seq")
        self.assertEqual(len(kinds), 5 + 10 * 4)
        self.assertEqual([kind for (kind,) in kinds[5:9]], ["user", "action", "bot", "action"])
        full = self.run_(self.store.retrieve_full_tracker("c1"))
        self.assertEqual(sum(isinstance(event, UserUttered) for event in full.events), 10)

    def test_saving_twice_writes_nothing_twice(self):
        tracker = self.take_turn()
        self.run_(self.store.save(tracker))
        self.assertEqual(self.rows("select count(*) from engine_events"), [(9,)])

    def test_conversations_do_not_see_each_other(self):
        self.take_turn("c1")
        self.assertIsNone(self.run_(self.store.retrieve("c2")))
        self.take_turn("c2")
        self.run_(self.store.delete("c1"))
        self.assertIsNone(self.run_(self.store.retrieve("c1")))
        self.assertTrue(self.run_(self.store.exists("c2")))
        self.assertEqual(self.run_(self.store.keys()), ["c2"])

    def test_the_thousandth_turn_costs_what_the_first_did(self):
        def cost(turns):
            started = time.process_time()
            for _ in range(turns):
                self.take_turn()
            return time.process_time() - started

        self.take_turn()
        early = cost(100)
        cost(800)
        late = cost(100)
        self.assertLess(late, early * 2)


class RedactionTest(StoreCase):
    def test_nothing_that_was_said_reaches_the_disk(self):
        self.take_turn()
        self.run_(self.store.retrieve("c1"))
        stored = b"".join(file.read_bytes() for file in self.file.parent.iterdir())
        for words in (b"bites", b"bleeds", b"Thank you", b"S1.2"):
            self.assertNotIn(words, stored)

    def test_the_intent_and_the_question_stay_on_record(self):
        self.take_turn()
        self.assertEqual(self.rows("select name from engine_events where type_name='user'"), [("answer",)])
        ((data,),) = self.rows("select data from engine_events where type_name='user'")
        self.assertIn('"question": "S1"', data)


class FailureTest(StoreCase):
    def test_a_database_error_fails_the_turn_and_says_nothing_of_it(self):
        tracker = self.take_turn()
        tracker.update_with_events([user(), ActionExecuted("action_listen")], DOMAIN)
        with sqlite3.connect(self.file) as connection:
            connection.execute("drop table engine_events")
        with self.assertRaises(turn.TurnFailed) as raised:
            self.run_(self.store.save(tracker))
        self.assertNotIn("bites", str(raised.exception))
        self.assertIsNone(raised.exception.__cause__)
        with self.assertRaises(turn.TurnFailed):
            self.run_(self.store.retrieve("c1"))

    def test_two_turns_at_once_cannot_both_be_saved(self):
        self.take_turn()
        one, other = self.begin(), self.begin()
        for tracker in (one, other):
            tracker.update_with_events([user(), ActionExecuted("action_listen")], DOMAIN)
        self.run_(self.store.save(one))
        with self.assertRaises(turn.TurnFailed):
            self.run_(self.store.save(other))
        self.assertEqual(self.rows("select count(*) from engine_events"), [(11,)])

    def test_a_rejection_that_no_rule_answered_is_not_saved(self):
        tracker = self.begin()
        tracker.update_with_events(
            [user(), ActionExecutionRejected("interview_form"), ActionExecuted("action_listen")], DOMAIN
        )
        with self.assertRaises(turn.TurnFailed):
            self.run_(self.store.save(tracker))
        self.assertEqual(self.rows("select count(*) from engine_events"), [(0,)])

    def test_a_turn_that_never_came_to_listen_is_not_saved(self):
        tracker = self.begin()
        tracker.update_with_events([user(), ActionExecuted("interview_form")], DOMAIN)
        with self.assertRaises(turn.TurnFailed):
            self.run_(self.store.save(tracker))

    def test_a_failed_turn_is_not_saved(self):
        async def scenario():
            tracker = await self.store.get_or_create_tracker("c9", append_action_listen=False)
            turn.begin()
            turn.failed("action interview_form: TimeoutError")
            tracker.update_with_events([user(), ActionExecuted("action_listen")], DOMAIN)
            await self.store.save(tracker)

        with self.assertRaises(turn.TurnFailed):
            asyncio.run(scenario())
        self.assertFalse(self.run_(self.store.exists("c9")))


if __name__ == "__main__":
    unittest.main()
