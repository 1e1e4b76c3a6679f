"""Two questions that safety texts ask: would you like a call, and is it safe to contact you here.

They are read narrowly. Only a plain yes is a yes: "yes but he checks my phone" is not, and who has not said yes is not
contacted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from bot.content.loader import Content
from bot.gateway.false_alarm import says_all_is_well
from bot.gateway.place import Asked
from bot.gateway.records import Received
from bot.interview import Interview, Message, Option
from bot.store.drafts import Draft
from bot.understanding.commands import match

CARRY_ON: Final = "safety.carry_on"
PERSON: Final = "safety.person"

Pick = Literal["safety.carry_on", "safety.person", "safety.call.yes", "safety.call.no", "safety.contact.yes", "safety.contact.no"]  # fmt: skip

ASKS: dict[str, Asked] = {
    "DISC_child": "contact",
    "DA": "contact",
    "SUI_adult": "call",
    "SUI_other_adult": "call",
    "CARER": "call",
}
"""Which fixed text asks which question (domain notes 5.3)."""

WAYS_ON: tuple[Pick, ...] = (CARRY_ON, PERSON)
_OPTIONS: dict[Asked, tuple[Pick, ...]] = {
    "call": ("safety.call.yes", "safety.call.no", CARRY_ON),
    "contact": ("safety.contact.yes", "safety.contact.no", CARRY_ON),
}
_PICKS: dict[str, Pick] = {pick: pick for pick in (*WAYS_ON, *_OPTIONS["call"], *_OPTIONS["contact"])}

_YES = r"y|ye|yes|yeah|yea|yep|yup|aye|yes please|yes thanks|yes thank you"
_SAFE = re.compile(rf"({_YES}|it is|its safe|it is safe|yes it is|yes its safe|yes it is safe|yes safe)")
_CALL = re.compile(rf"({_YES}|please|please do|yes ok|sure|yes sure|i would|yes i would|that would be good)")
_NO_CALL = re.compile(r"(n|no|nope|nah|no thanks|no thank you|no thankyou|no ta|not now|no need)")
_NOT = re.compile(r"\b(not|no|nope|nah|never|dont|do not|cannot|cant|isnt|wouldnt|rather not|unsafe|stop)\b")
_CALL_ME = re.compile(r"((yes|yeah|please|ok|can|could|would|will|you|someone|somebody|a person|i|id|like|want|to|ask|get|have|and) )*(call|ring|phone|ring|telephone)( me)( back)?( please)?")  # fmt: skip
_CARRY_ON = re.compile(
    r"\b(carry(ing)? on|continue|keep going|go on|(we|i)('?re|'?m| are| am) (all )?(safe|ok|okay|fine))\b"
)
_NEGATED = re.compile(r"\b(not|no|never|cannot|(ca|wo|do|is|are|could|was|did)n'?t|stop|nobody)\b")
_MOST_WORDS = 8


def may_contact(draft: Draft) -> bool:
    """Whether the family may be contacted at all, other than by answering in the conversation they are in.

    Every channel that can reach a family of its own accord (a text message, a call, an e-mail) must ask this first.
    Unknown is no: who else reads a phone is not for us to guess.
    """
    return draft.safe_contact == "yes"


def asked_by(text_ids: Iterable[str | None]) -> Asked | None:
    """What these fixed texts ask; of two questions, whether contact is safe."""
    found = {ASKS[id] for id in text_ids if id in ASKS}
    return "contact" if "contact" in found else "call" if "call" in found else None


def options(content: Content, interview: Interview, asked: Asked | None) -> tuple[Option, ...]:
    """The ways on from a safety text, numbered: an answer to what it asked, and carrying on."""
    picks = WAYS_ON if asked is None else _OPTIONS[asked]
    return tuple(
        Option(pick, content.text(f"option.{pick}", interview.reader), number) for number, pick in enumerate(picks, 1)
    )


def is_pick(choice: str | None) -> bool:
    """Whether a choice is one of these, also when it comes late, from an old page: "not safe" counts whenever it comes."""
    return choice in _PICKS


def picked(said: Received, shown: tuple[Option, ...], asked: Asked | None) -> Pick | None:
    """Which way on a person took, of those they were shown; None for anything else."""
    if said.choice is not None:
        return _PICKS.get(said.choice)
    text = said.text or ""
    plain = text.strip().rstrip(".!").lower()
    for option in shown:
        if plain in (str(option.number), option.label.lower()):
            return _PICKS[option.value]
    if asked is not None and (answer := answered(text, asked)) is not None:
        return answer
    steering = match(text)
    if plain == PERSON or (steering is not None and steering.command == "person"):
        return PERSON
    return CARRY_ON if plain == CARRY_ON or carries_on(text) or says_all_is_well(text) else None


def answered(text: str, asked: Asked) -> Pick | None:
    """Whether words are a plain yes or no to what was asked.

    >>> answered("Yes please!", "call"), answered("call me", "call"), answered("please don't call", "call")
    ('safety.call.yes', 'safety.call.yes', 'safety.call.no')
    >>> answered("no he can't be left", "call"), answered("ok", "contact")
    (None, None)
    >>> answered("yes", "contact"), answered("no he reads my phone", "contact"), answered("yes but he looks", "contact")
    ('safety.contact.yes', 'safety.contact.no', None)
    """
    plain = _plain(text)
    if not plain or len(plain.split()) > _MOST_WORDS:
        return None
    if asked == "call":
        if _CALL.fullmatch(plain) or _CALL_ME.fullmatch(plain):
            return "safety.call.yes"
        refused = _NO_CALL.fullmatch(plain) or ("call" in plain.split() and _NOT.search(plain))
        return "safety.call.no" if refused else None
    if _SAFE.fullmatch(plain):
        return "safety.contact.yes"
    return "safety.contact.no" if plain == "n" or _NOT.search(plain) else None


def says_call(text: str) -> bool:
    """Whether words speak of the call by name, so that they answer nothing else.

    >>> says_call("call me please"), says_call("yes"), says_call("they call me names")
    (True, False, False)
    """
    plain = _plain(text)
    return bool(_CALL_ME.fullmatch(plain)) or ("call" in plain.split() and answered(text, "call") == "safety.call.no")


def asks_yes_or_no(prompt: tuple[Message, ...]) -> bool:
    """Whether what is asked now can itself be answered with yes or no: then those words belong to it."""
    return any(
        option.label.lower().startswith(("yes", "no,", "no ")) for message in prompt for option in message.options
    )


def carries_on(text: str) -> bool:
    """Whether a person says that they are safe, or wants to go on with the questions.

    >>> carries_on("We are safe, carry on"), carries_on("i cant carry on"), carries_on("he went on and on at me")
    (True, False, False)
    """
    plain = text.lower().replace("’", "'")
    return len(plain.split()) <= _MOST_WORDS and bool(_CARRY_ON.search(plain)) and not _NEGATED.search(plain)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"['’]", "", text.lower()).replace(",", " ").split()).rstrip(".! ")
