"""Sending a plan back to its family: when that can be done, and how plain the words are that go back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.statuses import FOLLOWS, Status
from bot.content.readability import banned_in, count, longest_sentence, words

MOST_QUESTIONS = 12
"""In one return. A family with more open questions than that needs a talk, not a list."""
MOST_GRADE, MOST_SENTENCE = 6, 20
"""US school grade and words in a sentence: above them a question is harder than what we write ourselves (domain notes 6.1)."""
_TOO_SHORT = 8
"""Words below which a grade says nothing."""


def can_return(status: Status, versions: int) -> bool:
    """Whether a plan can go back now: it was sent, and the case is where a return may follow, or went back before.

    >>> can_return("sent", 1), can_return("sent", 0), can_return("agreed", 2)
    (True, False, False)
    """
    return versions > 0 and (status == "returned" or "returned" in FOLLOWS[status])


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that would make a question easier to read. It is told, and stops nothing."""

    kind: str
    """"sentence", "grade" or "words"."""
    text: str


def advice(question: str) -> tuple[Advice, ...]:
    """How a question to a family could be plainer; nothing for one that is plain.

    >>> [one.text for one in advice("Who looks after Ty on respite days?")]
    ['Instead of “respite” we say “a short break”.']
    >>> advice("Who helps Ty at night?")
    ()
    """
    if not words(question):
        return ()
    found = [
        Advice("words", f"Instead of “{said}” we say “{say}”.") for said, say in dict.fromkeys(banned_in(question))
    ]
    longest, _ = longest_sentence(question)
    if longest > MOST_SENTENCE:
        found.append(Advice("sentence", f"One sentence has {longest} words. Up to {MOST_SENTENCE} are easier to read."))
    grade = count(question).flesch_kincaid
    if grade > MOST_GRADE and len(words(question)) >= _TOO_SHORT:
        found.append(
            Advice("grade", f"The words suit a reader of about {round(grade) + 5}. Shorter words help more families.")
        )
    return tuple(found)
