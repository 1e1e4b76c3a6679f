"""Filling the gaps in a text: the child's name, words such as he, she and they, and values such as an amount.

A text such as ``"{name} is safe when someone checks on {them}."`` is filled once, from left to right, so that
a name with braces in it can do no harm. A gap that nothing fills is an error, never an empty space.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Pronouns = Literal["he", "she", "they"]

GAP = re.compile(r"\{([A-Za-z_]*)\}")

PRONOUN_WORDS: dict[Pronouns, dict[str, str]] = {
    "he": {"they": "he", "them": "him", "their": "his", "theirs": "his", "themself": "himself"},
    "she": {"they": "she", "them": "her", "their": "her", "theirs": "hers", "themself": "herself"},
    "they": {"they": "they", "them": "them", "their": "their", "theirs": "theirs", "themself": "themselves"},
}

VERBS: dict[str, tuple[str, str]] = {
    "is": ("is", "are"),
    "has": ("has", "have"),
    "was": ("was", "were"),
    "do": ("does", "do"),
    "needs": ("needs", "need"),
    "wants": ("wants", "want"),
}
"""Verbs that follow {they}: with he or she, and with they. After {name} write the verb itself."""

CHILD_GAPS = frozenset({*PRONOUN_WORDS["they"], *VERBS})
"""Gaps about a child who is spoken of; they have no place in words to the young person."""

VALUE_GAPS: dict[str, tuple[str, str]] = {
    "name": ("what to call the child", "Ty"),
    "age": ('age in whole years; 0 is written "under 1"', "8"),
    "team": ("the council's team", "the disabled children's team"),
    "council": ("name of the council", "Exampleshire Council"),
    "reply_within": ("when a person looks at what was sent", "within 10 working days"),
    "how_to_disagree": ("the council's sentences on how to disagree", "Call us to say so."),
    "complaints": ("the council's sentences on how to complain", "Call us to complain."),
    "short": ("a level in two to six words", "someone close most of the time"),
    "short_a": ("the lower of two levels, in a few words", "safe with checks now and then"),
    "short_b": ("the higher of two levels, in a few words", "someone close most of the time"),
    "apart": ("the question that tells two levels apart", "Which one is nearer?"),
    "title": ("title of a question", "Safe at home"),
    "question": ("a question asked in other words", "How near does someone have to be?"),
    "position": ("number of this question, from 1", "3"),
    "total": ("how many questions there are", "16"),
    "answered": ("how many have an answer", "2"),
    "left": ("how many are still to come", "14"),
    "count": ("how many", "16"),
    "answer": ("the answer given, in words", "Ty sees friends when someone helps to plan it."),
    "words": ("the family's own words", "he is up at two and at four"),
    "usual": ("the level on usual days, in a few words", "safe with checks"),
    "hard": ("the level on hard days, in a few words", "someone close"),
    "days": ("hard days a week", "2 days"),
    "address": ("a web address", "https://chat.example.gov.uk/resume"),
    "ending": ("the last figures of a telephone number", "123"),
    "masked": ("an e-mail address with most of it hidden", "s•••@example.org"),
    "least": ("smallest number allowed", "0"),
    "most": ("largest number allowed", "25"),
    "reference": ("the draft's reference", "KITE-4821"),
    "pin": ("the number to come back with, shown once", "482193"),
    "amount": ("pounds a year", "£5,050"),
    "weekly": ("pounds a week", "£97"),
    "term": ("a word that is explained", "Points"),
    "meaning": ("what the word means", "Numbers we give to each answer."),
    "source": ("where a fact comes from", "Children Act 1989"),
    "date": ("a day", "30 June 2026"),
    "limit": ("largest number allowed", "4,000"),
    "over": ("pounds a year above the guide amount", "£310"),
    "rate": ("a share of pay", "15%"),
    "from": ("pay from which something is due", "£96"),
    "to": ("pay up to which something is due", "£50,270"),
    "before": ("an answer or an amount as it was", "£5,050"),
    "after": ("an answer or an amount as it is now", "£5,200"),
    "difference": ("how much more or less", "£150"),
    "reason": ("why, in a professional's own words", "Sam's school told us the same."),
}
"""Every value a text may ask for, with an example. A council contact's telephone is ``{<contact id>_phone}``."""

KNOWN_GAPS = CHILD_GAPS | VALUE_GAPS.keys()


class UnfilledGapError(LookupError):
    """A text asks for a value that was not given."""


def gaps(text: str) -> tuple[str, ...]:
    """The gaps of a text, in order.

    >>> gaps("{They} can call {name}.")
    ('They', 'name')
    """
    return tuple(GAP.findall(text))


def child_words(pronouns: Pronouns) -> dict[str, str]:
    """Words for a child, with verbs that agree.

    >>> child_words("she")["them"], child_words("they")["is"], child_words("he")["do"]
    ('her', 'are', 'does')
    """
    plural = pronouns == "they"
    return PRONOUN_WORDS[pronouns] | {gap: forms[plural] for gap, forms in VERBS.items()}


def fill(text: str, values: Mapping[str, object], pronouns: Pronouns = "they") -> str:
    """Fill every gap. Raises UnfilledGapError naming the first gap that has no value.

    A word that starts a sentence gets its capital letter; a name keeps the letters it came with.

    >>> fill("{they} {is} safe when someone checks on {them}.", {}, "they")
    'They are safe when someone checks on them.'
    >>> fill("{name} is safe at home, like others {their} age.", {"name": "Ty"}, "he")
    'Ty is safe at home, like others his age.'
    >>> fill("children who are {age}", {"age": 0})
    'children who are under 1'
    >>> fill("about {amount}", {})
    Traceback (most recent call last):
    bot.content.wording.UnfilledGapError: {amount} has no value in: about {amount}
    """
    words = child_words(pronouns)

    def value(match: re.Match[str]) -> str:
        gap = match.group(1)
        given = values.get(gap, words.get(gap))
        if given is None:
            raise UnfilledGapError(f"{{{gap}}} has no value in: {text}")
        if gap == "age" and given == 0:
            return "under 1"
        said = str(given)
        starts = re.search(r"(^|[.?]\s+|\n)$", text[: match.start()]) is not None
        return said[:1].upper() + said[1:] if starts and _may_take_capital(gap, said) else said

    return GAP.sub(value, text)


def _may_take_capital(gap: str, said: str) -> bool:
    """Our own words may; a family's may not, except the stand-in for a name that we have not been told."""
    return gap in CHILD_GAPS or gap in {"team", "who", "short", "days"} or said == YOUR_CHILD


YOUR_CHILD = "your child"
"""Stands for the name until we know what to call the child."""
