"""The person's own words for the thing: what is left of a line beside amounts and times, without the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding.line_known import is_known
from bot.understanding.line_words import PERIODS, UNITS, word_set
from bot.understanding.sentences import is_sentence
from bot.understanding.thing_leads import (
    after_cleft,
    after_help_is,
    after_maker,
    after_quote_for,
    after_whom,
    could_do,
    is_my_view,
    kept,
    leads,
    leads_here,
    mate,
    wants,
    wish,
    would_have,
)
from bot.understanding.thing_words import (
    AFTER,
    ARTICLES,
    EMPTY,
    FILLERS,
    GOING,
    HAVING,
    NOT_WANTED,
    PLACING,
    PRONOUNS,
    REASONS,
    RELATED,
    RELATING,
    REPORTING,
    SAYING,
    TELLING,
    WANTING,
    WHO,
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Words between the amounts and times of a line."""

    start: int
    end: int
    """Tokens, with what leads to and away from the name stripped."""
    placed: bool
    """Says where, with whom or why, of a thing that was named before."""
    told: bool
    """Begins like a sentence: "he goes with …"."""
    wanted: bool
    """Led by "I want", "we need"."""
    refused: bool
    """ "we don't want"."""
    named: bool
    """Begins with an article, as a thing of its own does."""
    past: bool = False
    """ "we had a PA": told of another time."""
    speaks: bool = False
    """Who sells it or says the price, and not the thing: "the agency quoted us", "Argos do"."""


def find(words: Sequence[str], start: int, end: int) -> Thing | None:
    """The thing named by plain words ``start`` to ``end``; None when they only lead from one amount to another.

    >>> words = "i would like a trampoline please".split()
    >>> find(words, 0, 6)
    Thing(start=4, end=5, placed=False, told=True, wanted=True, refused=False, named=True, past=False, speaks=False)
    >>> find("that is about".split(), 0, 3) is None
    True
    """
    while start < end - 1 and words[start] in FILLERS:
        start += 1
    said_from = after_whom(words, start, end)
    start = after_cleft(words, said_from, end)
    cleft = start > said_from and words[start] in ("is", "be", "was")  # "what I'd really like is"
    first, last = start, _before_reason(words, start, end)
    if tuple(words[start : start + 2]) in _BESIDES and start + 2 < end:
        start = first = start + 2
    if start >= end:
        return None
    while first < last and leads_here(words, start, first) and not kept(words, first, last):
        first += 1
        last = end if first == last else last
    first = after_maker(words, after_help_is(words, after_quote_for(words, first, last), last), last)
    if words[first:last][:2] == ["set", "on"] and first + 2 < last:
        set_on = find(words, first + 2, end)  # "she's set on the variety show group"
        return replace(set_on, wanted=True, told=False, placed=False) if set_on is not None else None
    if (from_wish := wish(words, first, last)) is not None:
        return find(words, from_wish, end)
    while first < last and (words[last - 1] in AFTER or not words[last - 1][-1:].isalnum()):
        last -= 1
    stated = [at for at in range(first + 1, min(last - 1, first + _FAR)) if words[at] in _STATING]
    stated = [at for at in stated if words[at - 1] not in _CONDITIONS]
    if stated:
        known = next((at for at in stated if is_known(words[first:at])), None)
        if known is None and words[stated[-1]] == "its" and is_known(words[stated[-1] + 1 : last]):
            return find(words, stated[-1] + 1, end)  # "quick it's horse riding"
        last = stated[0]  # "a safe space bed it's dear"
    last = next((at for at in range(first + 1, last - 1) if words[at] in WHO and words[at + 1] in _OF_IT), last)
    last = next((at for at in range(first + 1, last) if _told_of(words, first, at, last)), last)
    first = _what_somebody_is(words, first, last)
    last = next((at for at in range(first + 2, last - 1) if _of_kin(words, at)), last)
    if not mate(words, first) and all(word in EMPTY for word in words[first:last]) and not _sum(words, first, last):
        return None
    if words[first:last] == ["help"] and words[max(start, first - 1)] in ("would", "will", "could", "really"):
        return None  # "an evening off would help"
    if words[first:last] and first and last - first == 1 and words[first] in _DOES and words[first - 1] in WHO:
        return None  # "but he lights up"
    if all(UNITS.get(word) in PERIODS or word[0].isdecimal() for word in words[first:last]):
        return None  # "that's from last year"
    if last - first == 2 and words[first] in _TAKING and words[first + 1] in _OBJECTS:
        return None  # "they bill us £80 a term"
    led = words[start:first]
    refused = (
        any(word in NOT_WANTED for word in led)
        or words[first] in _TURNED_DOWN
        or (words[first:last][:2] == ["no", "need"] and words[first + 2 : first + 3] != ["to"])
        or (words[first] in NOT_WANTED and any(word in ("want", "need") for word in words[first:last]))
    )
    told = [at for at in range(first, end) if words[at] in SAYING]
    said = next((at for at in told if at > first and words[at] in REPORTING), None)
    if said is not None and said + 1 < last and is_known(words[first:said]) and not is_known(words[said + 1 : end]):
        # "gym pass for Demi, the physio said it'd do her good": the pass
        who = _who_says(words, first, said)
        if who > first and who < said:
            return find(words, start, who)
    if told and told[0] > first and told[-1] + 1 < last and words[told[-1]] in REPORTING:
        # "my cousin says the camp": the camp
        return find(words, next(at for at in range(told[-1] + 1, end) if not leads(words[at]) or at == end - 1), end)
    wanted = words[start] not in REASONS and (
        (cleft and words[first] not in _OF_LIFE)
        or any(wants(led, at) for at in range(len(led)))
        or would_have(led)
        or could_do(led)
        or is_my_view(led)
    )
    return Thing(
        first,
        last,
        placed=(
            words[start] in PLACING
            and not (words[start] == "if" and "you" not in led and wanted and is_known(words[first:last]))
            and start > 0
            and words[start] != "up"
            and not _names_itself(words, start, last)
        )
        or bool(_INCLUDED & set(led))
        or (words[first] in PLACING and not _names_itself(words, first, last))
        or words[start] in _COMING
        or (words[start] in WHO | {"you"} and bool({"at", "in"} & set(led)) and "pay" in led),
        told=words[start] in TELLING
        or words[first] in _OBJECTS
        or (words[first] in _OF_LIFE and last - first == 1)
        or (words[last - 1] in GOING and not RELATING & set(words[first:last])),
        wanted=wanted,
        refused=refused,
        named=any(word in ARTICLES for word in led[-2:]),
        past=bool("had" in led or (words[start] in WHO and {"was", "were"} & set(led[:2]) and not WANTING & set(led)))
        and not any(word in led for word in ("if", "wish", "never")),
        speaks=_speaks(words, told, first, end),
    )


def _told_of(words: Sequence[str], first: int, at: int, last: int) -> bool:
    """Whether at ``at`` begins what is told of something known: "the care farm | has been the making of him", "the dog trainer |
    thinks she'd do it", "new childminder | is Jo"."""
    verb = tuple(words[at : at + 2]) in _HAS_BEEN or words[at] in _THINKS or (words[at] == "is" and at + 2 == last)
    return (
        verb and is_known(words[first:at]) and not is_sentence(words[first:at]) and not RELATING & set(words[first:at])
    )


_HAS_BEEN = tuple((has, been) for has in ("has", "have") for been in ("been", "proved", "proven", "made", "meant"))
_THINKS = word_set("thinks swears believes")


def _what_somebody_is(words: Sequence[str], first: int, last: int) -> int:
    """ "Sultan is a therapy cat": the cat."""
    told = words[first + 1 : first + 2] == ["is"] and words[first + 2 : first + 3] in (["a"], ["an"])
    named = told and not is_known(words[first : first + 1]) and words[first] not in WHO
    return first + 3 if named and first + 3 < last and is_known(words[first + 3 : last]) else first


_TURNED_DOWN = word_set("rejected refused declined denied")
""" "as you rejected the car seat"."""
_DOES = word_set("lights books boots stamps drops presses rocks blinds chairs covers tables stands stops")
"""Goods by name, and what somebody does."""

_BESIDES = (("in", "addition"), ("after", "that"), ("besides", "that"), ("with", "that"))

_INCLUDED = word_set("including includes included incl inc")
""" "£6.50 a week including the clay": what comes with what was named."""

_OF_LIFE = word_set(
    "mum mums mam mams dad dads husband husbands hubby wife wifes partner partners son sons daughter daughters lad lads boy boys girl girls "
    "twins gp doctor doctors epilepsy autism adhd seizures meds medication operation diagnosis list delay essay sleep "
    "bedroom bedrooms shift shifts rigs stroke back knees school schools everything anything"
)
"""What is told of a family's life: alone it is hardly what is bought."""

_COMING = word_set("comes goes come coming")
""" "comes to the house each month": where, of what was named before."""


def _names_itself(words: Sequence[str], first: int, last: int) -> bool:
    """ "after school care", "home help": things of their own, though they begin like a place."""
    round_school = words[first] in ("after", "before") and words[first + 1 : first + 2] == ["school"]
    return (round_school and last - first > 2) or (words[first] == "home" and last - first > 1)


def _sum(words: Sequence[str], first: int, last: int) -> bool:
    """ "spending money", which is for something, and not only an amount; "one to one", which is not only a number."""
    return tuple(words[first:last]) in _NAMES_OF_SMALL_WORDS


_NAMES_OF_SMALL_WORDS = (
    ("home", "help"),
    ("help", "at", "home"),
    ("spending", "money"),
    ("one", "to", "one"),
    ("one", "-", "to", "-", "one"),
)


def _of_kin(words: Sequence[str], at: int) -> bool:
    """ "the seizure monitor | my sister swears by"."""
    return words[at] in ("my", "his", "her", "our") and words[at + 1] in _KIN and words[at - 1] not in _LEADING_TO


_KIN = word_set(
    "mum mam dad husband wife partner son daughter sister brother cousin nan gran grandma grandad auntie aunty aunt uncle mate mates friend "
    "friends teacher physio ot neighbour niece nephew boyfriend girlfriend"
)

_LEADING_TO = (
    PLACING
    | RELATED
    | word_set("pay paying see take takes taking help helps and or not is are me him her us like give gives")
)

_SPEAKING = AFTER | PRONOUNS | word_set("half some most part back")
""" "the charity pays half", "the agency never got back to me"."""


def _before_reason(words: Sequence[str], start: int, end: int) -> int:
    """Where the name has to end: "a tent because he loves them" is a tent."""
    return next(
        (
            at
            for at in range(start + 1, end)
            if words[at] in REASONS or (words[at] == "or" and _somebody(words, at + 1))
        ),
        end,
    )


def _somebody(words: Sequence[str], at: int) -> bool:
    """ "the insurance or they won't let you": who does something begins behind the name."""
    return words[at : at + 1] != [] and words[at] in _WHO_ELSE


_WHO_ELSE = word_set("he she they we i you hes shes theyll itll he'll im ill")


_OBJECTS = word_set("him them me us")

_TAKING = word_set("bill bills billed invoice invoices sting stings set sets knock do does owe owes")


def _who_says(words: Sequence[str], first: int, said: int) -> int:
    """Where those begin who say something: "the physio", "my sister"."""
    return next((at for at in range(said - 1, max(first, said - 4), -1) if words[at] in ARTICLES | _OWN), said)


_OWN = word_set("my our his her their")

_FAR = 30
"""Words in which the end of a name is looked for."""

_CONDITIONS = word_set("if when how what as")
_STATING = word_set("its thats theyre")
"""Where speech without stops says the next thing."""

_OF_IT = word_set("cant cannot loves likes uses used knows trusts met saw")
""" "a cooker he can't turn on" is a cooker."""


_PRICES = word_set("quote quotes estimate price prices cost bill invoice")
_OF_SELLERS = word_set("from off by came come comes was were is")


def _speaks(words: Sequence[str], told: Sequence[int], first: int, end: int) -> bool:
    """Whether the last verb of saying or selling has only small words after it."""
    if words[first] in _PRICES and words[first + 1 : first + 2] and words[first + 1] in _OF_SELLERS:
        return True  # "quote from the builder came to £1,650"
    if told and words[told[-1]] in HAVING and any(word in ("me", "him", "her", "us") for word in words[told[-1] :]):
        return False  # "my sister has him"
    if end - first > 1 and words[end - 1] in ("takes", "take"):
        return True  # "sir takes £6 a time"
    return bool(told) and told[-1] > first and all(word in _SPEAKING for word in words[told[-1] + 1 : end])
