"""What the allocation service is asked: levels and who gave them. No name and no free text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, model_validator

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Asked(BaseModel):
    """Base of all requests: frozen, and a misspelt key is named and refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _only_days(value: Any) -> Any:
    """Seconds since 1970 or a time of day are not a date that a person meant."""
    if isinstance(value, (int, float, datetime)) or (isinstance(value, str) and not re.fullmatch(DAY, value)):
        raise ValueError("must be a date, as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_only_days)]
Id = Annotated[str, Field(min_length=1, max_length=80)]
By = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$", examples=["parent", "young_person", "grandparent", "worker"])]
"""Who gave an answer: parent, young_person, grandparent, carer, worker, or another role in small letters."""


class Answer(Asked):
    """One person's answer to one question. ``level`` null: blank, skipped or not sure, which is never counted as 0."""

    code: Id = Field(examples=["S1"])
    level: StrictInt | None = Field(None, description="0 to 3, or null when there is no level", examples=[2])
    bad_day_level: StrictInt | None = Field(None, description="0 to 3: the level on hard days")
    bad_days_per_week: StrictInt | None = Field(None, description="0 to 7: how many days a week are hard")
    by: By


class Protection(Asked):
    """A council's dated promise that amounts move in steps (domain notes 3.4 A9). Off unless it is given.

    When the guide amount is under last year's, it falls by ``max_fall_percent`` at most; when it is over, it rises
    by ``max_rise_percent`` at most. A percentage that is left out does not limit that direction.
    """

    max_fall_percent: StrictInt | None = Field(None, ge=0, le=100)
    max_rise_percent: StrictInt | None = Field(None, ge=0, le=1000)
    until: Day
    """Last day it holds."""
    reference: Id
    """The decision it rests on."""


class Context(BaseModel):
    """What else may matter. Keys it does not know change nothing and are named in the trace."""

    model_config = ConfigDict(frozen=True, extra="allow")

    previous_pence: StrictInt | None = Field(None, ge=0, le=10**12, description="pence a year of the help there is now")
    protection: Protection | None = None

    @model_validator(mode="after")
    def _keys_are_names(self) -> Self:
        if not all(re.fullmatch(r"[a-z][a-z0-9_]{0,59}", key) for key in self.model_extra or {}):
            raise ValueError("keys must be names in small letters")
        return self


class AllocationRequest(Asked):
    """A request for a guide amount. Stateless: the same request on the same day gives the same reply."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "questionnaire": "default-ras",
                    "version": "1",
                    "age_pack": "7-10",
                    "on": "2026-11-02",
                    "answers": [
                        {"code": code, "level": level, "by": "parent"}
                        for code, level in zip(
                            ["S1", "S2", "S3", "H1", "H2", "H3", "H4", "E1", "E2", "P1", "P2", "W1", "W2", "F1", "F2"],
                            (2, 2, 2, 1, 1, 2, 1, 2, 2, 2, 1, 1, 1, 2, 1),
                            strict=True,
                        )
                    ],
                    "context": {},
                }
            ]
        }
    )

    questionnaire: Id
    version: Annotated[str, Field(coerce_numbers_to_str=True, max_length=80)] | None = None
    """Left out: the version in force on the day."""
    age_pack: Id = Field(examples=["7-10"])
    on: Day | None = None
    """The day whose table holds; left out: today."""
    table: Id | None = None
    """Left out: the table the council uses. Another one can be named to compare."""
    prefer_by: By | None = None
    """Where two people answered the same question: whose answer counts. Left out: the one with fewer points."""
    answers: tuple[Answer, ...] = Field(max_length=500)
    context: Context = Context()
