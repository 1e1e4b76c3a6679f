"""Decisions of one draft as pages and the API show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel

from bot.cases import contingency as rules
from bot.cases.decision import Outcome, Verdict, changed_since
from bot.cases.sign_off import Vote, panel_standing, who_can, why_no_vote, why_not
from bot.cases.statuses import Status
from bot.content.loader import Content
from bot.review.access import Staff
from bot.review.decision_facts import Facts, as_said, signing, way_to
from bot.store import contingency, decisions, family_answers, letters
from bot.store.database import Transaction
from bot.store.decisions import DecidedLine, Decision, State, StepKind


class DecidedLineOut(BaseModel):
    """What was decided about one line. Money is pence for the year, or once."""

    line_id: int
    what: str
    verdict: Verdict
    asked_pence: int | None
    agreed_pence: int
    one_off: bool
    stream: str
    legal_basis: str
    legal_basis_words: str
    managed_by: str | None
    reason: str


class StepOut(BaseModel):
    """What one person did with it."""

    at: datetime
    user: str
    role: str
    step: StepKind
    reason: str


class FamilyAnswerOut(BaseModel):
    """What somebody of the family said to it."""

    at: datetime
    kind: Literal["read", "agreed", "look_again"]
    member: str
    role: str
    words: str
    reply_by: date | None
    same_as_signed: bool
    """They answered the very decision that was signed, to the letter."""


class LetterOut(BaseModel):
    """A letter that was kept."""

    reader: str
    at: datetime
    question_by: date
    fingerprint: str


class PanelOut(BaseModel):
    """How far a panel is."""

    members: list[str]
    agreed: bool
    missing: str


class DecisionOut(BaseModel):
    """One proposal and what became of it."""

    number: int
    at: datetime
    decision: Outcome
    state: State
    status: Status
    """Of the case now."""
    final_pence: int | None
    guide_pence: int | None
    contingency_pence: int
    contingency_reason: str
    reasons: list[str]
    what_would_help: str
    route: str
    plan_version: int
    policy: str
    bound: str
    """A hash over everything that it rests on and says: what a signature is for."""
    changed_since: list[str]
    """What is not any more as it was when it was proposed, in words; then it has to be proposed again."""
    proposed_by: str
    proposed_role: str
    amount_by: str
    """Who of the staff set the amount; empty where the family or the table did."""
    second_look: bool
    lines: list[DecidedLineOut]
    steps: list[StepOut]
    panel: PanelOut | None
    family: list[FamilyAnswerOut]
    letters: list[LetterOut]
    revision: int
    """Of the case: send it with what you do next."""


class DrawOut(BaseModel):
    """One request for money out of the contingency."""

    number: int
    at: datetime
    by: str
    pence: int
    cause: str
    reason: str
    agreed: bool | None
    answered_by: str
    answered_at: datetime | None
    answer: str
    left_pence: int | None


class ContingencyOut(BaseModel):
    """Money kept back by the decision in force."""

    kept_pence: int
    left_pence: int
    requests: list[DrawOut]


class DecisionsOut(BaseModel):
    """Everything that was decided on one draft, and what can be done now."""

    reference: str
    status: Status
    revision: int
    asked_pence: int
    """What the plan that was sent comes to."""
    guide_pence: int | None
    family_guide_pence: int | None
    plan_version: int
    can_be_decided: bool
    """Whether it is the time to decide: the plan is with the team, or another look was asked for."""
    unsent_changes: bool
    """The family has changed its plan since it was sent."""
    open_questions: list[str]
    """Codes of the questions on which somebody still has to agree."""
    look_again: FamilyAnswerOut | None
    """The family asked for another look at the decision in force."""
    waiting: DecisionOut | None
    in_force: DecisionOut | None
    earlier: list[DecisionOut]
    who_can_sign: str
    """For what waits, else for what the family asked for."""
    why_not_you: str
    """Why you cannot sign what waits; empty when you can, or nothing waits."""
    contingency: ContingencyOut | None


def decisions_record(tx: Transaction, content: Content, found: Facts, staff: Staff, today: date) -> DecisionsOut:
    """All decisions of a draft."""
    every = decisions.listing(tx, found.draft.id)
    waiting, held = found.waiting, found.in_force
    shown = [one for one in (waiting, held) if one is not None]
    pence = found.asked_pence if waiting is None else waiting.said.final_pence or found.asked_pence
    wish = found.look_again
    return DecisionsOut(
        reference=found.draft.reference,
        status=found.case.status,
        revision=found.case.revision,
        asked_pence=found.asked_pence,
        guide_pence=found.guide_pence,
        family_guide_pence=found.family_guide_pence,
        plan_version=found.version.version,
        can_be_decided=way_to(found.case.status, "agreed", again=wish is not None) is not None,
        unsent_changes=found.unsent_changes,
        open_questions=list(found.moderation.open),
        look_again=None if wish is None or held is None else _family(wish, held),
        waiting=None if waiting is None else decision_out(tx, content, found, waiting, today),
        in_force=None if held is None else decision_out(tx, content, found, held, today),
        earlier=[decision_out(tx, content, found, one, today) for one in every if one not in shown],
        who_can_sign=who_can(content.sign_off, pence, today, found.route_limit),
        why_not_you="" if waiting is None else why_not_you(content, found, waiting, staff, today),
        contingency=contingency_out(tx, found),
    )


def why_not_you(content: Content, found: Facts, made: Decision, staff: Staff, today: date) -> str:
    """Why somebody cannot sign what waits, or vote on it; empty when they can."""
    asked = signing(found, staff, as_said(made), made, amount_by=made.said.amount_by)
    rule = why_no_vote if made.said.panel else why_not
    refusal = rule(content.sign_off, asked, today)
    return "" if refusal is None else refusal.words


def decision_out(tx: Transaction, content: Content, found: Facts, made: Decision, today: date) -> DecisionOut:
    """One proposal."""
    said = made.said
    return DecisionOut(
        number=made.seq,
        at=made.at,
        decision=said.outcome,
        state=made.state,
        status=found.case.status,
        final_pence=said.final_pence,
        guide_pence=said.guide_pence,
        contingency_pence=said.contingency_pence,
        contingency_reason=said.contingency_reason,
        reasons=list(said.reasons),
        what_would_help=said.what_would_help,
        route=said.route,
        plan_version=said.plan_version,
        policy=said.policy,
        bound=said.bound,
        changed_since=list(changed_since(said.parts, found.parts)) if made.state == "waiting" else [],
        proposed_by=said.proposed_by,
        proposed_role=said.proposed_role,
        amount_by=said.amount_by,
        second_look=said.look_again is not None,
        lines=[_line(content, line) for line in said.lines],
        steps=[
            StepOut(at=step.at, user=step.user, role=step.role, step=step.step, reason=step.reason)
            for step in made.steps
        ],
        panel=_panel(content, made, today),
        family=[_family(one, made) for one in family_answers.listing(tx, made.draft_id, made.seq)],
        letters=[
            LetterOut(reader=one.reader, at=one.at, question_by=one.question_by, fingerprint=one.fingerprint)
            for one in letters.of_decision(tx, made.draft_id, made.seq)
        ],
        revision=found.case.revision,
    )


def contingency_out(tx: Transaction, found: Facts) -> ContingencyOut | None:
    """The contingency of the decision in force; None where it keeps nothing back."""
    held = found.in_force
    if held is None or not held.said.contingency_pence:
        return None
    requests = [one for one in contingency.listing(tx, held.draft_id) if one.decision == held.seq]
    return ContingencyOut(
        kept_pence=held.said.contingency_pence,
        left_pence=rules.left(held.said.contingency_pence, draws_of(requests)),
        requests=[
            DrawOut(
                number=one.seq,
                at=one.at,
                by=one.by,
                pence=one.pence,
                cause=one.cause,
                reason=one.reason,
                agreed=None if one.answered is None else one.answered.agreed,
                answered_by="" if one.answered is None else one.answered.by,
                answered_at=None if one.answered is None else one.answered.at,
                answer="" if one.answered is None else one.answered.reason,
                left_pence=None if one.answered is None else one.answered.left_pence,
            )
            for one in requests
        ],
    )


def draws_of(requests: list[contingency.Request]) -> list[rules.Draw]:
    """Requests as the rules see them."""
    return [rules.Draw(one.pence, None if one.answered is None else one.answered.agreed) for one in requests]


def _line(content: Content, line: DecidedLine) -> DecidedLineOut:
    basis = content.sign_off.basis(line.legal_basis) if content.sign_off is not None else None
    return DecidedLineOut(
        line_id=line.line_id,
        what=line.what,
        verdict=line.verdict,
        asked_pence=line.asked_pence,
        agreed_pence=line.agreed_pence,
        one_off=line.one_off,
        stream=line.stream,
        legal_basis=line.legal_basis,
        legal_basis_words=line.legal_basis if basis is None else basis.label,
        managed_by=line.managed_by,
        reason=line.reason,
    )


def _panel(content: Content, made: Decision, today: date) -> PanelOut | None:
    if not made.said.panel:
        return None
    on = made.signed.at.date() if made.signed is not None else today
    period = content.sign_off.period(on) if content.sign_off is not None else None
    if period is None:
        return PanelOut(members=list(made.said.panel), agreed=False, missing="there are no limits for today")
    votes = [Vote(one.user, one.role, one.step == "voted_for") for one in made.votes]
    standing = panel_standing(period.panel, made.said.panel, votes)
    return PanelOut(members=list(made.said.panel), agreed=standing.agreed, missing=standing.missing)


def _family(one: family_answers.FamilyAnswer, made: Decision) -> FamilyAnswerOut:
    return FamilyAnswerOut(
        at=one.at,
        kind=one.kind,
        member=one.member,
        role=one.role,
        words=one.words,
        reply_by=one.reply_by,
        same_as_signed=one.bound == made.said.bound,
    )
