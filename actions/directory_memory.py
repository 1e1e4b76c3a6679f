"""What a directory answered, by what it was asked: fresh for an hour, and kept for when the directory is away."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.plans.directory import Service
from bot.plans.directory_needs import Query

FRESH = timedelta(hours=1)
KEPT = timedelta(days=7)
"""Older than this an answer is not shown any more, also when there is no newer one."""
_MOST_ANSWERS = 64
_MOST_DETAILS = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """The services of one answer by id, and when it came."""

    services: Mapping[str, Service]
    at: datetime

    def is_stale(self, now: datetime) -> bool:
        """Whether it is time to ask again."""
        return now - self.at >= FRESH


@dataclass(frozen=True, slots=True)
class _Detail:
    service: Service | None
    """None: there is no such service any more."""
    at: datetime


class Memory:
    """In this process alone; the least recently used answers are forgotten first. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: OrderedDict[Query, Answer] = OrderedDict()
        self._details: OrderedDict[str, _Detail] = OrderedDict()

    def missing(self, queries: Sequence[Query], now: datetime) -> list[Query]:
        """Those that have no fresh answer."""
        with self._lock:
            return [one for one in queries if one not in self._answers or self._answers[one].is_stale(now)]

    def answers(self, queries: Sequence[Query], now: datetime) -> list[Answer]:
        """What is remembered for these, fresh or not."""
        with self._lock:
            known = [one for one in queries if one in self._answers]
            for one in known:
                self._answers.move_to_end(one)
            return [self._answers[one] for one in known if now - self._answers[one].at < KEPT]

    def keep(self, query: Query, services: Iterable[Service], now: datetime) -> None:
        """A new answer."""
        with self._lock:
            self._answers[query] = Answer({service.id: service for service in services}, now)
            self._answers.move_to_end(query)
            while len(self._answers) > _MOST_ANSWERS:
                self._answers.popitem(last=False)

    def keep_detail(self, id: str, service: Service | None, now: datetime) -> None:
        """One service in full, or that there is none."""
        with self._lock:
            self._details[id] = _Detail(service, now)
            self._details.move_to_end(id)
            while len(self._details) > _MOST_DETAILS:
                self._details.popitem(last=False)

    def has_details(self, service: Service, now: datetime) -> bool:
        """Whether there is nothing to ask about it for now."""
        with self._lock:
            detail = self._details.get(service.id)
            return service.detailed or (detail is not None and now - detail.at < FRESH)

    def service(self, id: str) -> Service | None:
        """The fullest that is known of a service; None where it is unknown or gone."""
        with self._lock:
            newest = max(
                (answer for answer in self._answers.values() if id in answer.services),
                key=lambda answer: answer.at,
                default=None,
            )
            detail = self._details.get(id)
            if detail is not None and (newest is None or not newest.services[id].detailed or newest.at < detail.at):
                return detail.service
            return newest.services[id] if newest is not None else None

    def services(self) -> list[Service]:
        """Everything remembered, some of it more than once."""
        with self._lock:
            listed = [service for answer in self._answers.values() for service in answer.services.values()]
            return listed + [detail.service for detail in self._details.values() if detail.service is not None]
