"""Trying out what a message is understood to mean: everybody in the demo, and the people who write content."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from bot.gateway.api import Client, Shared, problems
from bot.gateway.limits import MAX_TEXT
from bot.gateway.problems import Problem, malformed, too_long
from bot.gateway.reader import NotTrained
from bot.review.access import with_right
from bot.understanding.line_item import PLAN_LINES

router = APIRouter(prefix="/api/v1", tags=["Understanding"])


class UnderstandIn(BaseModel):
    """What somebody might say."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "someone has to be right next to him the whole time", "question": "S1", "who": "parent"}
            ]
        }
    )

    text: str = Field(description=f"Up to {MAX_TEXT:,} characters.")
    question: str | None = Field(
        default=None, description="Code of the question being asked, such as S1, or P11 for plan lines."
    )
    who: Literal["parent", "young_person", "grandparent", "carer"] = "parent"


class SafetyOut(BaseModel):
    """What the screen says."""

    level: str
    rule: str | None


class VariesOut(BaseModel):
    """The other level of an answer that varies."""

    hard_level: int
    hard_days: int | None


class UnderstoodOut(BaseModel):
    """Contract.md, Understanding, and more of how a level was read."""

    model_config = ConfigDict(extra="allow")

    kind: Literal["answer", "command", "question", "safety", "unclear", "chat"]
    level: int | None
    confidence: float
    between: list[int] | None = None
    """The two levels that would be offered, when it is one of two."""
    varies: VariesOut | None = None
    intent: str | None
    safety: SafetyOut
    items: list[dict[str, Any]]


def _may_try(services: Shared, request: Request) -> None:
    """Everybody in the demo; in live mode whoever writes content. Raises Problem 401 or 403."""
    if services.settings.mode != "demo":
        with_right("try understanding")(services, request)


@router.post("/understand", responses=problems(401, 403, 413, 422, 429, 503), dependencies=[Depends(_may_try)])
def understand(services: Shared, client: Client, asked: UnderstandIn) -> UnderstoodOut:
    """What one message is understood to mean, on its own, by the same code that live messages take. Nothing is kept."""
    services.understood.take(client)
    if len(asked.text) > MAX_TEXT:
        raise too_long(MAX_TEXT, len(asked.text))
    council = services.content.council
    codes = [question.id for question in services.content.questionnaire(council.questionnaire).questions]
    codes += PLAN_LINES
    if asked.question is not None and asked.question not in codes:
        raise malformed(f"question: use one of {', '.join(codes)}, or leave it out.")
    try:
        understood = services.reader.understand(services.settings.models, asked.text, asked.question, asked.who)
    except NotTrained:
        raise Problem(
            503,
            "Nothing has been trained yet",
            "There is no trained model to understand with. Train one with: bin/sevensteps train. Then try again.",
            "/problems/not-trained",
        ) from None
    return UnderstoodOut.model_validate(understood)
