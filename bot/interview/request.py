"""What the allocation service is asked, and the fingerprint that binds its answer to the answers it rests on."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.content.models import Questionnaire
from bot.interview.path import age_pack, questions_on_path
from bot.interview.state import Interview


def allocation_request(questionnaire: Questionnaire, interview: Interview) -> dict[str, Any]:
    """The body of ``POST /api/v1/allocations``: levels and who gave them, no name and no words.

    Questions without a level are sent as null, so that the reply can name them. Raises ValueError before the age is
    known.
    """
    pack = age_pack(questionnaire, interview)
    if pack is None:
        raise ValueError("an allocation needs the child's age")
    answers = []
    for question in questions_on_path(questionnaire, interview):
        answer = interview.answers.get(question.id)
        if answer is None:
            continue
        entry: dict[str, Any] = {"code": question.id, "level": answer.level, "by": answer.by}
        if answer.status == "varies" and answer.level is not None:
            entry |= {"bad_day_level": answer.hard_level, "bad_days_per_week": answer.hard_days}
        answers.append(entry)
    return {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "age_pack": pack.id,
        "answers": answers,
        "context": {},
    }


def request_hash(request: dict[str, Any]) -> str:
    """SHA-256 of a request in canonical JSON: two requests that say the same have the same hash."""
    return hashlib.sha256(json.dumps(request, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
