"""The guide amount of a draft: the stored one while its answers still stand, else asked for over HTTP and stored."""

from __future__ import annotations

import json

from actions.services import AllocationAway, Services
from bot.interview import Interview, Outcome, allocation_request, outcome_from_reply, request_hash, stage
from bot.interview.words import Words
from bot.store import allocations


def guide_amount(services: Services, draft_id: str, interview: Interview) -> Outcome | None:
    """The outcome once the check page is agreed; None before that, and while the allocation service is away."""
    questionnaire = Words(services.content, interview).questionnaire
    if stage(questionnaire, interview) != "result":
        return None
    request = allocation_request(questionnaire, interview)
    fingerprint = request_hash(request)
    with services.database.read() as tx:
        stored = allocations.latest(tx, draft_id)
    if stored is not None and stored.answers_hash == fingerprint:
        return outcome_from_reply(json.loads(stored.result))
    try:
        reply = services.allocate(request)
        outcome = outcome_from_reply(reply)
    except (AllocationAway, KeyError):
        return None
    table = reply["trace"].get("table") or {}
    with services.database.write() as tx:
        allocations.add(
            tx,
            draft_id,
            answers_hash=fingerprint,
            result=json.dumps(reply),
            amount_pence=outcome.amount_pence,
            status=outcome.status,
            questionnaire=f"{questionnaire.id}/{questionnaire.version}",
            tables=f"{table['id']}/{table['version']}" if table else "",
            actor="allocation-service",
            at=services.now(),
        )
    return outcome
