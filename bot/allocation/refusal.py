"""A request that cannot be worked out, with every reason at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing to put right in a request."""

    pointer: str
    """Where it stands, as a JSON pointer, e.g. ``/answers/3/level``."""
    code: str
    """A short stable name, e.g. ``unknown_question``."""
    detail: str
    """What is wrong and what would be right, in plain words."""

    def __str__(self) -> str:
        return self.detail


class AllocationRefused(ValueError):
    """The request names something that does not exist or does not fit; ``errors`` lists each thing."""

    def __init__(self, errors: Sequence[Refusal]) -> None:
        self.errors = tuple(errors)
        super().__init__(" ".join(refusal.detail for refusal in self.errors))


def unreadable(errors: Iterable[Mapping[str, Any]]) -> list[Refusal]:
    """What pydantic found wrong with the shape of a request: which field and why. What was sent is not repeated."""
    refusals = []
    for item in errors:
        if item["type"] == "json_invalid":
            refusals.append(Refusal("", "not_json", "The body is not JSON."))
            continue
        steps = [str(step) for step in item["loc"] if step not in ("body", "query", "path")]
        said = "is not a field here" if item["type"] == "extra_forbidden" else str(item["msg"])
        said = said.removeprefix("Value error, ").rstrip(".")
        detail = f"{'.'.join(steps)}: {said}." if steps else "Send a JSON object."
        refusals.append(Refusal("".join(f"/{step}" for step in steps), str(item["type"]), detail))
    return refusals
