"""A decision, between the store and the family: what is put before them, and what they say to it."""

from __future__ import annotations

from datetime import date, datetime

from bot.cases.statuses import FOLLOWS
from bot.plans.after.decided import AGAIN_ASKED, AGREED, READ, Answer, Decided
from bot.plans.after.deeds import Deed
from bot.plans.after.matter import Matter
from bot.store import audit, cases, decisions, family_answers, letters, notices, plan_versions
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.family_answers import Kind

AT = ("agreed", "agreed_in_part", "not_yet", "looked_at")
"""Statuses at which a decision is what the family hears of its plan: not while it is lived, or after a new version."""


def decided(tx: Transaction, draft: Draft) -> Matter | None:
    """The decision in force, where it is about what the family sent last."""
    if draft.status not in AT:
        return None
    held, last = decisions.in_force(tx, draft.id), plan_versions.latest(tx, draft.id)
    if held is None or last is None or held.said.plan_version != last.version:
        return None
    letter = next(iter(letters.of_decision(tx, draft.id, held.seq)), None)
    return Decided(
        held.seq,
        held.said.outcome,
        held.said.final_pence,
        held.said.reasons,
        held.said.what_would_help,
        None if letter is None else letter.question_by,
        tuple(
            Answer(one.member, one.kind, one.at.date(), one.reply_by)
            for one in family_answers.listing(tx, draft.id, held.seq)
        ),
    )


def _answers(kind: Kind, tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    made = decisions.get(tx, draft_id, int(deed.about))
    role, _, reply_by = deed.choice.partition(":")
    family_answers.add(
        tx,
        draft_id,
        decision=made.seq,
        kind=kind,
        member=member,
        role=role,
        bound=made.said.bound,
        reply_by=date.fromisoformat(reply_by) if reply_by else None,
        words=deed.words,
        at=at,
    )


def agreed(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """The family's signature, bound to what the officer signed. Who leads the case is told."""
    _answers("agreed", tx, draft_id, deed, member, at)
    event = f"family:{deed.about}:{member}"
    notices.queue(tx, draft_id=draft_id, to="lead", kind="family_agreed", at=at, event=event)


def read(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """They have it."""
    _answers("read", tx, draft_id, deed, member, at)


def looks_again(tx: Transaction, draft_id: str, deed: Deed, member: str, at: datetime) -> None:
    """Somebody else looks again: the case is with the team until they have."""
    _answers("look_again", tx, draft_id, deed, member, at)
    # So that lists of drafts show it, as they do when a family does not agree with the guide amount.
    audit.note(tx, at=at, actor="family", action="family.disagree", subject=draft_id, detail={"decision": deed.about})
    event = f"again:{deed.about}:{member}"
    notices.queue(tx, draft_id=draft_id, to="team", kind="family_disagrees", at=at, event=event)
    case = cases.get(tx, draft_id)
    if case.status != "looked_at" and "looked_at" in FOLLOWS[case.status]:
        action = "case.look_again"
        cases.change(tx, draft_id, expected_revision=None, actor="family", action=action, at=at, status="looked_at")


WRITERS = {AGREED: agreed, READ: read, AGAIN_ASKED: looks_again}
"""By the kind of deed."""
