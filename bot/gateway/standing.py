"""Where a draft stands: its interview, the guide amount if it still rests on these answers, and the State to show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from bot.content.loader import Content
from bot.gateway.place import place
from bot.gateway.wire import StateOut
from bot.interview import (
    Interview,
    Message,
    Outcome,
    allocation_request,
    ask,
    interview_from_json,
    outcome_from_reply,
    request_hash,
    stage,
    state_view,
)
from bot.safety.levels import Level, highest
from bot.store import allocations, drafts, safety
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft at one moment."""

    draft: drafts.Draft
    interview: Interview
    outcome: Outcome | None
    safety: Level
    """The highest level raised so far."""

    def place(self, content: Content) -> str:
        return place(content, self.interview)

    def prompt(self, content: Content) -> tuple[Message, ...]:
        """What is asked now."""
        return ask(content, self.interview, self.outcome)

    def state(self, content: Content) -> StateOut:
        """The State of contract.md."""
        view = state_view(
            content,
            self.interview,
            reference=self.draft.reference,
            pin_set=self.draft.pin_set,
            safety=self.safety,
            outcome=self.outcome,
        )
        return StateOut.model_validate(view)


def standing(tx: Transaction, content: Content, draft_id: str) -> Standing:
    """Read where a draft stands. Raises NoSuchDraft."""
    draft = drafts.get(tx, draft_id)
    interview = interview_from_json(json.loads(draft.state))
    levels = cast(frozenset[Level], safety.levels_raised(tx, draft_id))
    return Standing(draft, interview, _outcome(tx, content, draft_id, interview), highest(*levels))


def _outcome(tx: Transaction, content: Content, draft_id: str, interview: Interview) -> Outcome | None:
    """The stored guide amount, when the person is at the result and it rests on the answers as they are now."""
    questionnaire = content.questionnaire(interview.questionnaire, interview.version)
    if stage(questionnaire, interview) != "result":
        return None
    stored = allocations.latest(tx, draft_id)
    if stored is None or stored.answers_hash != request_hash(allocation_request(questionnaire, interview)):
        return None
    return outcome_from_reply(json.loads(stored.result))
