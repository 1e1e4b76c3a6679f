"""The review API's decisions: propose, decide, sign, send back, vote, read the letter, draw on the contingency."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from bot.content.models import Who
from bot.gateway.api import Shared, problems
from bot.gateway.documents import AS_FILE, file_of
from bot.gateway.documents import response as sent_as_file
from bot.gateway.problems import not_found
from bot.gateway.services import Services
from bot.plans.documents.formats import Format
from bot.plans.documents.keeping import document_from_json
from bot.review.access import Reader, Staff, draft_for, sent_from_here, with_right
from bot.review.contingency import AnswerIn, DrawIn, answer_draw, ask_for
from bot.review.deciding import decide, propose, send_back, sign, vote
from bot.review.decision_asked import DecisionIn, ProposalIn, StepIn, VoteIn
from bot.review.decision_facts import Facts, facts
from bot.review.decision_record import DecisionOut, DecisionsOut, decision_out, decisions_record
from bot.review.letters import preview
from bot.store import audit, letters
from bot.store.decisions import Decision

router = APIRouter(prefix="/api/v1/review", tags=["Review"])

Reference = Annotated[str, Path(max_length=40)]
Decider = Annotated[Staff, Depends(with_right("decide"))]
PanelMember = Annotated[Staff, Depends(with_right("panel"))]
_WRONG = problems(401, 403, 404, 409, 422)


@router.get("/drafts/{reference}/decision", responses=problems(401, 403, 404, 409))
def read_decisions(services: Shared, staff: Reader, reference: Reference) -> DecisionsOut:
    """What waits for a signature, what is in force, and what came before. That it was read is written down."""
    return decisions_viewed(services, staff, reference)[0]


@router.post("/drafts/{reference}/decision", responses=_WRONG)
def send_decision(
    services: Shared, staff: Decider, request: Request, reference: Reference, asked: DecisionIn
) -> DecisionOut:
    """Decide in one call: sign what somebody else proposed, or agree to what the family asked for or to the guide
    amount. Any other amount takes two people: one proposes it, another one signs."""
    sent_from_here(services, request)
    return _out(services, staff, reference, decide(services, staff, reference, asked))


@router.post("/drafts/{reference}/decision/proposal", responses=_WRONG)
def send_proposal(
    services: Shared, staff: Decider, request: Request, reference: Reference, asked: ProposalIn
) -> DecisionOut:
    """Propose a decision for somebody else to sign, or for a panel to vote on."""
    sent_from_here(services, request)
    return _out(services, staff, reference, propose(services, staff, reference, asked))


@router.post("/drafts/{reference}/decision/signature", responses=_WRONG)
def send_signature(
    services: Shared, staff: Decider, request: Request, reference: Reference, asked: StepIn
) -> DecisionOut:
    """Sign the proposal that waits."""
    sent_from_here(services, request)
    return _out(services, staff, reference, sign(services, staff, reference, asked))


@router.post("/drafts/{reference}/decision/back", responses=_WRONG)
def send_proposal_back(
    services: Shared, staff: Decider, request: Request, reference: Reference, asked: StepIn
) -> DecisionOut:
    """Send the proposal that waits back with what should be different, or take back your own."""
    sent_from_here(services, request)
    return _out(services, staff, reference, send_back(services, staff, reference, asked))


@router.post("/drafts/{reference}/decision/vote", responses=_WRONG)
def send_vote(
    services: Shared, staff: PanelMember, request: Request, reference: Reference, asked: VoteIn
) -> DecisionOut:
    """Vote as a member of the panel. The last vote that is needed signs the decision."""
    sent_from_here(services, request)
    return _out(services, staff, reference, vote(services, staff, reference, asked))


@router.get(
    "/drafts/{reference}/decision/{number}/letter/{reader}.{ending}",
    response_class=Response,
    responses=AS_FILE | problems(401, 403, 404, 409, 422, 503),
)
def read_letter(
    services: Shared,
    staff: Reader,
    reference: Reference,
    number: Annotated[int, Path(ge=1, le=10_000)],
    reader: Who,
    ending: Format,
    large: bool = False,
) -> Response:
    """The letter as it was kept; of a proposal that waits, as it will be once you sign it."""
    return letter_viewed(services, staff, reference, number, reader, ending, large)


@router.post("/drafts/{reference}/contingency", responses=_WRONG)
def send_draw(
    services: Shared,
    staff: Annotated[Staff, Depends(with_right("run"))],
    request: Request,
    reference: Reference,
    asked: DrawIn,
) -> DecisionsOut:
    """Ask for money out of the contingency of the decision in force."""
    sent_from_here(services, request)
    ask_for(services, staff, reference, asked)
    return decisions_viewed(services, staff, reference)[0]


@router.post("/drafts/{reference}/contingency/{number}", responses=_WRONG)
def send_draw_answer(
    services: Shared,
    staff: Annotated[Staff, Depends(with_right("approve"))],
    request: Request,
    reference: Reference,
    number: Annotated[int, Path(ge=1, le=10_000)],
    asked: AnswerIn,
) -> DecisionsOut:
    """Agree to a request, or not. Never more is agreed than is there."""
    sent_from_here(services, request)
    answer_draw(services, staff, reference, number, asked)
    return decisions_viewed(services, staff, reference)[0]


def decisions_viewed(services: Services, staff: Staff, reference: str) -> tuple[DecisionsOut, Facts]:
    """All decisions of a draft, and the audit line that says who read them. Raises Problem 403, 404 and 409."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        today = services.now().date()
        found = facts(tx, services.content, draft, case, today)
        detail: dict[str, audit.Detail] = {"role": staff.role}
        audit.note(tx, at=services.now(), actor=staff.user, action="decision.viewed", subject=draft.id, detail=detail)
        return decisions_record(tx, services.content, found, staff, today), found


def letter_viewed(
    services: Services, staff: Staff, reference: str, number: int, reader: Who, ending: Format, large: bool
) -> Response:
    """A letter as a file, and the audit line that says who read it. Raises Problem 403, 404, 409 and 503."""
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "read drafts")
        found = facts(tx, services.content, draft, case, services.now().date())
        kept = letters.get(tx, draft.id, number, reader)
        if kept is not None:
            document = document_from_json(kept.body)
        elif found.waiting is not None and found.waiting.seq == number:
            document = preview(services, tx, found, found.waiting, reader, staff)
        else:
            raise not_found()
        detail: dict[str, audit.Detail] = {"role": staff.role, "decision": number, "reader": reader}
        audit.note(tx, at=services.now(), actor=staff.user, action="letter.viewed", subject=draft.id, detail=detail)
    name = f"{document.file_name(ending)}" if not large else document.file_name(ending).replace(".", "-large.", 1)
    return sent_as_file(file_of(services.printers, document, ending, name, large=large))


def _out(services: Services, staff: Staff, reference: str, made: Decision) -> DecisionOut:
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "decide")
        today = services.now().date()
        found = facts(tx, services.content, draft, case, today)
        return decision_out(tx, services.content, found, made, today)
