"""Which services of the made-up directory a query asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.plans.directory_near import miles, near

Json = dict[str, Any]

METRES_IN_A_MILE = 1609.344


@dataclass(frozen=True, slots=True)
class Filter:
    """Query parameters of Open Referral UK. All of them have to hold; None asks for nothing."""

    search: str | None = None
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    day: str | None = None
    """ "MO" to "SU"."""
    start_time: time | None = None
    end_time: time | None = None
    postcode: str | None = None
    proximity: int | None = None
    """Metres round the middle of the postcode's district; without it, the district itself."""

    def wants(self, service: Json, everywhere: Iterable[Json]) -> bool:
        """``service`` with all that is nested in it; ``everywhere``: all locations, to know where a district is."""
        return (
            self._by_words(service)
            and self._by_topic(service)
            and self._by_age(service)
            and self._by_time(service)
            and self._by_place(service, everywhere)
        )

    def _by_words(self, service: Json) -> bool:
        if not self.search:
            return True
        terms = [attribute["taxonomy_term"]["name"] for attribute in service.get("attributes", ())]
        text = " ".join((service["name"], service.get("description", ""), *terms)).casefold()
        return all(word in text for word in self.search.casefold().split())

    def _by_topic(self, service: Json) -> bool:
        terms = [attribute["taxonomy_term"] for attribute in service.get("attributes", ())]
        return (self.taxonomy_term_id is None or any(term["id"] == self.taxonomy_term_id for term in terms)) and (
            self.taxonomy_id is None or any(term["taxonomy_id"] == self.taxonomy_id for term in terms)
        )

    def _by_age(self, service: Json) -> bool:
        """Services for somebody between the two ages; one that gives no ages is for all."""
        return (self.maximum_age is None or service.get("minimum_age", 0) <= self.maximum_age) and (
            self.minimum_age is None or self.minimum_age <= service.get("maximum_age", self.minimum_age)
        )

    def _by_time(self, service: Json) -> bool:
        if self.day is None and self.start_time is None and self.end_time is None:
            return True
        return any(self._on(schedule) for schedule in service.get("schedules", ()))

    def _on(self, schedule: Json) -> bool:
        opens, closes = schedule.get("opens_at"), schedule.get("closes_at")
        return (
            (self.day is None or schedule.get("byday") == self.day)
            and (self.start_time is None or (opens is not None and time.fromisoformat(opens) >= self.start_time))
            and (self.end_time is None or (closes is not None and time.fromisoformat(closes) <= self.end_time))
        )

    def _by_place(self, service: Json, everywhere: Iterable[Json]) -> bool:
        """A service that comes to people is near everybody."""
        if not self.postcode or not service.get("service_at_locations"):
            return True
        places = [at["location"] for at in service["service_at_locations"]]
        district = near(self.postcode).district
        middle = _middle(place for place in everywhere if _district(place) == district)
        if self.proximity is None or middle is None:
            return any(_district(place) == district for place in places)
        return any(miles(middle, _point(place)) * METRES_IN_A_MILE <= self.proximity for place in places)


def _district(location: Json) -> str:
    return near(location["addresses"][0]["postal_code"]).district


def _point(location: Json) -> tuple[float, float]:
    return location["latitude"], location["longitude"]


def _middle(locations: Iterable[Json]) -> tuple[float, float] | None:
    points = [_point(location) for location in locations]
    if not points:
        return None
    return sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)
