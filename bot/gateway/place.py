"""Where a device stands: the step it was shown last, and whether the questions are stopped there.

A message counts for the step its sender was looking at. So each conversation remembers its place, as a short string;
when the draft has moved on since (another device, a message that waited), what is typed is not used as an answer.
"""

from __future__ import annotations

from typing import Literal, get_args

from bot.content.loader import Content
from bot.interview.path import current_step
from bot.interview.state import Interview

STOPPED = "stopped:"
"""Before the place of a conversation that a RED message has stopped: it waits for "carry on"."""
WORRIED = "worried:"
"""Before the place of a conversation whose last message was AMBER: "we are safe, carry on" asks the question again."""

CALL_OFFERED = "call?:"
"""After one of those: the person was asked whether they would like a call."""
CONTACT_ASKED = "contact?:"
"""After one of those: the person was asked whether it is safe to contact them."""

NewsStep = Literal["way", "sms", "email", "sms_again", "email_again", "check"]
"""Steps of :mod:`bot.gateway.notice_talk`: which way, the number or address, once more, and whether it is right."""
_NEWS: dict[NewsStep, str] = {step: f"news.{step}:" for step in get_args(NewsStep)}
"""Before the place of a conversation in which somebody says how they may be told of news."""

Asked = Literal["call", "contact"]
"""What a safety text has asked, apart from the questions."""

_MARKS: dict[Asked, str] = {"call": CALL_OFFERED, "contact": CONTACT_ASKED}


def place(content: Content, interview: Interview) -> str:
    """The exchange a person is in: the step, and what is open inside it."""
    if interview.paused:
        return "paused"
    step = current_step(content.questionnaire(interview.questionnaire, interview.version), interview)
    awaiting = interview.awaiting
    if awaiting is None:
        return step
    return "/".join(str(part) for part in (step, awaiting.kind, awaiting.question_id, awaiting.level, awaiting.second))


def stopped(place: str, asked: Asked | None = None) -> str:
    """The place of a conversation that a RED message has stopped."""
    return STOPPED + _mark(asked) + place


def worried(place: str, asked: Asked | None = None) -> str:
    """The place of a conversation whose last message was AMBER."""
    return WORRIED + _mark(asked) + place


def telling(step: NewsStep, place: str) -> str:
    """The place of a conversation in which somebody says how they may be told of news."""
    return _NEWS[step] + place


def news_open(shown: str | None) -> NewsStep | None:
    """Which step of that is open here.

    >>> news_open(telling("sms", "S1")), news_open("S1")
    ('sms', None)
    """
    return next((step for step, mark in _NEWS.items() if (shown or "").startswith(mark)), None)


def bare(shown: str | None) -> str | None:
    """A place without the words before it.

    >>> bare("stopped:S1"), bare("worried:call?:S1"), bare("news.sms:S1"), bare("S1"), bare(None)
    ('S1', 'S1', 'S1', 'S1', None)
    """
    if shown is None:
        return None
    for mark in (STOPPED, WORRIED, CALL_OFFERED, CONTACT_ASKED, *_NEWS.values()):
        shown = shown.removeprefix(mark)
    return shown


def asked(shown: str | None) -> Asked | None:
    """What a safety text has asked here and nobody has answered yet.

    >>> asked("stopped:contact?:S1"), asked("worried:S1")
    ('contact', None)
    """
    rest = (shown or "").removeprefix(STOPPED).removeprefix(WORRIED)
    return next((name for name, mark in _MARKS.items() if rest.startswith(mark)), None)


def is_stopped(shown: str | None) -> bool:
    """Whether this conversation waits for "carry on"."""
    return bool(shown and shown.startswith(STOPPED))


def is_worried(shown: str | None) -> bool:
    """Whether the last message here raised an AMBER."""
    return bool(shown and shown.startswith(WORRIED))


def _mark(asked: Asked | None) -> str:
    return "" if asked is None else _MARKS[asked]
