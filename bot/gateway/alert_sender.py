"""Sends what is in the outbox, and says it again while nobody has picked an alert up.

It runs in a thread of every service process; a lease lets one of them send at a time, and each delivery is claimed
before it is sent.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from functools import partial

import structlog

from bot.gateway import alerts
from bot.gateway.alert_routes import NotDelivered, Transport, transports
from bot.gateway.alert_schedule import TRIES, again_due, first_due, next_try
from bot.gateway.settings import GatewaySettings
from bot.store import audit, drafts, jobs, outbox, safety
from bot.store.database import Transaction
from bot.store.outbox import Delivery, Route
from bot.store.safety import SafetyEvent

POLL_SECONDS = 2.0
LEASE_SECONDS = 60.0
"""Longer than one try may take; renewed before each."""

_log = structlog.get_logger()


class AlertSender:
    """One process's sender."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._transports: dict[Route, Transport] = transports(settings)
        self._routes = alerts.routes(settings)
        self._me = alerts.new_sender_name()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Send in the background until :meth:`close`."""
        self._thread = threading.Thread(target=self._run, name="alerts", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a message that is being sent is sent to its end, or claimed anew by somebody else."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(2 * POLL_SECONDS)
        for transport in self._transports.values():
            transport.close()

    def run_once(self) -> int:
        """Send all that is due by the settings' clock. Returns how many messages went out."""
        database, now = self._settings.database, self._settings.clock()
        with database.read() as tx:
            if not outbox.is_due(tx, now) and not self._to_repeat(tx, now):
                return 0
        if not jobs.take(database, "alerts", self._me, LEASE_SECONDS, now):
            return 0
        try:
            self._queue_repeats(now)
            return self._send_all()
        finally:
            jobs.give_back(database, "alerts", self._me)

    def _run(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            try:
                self.run_once()
            except Exception:  # whatever it was, the next alert must still go out
                with suppress(Exception):
                    _log.exception("alerts.sender_failed")

    def _send_all(self) -> int:
        database, sent = self._settings.database, 0
        while not self._stop.is_set():
            now = self._settings.clock()
            if not jobs.take(database, "alerts", self._me, LEASE_SECONDS, now):
                break
            with database.write() as tx:
                delivery = outbox.claim(tx, now, partial(next_try, at=now))
            if delivery is None:
                break
            sent += self._send(delivery)
        return sent

    def _send(self, delivery: Delivery) -> bool:
        try:
            if delivery.route != "page":
                self._transport(delivery.route).send(delivery)
        except NotDelivered as error:
            _log.warning("alerts.not_delivered", route=delivery.route, tries=delivery.tries, reason=str(error))
            if delivery.tries >= TRIES:
                self._settle(delivery, "failed")
            return False
        self._settle(delivery, "sent")
        return True

    def _transport(self, route: Route) -> Transport:
        transport = self._transports.get(route)
        if transport is None:
            raise NotDelivered("this route is no longer configured")
        return transport

    def _settle(self, delivery: Delivery, state: outbox.Settled) -> None:
        now = self._settings.clock()
        with self._settings.database.write() as tx:
            outbox.settle(tx, delivery.id, state, at=now)
            if delivery.number == 1:
                # The outbox says when it was said again; the audit keeps that somebody was told, or could not be.
                event = safety.get(tx, delivery.event_id)
                detail: dict[str, audit.Detail] = {"event": event.id, "route": delivery.route}
                audit.note(tx, at=now, actor="alerts", action=f"alert.{state}", subject=event.draft_id, detail=detail)

    def _queue_repeats(self, now: datetime) -> None:
        with self._settings.database.write() as tx:
            for event, route, number in self._to_repeat(tx, now):
                reference = drafts.get(tx, event.draft_id).reference
                alerts.queue(tx, self._settings, event, reference, route, number, at=now, due=now)

    def _to_repeat(self, tx: Transaction, now: datetime) -> list[tuple[SafetyEvent, Route, int]]:
        """What is to be said again, by which route, as which number.

        Of several alerts of one draft the most serious is said again: whoever opens it sees them all.
        """
        found: list[tuple[SafetyEvent, Route, int]] = []
        waiting = alerts.waiting(tx)
        if not waiting:
            return found
        last = outbox.last_of(tx, [event.id for event in waiting])
        drafts_said: set[str] = set()
        for event in waiting:
            leads = event.draft_id not in drafts_said
            drafts_said.add(event.draft_id)
            for route in self._routes:
                before = last.get((event.id, route))
                if before is None:
                    # Raised before this route was there.
                    if first_due(event.urgency, event.at) <= now:
                        found.append((event, route, 1))
                elif leads and before.settled is not None and again_due(event.urgency, before.settled) <= now:
                    found.append((event, route, before.number + 1))
        return found
