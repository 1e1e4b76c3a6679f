"""Pages of deciding: what waits and what is in force, the form, the check before it is proposed or signed, the panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.cases.access import ROLES, may, sees
from bot.cases.amounts import NotAnAmount, pence_of
from bot.cases.contingency import CAUSES
from bot.cases.decision import STREAMS, Fault, completed, faults
from bot.cases.sign_off import who_can, why_not
from bot.content.models import Who
from bot.content.sign_off_models import LegalBasis
from bot.gateway.api import Shared
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.plans.documents.formats import Format
from bot.review.access import Staff, check_form, draft_for, signed_in
from bot.review.contingency import AnswerIn, DrawIn, answer_draw, ask_for
from bot.review.deciding import Faulty, decide, propose, send_back, sign, vote
from bot.review.decision_api import decisions_viewed, letter_viewed
from bot.review.decision_asked import ProposalIn, StepIn, VoteIn
from bot.review.decision_facts import Facts, facts, signing
from bot.review.decision_form import as_asked, read_form
from bot.review.forms import Typed, revision
from bot.store import staff_members
from bot.store.staff_members import StaffMember

router = APIRouter(include_in_schema=False)

Reference = Annotated[str, Path(max_length=40)]
PATH = "/review/drafts/{reference}/decision"


@router.get(PATH)
def overview(services: Shared, request: Request, reference: Reference) -> Response:
    """What waits for a signature, what is in force with both signatures, the contingency, and what came before."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    return _overview(services, staff, reference, {}, [])


@router.get(PATH + "/new")
def decision_form(services: Shared, request: Request, reference: Reference) -> Response:
    """The form: outcome, amount, reasons, each line."""
    staff = signed_in(services, request, "decide")
    if isinstance(staff, Response):
        return staff
    return _form(services, staff, reference, None, [])


@router.post(PATH + "/new")
def check_decision(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """The check before it is proposed or signed, or the form with what is wrong in it. Nothing is kept yet."""
    staff = signed_in(services, request, "decide")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    if "change" in typed:
        return _form(services, staff, reference, typed, [])
    found = _facts(services, staff, reference)
    asked, wrong = read_form(typed, found.asked)
    if not wrong:
        wrong = _faults(services, found, asked)
    if wrong:
        return _form(services, staff, reference, typed, wrong)
    return _check(services, staff, found, asked, typed, [])


@router.post(PATH + "/propose")
def send_proposal(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Propose what was checked, for somebody else to sign; or sign it at once."""
    staff = signed_in(services, request, "decide")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    found = _facts(services, staff, reference)
    asked, wrong = read_form(typed, found.asked)
    if wrong:
        return _form(services, staff, reference, typed, wrong)
    try:
        if typed.get("then") == "sign":
            decide(services, staff, reference, asked)
        else:
            propose(services, staff, reference, asked)
    except Faulty as problem:
        return _form(services, staff, reference, typed, list(problem.faults))
    except Problem as problem:
        if problem.status not in (403, 409):
            raise
        return _check(services, staff, _facts(services, staff, reference), asked, typed, _said(problem), problem.status)
    return _back_to(reference)


@router.post(PATH + "/sign")
def send_signature(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Sign what waits."""
    return _stepped(services, request, reference, typed, lambda staff: sign(services, staff, reference, _step(typed)))


@router.post(PATH + "/back")
def send_it_back(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Send it back with what should be different, or take back one's own."""
    return _stepped(
        services, request, reference, typed, lambda staff: send_back(services, staff, reference, _step(typed))
    )


@router.post(PATH + "/vote")
def send_vote(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Vote as a member of the panel."""
    if typed.get("agrees") not in ("yes", "no"):
        staff = signed_in(services, request, "panel")
        if isinstance(staff, Response):
            return staff
        check_form(services, request, staff, typed.get("csrf", ""))
        wrong = [{"field": "agrees-yes", "text": "Say whether you agree"}]
        return _overview(services, staff, reference, typed, wrong, 422)
    asked = VoteIn(**_step(typed).model_dump(), agrees=typed["agrees"] == "yes")
    return _stepped(services, request, reference, typed, lambda staff: vote(services, staff, reference, asked))


@router.get(PATH + "/{number}/letter/{reader}.{ending}")
def letter_page(
    services: Shared,
    request: Request,
    reference: Reference,
    number: Annotated[int, Path(ge=1, le=10_000)],
    reader: Who,
    ending: Format,
    large: bool = False,
) -> Response:
    """The letter as it was kept; of what waits, as it will be."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    return letter_viewed(services, staff, reference, number, reader, ending, large)


@router.post("/review/drafts/{reference}/contingency")
def send_draw(services: Shared, request: Request, reference: Reference, typed: Typed) -> Response:
    """Ask for money out of the contingency."""
    wrong, pence = list[Fault](), 0
    try:
        pence = pence_of(typed.get("pence", ""))
    except NotAnAmount as found:
        wrong.append(Fault("pence", str(found)))
    if typed.get("cause") not in CAUSES:
        wrong.append(Fault("cause", "Choose what it is for"))

    def asked(staff: Staff) -> object:
        if wrong:
            raise Faulty(wrong)
        body = {"pence": pence, "cause": typed["cause"], "reason": typed.get("reason", "")[:4000]}
        draw = DrawIn.model_validate(body)
        draw.revision = revision(typed)
        return ask_for(services, staff, reference, draw)

    return _stepped(services, request, reference, typed, asked)


@router.post("/review/drafts/{reference}/contingency/{number}")
def answer_a_draw(
    services: Shared,
    request: Request,
    reference: Reference,
    number: Annotated[int, Path(ge=1, le=10_000)],
    typed: Typed,
) -> Response:
    """Agree to a request, or not."""
    body = {"agreed": typed.get("agreed") == "yes", "reason": typed.get("reason", "")[:4000]}
    asked = AnswerIn.model_validate(body)
    asked.revision = revision(typed)
    return _stepped(
        services, request, reference, typed, lambda staff: answer_draw(services, staff, reference, number, asked)
    )


def _faults(services: Services, found: Facts, asked: ProposalIn) -> list[Fault]:
    policy, on = services.content.sign_off, services.now().date()
    said = completed(asked.said(), found.asked, policy, on)
    return list(faults(said, found.asked, found.guide_pence, policy, on))


def _facts(services: Services, staff: Staff, reference: str) -> Facts:
    with services.database.write() as tx:
        draft, case = draft_for(services, tx, staff, reference, "decide")
        return facts(tx, services.content, draft, case, services.now().date())


def _form(
    services: Services, staff: Staff, reference: str, typed: Mapping[str, str] | None, wrong: list[Fault]
) -> HTMLResponse:
    found = _facts(services, staff, reference)
    today = services.now().date()
    policy = services.content.sign_off
    period = policy.period(today) if policy is not None else None
    bases: dict[int, tuple[LegalBasis, ...]] = {}
    if policy is not None:
        for line in found.asked:
            fits = [policy.bases_for(stream, line.managed_by, today) for stream in (line.stream, *STREAMS)]
            bases[line.line_id] = tuple(dict.fromkeys(basis for group in fits for basis in group))
    return page(
        services.content,
        "review/decision_form.html",
        422 if wrong else 200,
        staff=staff,
        found=found,
        typed=as_asked(found) if typed is None else typed,
        errors=_errors(wrong),
        bases=bases,
        period=period,
        streams=STREAMS,
        who=who_can(policy, found.asked_pence, today, found.route_limit),
        people=_could_vote(services, staff, found),
    )


def _could_vote(services: Services, staff: Staff, found: Facts) -> list[StaffMember]:
    """Whom this person could put on a panel, by name: they work on the case's team, and did not work on a first
    decision that the family asked to be looked at again."""
    with services.database.read() as tx:
        return [
            member
            for member in staff_members.listing(tx)
            if any(member.role == role and may(role, "panel") for role in ROLES)
            and member.user not in (staff.user, *found.worked_before)
            and sees(member.user, member.teams, team=found.case.team, lead=found.case.lead)
        ]


def _check(
    services: Services,
    staff: Staff,
    found: Facts,
    asked: ProposalIn,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    status: int = 200,
) -> HTMLResponse:
    policy, on = services.content.sign_off, services.now().date()
    said = completed(asked.said(), found.asked, policy, on)
    by = found.amount_by(said, staff.user, by_hand=True)
    alone = signing(found, staff, said, None, amount_by=by)
    refusal = why_not(policy, alone, on)
    why = "A proposal waits already." if found.waiting is not None else "" if refusal is None else refusal.words
    if asked.panel:
        why = "A panel decides it."
    kept = {name: value for name, value in typed.items() if name not in ("csrf", "then", "change", "revision")}
    return page(
        services.content,
        "review/decision_check.html",
        status,
        staff=staff,
        found=found,
        said=said,
        lines={line.line_id: line for line in found.asked},
        basis=lambda basis_id: policy.basis(basis_id) if policy is not None else None,
        kept=kept,
        panel=asked.panel,
        why_not_alone=why,
        errors=errors,
    )


def _overview(
    services: Services,
    staff: Staff,
    reference: str,
    typed: Mapping[str, str],
    errors: list[dict[str, str]],
    status: int = 200,
) -> HTMLResponse:
    record = None
    try:
        record, _ = decisions_viewed(services, staff, reference)
    except Problem as problem:
        if problem.status != 409:
            raise
        errors = errors or _said(problem)
    return page(
        services.content,
        "review/decision.html",
        status,
        staff=staff,
        reference=reference,
        record=record,
        typed=typed,
        errors=errors,
        causes=CAUSES,
    )


def _stepped(
    services: Services,
    request: Request,
    reference: str,
    typed: Mapping[str, str],
    act: Callable[[Staff], object],
) -> Response:
    """One thing that somebody does on the overview: then the overview again, or with what is in the way."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    check_form(services, request, staff, typed.get("csrf", ""))
    try:
        act(staff)
    except Faulty as problem:
        return _overview(services, staff, reference, typed, _errors(list(problem.faults)), 422)
    except Problem as problem:
        if problem.status != 409 and problem.kind == "about:blank":
            raise
        if problem.status not in (403, 409):
            raise
        return _overview(services, staff, reference, typed, _said(problem), problem.status)
    return _back_to(reference)


def _step(typed: Mapping[str, str]) -> StepIn:
    body: dict[str, Any] = {"bound": typed.get("bound", "")[:64], "reason": typed.get("reason", "")[:4000]}
    asked = StepIn.model_validate(body)
    asked.revision = revision(typed)
    return asked


def _errors(wrong: list[Fault]) -> list[dict[str, str]]:
    return [{"field": "" if fault.field == "lines" else fault.field, "text": fault.text} for fault in wrong]


def _said(problem: Problem) -> list[dict[str, str]]:
    return [{"field": "", "text": f"{problem.title}. {problem.detail}"}]


def _back_to(reference: str) -> RedirectResponse:
    return RedirectResponse(f"/review/drafts/{reference}/decision", 303)
