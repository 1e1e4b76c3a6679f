"""What a council sets for small budgets: routes with a limit of their own, a lighter plan, and what is suggested by age."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from bot.content.models import PlainText, Strict

SmallRouteId = Literal["practice", "lead_professional"]
"""practice: a little money to try out planning with (seed 001: £200). lead_professional: agreed by whoever leads the
help, below the point where the table starts (budget-holding lead professionals, seeds 003 and 004: up to £3,000)."""


class SmallRoute(Strict):
    """One small budget."""

    id: SmallRouteId
    title: PlainText
    limit_pence: int = Field(gt=0)
    """The most that can be agreed for a year on this route. More is no refusal: it takes the full route."""
    may_agree: tuple[PlainText, ...] = Field(min_length=1)
    """Roles that may sign on this route."""
    sections: tuple[str, ...] = Field(min_length=1)
    """Sections of the plan that are asked; the family may fill in the others too."""
    suits: PlainText
    """For whom it is meant, in words for professionals."""


class AgeBand(Strict):
    """Ages (whole years, both included) and what is suggested there. A suggestion, never a rule."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: PlainText
    from_age: int = Field(ge=0)
    to_age: int = Field(ge=0)
    suggests: SmallRouteId | None = None
    say: PlainText


class SmallBudgets(Strict):
    """A file under ``casework/small_budgets/``: what one council set, between two days (both included)."""

    council: str
    version: str
    valid_from: date
    valid_to: date | None = None
    example: bool
    """True: made up for the demonstration; a council must replace it."""
    source: PlainText
    routes: tuple[SmallRoute, ...]
    age_bands: tuple[AgeBand, ...]

    @model_validator(mode="after")
    def _sound(self) -> SmallBudgets:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("the last day comes before the first")
        ids = [route.id for route in self.routes]
        if len(set(ids)) != len(ids):
            raise ValueError("two routes have the same id")
        for band in self.age_bands:
            if band.suggests is not None and band.suggests not in ids:
                raise ValueError(f"the ages {band.id} suggest a route that is not there")
        expected = 0
        for band in self.age_bands:
            if band.from_age != expected or band.to_age < band.from_age:
                raise ValueError(f"ages are left out, or are there twice, at {band.id}: it should start at {expected}")
            expected = band.to_age + 1
        return self

    def route(self, route_id: str) -> SmallRoute:
        """The route with this id. Raises KeyError."""
        for route in self.routes:
            if route.id == route_id:
                return route
        raise KeyError(route_id)

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
