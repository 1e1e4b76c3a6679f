"""Money out of the contingency: one person asks for it with a reason, another one answers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.contingency import Cause, left, why_no_request, why_not_agreed
from bot.cases.decision import Fault
from bot.gateway.problems import Problem, not_found
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.review.access import Staff, draft_for
from bot.review.deciding import Faulty
from bot.review.decision_asked import Pence, Revision, Words
from bot.review.decision_record import draws_of
from bot.review.stale import stale
from bot.store import cases, contingency, decisions, staff_members
from bot.store.contingency import Request
from bot.store.database import Transaction, lock_draft
from bot.store.decisions import Decision


class DrawIn(BaseModel):
    """A request for money out of the contingency."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"pence": 12000, "cause": "crisis", "reason": "His helper broke a leg", "revision": 7}]
        },
    )

    pence: Pence
    cause: Cause
    reason: Words
    revision: Revision = None


class AnswerIn(BaseModel):
    """What is said to a request."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"agreed": True, "revision": 8}]})

    agreed: bool
    reason: str = Field(default="", max_length=4000, description="Needed where it is not agreed.")
    revision: Revision = None


def ask_for(services: Services, staff: Staff, reference: str, asked: DrawIn) -> Request:
    """Keep a request. Raises Problem 403, 404, 409 and 422."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "run")
        held, requests = _held(tx, draft.id)
        reason = clean(asked.reason).strip()
        wrong = why_no_request(asked.pence, reason, held.said.contingency_pence, draws_of(requests))
        if wrong:
            raise Faulty([Fault(field, text) for field, text in wrong])
        _moved(services, tx, draft.id, staff, asked.revision)
        return contingency.ask(
            tx,
            draft.id,
            decision=held.seq,
            by=staff.user,
            pence=asked.pence,
            cause=asked.cause,
            reason=reason,
            at=services.now(),
        )


def answer_draw(services: Services, staff: Staff, reference: str, number: int, asked: AnswerIn) -> Request:
    """Answer a request. Raises Problem 403, 404, 409 and 422."""
    with services.database.write() as tx:
        draft, _ = draft_for(services, tx, staff, reference, "approve")
        held, requests = _held(tx, draft.id)
        request = next((one for one in requests if one.seq == number), None)
        if request is None:
            raise not_found()
        if request.answered is not None:
            words = f"{staff_members.name(tx, request.answered.by)} answered it. Nothing was changed."
            raise Problem(409, "Somebody answered this already", words, "/problems/stale")
        there = left(held.said.contingency_pence, draws_of(requests))
        reason = clean(asked.reason).strip()
        words = why_not_agreed(staff.user, request.by, request.pence, there, asked.agreed, reason)
        if words:
            raise Problem(409, "This cannot be answered like that", words, "/problems/contingency")
        _moved(services, tx, draft.id, staff, asked.revision)
        return contingency.answer(
            tx,
            draft.id,
            number,
            by=staff.user,
            role=staff.role,
            agreed=asked.agreed,
            left_pence=there - request.pence if asked.agreed else there,
            reason=reason,
            at=services.now(),
        )


def _held(tx: Transaction, draft_id: str) -> tuple[Decision, list[Request]]:
    """The decision in force and the requests on its contingency, which stay as they are until this is done. Raises
    Problem 409 where there is none."""
    lock_draft(tx, draft_id)
    held = decisions.in_force(tx, draft_id)
    if held is None or not held.said.contingency_pence:
        words = "No decision keeps money back for this plan."
        raise Problem(409, "There is no contingency", words, "/problems/not-now")
    return held, [one for one in contingency.listing(tx, draft_id) if one.decision == held.seq]


def _moved(services: Services, tx: Transaction, draft_id: str, staff: Staff, revision: int | None) -> None:
    try:
        cases.change(
            tx,
            draft_id,
            expected_revision=revision,
            actor=staff.user,
            action="case.contingency",
            at=services.now(),
            detail={"role": staff.role},
        )
    except cases.StaleCase:
        raise stale(tx, draft_id, revision or 0) from None
