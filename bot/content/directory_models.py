"""The shapes of ``directory/``: what families' words are looked for as, and the made-up directory of Exampleshire.

Kept apart from :mod:`bot.content.loader`: nothing here is an assistant's sentence, and only the directory of local
services reads it (docs/directory.md).
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.content.files import parse
from bot.content.models import PlainText, Strict
from bot.content.yaml_lines import read_yaml

ROOT = Path(__file__).parent
FOLDER = "directory"

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
LowerCase = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9 '-]*$")]


class Need(Strict):
    """One thing a family may look for, in families' words and in those of services."""

    id: Id
    words: tuple[LowerCase, ...] = Field(min_length=1)
    finds: tuple[LowerCase, ...] = ()
    """Empty: services are called by the same ``words``."""
    search: tuple[LowerCase, ...] = Field(min_length=1, max_length=2)
    """What leaves the house, a request each."""
    kind: Literal["person", "activity", "equipment", "break", "travel", "other"]
    """As a line of the plan has it."""
    term_ids: tuple[PlainText, ...] = ()
    """Taxonomy terms of the council's own directory. With one, it is asked for in place of ``search``."""


class DemoTopic(Strict):
    """A term of the demo directory's own taxonomy."""

    id: Id
    name: PlainText
    description: PlainText


class DemoOrganisation(Strict):
    """Who runs a service."""

    id: Id
    name: PlainText
    description: PlainText
    website: PlainText
    email: PlainText
    phone: PlainText
    complaints_phone: PlainText


class DemoPlace(Strict):
    """Where a service is."""

    id: Id
    name: PlainText
    street: PlainText
    town: PlainText
    postcode: PlainText
    latitude: Decimal
    longitude: Decimal
    access: tuple[PlainText, ...] = ()


class DemoSession(Strict):
    """When it is on: a day of the week and hours, or words alone."""

    day: Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"] | None = None
    opens: time | None = None
    closes: time | None = None
    words: PlainText | None = None


class DemoCost(Strict):
    """One price: ``amount`` in pounds, "6.50"; left out where the words alone say it."""

    option: PlainText
    amount: Decimal | None = Field(default=None, ge=0)
    words: PlainText | None = None
    valid_to: date | None = None


class DemoService(Strict):
    """A made-up service, free or paid."""

    id: Id
    name: PlainText
    description: PlainText
    organisation: Id
    status: Literal["active", "inactive", "defunct", "temporarily closed"] = "active"
    ages: tuple[int, int] | None = None
    checked: date | None = None
    changed: date
    topics: tuple[Id, ...]
    places: tuple[Id, ...] = ()
    area: PlainText | None = None
    """Where people have to live, for a service that comes to them."""
    sessions: tuple[DemoSession, ...] = ()
    costs: tuple[DemoCost, ...] = ()
    alert: PlainText | None = None
    contact: PlainText
    phone: PlainText
    email: PlainText


class DemoDirectory(Strict):
    """A whole directory, as ``exampleshire.yaml`` writes it."""

    id: Id
    title: PlainText
    source: PlainText
    topics: tuple[DemoTopic, ...]
    organisations: tuple[DemoOrganisation, ...]
    places: tuple[DemoPlace, ...]
    services: tuple[DemoService, ...]


@cache
def load_needs(root: Path = ROOT) -> tuple[Need, ...]:
    """``directory/needs.yaml``. Raises ContentError naming line and remedy for each problem."""
    return parse(read_yaml(root / FOLDER / "needs.yaml", root), tuple[Need, ...])


@cache
def load_demo(root: Path = ROOT, council: str = "exampleshire") -> DemoDirectory:
    """A made-up directory. Raises ContentError naming line and remedy for each problem."""
    return parse(read_yaml(root / FOLDER / f"{council}.yaml", root), DemoDirectory)
