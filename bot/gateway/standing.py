"""Where a draft stands: its interview, the guide amount if it still rests on these answers, and the State to show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.content.loader import Content
from bot.content.models import Who
from bot.gateway.place import place
from bot.gateway.services import Services
from bot.gateway.wire import StateOut
from bot.interview import (
    Interview,
    Message,
    Outcome,
    allocation_request,
    current_step,
    interview_from_json,
    outcome_from_reply,
    request_hash,
)
from bot.plans import conversation as talk
from bot.plans.after.matter import NOTHING, Waiting
from bot.plans.conversation import FIRST, Now
from bot.safety.levels import Level, Speaker, highest
from bot.store import allocations, decisions, drafts, safety
from bot.store.conversations import Conversation
from bot.store.database import Transaction
from bot.waiting.read import waiting


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft at one moment."""

    draft: drafts.Draft
    interview: Interview
    outcome: Outcome | None
    safety: Level
    """The highest level raised so far."""
    today: date
    member: str = FIRST
    """Who of those that take part this is about."""
    waiting: Waiting = NOTHING
    """What professionals have put before the family."""
    agreed_version: int | None = None
    """Number of the version of the plan that a signed decision agreed to, whole or in part."""
    agreed_in_part: bool = False

    @property
    def now(self) -> Now:
        return Now(self.today, self.member, self.draft.reference, self.waiting)

    @property
    def reader(self) -> Who:
        """Which wording this person reads."""
        return "young_person" if self._role == "young_person" else "parent"

    @property
    def speaker(self) -> Speaker | None:
        """Whether a child or an adult writes; None before they have said."""
        return None if self._role is None else "child" if self._role == "young_person" else "adult"

    @property
    def _role(self) -> str | None:
        plan = self.interview.plan
        if self.member != FIRST and plan is not None:
            return next((member.role for member in plan.members if member.id == self.member), None)
        return self.interview.about.who

    def step(self, content: Content) -> str:
        """The question or the section of the plan that this person is at."""
        planned = talk.place(content, self.interview, self.now)
        if planned is not None:
            return planned.split("/")[0]
        interview = self.interview
        return current_step(content.questionnaire(interview.questionnaire, interview.version), interview)

    def place(self, content: Content) -> str:
        """The exchange this person is in, as a conversation remembers it."""
        return talk.place(content, self.interview, self.now) or place(content, self.interview)

    def has_news(self, content: Content) -> bool:
        """Whether something that professionals put before the family comes first."""
        return talk.has_news(content, self.interview, self.now)

    def prompt(self, content: Content) -> tuple[Message, ...]:
        """What is asked now."""
        return talk.ask(content, self.interview, self.outcome, self.now)

    def state(self, content: Content) -> StateOut:
        """The State of contract.md."""
        view = talk.state_view(
            content,
            self.interview,
            reference=self.draft.reference,
            pin_set=self.draft.pin_set,
            safety=self.safety,
            outcome=self.outcome,
            now=self.now,
        )
        return StateOut.model_validate(view)


def standing_of(services: Services, tx: Transaction, conversation: Conversation) -> Standing:
    """Where the draft stands for whoever holds this conversation. Raises NoSuchDraft."""
    today = services.now().date()
    return standing(tx, services.content, conversation.draft_id, today=today, member=conversation.member)


def standing(tx: Transaction, content: Content, draft_id: str, *, today: date, member: str = FIRST) -> Standing:
    """Read where a draft stands. Raises NoSuchDraft."""
    draft = drafts.get(tx, draft_id)
    interview = interview_from_json(json.loads(draft.state))
    levels = cast(frozenset[Level], safety.levels_raised(tx, draft_id))
    outcome = _outcome(tx, content, draft_id, interview)
    version, in_part = _agreed(tx, draft)
    waits = waiting(tx, draft)
    return Standing(draft, interview, outcome, highest(*levels), today, member, waits, version, in_part)


def _agreed(tx: Transaction, draft: drafts.Draft) -> tuple[int | None, bool]:
    """The version that was agreed to, and whether only in part."""
    if draft.status not in ("agreed", "agreed_in_part", "live", "review_due"):
        return None, False
    held = decisions.in_force(tx, draft.id)
    if held is None or held.said.outcome not in ("agree", "agree_in_part"):
        return None, False
    return held.said.plan_version, held.said.outcome == "agree_in_part"


def _outcome(tx: Transaction, content: Content, draft_id: str, interview: Interview) -> Outcome | None:
    """The stored guide amount, when the person is at the result and it rests on the answers as they are now."""
    questionnaire = content.questionnaire(interview.questionnaire, interview.version)
    if not talk.has_result(content, interview):
        return None
    stored = allocations.latest(tx, draft_id)
    if stored is None or stored.answers_hash != request_hash(allocation_request(questionnaire, interview)):
        return None
    return outcome_from_reply(json.loads(stored.result))
