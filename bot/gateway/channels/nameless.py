"""A child's name is kept out of messages that stay on a phone: "your child" stands in its place.

The question itself is worded anew without the name. In other sentences the name is replaced where it stands as a word.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.content.loader import Content
from bot.content.wording import YOUR_CHILD
from bot.gateway.standing import Standing

_ALSO_WORDS = frozenset(
    [
        "a",
        "i",
        "art",
        "august",
        "april",
        "bill",
        "dawn",
        "drew",
        "eve",
        "faith",
        "frank",
        "grace",
        "grant",
        "guy",
        "hope",
        "joy",
        "june",
        "lance",
        "mark",
        "may",
        "miles",
        "ray",
        "rich",
        "rose",
        "sky",
        "star",
        "summer",
        "sunny",
        "will",
        "young",
    ]
)
"""Names that also begin sentences as words. At the start of one they are left, as "Will you ..." is no child."""


def nameless(content: Content, at: Standing) -> dict[str, str]:
    """The words of the current prompt, each with the same without the name: texts and options."""
    if not at.interview.about.name:
        return {}
    without = replace(at, interview=replace(at.interview, about=replace(at.interview.about, name="")))
    words: dict[str, str] = {}
    for named, bare in zip(at.prompt(content), without.prompt(content), strict=True):
        words[named.text] = bare.text
        for option, same in zip(named.options, bare.options, strict=True):
            words[option.label] = same.label
    return words


def without_name(text: str, name: str) -> str:
    """A text in which nobody reads the name.

    >>> without_name("Ty sees friends. What does Ty's day look like?", "Ty")
    "Your child sees friends. What does your child's day look like?"
    >>> without_name("Will you tell me what Will likes?", "Will")
    'Will you tell me what your child likes?'
    """
    if not name:
        return text

    def stands_for(found: re.Match[str]) -> str:
        before = text[: found.start()].rstrip(' "“(\n')
        begins = not before or before[-1] in ".?!:" or "\n" in text[len(before) : found.start()]
        if begins and name.lower() in _ALSO_WORDS:
            return found[0]
        return YOUR_CHILD[0].upper() + YOUR_CHILD[1:] if begins and not before.endswith(":") else YOUR_CHILD

    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", stands_for, text)
