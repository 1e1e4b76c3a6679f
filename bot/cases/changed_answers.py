"""What the guide amount would be with other answers to some questions: a what-if, stored nowhere.

The amount that was agreed stays until a named officer decides again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.allocation.refusal import AllocationRefused
from bot.allocation.request import AllocationRequest
from bot.allocation.run import allocate
from bot.content.loader import Content


@dataclass(frozen=True, slots=True)
class Anew:
    """Another answer to a question. ``level`` None: skipped or not sure."""

    code: str
    before: int | None
    level: int | None
    hard_level: int | None = None
    hard_days: int | None = None
    by: str = "parent"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Pence a year as it is and with the other answers; None where there is no figure."""

    before_pence: int | None
    after_pence: int | None

    @property
    def difference_pence(self) -> int | None:
        if self.before_pence is None or self.after_pence is None:
            return None
        return self.after_pence - self.before_pence


def what_if(content: Content, request: Mapping[str, Any], anew: Mapping[str, Anew], on: date) -> WhatIf | None:
    """Both amounts by the table of one day. None where nothing can be worked out."""
    answers = [answer for answer in request["answers"] if answer["code"] not in anew]
    for one in anew.values():
        if one.level is None:
            continue
        answer: dict[str, Any] = {"code": one.code, "level": one.level, "by": one.by}
        if one.hard_level is not None and one.hard_days is not None:
            answer |= {"bad_day_level": one.hard_level, "bad_days_per_week": one.hard_days}
        answers.append(answer)
    try:
        before, after = (
            allocate(content, AllocationRequest.model_validate({**request, **changed, "on": on.isoformat()}), on)
            for changed in ({}, {"answers": answers})
        )
    except AllocationRefused:
        return None
    return WhatIf(before.amount_pence, after.amount_pence)
