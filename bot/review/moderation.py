"""Moderation of one draft as it stands: every voice side by side, what is agreed, both guide amounts.

For a decision: :func:`read` and then :attr:`Moderation.open`, :func:`worked_out` and :func:`told_to_family`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.allocation.refusal import AllocationRefused
from bot.cases.moderated_amount import Moderated, moderated
from bot.cases.moderation import Agreed, Said, Side, open_questions, sides
from bot.cases.moderation_words import for_family
from bot.content.loader import Content
from bot.content.models import Questionnaire
from bot.interview import Interview, allocation_request, interview_from_json, request_hash
from bot.interview.words import Words
from bot.store import allocations, answers, moderation
from bot.store.answers import Answer
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.moderation import AgreedLevel, ProfessionalAnswer


@dataclass(frozen=True, slots=True)
class Moderation:
    """What everybody said about one child's help, and what was agreed."""

    interview: Interview
    questionnaire: Questionnaire
    sides: tuple[Side, ...]
    family: Mapping[str, tuple[Answer, ...]]
    """The last answer of each person of the family, by question: the family's voice first."""
    professional: Mapping[str, ProfessionalAnswer]
    """A professional's last answer, by question."""
    agreed: Mapping[str, AgreedLevel]
    """The last agreed level, by question. One that rests on older answers does not count: see ``sides``."""
    request: Mapping[str, Any] | None
    """The family's own request to the allocation service; None before the age is known, and from 18."""
    on: date
    """The day whose table is used: that of the family's own guide amount, else today."""

    @property
    def open(self) -> tuple[str, ...]:
        """Questions on which a named person still has to agree. With any, nobody may decide."""
        return open_questions(self.sides)

    def side(self, code: str) -> Side | None:
        """One question, where somebody said something to it."""
        return next((side for side in self.sides if side.code == code), None)


def read(tx: Transaction, content: Content, draft: Draft, today: date) -> Moderation:
    """How a draft is moderated now."""
    interview = interview_from_json(json.loads(draft.state))
    questionnaire = content.questionnaire(interview.questionnaire, interview.version)
    version = version_of(questionnaire)
    own = moderation.current_answers(tx, draft.id).items()
    agreed = moderation.current_agreed(tx, draft.id).items()
    request = _request(questionnaire, interview)
    return _put_together(
        interview,
        questionnaire,
        _family(answers.history(tx, draft.id)),
        {code: answer for code, answer in own if answer.questionnaire == version},
        {code: level for code, level in agreed if level.questionnaire == version},
        request,
        today if request is None else _day(tx, draft.id, request, today),
    )


def version_of(questionnaire: Questionnaire) -> str:
    """Id and version, as rows keep it."""
    return f"{questionnaire.id}/{questionnaire.version}"


def worked_out(
    content: Content, found: Moderation, on: date | None = None, table: str | None = None
) -> Moderated | None:
    """Both guide amounts; None where nothing can be worked out for this age, or no table holds on the day.

    Another day or table is a what-if: show it, and never store it.
    """
    if found.request is None:
        return None
    try:
        return moderated(content, found.request, found.sides, on=on or found.on, table=table)
    except AllocationRefused:
        return None


def told_to_family(content: Content, found: Moderation) -> tuple[str, ...]:
    """What the family is told once it is decided: what changed, and why; empty where there is nothing to tell."""
    result = worked_out(content, found)
    if result is None or not (found.professional or found.agreed):
        return ()
    reasons = {code: level.reason for code, level in found.agreed.items()}
    return for_family(Words(content, found.interview), result, reasons)


def _put_together(
    interview: Interview,
    questionnaire: Questionnaire,
    family: Mapping[str, tuple[Answer, ...]],
    professional: Mapping[str, ProfessionalAnswer],
    agreed: Mapping[str, AgreedLevel],
    request: Mapping[str, Any] | None,
    on: date,
) -> Moderation:
    said: dict[str, list[Said]] = {}
    for code, given in family.items():
        said[code] = [_said_by_family(answer) for answer in given]
    for code, own in professional.items():
        one = Said("professional", own.status, own.level, own.hard_level, own.hard_days)
        said.setdefault(code, []).append(one)
    levels = {code: Agreed(level.level, level.basis) for code, level in agreed.items()}
    found = sides(questionnaire, said, levels)
    return Moderation(interview, questionnaire, found, family, professional, agreed, request, on)


def _said_by_family(answer: Answer) -> Said:
    voice = "young_person" if answer.by == "young_person" else "family"
    assert answer.status != "cleared"  # noqa: S101 - those are left out by _family
    return Said(voice, answer.status, answer.level, answer.hard_level, answer.hard_days)  # type: ignore[arg-type]


def _family(history: Iterable[Answer]) -> dict[str, tuple[Answer, ...]]:
    """The last answer of parents and carers, and of the young person, to each question. A start again takes back all
    that came before it."""
    last: dict[str, dict[bool, Answer]] = {}
    for answer in history:
        if answer.status == "cleared":
            last.pop(answer.question_id, None)
        else:
            last.setdefault(answer.question_id, {})[answer.by == "young_person"] = answer
    return {code: tuple(given[young] for young in (False, True) if young in given) for code, given in last.items()}


def _request(questionnaire: Questionnaire, interview: Interview) -> Mapping[str, Any] | None:
    try:
        return allocation_request(questionnaire, interview)
    except (ValueError, KeyError):  # no age yet, or one for which there are no questions
        return None


def _day(tx: Transaction, draft_id: str, request: Mapping[str, Any], today: date) -> date:
    stored = allocations.latest(tx, draft_id)
    if stored is None or stored.answers_hash != request_hash(dict(request)):
        return today
    return date.fromisoformat(json.loads(stored.result)["trace"]["on"])
