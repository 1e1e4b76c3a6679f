"""Families that sent their plan, at a service with the dialogue behind it, so that both sides can be talked to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.plans.model import Plan
from bot.store import drafts, resume
from tests.gateway.planning import Family, sends_the_plan
from tests.gateway.service import Service, running
from tests.gateway.talk import Person
from tests.plans.documents.families import PLAN
from tests.review.office import Office, Professional


@dataclass
class Both:
    """A service with families and professionals at it."""

    service: Service
    office: Office

    def sent(self, plan: Plan = PLAN) -> tuple[Family, Person]:
        """A family that has just sent this plan, on a device of theirs."""
        young = plan.members[0].role == "young_person"
        who, age = ("young_person", 15) if young else ("parent", 8)
        reference = self.office.family(plan=plan, who=who, age=age)  # type: ignore[arg-type]
        with self.service.database.read() as tx:
            draft = drafts.by_reference(tx, reference)
        pin = resume.set_pin(self.service.database, draft.id, actor="family", at=self.service.clock())
        family = Family(self.service, reference, pin)
        family.has(replace(plan, sent=(), changed_since_sent=False))
        person = family.comes_in()
        sends_the_plan(person)
        assert person.last["state"]["stage"] == "sent"
        return family, person

    def lead(self) -> Professional:
        return self.office.staff("lead-professional")


@contextmanager
def both_sides(empty_store: Path, folder: Path) -> Iterator[Both]:
    """One service for all tests of a module."""
    shutil.copy(empty_store, folder / "store.db")
    with running(folder / "store.db") as service:
        yield Both(service, Office(service.app, service.database, service.clock()))
