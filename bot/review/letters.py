"""Letters about decisions: written when a decision is signed, kept as they were, and read again from there."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from bot.cases.working_days import working_days_after
from bot.content.loader import Content
from bot.content.models import Who
from bot.gateway.services import Services
from bot.interview import outcome_from_reply
from bot.plans.documents.keeping import document_to_json, fingerprint
from bot.plans.documents.letter import LetterFacts, LetterLine, letter
from bot.plans.documents.tree import Document
from bot.review.access import Staff
from bot.review.decision_facts import Facts
from bot.review.moderation import told_to_family
from bot.store import letters, staff_members
from bot.store.database import Transaction
from bot.store.decisions import Decision, Step
from bot.store.letters import Letter

READERS: tuple[Who, ...] = get_args(Who)


def keep_letters(services: Services, tx: Transaction, found: Facts, decision: Decision) -> None:
    """Write the letters about a decision that was just signed, one for each kind of reader, and keep them."""
    told = letter_facts(services, tx, found, decision)
    for who in READERS:
        body = document_to_json(letter(services.content, told, who))
        at = services.now()
        letters.add(tx, found.draft.id, Letter(decision.seq, who, at, told.question_by, fingerprint(body), body))


def preview(services: Services, tx: Transaction, found: Facts, decision: Decision, who: Who, signer: Staff) -> Document:
    """The letter as it will be once ``signer`` has signed."""
    told = letter_facts(services, tx, found, decision)
    named = told.decided_by or (_named(tx, signer.user, signer.role),)
    return letter(services.content, replace(told, decided_by=named), who)


def letter_facts(services: Services, tx: Transaction, found: Facts, decision: Decision) -> LetterFacts:
    """Everything that the letter says; of a decision that is not signed yet, as if it were signed now."""
    content, kept = services.content, decision.said
    signed = decision.signed
    on = (signed.at if signed is not None else services.now()).date()
    return LetterFacts(
        reference=found.draft.reference,
        about=found.standing.interview.about,
        decided_on=on,
        plan_version=kept.plan_version,
        outcome=kept.outcome,
        final_pence=kept.final_pence,
        guide_pence=kept.guide_pence,
        how=_how(found),
        moderation=told_to_family(content, found.moderation),
        reasons=kept.reasons,
        lines=tuple(
            LetterLine(
                line.what,
                line.asked_pence,
                line.agreed_pence,
                line.verdict == "agreed",
                line.one_off,
                line.stream,
                line.reason,
            )
            for line in kept.lines
        ),
        contingency_pence=kept.contingency_pence,
        contingency_reason=kept.contingency_reason,
        what_would_help=kept.what_would_help,
        question_by=working_days_after(on, _days(content)[0], content.council.closed_days),
        reply_days=_days(content)[1],
        decided_by=_decided_by(tx, decision),
        second_look=kept.look_again is not None,
        example=found.standing.outcome.example if found.standing.outcome is not None else False,
    )


def _days(content: Content) -> tuple[int, int]:
    """Working days in which a family is asked to question a decision, and within which somebody looks again."""
    policy = content.sign_off
    assert policy is not None  # noqa: S101 - without one nothing is signed
    return policy.question_within_working_days, policy.look_again_working_days


def _how(found: Facts) -> tuple[str, ...]:
    """How the guide amount came about, in the sentences that the family read with it."""
    if found.moderated is not None and found.guide_pence != found.family_guide_pence:
        return tuple(text for text, _ in outcome_from_reply(found.moderated.after.model_dump(mode="json")).explanation)
    outcome = found.standing.outcome
    return () if outcome is None else tuple(text for text, _ in outcome.explanation)


def _decided_by(tx: Transaction, decision: Decision) -> tuple[str, ...]:
    """Name and role of who signed; of a panel, of each who agreed."""
    signed = decision.signed
    steps: tuple[Step, ...] = () if signed is None else (signed,)
    if decision.said.panel:
        steps = tuple(step for step in decision.votes if step.step == "voted_for")
    return tuple(_named(tx, step.user, step.role) for step in steps)


def _named(tx: Transaction, user: str, role: str) -> str:
    return f"{staff_members.names(tx, [user]).get(user, user)}, {role.replace('-', ' ')}"
