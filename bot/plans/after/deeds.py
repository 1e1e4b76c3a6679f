"""What a family did with something that waited for them, for the store to write with the step."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """One answer to something that professionals put before the family."""

    kind: str
    """Which writer takes it, e.g. "returned.answered": see :data:`bot.waiting.write.WRITERS`."""
    about: str
    """The id of what it is about, as the matter knew it: a comment, a decision."""
    words: str = ""
    """Theirs, as they were typed."""
    choice: str = ""
    """What they picked, as a code of the idea."""
