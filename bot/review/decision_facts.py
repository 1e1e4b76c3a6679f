"""Everything that a decision on one draft rests on, read at one moment; and whether somebody may sign it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.cases.decision import Asked, LineSaid, Said, asked, asked_pence, changed_since, hash_of
from bot.cases.moderated_amount import Moderated
from bot.cases.sign_off import Signing
from bot.cases.small_budgets import NoLimitSet, Route, RouteLimit, route_limit
from bot.cases.statuses import FOLLOWS, Status
from bot.content.loader import Content
from bot.gateway.problems import Problem
from bot.gateway.standing import Standing, standing
from bot.plans.fingerprint import fingerprint
from bot.plans.talk.scene import Scene
from bot.review import moderation as moderating
from bot.review.access import Staff
from bot.review.plan import scene_of
from bot.store import answers, budget_routes, decisions, family_answers, moderation, plan_versions
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.decisions import Decision
from bot.store.drafts import Draft
from bot.store.family_answers import FamilyAnswer
from bot.store.plan_versions import PlanVersion


@dataclass(frozen=True, slots=True)
class Facts:
    """One case on its way to a decision."""

    draft: Draft
    case: Case
    standing: Standing
    version: PlanVersion
    """What the family sent last."""
    scene: Scene
    """That version, with its sums."""
    asked: tuple[Asked, ...]
    moderation: moderating.Moderation
    moderated: Moderated | None
    guide_pence: int | None
    """From the agreed levels where there are some, else from the family's own answers."""
    guide_by: str
    """Who agreed on levels last, where the guide amount comes from them; else empty."""
    family_guide_pence: int | None
    route: Route
    route_limit: RouteLimit | None
    route_missing: bool
    """A small budget was chosen, and the council has no limit for it today."""
    parts: Mapping[str, str]
    waiting: Decision | None
    in_force: Decision | None
    look_again: FamilyAnswer | None
    """The family's wish that the decision in force is looked at again."""

    @property
    def asked_pence(self) -> int:
        """What the family asked for in all."""
        return asked_pence(self.asked)

    @property
    def unsent_changes(self) -> bool:
        """The family has changed its plan since, and not sent it again."""
        plan = self.standing.interview.plan
        return plan is not None and plan.changed_since_sent

    @property
    def worked_before(self) -> frozenset[str]:
        """Who worked on the decision that is to be looked at again."""
        before = self.in_force
        if before is None or self.look_again is None:
            return frozenset()
        return frozenset({before.said.proposed_by, *(step.user for step in before.steps)})

    def amount_by(self, said: Said, user: str, *, by_hand: bool) -> str:
        """Who of the staff sets the amount, when ``user`` puts it so. ``by_hand``: they said what each line gets."""
        if said.final_pence is None:
            return ""
        before = self.waiting
        if before is not None and before.said.final_pence == said.final_pence and not by_hand:
            return before.said.amount_by
        touched = by_hand and any(line.verdict == "changed" for line in said.lines or ())
        if not touched and said.final_pence in (self.asked_pence, self.family_guide_pence):
            return ""
        if not touched and said.final_pence == self.guide_pence:
            return self.guide_by
        return user


def facts(tx: Transaction, content: Content, draft: Draft, case: Case, today: date) -> Facts:
    """Read them. Raises Problem 409 while the family has not sent a plan."""
    version = plan_versions.latest(tx, draft.id)
    at = standing(tx, content, draft.id, today=today)
    if version is None or at.interview.plan is None:
        raise Problem(
            409,
            "There is no plan to decide on yet",
            "The family has not sent its plan. It is theirs until they do.",
            "/problems/not-now",
        )
    scene = scene_of(content, version, at.interview.about, draft.reference)
    found = moderating.read(tx, content, draft, today)
    result = moderating.worked_out(content, found)
    family_guide = at.outcome.amount_pence if at.outcome is not None else None
    guide, guide_by = family_guide, ""
    if result is not None and any(side.agreed is not None for side in found.sides):
        guide = result.after.amount_pence
        kept = moderation.latest_allocation(tx, draft.id)
        guide_by = "" if kept is None else kept.by
    route = cast(Route, budget_routes.current(tx, draft.id))
    limit, missing = _route_limit(content, route, today)
    held = decisions.in_force(tx, draft.id)
    wish = None if held is None else family_answers.look_again_waiting(tx, draft.id, held.seq)
    return Facts(
        draft=draft,
        case=case,
        standing=at,
        version=version,
        scene=scene,
        asked=asked(scene.sums),
        moderation=found,
        moderated=result,
        guide_pence=guide,
        guide_by=guide_by,
        family_guide_pence=family_guide,
        route=route,
        route_limit=limit,
        route_missing=missing,
        parts=_parts(tx, content, at, version, guide, route, today),
        waiting=decisions.waiting(tx, draft.id),
        in_force=held,
        look_again=wish,
    )


def _route_limit(content: Content, route: Route, today: date) -> tuple[RouteLimit | None, bool]:
    try:
        return route_limit(content, route, today), False
    except NoLimitSet:
        return None, True


def _parts(
    tx: Transaction,
    content: Content,
    at: Standing,
    version: PlanVersion,
    guide_pence: int | None,
    route: Route,
    today: date,
) -> dict[str, str]:
    """Hashes and versions of what a decision rests on, by the names of :data:`bot.cases.decision.PARTS`."""
    given = answers.current(tx, at.draft.id)
    levels = moderation.current_agreed(tx, at.draft.id)
    period = content.sign_off.period(today) if content.sign_off is not None else None
    plan = at.interview.plan
    return {
        "answers": hash_of(
            [
                [code, one.level, one.hard_level, one.hard_days, one.status, one.by]
                for code, one in sorted(given.items())
            ]
        ),
        "levels": hash_of([[code, one.level, one.basis] for code, one in sorted(levels.items())]),
        "plan": version.fingerprint,
        "plan_now": "" if plan is None else fingerprint(plan),
        "guide": "none" if guide_pence is None else str(guide_pence),
        "route": route,
        "questionnaire": version.questionnaire,
        "tables": version.tables,
        "script": version.script,
        "rules": version.rules,
        "policy": "none" if period is None else f"{content.council.id}/{period.valid_from.isoformat()}",
    }


def signing(found: Facts, staff: Staff, said: Said, decision: Decision | None, *, amount_by: str) -> Signing:
    """What the rules look at when this person wants to sign. ``decision`` None: nobody has proposed it."""
    open_ = () if said.outcome == "refuse_for_now" else found.moderation.open
    return Signing(
        user=staff.user,
        role=staff.role,
        pence=found.asked_pence if said.final_pence is None else said.final_pence,
        proposed_by="" if decision is None else decision.said.proposed_by,
        amount_by=amount_by,
        lead=found.case.lead,
        worked_before=found.worked_before,
        panel=() if decision is None else decision.said.panel,
        route_limit=found.route_limit,
        open_questions=open_,
        changed=() if decision is None else changed_since(decision.said.parts, found.parts),
    )


def way_to(now: Status, then: Status, *, again: bool) -> tuple[Status, ...] | None:
    """The steps of the case's status from where it is to where a signed decision puts it; None where it cannot be now.

    ``again``: the family asked for another look, so a decision that was made may be made once more.
    """
    if then in FOLLOWS[now]:
        return (then,)
    reopened = now == "not_yet" or (again and now in ("agreed", "agreed_in_part", "live", "review_due"))
    if reopened and "looked_at" in FOLLOWS[now] and then in FOLLOWS["looked_at"]:
        return ("looked_at", then)
    return None


def as_said(decision: Decision) -> Said:
    """A proposal as the rules see it."""
    kept = decision.said
    return Said(
        outcome=kept.outcome,
        final_pence=kept.final_pence,
        reasons=kept.reasons,
        lines=tuple(
            LineSaid(line.line_id, line.verdict, line.agreed_pence, line.stream, line.legal_basis, line.reason)
            for line in kept.lines
        ),
        contingency_pence=kept.contingency_pence,
        contingency_reason=kept.contingency_reason,
        what_would_help=kept.what_would_help,
    )
