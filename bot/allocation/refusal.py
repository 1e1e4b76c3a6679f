"""A request that cannot be worked out, with every reason at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing to put right in a request."""

    pointer: str
    """Where it stands, as a JSON pointer, e.g. ``/answers/3/level``."""
    code: str
    """A short stable name, e.g. ``unknown_question``."""
    detail: str
    """What is wrong and what would be right, in plain words."""


class AllocationRefused(ValueError):  # noqa: N818 - the request is refused; nothing broke
    """The request names something that does not exist or does not fit; ``refusals`` lists each thing."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(refusal.detail for refusal in self.refusals))
