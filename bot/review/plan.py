"""A family's plan as a professional reads it: what was sent and when, what is different, the plan now, sums, checks, who takes part."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from bot.content.loader import Content
from bot.gateway.plan_notes import notes
from bot.gateway.standing import Standing
from bot.interview.state import About
from bot.plans import conversation as talk
from bot.plans.check import Check, Status
from bot.plans.documents.build import build
from bot.plans.documents.telling import Cover
from bot.plans.documents.tree import Document
from bot.plans.readiness import readiness
from bot.plans.serialise import plan_from_json
from bot.plans.talk.checking import summary_rows
from bot.plans.talk.prompts import member_name, record_text
from bot.plans.talk.scene import Scene
from bot.plans.view import line_item
from bot.review.differences import Difference, differences
from bot.store import members, plan_versions
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.plan_versions import PlanVersion


class VersionLine(BaseModel):
    """One version that was sent. Its words are kept unchanged."""

    version: int
    at: datetime
    by: str
    """Who sent it, as the plan names them."""
    fingerprint: str
    total_pence: int
    guide_pence: int | None
    differences: list[Difference]
    """From the version before; empty for the first."""


class SectionLine(BaseModel):
    """One section as it stands now."""

    section: str
    title: str
    text: str


class GoalLine(BaseModel):
    """One thing that the family wants to happen."""

    id: int
    text: str


class TotalsLine(BaseModel):
    """Sums of the plan as it stands now, in pence."""

    total_pence: int
    """Everything in the first year, with what is paid once and what employing people adds."""
    weekly_pence: int
    one_off_pence: int
    on_costs_pence: int
    guide_pence: int | None
    left_pence: int | None
    """Less than nothing when the plan is over the guide amount."""
    open: list[str]
    """Things with no cost yet; no sum holds them."""


class CheckLine(BaseModel):
    """One finding of the readiness check."""

    question: int
    question_words: str
    status: Status
    text: str
    section: str
    title: str


class MemberLine(BaseModel):
    """Somebody who takes part."""

    id: str
    role: str
    name: str
    apart: bool
    joined: datetime | None
    """When they first came in with a code of their own; None for the one who began, or who has not come yet."""
    withdrawn: bool


class PlanRecord(BaseModel):
    """Everything about one plan."""

    begun: date
    script: str
    based_on: str
    versions: list[VersionLine]
    """What was sent, oldest first."""
    changed_since_sent: bool
    differences: list[Difference]
    """Of the plan now from the version that was sent last."""
    sections: list[SectionLine]
    """The plan now; sections in which something stands."""
    goals: list[GoalLine]
    lines: list[dict[str, Any]]
    """As in a conversation's state, each with its ``id``."""
    totals: TotalsLine
    checks: list[CheckLine]
    members: list[MemberLine]
    shared_with: list[str]
    over_reason: str


def plan_record(tx: Transaction, content: Content, at: Standing) -> PlanRecord | None:
    """The plan of a draft; None where none was begun."""
    if at.interview.plan is None:
        return None
    scene = talk.scene(content, at.interview, at.outcome, at.now)
    plan, sums = scene.plan, scene.sums
    sent = plan_versions.listing(tx, at.draft.id)
    scenes = [scene_of(content, version, at.interview.about, at.draft.reference) for version in sent]
    checks = _checks(scene)
    return PlanRecord(
        begun=plan.begun,
        script=plan.script,
        based_on=plan.based_on,
        versions=[
            VersionLine(
                version=version.version,
                at=version.at,
                by=_name(then, version.by),
                fingerprint=version.fingerprint,
                total_pence=version.total_pence,
                guide_pence=version.guide_pence,
                differences=differences(scenes[place - 1], then) if place else [],
            )
            for place, (version, then) in enumerate(zip(sent, scenes, strict=True))
        ],
        changed_since_sent=plan.changed_since_sent,
        differences=differences(scenes[-1], scene) if scenes and plan.changed_since_sent else [],
        sections=[
            SectionLine(section=code, title=title, text=text)
            for code, title, text in summary_rows(scene)
            if text != scene.say("plan.blank")
        ],
        goals=[GoalLine(id=goal.id, text=record_text(goal)) for goal in plan.goals()],
        lines=[line_item(plan, line) | {"id": line.line.id} for line in sums.lines],
        totals=TotalsLine(
            total_pence=sums.total_pence,
            weekly_pence=sums.weekly_pence,
            one_off_pence=sums.everything.one_off_pence,
            on_costs_pence=sums.everything.on_costs_pence,
            guide_pence=sums.guide_pence,
            left_pence=sums.left_pence,
            open=[line.what for line in sums.open],
        ),
        checks=[
            CheckLine(
                question=of_one.number,
                question_words=of_one.question,
                status=note.status,
                text=note.text,
                section=note.section,
                title=note.title,
            )
            for of_one in notes(checks, scene.script, scene.say)
            for note in of_one.found
        ],
        members=_members(tx, at.draft, scene),
        shared_with=[scene.of(choice.label) for choice in scene.script.sharing if choice.id in plan.sharing.who],
        over_reason=plan.over_reason,
    )


def scene_of(content: Content, version: PlanVersion, about: About, reference: str) -> Scene:
    """A version as it was sent, with the guide amount and the rates of its day."""
    plan = plan_from_json(json.loads(version.body))
    first = plan.members[0].id if plan.members else talk.FIRST
    return Scene(content, plan, about, first, version.at.date(), version.guide_pence, reference)


def officer_document(content: Content, at: Standing, version: PlanVersion | None) -> Document:
    """The officer's view of a version; with None, of the plan as it stands now. There must be a plan."""
    example = at.outcome.example if at.outcome is not None else True
    if version is None:
        scene, on, number = talk.scene(content, at.interview, at.outcome, at.now), at.today, None
    else:
        scene = scene_of(content, version, at.interview.about, at.draft.reference)
        on, number = version.at.date(), version.version
    decided = number is not None and number == at.agreed_version
    agreed, in_part = decided and not at.agreed_in_part, decided and at.agreed_in_part
    cover = Cover(at.draft.reference, on, at.interview.about, number, agreed, example, in_part)
    return build(scene.plan, content, scene.sums, _checks(scene), cover, who=scene.reader, kind="officer")


def _checks(scene: Scene) -> tuple[Check, ...]:
    return readiness(scene.plan, scene.script, scene.rules, scene.sums, scene.today)


def _name(scene: Scene, member_id: str) -> str:
    known = any(member.id == member_id for member in scene.plan.members)
    return member_name(scene, member_id) if known else member_id


def _members(tx: Transaction, draft: Draft, scene: Scene) -> list[MemberLine]:
    invited = {member.id: member for member in members.listing(tx, draft.id)}
    lines = []
    for member in scene.plan.members:
        code = invited.get(member.id)
        lines.append(
            MemberLine(
                id=member.id,
                role=member.role,
                name=member_name(scene, member.id),
                apart=member.apart,
                joined=code.joined if code else None,
                withdrawn=code.withdrawn if code else False,
            )
        )
    return lines
