"""Near home: the first half of a postcode or a town, and distances between points that the directory itself gives."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.plans.directory import Place, Service

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)(?:\s*[0-9][A-Z]{2})?\b")
_EARTH_MILES = 3958.8


@dataclass(frozen=True, slots=True)
class Near:
    """Where a family lives, no closer than a postcode district. Made by :func:`near`."""

    district: str = ""
    """ "XM1": the only part of it that is ever sent to a directory."""
    town: str = ""

    def __bool__(self) -> bool:
        return bool(self.district or self.town)


def near(said: str) -> Near:
    """What somebody says about where they live. Of a postcode only the district is kept, and nothing of a street.

    >>> near("XM1 2AB"), near("xm12ab").district, near("Exampleton").town
    (Near(district='XM1', town=''), 'XM1', 'Exampleton')
    """
    found = _POSTCODE.search(said.upper())
    if found:
        return Near(district=found.group(1))
    words = " ".join(said.split())
    return Near(town=words) if words and len(words) <= 40 and not any(char.isdigit() for char in words) else Near()


def is_there(home: Near, place: Place) -> bool:
    """Whether a place is in the family's own district or town."""
    return bool(home.district and home.district == place.district) or bool(
        home.town and home.town.casefold() == place.town.casefold()
    )


def home_point(home: Near, services: Iterable[Service]) -> tuple[float, float] | None:
    """About where a district or town is: the middle of the places that the directory has there."""
    points = [
        place.point
        for service in services
        for place in service.places
        if place.point and home and is_there(home, place)
    ]
    if not points:
        return None
    return sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)


def miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """As the crow flies.

    >>> round(miles((51.5, -0.12), (51.5, -0.12)), 1), round(miles((50.0, 0.0), (51.0, 0.0)))
    (0.0, 69)
    """
    north, south = math.radians(one[0]), math.radians(other[0])
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))
