"""Deciding: propose, sign, send back, vote. Everything that one person does happens in one transaction, with its audit.

The rules are in :mod:`bot.cases.sign_off` and :mod:`bot.cases.decision`; here they meet the store and a request.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.cases.decision import (
    DECISION,
    STATUS,
    Fault,
    Said,
    bound,
    changed_since,
    completed,
    faults,
    words_hash,
)
from bot.cases.sign_off import Refusal, Vote, panel_faults, panel_standing, who_can, why_no_vote, why_not
from bot.cases.statuses import Status
from bot.gateway.problems import Problem
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.review.access import Staff, draft_for
from bot.review.decision_asked import DecisionIn, ProposalIn, StepIn, VoteIn
from bot.review.decision_facts import Facts, as_said, facts, signing, way_to
from bot.review.letters import keep_letters
from bot.review.stale import stale
from bot.store import cases, decisions, notices, staff_members
from bot.store.database import Transaction, lock_draft
from bot.store.decisions import DecidedLine, Decision, NewDecision


class Faulty(Problem):
    """422: something in the decision has to be put right first. ``faults`` names each field."""

    def __init__(self, found: Sequence[Fault]) -> None:
        words = ". ".join(dict.fromkeys(fault.text for fault in found))
        super().__init__(422, "This cannot be decided like that", f"{words}.", "/problems/decision")
        self.faults = tuple(found)


def propose(services: Services, staff: Staff, reference: str, asked: ProposalIn, *, by_hand: bool = False) -> Decision:
    """Put a decision before whoever may sign it. One that waits is replaced.

    Raises Problem 403, 404, 409 (stale, or not now) and 422. ``by_hand``: said line by line on a page.
    """
    with services.database.write() as tx:
        found = _read(services, tx, staff, reference)
        said = _checked(services, found, asked)
        _fits_now(found, said)
        panel = tuple(name.strip() for name in asked.panel)
        _panel_can_decide(services, tx, found, panel, staff)
        before = found.waiting
        same = before is not None and (as_said(before), before.said.panel, before.said.proposed_by) == (
            said,
            panel,
            staff.user,
        )
        if before is not None and same and not changed_since(before.said.parts, found.parts):
            return before  # the same form, sent twice; what has changed under it has to be proposed again
        _change(services, tx, found, staff, asked.revision, "decision.proposal", ())
        by = found.amount_by(said, staff.user, by_hand=by_hand or asked.lines is not None)
        made = decisions.propose(tx, found.draft.id, _new(found, said, staff, panel, by), at=services.now())
        event = f"proposal:{made.seq}"
        for user in panel or ("team",):
            notices.queue(tx, draft_id=found.draft.id, to=user, kind="sign_off", at=services.now(), event=event)
        return made


def decide(services: Services, staff: Staff, reference: str, asked: DecisionIn) -> Decision:
    """Decide in one go: sign what somebody else proposed where it is the same, else decide on what the family asked for
    or on the guide amount. Any other amount takes two people. Raises Problem 403, 404, 409 and 422."""
    with services.database.write() as tx:
        found = _read(services, tx, staff, reference)
        before = found.waiting
        if before is not None:
            return _sign_the_same(services, tx, found, staff, before, asked)
        said = _checked(services, found, asked)
        _fits_now(found, said)
        by = found.amount_by(said, staff.user, by_hand=asked.lines is not None)
        _may_sign(services, found, staff, said, None, by)
        _change(services, tx, found, staff, asked.revision, "decision.proposal", ())
        made = decisions.propose(tx, found.draft.id, _new(found, said, staff, (), by), at=services.now())
        return _signed(services, tx, found, staff, made, None)


def sign(services: Services, staff: Staff, reference: str, asked: StepIn) -> Decision:
    """Sign the proposal that waits. Raises Problem 403, 404, and 409: it changed, or this person may not."""
    with services.database.write() as tx:
        found = _read(services, tx, staff, reference)
        made = _waiting(found, asked.bound)
        _fits_now(found, as_said(made))
        _may_sign(services, found, staff, as_said(made), made, made.said.amount_by)
        return _signed(services, tx, found, staff, made, asked.revision)


def send_back(services: Services, staff: Staff, reference: str, asked: StepIn) -> Decision:
    """Send a proposal back, with what should be different; or take back one's own. Raises Problem 403, 404, 409, 422."""
    with services.database.write() as tx:
        found = _read(services, tx, staff, reference)
        made = _waiting(found, asked.bound)
        own = made.said.proposed_by == staff.user
        reason = clean(asked.reason).strip()
        if not own and not staff.may("approve") and staff.user not in made.said.panel:
            raise Problem(403, "You cannot send this back", "Those who may sign it can, and who proposed it.")
        if not own and not reason:
            raise Faulty([Fault("reason", "Write what should be different")])
        _change(services, tx, found, staff, asked.revision, "decision.back", ())
        step: decisions.StepKind = "withdrawn" if own else "sent_back"
        at = services.now()
        if not own:
            to = made.said.proposed_by
            notices.queue(tx, draft_id=found.draft.id, to=to, kind="news", at=at, event=f"back:{made.seq}")
        return _step(tx, found, made, staff, step, reason, services)


def vote(services: Services, staff: Staff, reference: str, asked: VoteIn) -> Decision:
    """Vote as a member of the panel. The last vote that is needed signs; when it cannot be agreed any more, the
    proposal goes back. Raises Problem 403, 404, 409 and 422."""
    with services.database.write() as tx:
        found = _read(services, tx, staff, reference)
        made = _waiting(found, asked.bound)
        on = services.now().date()
        said, policy = as_said(made), services.content.sign_off
        refusal = why_no_vote(policy, signing(found, staff, said, made, amount_by=made.said.amount_by), on)
        if refusal is not None:
            raise _refused(refusal)
        _fits_now(found, said)
        reason = clean(asked.reason).strip()
        if not asked.agrees and not reason:
            raise Faulty([Fault("reason", "Write why you do not agree")])
        _change(services, tx, found, staff, asked.revision, "decision.vote", ())
        after = _step(tx, found, made, staff, "voted_for" if asked.agrees else "voted_against", reason, services)
        period = policy.period(on) if policy is not None else None
        assert period is not None  # noqa: S101 - without one nobody votes
        votes = [Vote(one.user, one.role, one.step == "voted_for") for one in after.votes]
        standing = panel_standing(period.panel, after.said.panel, votes)
        if standing.agreed:
            again = facts(tx, services.content, found.draft, cases.get(tx, found.draft.id), on)
            return _signed(services, tx, again, staff, after, None)
        if standing.lost:
            return _step(tx, found, after, staff, "sent_back", "", services)
        return after


def _read(services: Services, tx: Transaction, staff: Staff, reference: str) -> Facts:
    draft, _ = draft_for(services, tx, staff, reference, "decide")
    # Held from here on: two who sign at the same moment do not both read that it waits.
    lock_draft(tx, draft.id)
    draft, case = draft_for(services, tx, staff, reference, "decide")
    return facts(tx, services.content, draft, case, services.now().date())


def _checked(services: Services, found: Facts, asked: DecisionIn) -> Said:
    """Complete and without a fault. Raises Faulty."""
    policy, on = services.content.sign_off, services.now().date()
    said = completed(asked.said(), found.asked, policy, on)
    wrong = faults(said, found.asked, found.guide_pence, policy, on)
    if wrong:
        raise Faulty(wrong)
    return said


def _fits_now(found: Facts, said: Said) -> tuple[Status, ...]:
    """The steps of the status to what is decided. Raises Problem 409 where the case is not at a decision."""
    way = way_to(found.case.status, STATUS[said.outcome], again=found.look_again is not None)
    if way is not None:
        return way
    words = {
        "returned": "The family has been asked for changes. Wait for their answer, or take the questions back.",
        "closed": "This case is closed.",
    }
    decided = "A decision was made. It is made once more when the family asks for another look, or sends a new version."
    raise Problem(409, "This is not the time to decide", words.get(found.case.status, decided), "/problems/not-now")


def _panel_can_decide(services: Services, tx: Transaction, found: Facts, panel: tuple[str, ...], staff: Staff) -> None:
    policy, on = services.content.sign_off, services.now().date()
    period = None if policy is None else policy.period(on)
    if not panel:
        return
    if period is None:
        raise Problem(
            409, "Nobody can sign now", f"This can be signed by {who_can(policy, 0, on)}.", "/problems/no_policy"
        )
    wrong = [*panel_faults(period.panel, panel, staff.user)]
    before = sorted(staff_members.name(tx, user) for user in set(panel) & found.worked_before)
    if before:
        wrong.append(f"These worked on the first decision, and the family asked for somebody else: {', '.join(before)}")
    if wrong:
        raise Faulty([Fault("panel", text) for text in wrong])


def _sign_the_same(
    services: Services, tx: Transaction, found: Facts, staff: Staff, before: Decision, asked: DecisionIn
) -> Decision:
    kept, wanted = as_said(before), asked.said()
    final = wanted.final_pence or None if wanted.outcome == "refuse_for_now" else wanted.final_pence
    policy, on = services.content.sign_off, services.now().date()
    same_lines = wanted.lines is None or completed(wanted, found.asked, policy, on).lines == kept.lines
    same = (kept.outcome, kept.final_pence) == (wanted.outcome, final) and same_lines
    if not same:
        raise Problem(
            409,
            "Another proposal waits for a signature",
            f"{staff_members.name(tx, before.said.proposed_by)} proposed something else. Sign that, send it back, or "
            "propose yours instead.",
            "/problems/other-proposal",
        )
    _fits_now(found, kept)
    _may_sign(services, found, staff, kept, before, before.said.amount_by)
    return _signed(services, tx, found, staff, before, asked.revision)


def _may_sign(
    services: Services, found: Facts, staff: Staff, said: Said, decision: Decision | None, amount_by: str
) -> None:
    if found.route_missing:
        words = "A small budget was chosen, and the council has set no limit for it today. Choose the full route."
        raise Problem(409, "Nobody can sign now", words, "/problems/no_policy")
    asked = signing(found, staff, said, decision, amount_by=amount_by)
    refusal = why_not(services.content.sign_off, asked, services.now().date())
    if refusal is not None:
        raise _refused(refusal)


def _refused(refusal: Refusal) -> Problem:
    title = "You cannot sign this" if refusal.status == 403 else "This cannot be signed like that"
    return Problem(refusal.status, title, refusal.words, f"/problems/{refusal.code}")


def _waiting(found: Facts, seen: str) -> Decision:
    """The proposal that waits, as this person saw it. Raises Problem 409."""
    if found.waiting is None:
        raise Problem(409, "Nothing waits for a signature", "Somebody signed it, or it went back.", "/problems/not-now")
    if seen and seen != found.waiting.said.bound:
        raise Problem(
            409,
            "This is not the proposal that you read",
            "A new one has taken its place. Read it, then sign it or send it back.",
            "/problems/stale",
        )
    return found.waiting


def _new(found: Facts, said: Said, staff: Staff, panel: tuple[str, ...], amount_by: str) -> NewDecision:
    asked = {line.line_id: line for line in found.asked}
    parts = {**found.parts, DECISION: words_hash(said)}
    return NewDecision(
        outcome=said.outcome,
        final_pence=said.final_pence,
        guide_pence=found.guide_pence,
        contingency_pence=said.contingency_pence,
        route=found.route,
        plan_version=found.version.version,
        parts=parts,
        bound=bound(parts),
        policy=found.parts["policy"],
        proposed_by=staff.user,
        proposed_role=staff.role,
        amount_by=amount_by,
        reasons=said.reasons,
        contingency_reason=said.contingency_reason,
        what_would_help=said.what_would_help,
        lines=tuple(
            DecidedLine(
                line_id=line.line_id,
                what=asked[line.line_id].what,
                verdict=line.verdict,
                asked_pence=asked[line.line_id].pence,
                agreed_pence=line.pence,
                one_off=asked[line.line_id].one_off,
                stream=line.stream,
                legal_basis=line.legal_basis if line.pence else "",
                managed_by=asked[line.line_id].managed_by,
                reason=line.reason,
            )
            for line in said.lines or ()
        ),
        panel=panel,
        look_again=None if found.look_again is None else found.look_again.seq,
    )


def _change(
    services: Services,
    tx: Transaction,
    found: Facts,
    staff: Staff,
    revision: int | None,
    action: str,
    way: tuple[Status, ...],
) -> None:
    """Move the case on, through every step of its status. Raises Problem 409 where somebody else was faster."""
    try:
        for status in way or (None,):
            cases.change(
                tx,
                found.draft.id,
                expected_revision=revision,
                actor=staff.user,
                action=action,
                at=services.now(),
                detail={"role": staff.role},
                status=status,
            )
            revision = None
    except cases.StaleCase:
        raise stale(tx, found.draft.id, revision or 0) from None


def _signed(
    services: Services, tx: Transaction, found: Facts, staff: Staff, made: Decision, revision: int | None
) -> Decision:
    """Sign: the case moves, the letters are kept, family and lead are told."""
    way = _fits_now(found, as_said(made))
    _change(services, tx, found, staff, revision, "case.decided", way)
    done = _step(tx, found, made, staff, "signed", "", services)
    keep_letters(services, tx, found, done)
    at, event = services.now(), f"decision:{made.seq}"
    notices.queue(tx, draft_id=found.draft.id, to="family", kind="decided", at=at, event=event)
    notices.queue(tx, draft_id=found.draft.id, to="lead", kind="signed_off", at=at, event=event)
    return done


def _step(
    tx: Transaction,
    found: Facts,
    made: Decision,
    staff: Staff,
    step: decisions.StepKind,
    reason: str,
    services: Services,
) -> Decision:
    return decisions.take_step(
        tx,
        found.draft.id,
        made.seq,
        user=staff.user,
        role=staff.role,
        step=step,
        bound=made.said.bound,
        reason=reason,
        at=services.now(),
    )
