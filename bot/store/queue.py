"""What the queue of professionals is made of: one light row for each draft that somebody may know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select

from bot.store.casework_tables import CaseRow, ReturnedQuestionRow, ReturnEventRow
from bot.store.database import Transaction
from bot.store.drafts import DraftStatus
from bot.store.tables import AuditRow, DraftRow, PlanVersionRow, SafetyEventRow
from bot.store.visibility import Viewer, visible


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A draft in the queue. Holds no words and no name."""

    draft_id: str
    reference: str
    status: DraftStatus
    since: datetime
    """When it came to be in this status, as far as is known."""
    team: str | None
    lead: str | None
    revision: int | None
    """Of the case; None while no professional has opened it."""
    sent_at: datetime | None
    """When its plan was sent last."""
    alerts: int
    alerts_since: datetime | None
    asked_since: datetime | None
    """When they last asked for a person, or did not agree, and nobody has written since that it is dealt with."""
    questions_open: int
    """Questions of the team that the family can still answer, and has not."""
    answered_since: datetime | None
    """When they answered last; None while a question is open, or none was asked."""


def rows(tx: Transaction, viewer: Viewer) -> tuple[QueueRow, ...]:
    """Every draft that the viewer may know of."""
    alerts = (
        select(SafetyEventRow.draft_id, func.count().label("count"), func.min(SafetyEventRow.at).label("since"))
        .where(SafetyEventRow.alert == "waiting")
        .group_by(SafetyEventRow.draft_id)
        .subquery()
    )
    sent = (
        select(PlanVersionRow.draft_id, func.max(PlanVersionRow.at).label("at"))
        .group_by(PlanVersionRow.draft_id)
        .subquery()
    )
    query = (
        select(
            DraftRow.id,
            DraftRow.reference,
            DraftRow.status,
            DraftRow.updated,
            CaseRow.team,
            CaseRow.lead,
            CaseRow.revision,
            CaseRow.status_since,
            alerts.c.count.label("alerts"),
            alerts.c.since.label("alerts_since"),
            sent.c.at.label("sent_at"),
        )
        .outerjoin(CaseRow, CaseRow.draft_id == DraftRow.id)
        .outerjoin(alerts, alerts.c.draft_id == DraftRow.id)
        .outerjoin(sent, sent.c.draft_id == DraftRow.id)
        .where(visible(viewer))
    )
    asked, questions = _asked(tx, viewer), _questions(tx, viewer)
    found = []
    for row in tx.connection.execute(query):
        open_ones, answered = questions.get(row.id, (0, None))
        since = row.status_since if row.status_since is not None else row.updated
        if row.status == "sent" and row.sent_at is not None:
            since = row.sent_at if row.status_since is None else max(row.sent_at, row.status_since)
        found.append(
            QueueRow(
                draft_id=row.id,
                reference=row.reference,
                status=cast(DraftStatus, row.status),
                since=since,
                team=row.team,
                lead=row.lead,
                revision=row.revision,
                sent_at=row.sent_at,
                alerts=row.alerts or 0,
                alerts_since=row.alerts_since,
                asked_since=asked.get(row.id),
                questions_open=open_ones,
                answered_since=answered if open_ones == 0 else None,
            )
        )
    return tuple(found)


_PERSON, _DISAGREE, _DONE, _DECIDED = "family.person", "family.disagree", "case.person_done", "case.decided"


def _asked(tx: Transaction, viewer: Viewer) -> dict[str, datetime]:
    """When a family last said that it would like a person, or does not agree, where that still stands."""
    last = (
        select(AuditRow.subject, AuditRow.action, func.max(AuditRow.seq).label("seq"))
        .where(
            AuditRow.action.in_((_PERSON, _DISAGREE, _DONE, _DECIDED)),
            AuditRow.subject.in_(select(DraftRow.id).where(visible(viewer))),
        )
        .group_by(AuditRow.subject, AuditRow.action)
        .subquery()
    )
    query = select(AuditRow.subject, AuditRow.action, AuditRow.seq, AuditRow.at).join(last, last.c.seq == AuditRow.seq)
    lines: dict[str, dict[str, tuple[int, datetime]]] = {}
    for row in tx.connection.execute(query):
        lines.setdefault(row.subject, {})[row.action] = (row.seq, row.at)
    found = {}
    for subject, by_action in lines.items():
        done, decided = (by_action.get(action, (0,))[0] for action in (_DONE, _DECIDED))
        # A decision is the answer to a family that did not agree before it.
        answered = {_PERSON: done, _DISAGREE: max(done, decided)}
        standing = [by_action[one] for one, after in answered.items() if by_action.get(one, (0,))[0] > after]
        if standing:
            found[subject] = min(at for _, at in standing)
    return found


def _questions(tx: Transaction, viewer: Viewer) -> dict[str, tuple[int, datetime | None]]:
    """For plans that are with their family: how many questions are open, and when one was answered last."""
    returned = select(DraftRow.id).where(DraftRow.status == "returned", visible(viewer))
    ended: dict[str, int] = {}
    done: dict[str, dict[str, datetime | None]] = {}
    events = (
        select(
            ReturnEventRow.draft_id,
            ReturnEventRow.return_seq,
            ReturnEventRow.question_id,
            ReturnEventRow.kind,
            ReturnEventRow.at,
        )
        .where(ReturnEventRow.draft_id.in_(returned))
        .order_by(ReturnEventRow.draft_id, ReturnEventRow.seq)
    )
    for row in tx.connection.execute(events):
        if row.question_id is None:
            ended[row.draft_id] = row.return_seq
        else:
            at = None if row.kind == "withdrawn" else row.at
            done.setdefault(row.draft_id, {})[row.question_id] = at
    found: dict[str, tuple[int, datetime | None]] = {}
    asked = select(ReturnedQuestionRow.draft_id, ReturnedQuestionRow.id, ReturnedQuestionRow.return_seq)
    for question in tx.connection.execute(asked.where(ReturnedQuestionRow.draft_id.in_(returned))):
        draft_id = question.draft_id
        if question.return_seq <= ended.get(draft_id, 0):
            continue
        open_ones, last = found.get(draft_id, (0, None))
        if question.id not in done.get(draft_id, {}):
            open_ones += 1
        else:
            last = max((at for at in (last, done[draft_id][question.id]) if at is not None), default=None)
        found[draft_id] = (open_ones, last)
    return found
