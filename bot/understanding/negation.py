"""Which words a "not" turns round. "Never sleeps" shares its words with "sleeps", and means the opposite."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.line_words import word_set

TURNING = word_set(
    "not no never nobody noone nothing none nor neither nowhere without unless unable cant cannot wont dont doesnt didnt "
    "isnt arent wasnt werent havent hasnt hadnt couldnt wouldnt shouldnt aint hardly barely rarely scarcely "
    "nae nane naebody nowt cannae cannie dinnae doesnae doesny wouldnae wouldny couldny isnae isny hasny"
)
"""Words that turn what follows round, apostrophes left out, with those of Scotland and the north."""

REACH = 4
"""How many words behind it one turns round."""

_ENDS = word_set("? ! but and because cos so if when")
_SPEAKERS = word_set("he she they i we it hes shes theyre im were its")


def turned(message: Sequence[str]) -> list[bool]:
    """For each of the lower-case words, whether it is turned round. "No" before a person answers, and turns nothing.

    >>> turned(["he", "never", "sleeps", "and", "eats"]), turned(["no", "she", "sleeps"])
    ([False, False, True, False, False], [False, False, False])
    """
    found, left = [], 0
    for at, word in enumerate(message):
        if word in _ENDS:
            left = 0
        found.append(left > 0)
        answers = word == "no" and not _SPEAKERS.isdisjoint(message[at + 1 : at + 2])
        left = REACH if word in TURNING and not answers else left - 1
    return found


def turns(message: Sequence[str]) -> bool:
    """Whether any word of a message turns others round."""
    return not TURNING.isdisjoint(message)
