"""Sends the notices that wait: to families within the hours for it, to staff at any time.

It runs in a thread of every service process; a lease lets one of them send at a time, and each notice is claimed
before it is sent. A process that dies while sending loses that try: the notice goes out at its next one.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import structlog

from bot.gateway.alerts import new_sender_name
from bot.gateway.notice_hours import TRIES, family_may_be_told, next_try
from bot.gateway.notice_words import in_words
from bot.gateway.notices import NotDelivered, Route, SentBy
from bot.gateway.settings import GatewaySettings
from bot.store import jobs, notices
from bot.store.notices import Audience, Notice

POLL_SECONDS = 5.0
LEASE_SECONDS = 60.0
"""Longer than one try may take; renewed before each."""

_log = structlog.get_logger()


class NoticeSender:
    """One process's sender. ``routes`` are closed with it."""

    def __init__(self, settings: GatewaySettings, routes: Mapping[SentBy, Route]) -> None:
        self._settings = settings
        self._routes = dict(routes)
        self._me = new_sender_name()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Send in the background until :meth:`close`."""
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a notice that is being sent is sent to its end, or claimed anew by somebody else."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(2 * POLL_SECONDS)
        for route in self._routes.values():
            route.close()

    def run_once(self) -> int:
        """Send all that is due by the settings' clock. Returns how many notices went out."""
        database, now = self._settings.database, self._settings.clock()
        with database.read() as tx:
            if not notices.is_due(tx, now, self._audiences()):
                return 0
        if not jobs.take(database, "notices", self._me, LEASE_SECONDS, now):
            return 0
        try:
            return self._send_all()
        finally:
            jobs.give_back(database, "notices", self._me)

    def _run(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            try:
                self.run_once()
            except Exception:  # whatever it was, the next notice must still go out
                with suppress(Exception):
                    _log.exception("notices.sender_failed")

    def _send_all(self) -> int:
        database, sent = self._settings.database, 0
        while not self._stop.is_set():
            now = self._settings.clock()
            if not jobs.take(database, "notices", self._me, LEASE_SECONDS, now):
                break
            with database.write() as tx:
                notice = notices.claim(tx, now, self._audiences(), partial(next_try, at=now))
            if notice is None:
                break
            sent += self._send(notice)
        return sent

    def _send(self, notice: Notice) -> bool:
        """Whether it went out."""
        try:
            with self._settings.database.read() as tx:
                outgoing = in_words(tx, self._settings, notice)
            if outgoing is None:
                self._settle(notice, "withdrawn")
                return False
            route = None if notice.route == "conversation" else self._routes.get(notice.route)
            if route is None:
                raise NotDelivered("this route is not configured")
            route.send(outgoing)
        except NotDelivered as error:
            _log.warning("notices.not_delivered", route=notice.route, tries=notice.tries, reason=str(error))
            if error.final or notice.tries >= TRIES:
                self._settle(notice, "failed")
            return False
        self._settle(notice, "sent")
        return True

    def _settle(self, notice: Notice, state: notices.Settled) -> None:
        with self._settings.database.write() as tx:
            notices.settle(tx, notice.id, state, at=self._settings.clock())

    def _audiences(self) -> tuple[Audience, ...]:
        content, now = self._settings.content, self._settings.clock()
        awake = family_may_be_told(content.notice_rules, content.council, now)
        return ("family", "staff") if awake else ("staff",)
