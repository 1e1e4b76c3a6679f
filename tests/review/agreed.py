"""A family whose plan was sent and agreed, on a service of its own for all tests of a module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from bot.plans.model import Plan
from bot.store import cases, decisions, drafts
from bot.store.decisions import DecidedLine, NewDecision
from tests.gateway.planning import Family, family_with, sends_the_plan
from tests.gateway.service import Service, running
from tests.plans.documents.families import PLAN

AGREED = {200: 300_000, 201: 39_000, 202: 29_250, 203: 6_499, 204: 0}
"""Pence of the made-up family's lines; 205 had no cost, and is not agreed now."""


@dataclass
class Agreed:
    """One agreed plan, and professionals who work on it."""

    family: Family

    @property
    def service(self) -> Service:
        return self.family.service

    @property
    def path(self) -> str:
        return f"/drafts/{self.family.reference}"

    def signs_in(self, user: str) -> Worker:
        return Worker(self, user)


class Worker:
    """A professional at the review API, who reads the case before changing it, and signs in again when time has gone by."""

    def __init__(self, agreed: Agreed, user: str) -> None:
        self.agreed, self.user = agreed, user
        self._signed_in: tuple[datetime, str] | None = None

    @property
    def headers(self) -> dict[str, str]:
        now = self.agreed.service.clock()
        if self._signed_in is None or self._signed_in[0] != now:
            reply = self.agreed.service.http.post("/api/v1/review/demo-login", json={"user": self.user})
            assert reply.status_code == 200, reply.text
            self._signed_in = now, reply.json()["token"]
        return {"Authorization": f"Bearer {self._signed_in[1]}"}

    def gets(self, path: str) -> httpx.Response:
        return self.agreed.service.http.get(f"/api/v1/review{path}", headers=self.headers)

    def living(self) -> dict[str, Any]:
        reply = self.gets(f"{self.agreed.path}/living")
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def reviews(self) -> dict[str, Any]:
        reply = self.gets(f"{self.agreed.path}/reviews")
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def sends(self, path: str, body: dict[str, Any]) -> httpx.Response:
        """A change at the revision that the case is at, unless the body names one."""
        if "revision" not in body:
            with self.agreed.service.database.read() as tx:
                draft = drafts.by_reference(tx, self.agreed.family.reference)
                body = body | {"revision": cases.get(tx, draft.id).revision}
        return self.agreed.service.http.post(f"/api/v1/review{self.agreed.path}{path}", json=body, headers=self.headers)


@contextmanager
def agreed_plan(empty_store: Path, folder: Path, plan: Plan = PLAN) -> Iterator[Agreed]:
    """A family that sent this plan; a team manager has agreed to it in part."""
    shutil.copy(empty_store, folder / "store.db")
    with running(folder / "store.db", lifespan="off") as service:
        family = family_with(service, plan)
        sends_the_plan(family.comes_in())
        decide(service, family.reference)
        assert service.engine.services is not None
        service.engine.services = replace(service.engine.services, clock=service.clock)
        yield Agreed(family)


def decide(service: Service, reference: str, sums: dict[int, int] | None = None) -> None:
    """A decision is signed with these sums by line, as its own pages would do."""
    sums = AGREED if sums is None else sums
    with service.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        plan = {line.id: line for line in PLAN.lines}
        new = NewDecision(
            outcome="agree_in_part",
            final_pence=sum(sums.values()),
            guide_pence=None,
            contingency_pence=0,
            route="full",
            plan_version=1,
            parts={},
            bound="0" * 64,
            policy="exampleshire/2026-04-01",
            proposed_by="demo.lead-professional",
            proposed_role="lead-professional",
            amount_by="",
            reasons=("It is what Ty needs.",),
            contingency_reason="",
            what_would_help="",
            lines=tuple(
                DecidedLine(
                    line_id=line.id,
                    what=line.what,
                    verdict="agreed" if line.id in sums else "not_now",
                    asked_pence=None,
                    agreed_pence=sums.get(line.id, 0),
                    one_off=line.per == "once",
                    stream=line.stream,
                    legal_basis="",
                    managed_by=line.managed_by,
                    reason="",
                )
                for line in plan.values()
            ),
        )
        made = decisions.propose(tx, draft.id, new, at=service.clock())
        decisions.take_step(
            tx,
            draft.id,
            made.seq,
            user="demo.team-manager",
            role="team-manager",
            step="signed",
            bound=new.bound,
            at=service.clock(),
        )
        cases.change(
            tx,
            draft.id,
            expected_revision=None,
            actor="demo.team-manager",
            action="case.decided",
            at=service.clock(),
            status="agreed_in_part",
        )
