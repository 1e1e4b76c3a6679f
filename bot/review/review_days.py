"""Opens the looking backs of plans that are lived when their days come near, and says so: to the family in their
conversation, to whoever leads the case by notice.

It runs in a thread of every service process; a lease lets one of them look at a time. A review that was opened is not
opened again, whoever looks.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, datetime

import structlog

from bot.cases.reviews import Due, next_due
from bot.content.loader import Content
from bot.gateway import alerts
from bot.gateway.settings import GatewaySettings
from bot.review.actors import REVIEW_DAYS
from bot.review.lived import Lived, lived
from bot.review.looking_back import LIVE, dates_of
from bot.store import cases, jobs, living, notices, reviews
from bot.store.database import Transaction

POLL_SECONDS = 600.0
"""Days are what counts here; ten minutes are soon enough."""
LEASE_SECONDS = 120.0

_log = structlog.get_logger()


class ReviewDays:
    """One process's look at what is due."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._me = alerts.new_sender_name()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look now and then in the background, until :meth:`close`."""
        self._thread = threading.Thread(target=self._run, name="reviews", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; what is being opened is opened to its end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(5)

    def run_once(self) -> int:
        """Open all that is due by the settings' clock. Returns how many reviews were opened."""
        database, now = self._settings.database, self._settings.clock()
        with database.read() as tx:
            due = [
                draft_id for draft_id in living.all_years(tx) if _due(tx, self._settings.content, draft_id, now.date())
            ]
        if not due or not jobs.take(database, "reviews", self._me, LEASE_SECONDS, now):
            return 0
        try:
            return sum(self._open(draft_id, now) for draft_id in due)
        finally:
            jobs.give_back(database, "reviews", self._me)

    def _open(self, draft_id: str, now: datetime) -> bool:
        with self._settings.database.write() as tx:
            # Read again: somebody may have opened it, or ended the plan, since.
            due = _due(tx, self._settings.content, draft_id, now.date())
            if due is None:
                return False
            cases.change(
                tx,
                draft_id,
                expected_revision=None,
                actor=REVIEW_DAYS,
                action="review.due",
                at=now,
                status="review_due",
                detail={"kind": due.kind, "due": due.on.isoformat()},
            )
            number = reviews.open_review(
                tx, draft_id, kind=due.kind, cause="due", due=due.on, words="", by=REVIEW_DAYS, at=now
            )
            event = f"review:{number}"
            notices.queue(tx, draft_id=draft_id, to="family", kind="review", at=now, event=event)
            notices.queue(tx, draft_id=draft_id, to="lead", kind="review_due", at=now, event=event)
        return True

    def _run(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            try:
                self.run_once()
            except Exception:  # whatever it was, the next look must still come
                with suppress(Exception):
                    _log.exception("reviews.job_failed")


def _due(tx: Transaction, content: Content, draft_id: str, today: date) -> Due | None:
    """The looking back of this plan that is to be opened today; never two at a time."""
    try:
        case = cases.get(tx, draft_id)
        content.living_rules(today)
    except (cases.NoSuchCase, KeyError):
        return None
    if case.status not in LIVE:
        return None
    found = lived(tx, content, draft_id, today)
    if found is None or any(review.state == "open" for review in found.reviews):
        return None
    return _next(found, content, today)


def _next(found: Lived, content: Content, today: date) -> Due | None:
    opened = {(review.kind, review.due) for review in found.reviews}
    return next_due(dates_of(found, content), opened, today, found.rules.invite_days_before)
