"""The State of contract.md: what a client sees of where a conversation stands."""

from __future__ import annotations

from typing import Any

from bot.content.loader import Content
from bot.interview.ask import ask
from bot.interview.outcome import Outcome
from bot.interview.path import position, stage
from bot.interview.state import Interview
from bot.interview.words import Words


def state_view(
    content: Content,
    interview: Interview,
    *,
    reference: str,
    pin_set: bool,
    safety: str,
    outcome: Outcome | None = None,
) -> dict[str, Any]:
    """State as JSON values. ``safety``: the highest level raised so far. ``amount`` is null until the result."""
    questionnaire = Words(content, interview).questionnaire
    at = stage(questionnaire, interview)
    place, total = position(questionnaire, interview)
    shown = at == "result" and outcome is not None
    return {
        "stage": at,
        "question_id": None if interview.paused else ask(content, interview, outcome)[-1].question_id,
        "position": place,
        "total": total,
        "answers": {code: _answer(answer) for code, answer in interview.answers.items()},
        "draft_reference": reference,
        "pin_set": pin_set,
        "amount": {
            "status": outcome.status,
            "amount_pence": outcome.amount_pence,
            "weekly_pence": outcome.weekly_pence,
        }
        if shown and outcome is not None
        else None,
        "plan": None,
        "safety": safety,
    }


def _answer(answer: Any) -> dict[str, Any]:
    view = {"level": answer.level, "status": answer.status, "by": answer.by}
    if answer.status == "varies":
        view |= {"bad_day_level": answer.hard_level, "bad_days_per_week": answer.hard_days}
    return view
