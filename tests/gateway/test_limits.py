"""Token buckets and requests in flight."""

from __future__ import annotations

import pytest

from bot.gateway.limits import Buckets, InFlight, Rate
from bot.gateway.problems import Problem


def test_a_bucket_empties_and_fills_again() -> None:
    time = [0.0]
    bucket = Buckets(Rate(burst=3, per_minute=60), now=lambda: time[0])
    for _ in range(3):
        bucket.take("a")
    bucket.take("b")
    with pytest.raises(Problem) as refused:
        bucket.take("a")
    assert refused.value.status == 429
    assert refused.value.headers["Retry-After"] == "1"
    time[0] += 1
    bucket.take("a")
    with pytest.raises(Problem):
        bucket.take("a")


def test_only_so_many_are_under_way_at_once() -> None:
    flights = InFlight(2)
    with flights.one("a"), flights.one("a"), flights.one("b"):
        with pytest.raises(Problem) as refused, flights.one("a"):
            pass
        assert refused.value.status == 429
    with flights.one("a"), flights.one("a"):
        pass
