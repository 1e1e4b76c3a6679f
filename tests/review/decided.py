"""Families of the office that have sent a plan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

from bot.gateway.standing import standing
from bot.interview import interview_from_json
from bot.plans import conversation
from bot.plans.conversation import Now
from bot.plans.model import Line, Member, Place, Plan, Sharing
from bot.store import allocations, drafts, plan_versions
from tests.review.office import CONTENT, Office

AT_THE_END = Place(progress={f"P{number:02}": "done" for number in range(19)})

SWIMMING = Line(
    1, "Swimming with Zeb", "m1", 1250, "session", Fraction(1), "week", managed_by="direct_payment", kind="activity"
)
"""£650 a year, paid to the family."""
CLUB = Line(2, "Saturday club", "m1", 2500, "session", Fraction(1), "week", Fraction(39), managed_by="council")
"""£975 a year, arranged by the council."""
NAN = Line(3, "Nan comes on Mondays", "m1", 0, managed_by=None)
TOTAL = 162_500
PLAN = Plan(
    script="default-plan/1",
    begun=date(2026, 11, 20),
    members=(Member("m1", "parent", "Mum"),),
    lines=(SWIMMING, CLUB, NAN),
    sharing=Sharing(("team",), consent=True),
    places={"m1": AT_THE_END},
    next_id=10,
)


def dear(pounds: int) -> Plan:
    """A plan with one line that costs so much a year."""
    return replace(PLAN, lines=(replace(SWIMMING, unit_cost_pence=pounds * 100, unit="year", per="year"),))


def sends(office: Office, reference: str, plan: Plan | None = None) -> None:
    """The family sends its plan, or the plan it has now in these other words."""
    today = office.now.date()
    with office.database.write() as tx:
        draft = drafts.by_reference(tx, reference)
        interview = interview_from_json(json.loads(draft.state))
        if plan is not None:
            sent = interview.plan.sent if interview.plan is not None else ()
            interview = replace(interview, plan=replace(plan, sent=sent), making=True)
        outcome = standing(tx, CONTENT, draft.id, today=today).outcome
        sending, _ = conversation.send(CONTENT, interview, outcome, Now(today, reference=reference), office.now)
        last = allocations.latest(tx, draft.id)
        drafts.save(
            tx,
            draft.id,
            expected_revision=draft.revision,
            state=json.dumps(sending.interview.to_json()),
            stage="sent",
            position=19,
            message_id=None,
            actor="family",
            at=office.now,
            audit_action="draft.stepped",
            status="sent",
        )
        plan_versions.add(
            tx,
            draft.id,
            **sending.stored(),
            by="m1",
            tables="" if last is None else last.tables,
            actor="family",
            at=office.now,
        )


def sent_family(office: Office, plan: Plan = PLAN, **about: object) -> str:
    """Reference of a family that has answered, planned and sent."""
    reference = office.family(plan=plan, **about)  # type: ignore[arg-type]
    sends(office, reference)
    return reference
