"""Decisions of named officers on a family's plan: what was proposed, line by line, and who signed it.

Rows are added and never changed. A proposal is one :class:`Decision`; what people did with it are its steps, and its
state follows from them. The rules (who may sign what) are in :mod:`bot.cases.sign_off` and :mod:`bot.cases.decision`.
Others read :func:`in_force` (what holds now), :func:`latest` and :func:`listing`. Money is pence a year.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, select

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft, next_seq
from bot.store.decision_tables import DecisionLineRow, DecisionRow, DecisionStepRow

Outcome = Literal["agree", "agree_in_part", "refuse_for_now"]
"""As in contract.md. To a family the last one is "not yet", never a no."""
Verdict = Literal["agreed", "changed", "not_now"]
StepKind = Literal["voted_for", "voted_against", "signed", "sent_back", "withdrawn"]
State = Literal["waiting", "signed", "sent_back", "withdrawn", "replaced"]
"""``waiting`` for somebody to sign; ``replaced`` by a later proposal before anybody signed it."""


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What was decided about one line of the plan version that was decided on."""

    line_id: int
    """Of the line in that version of the plan."""
    what: str
    """The family's words for it."""
    verdict: Verdict
    asked_pence: int | None
    """What the line came to in the plan, on-costs with it; None where it had no cost."""
    agreed_pence: int
    """What it may cost in the year; 0 for one that is not agreed now, and for help that costs nothing."""
    one_off: bool
    """Paid once, not through the year."""
    stream: str
    """Whose money: an id of the plan rules' streams."""
    legal_basis: str
    """Id of the council's list of legal bases; empty where no money is agreed."""
    managed_by: str | None
    """direct_payment, third_party or council, as the plan said when it was decided."""
    reason: str
    """Why it was changed or is not agreed now, in words for the family; may be empty where it is agreed."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one person did with a proposal."""

    number: int
    at: datetime
    user: str
    role: str
    step: StepKind
    bound: str
    """The decision's hash as this person saw it."""
    reason: str


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A proposal to be kept."""

    outcome: Outcome
    final_pence: int | None
    """The final amount, contingency with it; None where nothing is agreed yet."""
    guide_pence: int | None
    """The guide amount it is held against; None where there was none."""
    contingency_pence: int
    """The part of the final amount that is for no line yet: kept for what cannot be known now."""
    route: str
    """"full", or the small budget that was chosen."""
    plan_version: int
    parts: Mapping[str, str]
    """Hashes and versions of everything it rests on, by name: "answers", "plan", "questionnaire", "lines" …"""
    bound: str
    """One hash over all parts: what a signature is for."""
    policy: str
    """Id and first day of the sign-off limits used, e.g. "exampleshire/2026-04-01"."""
    proposed_by: str
    proposed_role: str
    amount_by: str
    """Who of the staff last set the final amount; empty when it is what the family asked for, or the guide amount."""
    reasons: tuple[str, ...]
    """Why, in words for the family."""
    contingency_reason: str
    what_would_help: str
    """What would make a yes possible, where the answer is "not yet"."""
    lines: tuple[DecidedLine, ...]
    panel: tuple[str, ...] = ()
    """User ids of those who decide together; empty when one officer signs."""
    look_again: int | None = None
    """Number of the family's answer that asked for this second look; None for a first decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A proposal, and what became of it."""

    draft_id: str
    seq: int
    """From 1, in the order of proposing."""
    at: datetime
    said: NewDecision
    steps: tuple[Step, ...]
    replaced: bool

    @property
    def state(self) -> State:
        """What became of it."""
        for step in reversed(self.steps):
            if step.step in ("signed", "sent_back", "withdrawn"):
                return cast(State, step.step)
        return "replaced" if self.replaced else "waiting"

    @property
    def signed(self) -> Step | None:
        """The signature that made it a decision; of a panel, the last that was needed."""
        return next((step for step in self.steps if step.step == "signed"), None)

    @property
    def votes(self) -> tuple[Step, ...]:
        """The last vote of each member of the panel, in the order of voting."""
        last = {step.user: step for step in self.steps if step.step in ("voted_for", "voted_against")}
        return tuple(sorted(last.values(), key=lambda step: step.number))


def propose(tx: Transaction, draft_id: str, new: NewDecision, *, at: datetime) -> Decision:
    """Keep a proposal. One that waits still is replaced by it. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    seq = next_seq(tx, DecisionRow, draft_id)
    words = {"reasons": list(new.reasons), "contingency": new.contingency_reason, "help": new.what_would_help}
    row = {
        "draft_id": draft_id,
        "seq": seq,
        "at": at,
        "outcome": new.outcome,
        "final_pence": new.final_pence,
        "guide_pence": new.guide_pence,
        "contingency_pence": new.contingency_pence,
        "route": new.route,
        "plan_version": new.plan_version,
        "parts": json.dumps(dict(new.parts), sort_keys=True),
        "bound": new.bound,
        "policy": new.policy,
        "proposed_by": new.proposed_by,
        "proposed_role": new.proposed_role,
        "amount_by": new.amount_by,
        "panel": json.dumps(list(new.panel)),
        "look_again": new.look_again,
        "words_sealed": tx.cipher.seal(json.dumps(words), "decisions.words", f"{draft_id}/{seq}"),
    }
    add(tx, DecisionRow, row)
    if new.lines:
        add(tx, DecisionLineRow, *(_line_row(tx, draft_id, seq, line) for line in new.lines))
    detail: dict[str, audit.Detail] = {
        "decision": seq,
        "outcome": new.outcome,
        "final_pence": new.final_pence,
        "plan_version": new.plan_version,
        "bound": new.bound,
        "policy": new.policy,
        "panel": new.panel,
    }
    audit.note(tx, at=at, actor=new.proposed_by, action="decision.proposed", subject=draft_id, detail=detail)
    return get(tx, draft_id, seq)


def take_step(
    tx: Transaction,
    draft_id: str,
    seq: int,
    *,
    user: str,
    role: str,
    step: StepKind,
    bound: str,
    reason: str = "",
    at: datetime,
) -> Decision:
    """Keep what somebody did with a proposal. Whether they may is the caller's rule. Raises NoSuchDecision, NoSuchDraft."""
    lock_draft(tx, draft_id)
    number = len(get(tx, draft_id, seq).steps) + 1
    row = {
        "draft_id": draft_id,
        "decision": seq,
        "number": number,
        "at": at,
        "user": user,
        "role": role,
        "step": step,
        "bound": bound,
        "reason_sealed": tx.cipher.seal(reason, "decision_steps.reason", f"{draft_id}/{seq}/{number}"),
    }
    add(tx, DecisionStepRow, row)
    detail: dict[str, audit.Detail] = {"decision": seq, "role": role, "bound": bound}
    audit.note(tx, at=at, actor=user, action=f"decision.{step}", subject=draft_id, detail=detail)
    return get(tx, draft_id, seq)


class NoSuchDecision(LookupError):
    """This draft has no decision with this number."""


def get(tx: Transaction, draft_id: str, seq: int) -> Decision:
    """One proposal. Raises NoSuchDecision."""
    for decision in listing(tx, draft_id):
        if decision.seq == seq:
            return decision
    raise NoSuchDecision(draft_id, seq)


def latest(tx: Transaction, draft_id: str) -> Decision | None:
    """What was proposed last, whatever became of it."""
    found = listing(tx, draft_id)
    return found[-1] if found else None


def waiting(tx: Transaction, draft_id: str) -> Decision | None:
    """The proposal that waits for a signature, or None."""
    last = latest(tx, draft_id)
    return last if last is not None and last.state == "waiting" else None


def in_force(tx: Transaction, draft_id: str) -> Decision | None:
    """What was signed last: the decision that holds, with the sums that are agreed; None before any was signed."""
    return next((decision for decision in reversed(listing(tx, draft_id)) if decision.signed), None)


def listing(tx: Transaction, draft_id: str) -> tuple[Decision, ...]:
    """Every proposal for a draft, oldest first."""
    return _read(tx, [draft_id]).get(draft_id, ())


def of_all(tx: Transaction) -> tuple[Decision, ...]:
    """Every proposal for every draft, for reports and the decisions log; by draft, oldest first."""
    return tuple(decision for found in _read(tx, None).values() for decision in found)


def _read(tx: Transaction, draft_ids: Sequence[str] | None) -> dict[str, tuple[Decision, ...]]:
    decisions = select(DecisionRow).order_by(DecisionRow.draft_id, DecisionRow.seq)
    lines = select(DecisionLineRow).order_by(DecisionLineRow.line_id)
    steps = select(DecisionStepRow).order_by(DecisionStepRow.number)
    if draft_ids is not None:
        decisions = decisions.where(DecisionRow.draft_id.in_(draft_ids))
        lines = lines.where(DecisionLineRow.draft_id.in_(draft_ids))
        steps = steps.where(DecisionStepRow.draft_id.in_(draft_ids))
    rows = tx.connection.execute(decisions).all()
    if not rows:
        return {}
    lines_of: dict[tuple[str, int], list[DecidedLine]] = {}
    for line in tx.connection.execute(lines):
        lines_of.setdefault((line.draft_id, line.decision), []).append(_line(tx, line))
    steps_of: dict[tuple[str, int], list[Step]] = {}
    for taken in tx.connection.execute(steps):
        steps_of.setdefault((taken.draft_id, taken.decision), []).append(_step(tx, taken))
    last = {row.draft_id: row.seq for row in rows}
    found: dict[str, tuple[Decision, ...]] = {}
    for row in rows:
        place = (row.draft_id, row.seq)
        said = _said(tx, row, tuple(lines_of.get(place, ())))
        one = Decision(
            row.draft_id, row.seq, row.at, said, tuple(steps_of.get(place, ())), replaced=row.seq < last[row.draft_id]
        )
        found[row.draft_id] = (*found.get(row.draft_id, ()), one)
    return found


def _said(tx: Transaction, row: Row[Any], lines: tuple[DecidedLine, ...]) -> NewDecision:
    words = json.loads(tx.cipher.open(row.words_sealed, "decisions.words", f"{row.draft_id}/{row.seq}"))
    return NewDecision(
        outcome=cast(Outcome, row.outcome),
        final_pence=row.final_pence,
        guide_pence=row.guide_pence,
        contingency_pence=row.contingency_pence,
        route=row.route,
        plan_version=row.plan_version,
        parts=json.loads(row.parts),
        bound=row.bound,
        policy=row.policy,
        proposed_by=row.proposed_by,
        proposed_role=row.proposed_role,
        amount_by=row.amount_by,
        reasons=tuple(words["reasons"]),
        contingency_reason=words["contingency"],
        what_would_help=words["help"],
        lines=lines,
        panel=tuple(json.loads(row.panel)),
        look_again=row.look_again,
    )


def _line_row(tx: Transaction, draft_id: str, seq: int, line: DecidedLine) -> dict[str, object]:
    words = json.dumps({"what": line.what, "reason": line.reason})
    return {
        "draft_id": draft_id,
        "decision": seq,
        "line_id": line.line_id,
        "verdict": line.verdict,
        "asked_pence": line.asked_pence,
        "agreed_pence": line.agreed_pence,
        "one_off": line.one_off,
        "stream": line.stream,
        "legal_basis": line.legal_basis,
        "managed_by": line.managed_by,
        "words_sealed": tx.cipher.seal(words, "decision_lines.words", f"{draft_id}/{seq}/{line.line_id}"),
    }


def _line(tx: Transaction, row: Row[Any]) -> DecidedLine:
    place = f"{row.draft_id}/{row.decision}/{row.line_id}"
    words = json.loads(tx.cipher.open(row.words_sealed, "decision_lines.words", place))
    return DecidedLine(
        line_id=row.line_id,
        what=words["what"],
        verdict=cast(Verdict, row.verdict),
        asked_pence=row.asked_pence,
        agreed_pence=row.agreed_pence,
        one_off=row.one_off,
        stream=row.stream,
        legal_basis=row.legal_basis,
        managed_by=row.managed_by,
        reason=words["reason"],
    )


def _step(tx: Transaction, row: Row[Any]) -> Step:
    place = f"{row.draft_id}/{row.decision}/{row.number}"
    return Step(
        number=row.number,
        at=row.at,
        user=row.user,
        role=row.role,
        step=cast(StepKind, row.step),
        bound=row.bound,
        reason=tx.cipher.open(row.reason_sealed, "decision_steps.reason", place),
    )
