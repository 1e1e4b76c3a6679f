"""What runs beside the requests: turns for messages that came in, and sending what goes out.

A webhook only stores a message, so that its provider is answered at once. Here the work is taken up, by whichever process
is free: one number's messages one after the other, in the order they were sent. What a process leaves undone when it
dies is taken up by the next one when its lease has run out.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.gateway.channels.answering import TryAgain, answer_oldest, give_up
from bot.gateway.channels.arrived import Arrived, record
from bot.gateway.channels.capabilities import Door
from bot.gateway.channels.outgoing import NotSent, Sender
from bot.gateway.channels.sending import send_one
from bot.gateway.services import Services
from bot.store import inbound, jobs, numbers, texts_out

POLL_SECONDS = 1.0
LEASE_SECONDS = 60.0
"""Longer than a turn may wait for its draft."""
ANSWERERS, SENDERS = 3, 2
"""Threads of each kind: a turn mostly waits for the engine, a sender for its provider."""
WAITS = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120, 300))
"""How long a message waits after each try while the engine is away; the last again and again."""
TIDY_EVERY = timedelta(minutes=5)
"""How often a provider that keeps what it received is asked for texts that it did not bring."""
FORGET_AFTER = timedelta(days=30)
"""When it is forgotten that a message was brought, and a number that never came to talk."""
MOST_FAILURES = 5
"""Tries after which a message that fails for a reason of its own is given up."""

_log = structlog.get_logger()


class KeepsTexts(Protocol):
    """A provider that keeps the texts it received for a while."""

    def missed(self, now: datetime) -> Iterable[Arrived]:
        """The texts it received lately. Raises NotSent."""


class ChannelWorker:
    """One process's share of the work."""

    def __init__(self, services: Services, senders: Mapping[Door, Sender], keepers: Sequence[KeepsTexts] = ()) -> None:
        self._services = services
        self._keepers = keepers
        self._senders = senders
        self._me = f"channels#{secrets.token_hex(6)}"
        self._stop = threading.Event()
        self._came_in, self._goes_out = threading.Event(), threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Work in the background until :meth:`close`."""
        for count, wake, work in (
            (ANSWERERS, self._came_in, self.answer_one),
            (SENDERS, self._goes_out, self.send_one),
        ):
            for number in range(count):
                name = f"channels-{work.__name__}-{number}"
                thread = threading.Thread(target=self._run, args=(wake, work), name=name, daemon=True)
                self._threads.append(thread)
        self._threads.append(threading.Thread(target=self._tidy_now_and_then, name="channels-tidy", daemon=True))
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop; what is under way is brought to its end, or taken up by somebody else."""
        self._stop.set()
        self._came_in.set()
        self._goes_out.set()
        for thread in self._threads:
            thread.join(2 * POLL_SECONDS)

    def wake(self) -> None:
        """Something came in: do not wait for the next look."""
        self._came_in.set()

    def run_once(self) -> int:
        """Do all that can be done by the settings' clock. Returns how many messages were dealt with or sent."""
        done = 0
        while self.answer_one() or self.send_one():
            done += 1
        return done

    def answer_one(self) -> bool:
        """Deal with one message that waits. False when none does."""
        database, now = self._services.database, self._services.now()
        with database.read() as tx:
            if not numbers.waits(tx, now):
                return False
        with database.write(survives_power_cut=False) as tx:
            number_id = numbers.claim(tx, self._me, LEASE_SECONDS, now)
        if number_id is None:
            return False
        wait: timedelta | None = None
        try:
            answer_oldest(self._services, number_id)
            self._goes_out.set()
        except TryAgain:
            wait = self._wait(number_id)
            self._goes_out.set()
        except Exception:  # whatever it was, the next person's message must still be answered
            with suppress(Exception):
                _log.exception("channel.turn_failed")
            wait = self._wait(number_id, failed=True)
        with database.write(survives_power_cut=False) as tx:
            until = None if wait is None else self._services.now() + wait
            numbers.give_back(tx, number_id, self._me, until=until)
        return True

    def send_one(self) -> bool:
        """Send one message that is due. False when none is."""
        settings = self._services.settings
        with settings.database.read() as tx:
            if not texts_out.is_due(tx, settings.clock()):
                return False
        return send_one(settings, self._senders)

    def tidy(self) -> int:
        """Forget what has had its time, and ask for texts that were received and not brought. Returns how many there
        were. Raises NotSent."""
        database, now = self._services.database, self._services.now()
        if not jobs.take(database, "missed_texts", self._me, TIDY_EVERY.total_seconds() - 1, now):
            return 0
        with database.write() as tx:
            inbound.forget_ids(tx, now - FORGET_AFTER)
            numbers.forget_nobodys(tx, now - FORGET_AFTER)
            # What came before the provider first brought us anything was written to somebody else.
            ours_since = inbound.first_brought(tx, "notify")
        if ours_since is None:
            return 0
        texts = [text for keeper in self._keepers for text in keeper.missed(now)]
        missed = record(database, [text for text in texts if text.sent_at and text.sent_at >= ours_since], now)
        if missed:
            self.wake()
        return missed

    def _tidy_now_and_then(self) -> None:
        while not self._stop.wait(TIDY_EVERY.total_seconds()):
            try:
                self.tidy()
            except NotSent as away:
                _log.warning("channel.missed_texts_unknown", reason=away.reason)
            except Exception:  # a busy database, say
                with suppress(Exception):
                    _log.exception("channel.worker_failed")

    def _wait(self, number_id: str, *, failed: bool = False) -> timedelta | None:
        with self._services.database.write() as tx:
            message = inbound.oldest(tx, number_id)
            if message is None:
                return None
            if failed:
                inbound.tried(tx, message.id)
        if failed and message.tries + 1 >= MOST_FAILURES:
            give_up(self._services, number_id)
            return None
        return WAITS[min(max(message.tries - 1, 0), len(WAITS) - 1)]

    def _run(self, wake: threading.Event, work: Callable[[], bool]) -> None:
        while not self._stop.is_set():
            try:
                if work():
                    continue
            except Exception:  # a busy database, say: look again
                with suppress(Exception):
                    _log.exception("channel.worker_failed")
            wake.wait(POLL_SECONDS)
            wake.clear()
