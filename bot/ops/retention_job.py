"""Runs the retention once a night inside the service; of several service processes one does it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from bot.content.loader import Content
from bot.gateway.alert_schedule import uk_time
from bot.gateway.alerts import new_sender_name
from bot.ops import retention
from bot.store import jobs
from bot.store.database import Database
from bot.store.engine_record import EngineRecord

POLL_SECONDS = 600.0
LEASE_SECONDS = 3600.0
NIGHT_BEGINS = 3
"""Hour of the clock in the United Kingdom from which the day's run may begin."""

_log = structlog.get_logger()


class RetentionJob:
    """One process's job."""

    def __init__(self, database: Database, content: Content, engine_url: str, clock: Callable[[], datetime]) -> None:
        self._database, self._content, self._engine_url, self._clock = database, content, engine_url, clock
        self._me = new_sender_name()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        """Run in the background until :meth:`close`."""
        self._thread.start()

    def close(self) -> None:
        """Stop. A family that is being deleted is deleted to its end, or not at all."""
        self._stop.set()

    def run_if_due(self) -> bool:
        """Whether the day's run was due, and was done here."""
        now = self._clock()
        last = retention.last_run(self._database)
        done = last is not None and uk_time(last).date() >= uk_time(now).date()
        if done or uk_time(now).hour < NIGHT_BEGINS:
            return False
        if not jobs.take(self._database, "retention", self._me, LEASE_SECONDS, now):
            return False
        engine = EngineRecord(self._engine_url)
        try:
            report = retention.run(self._database, self._content, engine, by="retention", now=now)
        finally:
            engine.close()
            jobs.give_back(self._database, "retention", self._me)
        _log.info("retention.ran", families=sum(report.families.values()), on_hold=report.on_hold, busy=report.busy)
        return True

    def _run(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            try:
                self.run_if_due()
            except Exception:  # whatever it was, tomorrow's run must still begin
                with suppress(Exception):
                    _log.exception("retention.failed")
