"""Threads and processes at once: one turn at a time, nobody waits for ever, and no answer is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from bot.store import answers, audit, conversations, drafts, leases, messages
from bot.store.answers import NewAnswer
from bot.store.crypto import Cipher, new_key
from bot.store.database import Busy, Database
from bot.store.drafts import Draft, NoSuchDraft
from bot.store.migrate import upgrade
from tests.store.helpers import NOW, answer, new_draft

STEPS = 6


def work(url: str, key: str, draft_id: str, name: str, both: Barrier) -> None:
    """One process: turns under the lease, then as many without it, saved anew whenever the other was quicker."""
    database = Database(url, Cipher([key]))
    for step in range(STEPS):
        with leases.hold(database, draft_id, name, 30, datetime.now(UTC), wait_seconds=60):
            with database.read() as tx:
                draft = drafts.get(tx, draft_id)
            answer(database, draft, f"{name}-{step}", NewAnswer("S1", step % 4, "answered", "parent", words=name))
    both.wait(60)
    for step in range(STEPS, 2 * STEPS):
        while True:
            with database.read() as tx:
                draft = drafts.get(tx, draft_id)
            try:
                answer(database, draft, f"{name}-{step}", NewAnswer("S1", step % 4, "answered", "parent"))
                break
            except drafts.StaleDraft:
                continue
    database.close()


def test_two_processes_lose_no_answer(url: str, key: str, database: Database, draft: Draft) -> None:
    spawn = multiprocessing.get_context("spawn")
    both = spawn.Barrier(2)
    workers = [spawn.Process(target=work, args=(url, key, draft.id, name, both)) for name in ("left", "right")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with database.read() as tx:
        stored = answers.history(tx, draft.id)
        assert drafts.get(tx, draft.id).revision == 4 * STEPS
    assert {one.message_id for one in stored} == {
        f"{name}-{step}" for name in ("left", "right") for step in range(2 * STEPS)
    }
    assert [one.seq for one in stored] == list(range(1, 4 * STEPS + 1))
    assert audit.verify(database) == []


def test_threads_on_many_drafts_keep_one_unbroken_audit(database: Database) -> None:
    made = [new_draft(database) for _ in range(4)]

    def work(draft: Draft) -> int:
        for step in range(6):
            draft = answer(database, draft, f"m{step}", NewAnswer("S1", 1, "answered", "parent"))
        return draft.revision

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, made)) == [6, 6, 6, 6]
    assert audit.verify(database) == []
    with database.read() as tx:
        assert audit.head(tx)[0] == 4 + 4 * 6


def test_the_same_message_from_two_threads_counts_once(database: Database, draft: Draft) -> None:
    both = threading.Barrier(2)

    def work(_: int) -> Draft:
        both.wait()
        return answer(database, draft, "m1", NewAnswer("S1", 1, "answered", "parent"))

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(work, range(2))
    assert one == two
    with database.read() as tx:
        assert len(answers.history(tx, draft.id)) == 1


def test_two_devices_that_come_back_at_once_do_not_block_each_other(database: Database, draft: Draft) -> None:
    both = threading.Barrier(2)

    def come_back(channel: str) -> int:
        with database.write() as tx:
            mine, _ = conversations.open_conversation(
                tx, draft.id, channel=channel, language="en", actor="family", at=NOW
            )
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(0.5)  # on SQLite the second has not begun yet, and the barrier breaks
            return len(messages.append_out(tx, mine, ["welcome back"], at=NOW))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(come_back, ["web", "sms"])) == [1, 1]
    with database.read() as tx:
        assert [one.seq for one in messages.transcript(tx, draft.id)] == [1, 2]


def test_a_second_turn_waits_for_the_first(database: Database, draft: Draft) -> None:
    seen: list[str] = []
    started = threading.Event()

    def first() -> None:
        with leases.hold(database, draft.id, "first", 30, NOW):
            started.set()
            time.sleep(0.2)
            seen.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    started.wait(10)
    with leases.hold(database, draft.id, "second", 30, NOW):
        seen.append("second")
    thread.join()
    assert seen == ["first", "second"]


def test_who_waits_too_long_is_told(database: Database, draft: Draft) -> None:
    other = new_draft(database)
    with leases.hold(database, draft.id, "first", 30, NOW):
        with pytest.raises(Busy), leases.hold(database, draft.id, "first", 30, NOW, wait_seconds=0.1):
            pytest.fail("two turns at once")
        with leases.hold(database, other.id, "second", 30, NOW, wait_seconds=0):
            pass
    with leases.hold(database, draft.id, "third", 30, NOW, wait_seconds=0):
        pass


def test_a_turn_that_fails_gives_its_place_back(database: Database, draft: Draft) -> None:
    with pytest.raises(RuntimeError), leases.hold(database, draft.id, "first", 30, NOW):
        raise RuntimeError("the engine died")
    with leases.hold(database, draft.id, "second", 30, NOW, wait_seconds=0):
        pass


def test_the_place_of_a_dead_process_is_free_after_its_time(database: Database, draft: Draft) -> None:
    dead = leases.hold(database, draft.id, "dead", 30, NOW)
    dead.__enter__()
    later = NOW + timedelta(seconds=31)
    with leases.hold(database, draft.id, "next", 30, later, wait_seconds=0):
        dead.__exit__(None, None, None)  # it was not dead after all: it must not give away what is another's now
        with pytest.raises(Busy), leases.hold(database, draft.id, "third", 30, later, wait_seconds=0):
            pytest.fail("two turns at once")


def test_a_turn_of_no_draft_is_refused(database: Database) -> None:
    with pytest.raises(NoSuchDraft), leases.hold(database, "nowhere", "first", 30, NOW):
        pytest.fail("there is no such draft")


def test_a_writer_that_cannot_get_in_is_told_that_the_database_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.WAIT_SECONDS", 0.1)
    url = f"sqlite:///{tmp_path / 'store.db'}"
    upgrade(url)
    database = Database(url, Cipher([new_key()]))
    hog = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    hog.execute("BEGIN IMMEDIATE")
    with database.read() as tx:
        assert drafts.listing(tx) == ()
    with pytest.raises(Busy):
        new_draft(database)
    hog.execute("ROLLBACK")
    assert new_draft(database).revision == 0
    hog.close()
    database.close()
