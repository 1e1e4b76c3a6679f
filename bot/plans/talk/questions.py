"""Questions back while the plan is made ("what is a direct payment?"), answered from content; the same prompt follows.

What content has no topic for is answered by the rules of the questions back. What a family asks is never an entry, and a
message that says something as well is never taken for a question.
"""

from __future__ import annotations

import re

from bot.content.models import HelpTopic
from bot.interview.messages import Message
from bot.interview.questions_back import out_of_date
from bot.plans.talk.order import current
from bot.plans.talk.prompts import say
from bot.plans.talk.scene import Scene

WHAT_IFS = "P15"
"""Here "what if the money runs out?" is what the family puts down."""
_OPENS = r"(?:what|whats|who|whos|why|how|hows|when|where|can|could|do|does|did|is|are|am|will|would|should|shall|may|must|has|have)"
_ASKS = re.compile(rf"\?\W*$|^\W*(?:(?:and|but|so|ok|sorry|um|er|wait|hang on|please)\W+)*{_OPENS}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_YES_OR_NO = re.compile(r"(?:^|[.?] )(?:Is|Are|Does|Do|Did|Has|Have|Could|Can|Will|Would)\b")


def is_one(text: str) -> bool:
    """Whether a message asks, and says nothing else.

    >>> is_one("What is a direct payment?"), is_one("ok so can I pay his gran")
    (True, True)
    >>> is_one("Grandad takes him. What is a PA?"), is_one("he likes to know what is next")
    (False, False)
    """
    return all(_ASKS.search(sentence) for sentence in _SENTENCE.split(text.strip()))


def wants_yes_or_no(ask: str) -> bool:
    """Whether "no" is an answer to a question.

    >>> wants_yes_or_no("Does Ty have allergies?"), wants_yes_or_no("By when would you like this?")
    (True, False)
    """
    return _YES_OR_NO.search(ask) is not None


def topic(scene: Scene, text: str) -> str | None:
    """The id of the help topic that a question names."""
    if current(scene) == WHAT_IFS and re.match(r"\W*(?:and )?what (?:if|happens)\b", text, re.IGNORECASE):
        return None
    found = scene.content.help_asked(text)
    return found.id if found is not None else None


def answer(scene: Scene, topic_id: str) -> Message:
    """What content says; past its review date a person is offered instead."""
    found: HelpTopic = scene.content.help[topic_id]
    if out_of_date(found, scene.today):
        return say(scene, "person.offer")
    parts = [scene.of(found.text)]
    if found.source and found.as_of:
        when = f"{found.as_of.day} {found.as_of:%B %Y}"
        parts.append(scene.say("help.source", source=found.source, date=when))
    return Message("say", "\n\n".join(parts))
