"""Finding the help topic that a question names, by phrases that content lists for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.content.models import HelpTopic


def find_topic(topics: Iterable[HelpTopic], text: str) -> HelpTopic | None:
    """The topic with the longest phrase that stands in the text; None when there is none.

    >>> topics = [HelpTopic(id="pa", asked_as=("what is a pa",), text="Someone you pay.")]
    >>> [topic.id if topic else None for topic in (find_topic(topics, t) for t in ("So what's a PA?", "he is a pal"))]
    ['pa', None]
    """
    said = f" {plain(text)} "
    found = [(len(phrase), topic) for topic in topics for phrase in topic.asked_as if f" {phrase} " in said]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def plain(text: str) -> str:
    """Lower case, short forms of "is" written out, no apostrophes, and no marks.

    >>> plain("What's a PA – and don't I need a self-employed one?")
    'what is a pa and dont i need a self employed one'
    """
    lowered = re.sub(r"\b(what|who|how|where)['’]?s\b", r"\1 is", text.lower())
    return " ".join(re.findall(r"[a-z0-9£]+", re.sub(r"['’]", "", lowered)))
