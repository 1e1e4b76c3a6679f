"""Where a device stands: the step it was shown last, and whether the questions are stopped there.

A message counts for the step its sender was looking at. So each conversation remembers its place, as a short string;
when the draft has moved on since (another device, a message that waited), what is typed is not used as an answer.
"""

from __future__ import annotations

from bot.content.loader import Content
from bot.interview.path import current_step
from bot.interview.state import Interview

STOPPED = "stopped:"
"""Before the place of a conversation that a RED message has stopped: it waits for "carry on"."""
WORRIED = "worried:"
"""Before the place of a conversation whose last message was AMBER: "we are safe, carry on" asks the question again."""


def place(content: Content, interview: Interview) -> str:
    """The exchange a person is in: the step, and what is open inside it."""
    if interview.paused:
        return "paused"
    step = current_step(content.questionnaire(interview.questionnaire, interview.version), interview)
    awaiting = interview.awaiting
    if awaiting is None:
        return step
    return "/".join(str(part) for part in (step, awaiting.kind, awaiting.question_id, awaiting.level, awaiting.second))


def bare(shown: str | None) -> str | None:
    """A place without the word before it.

    >>> bare("stopped:S1"), bare("S1"), bare(None)
    ('S1', 'S1', None)
    """
    return shown and shown.removeprefix(STOPPED).removeprefix(WORRIED)


def is_stopped(shown: str | None) -> bool:
    """Whether this conversation waits for "carry on"."""
    return bool(shown and shown.startswith(STOPPED))


def is_worried(shown: str | None) -> bool:
    """Whether the last message here raised an AMBER."""
    return bool(shown and shown.startswith(WORRIED))
