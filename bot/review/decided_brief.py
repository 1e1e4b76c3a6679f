"""What was decided, in short, for a draft's page: what waits, what holds, and both signatures side by side."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from bot.cases.decision import Outcome
from bot.store import decisions, family_answers, letters
from bot.store.database import Transaction
from bot.store.family_answers import Kind


class Signature(BaseModel):
    """Who stands for it, and when. Of the family also who has read it, or does not agree."""

    who: str
    role: str
    at: datetime
    kind: Kind = "agreed"


class DecidedBrief(BaseModel):
    """The decision of one draft in a few lines."""

    waiting: bool
    """A proposal waits for a signature."""
    panel: bool
    """It is a panel that it waits for."""
    decision: Outcome | None
    """Of the one in force; null before one was signed."""
    final_pence: int | None
    plan_version: int | None
    council: list[Signature]
    family: list[Signature]
    question_by: date | None
    look_again_by: date | None
    """The family asked for another look, and was told that somebody replies by this day."""


def decided_brief(tx: Transaction, draft_id: str) -> DecidedBrief | None:
    """None while nothing was proposed."""
    if decisions.latest(tx, draft_id) is None:
        return None
    proposal, held = decisions.waiting(tx, draft_id), decisions.in_force(tx, draft_id)
    council, family = list[Signature](), list[Signature]()
    question_by = wished_by = None
    if held is not None:
        council = [
            Signature(who=step.user, role=step.role, at=step.at)
            for step in held.steps
            if step.step == ("voted_for" if held.said.panel else "signed")
        ]
        for one in family_answers.listing(tx, draft_id, held.seq):
            family.append(Signature(who=one.member, role=one.role, at=one.at, kind=one.kind))
            wished_by = wished_by or (one.reply_by if one.kind == "look_again" else None)
        question_by = next((letter.question_by for letter in letters.of_decision(tx, draft_id, held.seq)), None)
    return DecidedBrief(
        waiting=proposal is not None,
        panel=proposal is not None and bool(proposal.said.panel),
        decision=None if held is None else held.said.outcome,
        final_pence=None if held is None else held.said.final_pence,
        plan_version=None if held is None else held.said.plan_version,
        council=council,
        family=family,
        question_by=question_by,
        look_again_by=wished_by,
    )
