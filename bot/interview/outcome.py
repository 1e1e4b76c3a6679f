"""The allocation service's answer, as far as the conversation needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

OutcomeStatus = Literal["ok", "not_ready", "bespoke", "below_threshold"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A guide amount, or why there is none. Never final: only a named officer sets a final amount."""

    status: OutcomeStatus
    amount_pence: int | None
    """Pence a year."""
    weekly_pence: int | None
    missing: tuple[str, ...]
    """Question codes with no level."""
    flags: tuple[str, ...]
    explanation: tuple[tuple[str, str], ...]
    """Lines of (plain sentence, detail), in reading order."""
    not_included: tuple[str, ...]
    example: bool
    """The table is a made-up example; said wherever its figures show."""


def outcome_from_reply(reply: Mapping[str, Any]) -> Outcome:
    """From the JSON of ``POST /api/v1/allocations``. Raises KeyError on a reply that is not one."""
    table = reply["trace"].get("table") or {}
    return Outcome(
        status=reply["status"],
        amount_pence=reply["amount_pence"],
        weekly_pence=reply["weekly_pence"],
        missing=tuple(item["code"] if isinstance(item, Mapping) else item for item in reply["missing"]),
        flags=tuple(flag["code"] if isinstance(flag, Mapping) else flag for flag in reply["flags"]),
        explanation=tuple((line["text"], line.get("detail") or "") for line in reply["explanation"]),
        not_included=tuple(item["text"] if isinstance(item, Mapping) else item for item in reply["not_included"]),
        example=bool(table.get("example")),
    )
