"""A person's own words, kept beside the answer they led to: what is worth keeping of a message, and how it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.interview.messages import Option
from bot.interview.state import Interview
from bot.understanding.commands import match
from bot.understanding.normalise import fold
from bot.understanding.numbers import NUMBER_WORDS

_AROUND = (
    "y ye yes yeah yea yeh yep yup yh aye ok okay k sure right correct true exactly definitely absolutely spot n no nope "
    "nah naw not that thats thatll this is its it itll one the a an im i id ill we he hes she shes they theyre would say "
    "think thinking guess choose pick go going with for to put about do option number num nr level answer please pls plz "
    "thank thanks you thx ta lol x xx xxx mate love sorry then really probably maybe somewhere um er erm uh hmm oh well so "
    "just or and between either first second third fourth fifth 1st 2nd top upper bottom lower last former latter"
)
_FILL = frozenset(_AROUND.split())
"""Words around a number or a yes that say nothing of the child."""

MOST_HELD = 8000
"""Characters held for one question, the newest; the transcript has all of them."""


def own_words(text: str, options: Iterable[Option]) -> str:
    """The message, when it says more than which option is meant; else nothing.

    >>> offered = [Option("S1.2", "Someone stays close to him.", 3), Option("S1.3", "Someone is beside him.", 4)]
    >>> own_words("4 really but only when hes awake lol", offered)
    '4 really but only when hes awake lol'
    >>> [own_words(said, offered) for said in ("4", "option 4 please", "yeah thats right", "3 someone stays close")]
    ['', '', '', '']
    """
    plain = fold(text)
    if match(text) is not None or _is_of_a_label(plain, options):
        return ""
    says_more = any(word not in _FILL and word not in NUMBER_WORDS and not word.isdecimal() for word in plain.split())
    return text.strip() if says_more else ""


def joined(*said: str) -> str:
    """Words said one after the other about one question, each on its own line and none twice.

    >>> joined("", "he bolts", "only when awake", "he bolts")
    'he bolts\\nonly when awake'
    """
    return "\n".join(dict.fromkeys(words for words in said if words))


def hold(interview: Interview, own: str = "") -> Interview:
    """Close an open exchange, and keep the words that were read wrongly in it for the answer that comes instead.

    ``own``: what was said in closing it. Words that were said at another question are with that one. Words that nobody
    could read are in the transcript alone: they may have been about anything.
    """
    awaiting = interview.awaiting
    if awaiting is None:
        return interview
    code = awaiting.question_id
    said = joined(awaiting.words if awaiting.kind in ("confirm", "between") else "", own)
    if code is not None and said:
        interview = hold_for(interview, code, said)
    return replace(interview, awaiting=None)


def hold_for(interview: Interview, code: str, said: str) -> Interview:
    """Keep words for the answer to a question that has none yet."""
    held = interview.held
    return replace(interview, held={**held, code: joined(held.get(code, ""), said)[-MOST_HELD:]})


def _is_of_a_label(plain: str, options: Iterable[Option]) -> bool:
    number, _, rest = plain.partition(" ")
    said = rest if number.isdecimal() else plain
    return bool(said) and any(f" {said} " in f" {fold(option.label)} " for option in options)
