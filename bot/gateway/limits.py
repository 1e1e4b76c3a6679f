"""Every limit on what comes in, in one place, and the token buckets that keep them.

Buckets live in this process's memory: with several service processes each allows its share. Wrong PINs are limited
in the database (bot.store), where that does not matter.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.gateway.problems import too_fast

MAX_BODY_BYTES = 64 * 1024
BATCHES_COME_TO = "/channels/whatsapp"
MAX_BATCH_BYTES = 3 * 1024 * 1024
"""What Meta may bring in one request; one that is refused it brings again for days."""
MAX_TEXT = 4000
"""Characters in one message."""
MAX_CHOICE = 200
MAX_KEY = 200
"""Characters in an Idempotency-Key."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then ``per_minute``."""

    burst: int
    per_minute: float


TURNS = Rate(burst=1200, per_minute=120)
"""Messages in one conversation: no person types two a second for long. The burst is a very long day's worth."""
IN_FLIGHT = 8
"""Messages of one conversation under way at once: a double click and a second tab, but never a flood that would take
every thread of the service."""
CREATES = Rate(burst=300, per_minute=120)
"""New conversations from one address: a library, a whole office or everyone behind one proxy shares it."""
REFUSED_SCREENS = Rate(burst=3, per_minute=6)
"""Refused messages of one conversation that are screened for danger: each may take as long as two that are accepted."""
REFUSED_ALERTS = Rate(burst=1, per_minute=1)
"""Alerts from them, for danger (RED) and for worry (AMBER) each: the same words are often sent again at once."""
RESUMES = Rate(burst=20, per_minute=20)
"""Tries to resume from one address, right or wrong; the store limits wrong ones by reference as well."""
DOCUMENTS = Rate(burst=20, per_minute=10)
"""Documents of one conversation: a PDF takes a second or two of one core."""
SIGN_INS = Rate(burst=200, per_minute=120)
"""Steps of signing in from one address: a whole office comes to work at nine. No password is given here to guess."""
UNDERSTOOD = Rate(burst=600, per_minute=600)
"""Texts to be understood for one address: a labelled file of lines, sent one by one."""

MAX_BUCKETS = 50_000


class Buckets:
    """Token buckets by key; the least recently used are forgotten first."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._now = now
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Take one token. Raises the 429 problem with Retry-After when there is none."""
        if seconds := self._seconds_to_wait(key):
            raise too_fast(math.ceil(seconds))

    def allows(self, key: str) -> bool:
        """Take one token; False when there is none."""
        return not self._seconds_to_wait(key)

    def _seconds_to_wait(self, key: str) -> float:
        with self._lock:
            now = self._now()
            level, since = self._levels.pop(key, (float(self._rate.burst), now))
            per_second = self._rate.per_minute / 60
            level = min(float(self._rate.burst), level + (now - since) * per_second)
            enough = level >= 1
            self._levels[key] = (level - 1 if enough else level, now)
            if len(self._levels) > MAX_BUCKETS:
                self._levels.popitem(last=False)
        return 0.0 if enough else (1 - level) / per_second


class InFlight:
    """At most so many requests under way for one key."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    @contextmanager
    def one(self, key: str) -> Iterator[None]:
        """Count one request while the block runs. Raises the 429 problem when there are too many."""
        with self._lock:
            if self._counts[key] >= self._limit:
                raise too_fast(1)
            self._counts[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._counts[key] -= 1
                if not self._counts[key]:
                    del self._counts[key]
