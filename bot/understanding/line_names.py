"""Which of the things said in a line names it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Count, Mark, Money
from bot.understanding.line_talk import is_income
from bot.understanding.line_words import PRICED_THERE, UNITS, word_set
from bot.understanding.segment_parts import Segment, Stop, cue_at, is_price
from bot.understanding.sentences import is_sentence
from bot.understanding.thing_words import GENERIC, IT_OR_US, REASONS
from bot.understanding.things import Thing


def is_generic(thing: Thing, words: Sequence[str]) -> bool:
    """Whether a thing only names the amount: "tickets", "the fee"."""
    name = words[thing.start : thing.end]
    if name[-1] in _KINDS:
        return True
    if len(name) > 1 and name[0] in _WHOSE:
        name = name[1:]
    if tuple(name[-2:]) in _PASSES:
        return False
    said = len(name) == 1 or any(word in GENERIC for word in name)  # "day trips" are something
    return said and all(word in GENERIC or (word in UNITS and word not in _DONE) for word in name)


_PASSES = (("season", "ticket"), ("season", "tickets"))
""" "football. His season ticket's £120 a year"."""

_DONE = word_set(
    "overnight overnights swim swims haircut haircuts gig gigs meal meals ride rides workshop workshops treatment treatments"
)
"""Counted as visits, and something by themselves."""


def _ways(line: Segment, first: int | None) -> set[str]:
    """Words that lead from an amount to what it is for; "a cooker, £1,099 on the sheet" is no sheet."""
    earlier = any(
        isinstance(element, Thing) and not (element.told or element.placed or element.speaks)
        for element in line.elements[: first or 0]
    )
    return {"for", "of"} if earlier else {"for", "on", "of", "to"}


def _tells_of_us(name: Sequence[str]) -> bool:
    """ "the rest we manage ourselves": words with somebody who does something in them."""
    return any(word in _SOMEBODY for word in name)


_SOMEBODY = word_set("i im ive we weve he hes she shes they theyve theyre you")

_WHOSE = word_set("my his her our their your its")


def chosen_thing(line: Segment, words: Sequence[str]) -> Thing | None:
    """The words that name a line, and not where, with whom or why it is, who says the price, or the talk around it."""
    found = [(at, element) for at, element in enumerate(line.elements) if isinstance(element, Thing)]
    if not found:
        return line.named_before
    prices = [at for at, element in enumerate(line.elements) if is_price(element)]
    parts = list(accumulate(isinstance(element, Stop) for element in line.elements))
    priced_parts = {parts[at] for at in prices}
    first = prices[0] if prices else None
    bought = _first_thing_after(line, first)

    led = _led(line, bought, words) if bought >= 0 else []

    def names_well(candidate: tuple[int, Thing]) -> tuple[int, int]:
        at, thing = candidate
        score = _names_well(line, at, thing, words, first, parts[at] in priced_parts, at == bought)
        paid = set(_led(line, at, words))
        if {"pay", "paying"} & paid and not {"at", "on", "in"} & paid and "for" not in led:
            score += (
                3  # "we pay a student £11 an hour to play with him"; not "I pay Jade a tenner for sitting with him"
            )
        return score, -at

    return max(found, key=names_well)[1]


def _names_well(
    line: Segment, at: int, thing: Thing, words: Sequence[str], first: int | None, beside: bool, follows: bool
) -> int:
    """How well a thing names its line: by how it is said, and by where it stands to the price.

    ``first``: where the first price stands; ``beside``: a price is in the same part; ``follows``: it is the first thing
    behind the first price.
    """
    name = words[thing.start : thing.end]
    score = 0
    if is_generic(thing, words):
        score -= 6
    if is_income(name):
        score -= 4  # "direct payments go up in April, but …"
    if thing.speaks or is_sentence(name):
        score -= 4
    if not thing.wanted and IT_OR_US & {*name[1:], *words[thing.end : thing.end + 1]} and _opens(line, at):
        score -= 4  # "Falconry. A bloke near Settle shows them"
    known = is_known(name) and not is_generic(thing, words)
    bought = bool(_ways(line, first) & set(_led(line, at, words))) and beside and follows
    if known and not thing.speaks and (bought or not thing.placed):
        score += 2
    if known and thing.placed and words[thing.start - 1] in ("a", "an") and not bought:
        score += 1  # "after school with a childminder"
    if not known and (not beside or _tells_of_us(name)):
        score -= 2
    if thing.told and not thing.wanted:
        score -= 1 if thing.named or (known and beside) else 3
    led_by_so = "so" in words[max(_OPENING, thing.start - 2) : thing.start]
    if led_by_so and (thing.named or (known and not thing.placed)):
        score += 2 if thing.named else 3  # "he's mad on buses, so a day ticket"
    if known and "its" in words[max(0, thing.start - 2) : thing.start] and thing.named:
        score += 2  # "ignore me puffing, it's a carer"
    if thing.wanted and (known or thing.named or beside):
        score += 2
    if thing.start > 1 and thing.named and {"called", "named"} & set(words[thing.start - 2 : thing.start]):
        score += 2  # "the lady charges £18 an hour, she's called an enabler"
    following = line.elements[at + 1] if at + 1 < len(line.elements) else None
    if (
        isinstance(following, Mark)
        and following.meaning == Money(None, "amount")
        and words[following.start] in NOT_SAID
    ):
        score -= 4  # "the coach hasn't said what the fee is"
    if thing.placed and name[-1] in PRICED_THERE and words[thing.start - 1] != "for":
        score -= 4  # "three pound on the door"
    if "already" in (name[0], *words[max(0, thing.start - 3) : thing.start]):
        score -= 4  # "we've already got a bike but need the tag along"
    if len(name) == 1 and name[0] in _ANYBODY and thing.start and words[thing.start - 1] in _THE:
        score -= 3  # "two hours of cleaning. The lady charges fifteen", "brilliant fella, does bike repairs"
    if known and beside and _hours_of(line, at, words):
        score += 4  # "a lovely woman, Grace, who'd do four hours of befriending"
    if led_by_so and _MODAL & set(name[1:]):
        score -= 6  # "dog training so the puppy can be her companion"
    if thing.start and words[thing.start - 1] == "(":
        score -= 2
    if "no" in (name[0], *words[max(0, thing.start - 1) : thing.start]):
        score -= 4  # "no clubs on the island so it's the ferry"
    somebody = name[0] in _OBJECTS or (name[0] == "her" and (len(name) == 1 or name[1] in _TOGETHER_WITH))
    if somebody or words[thing.end : thing.end + 2] in (["gets", "one"], ["has", "one"], ["does", "one"]):
        score -= 4  # "they let her in on her own", "my sister's lassie gets one"
    if first is not None and at > first and not thing.wanted and _gives_reason(words, thing.start):
        score -= 6  # "six of them at £18 each, so we all get a break"
    if "if" in words[max(0, thing.start - 4) : thing.start]:
        score -= 2  # "if I take someone on"
    if first is not None and at < first and _put_right(line, at):
        score -= 4  # "laser tag, no wait, it's the VR place"
    if thing.placed and not bought:
        score -= 2
    if first is not None and at > first and not bought:
        score -= 1 if beside else 2
    if beside and (bought or (first is not None and at < first)):
        score += (
            2 if bought and known and words[thing.start - 1] in ("a", "an") else 1
        )  # "two buses to get there, so £14 for a cab"
    return score


def _opens(line: Segment, at: int) -> bool:
    """Whether a line opens with another thing, as with a heading."""
    first = line.elements[0]
    return at > 0 and isinstance(first, Thing) and not first.told and first.end - first.start <= _HEADING


_HEADING = 2
"""Words."""


def _gives_reason(words: Sequence[str], start: int) -> bool:
    """Whether "so we" or "because he" stands before a word."""
    led = words[max(0, start - _SOON) : start]
    return any(one in REASONS and other in _WHO for one, other in pairwise(led))


def _hours_of(line: Segment, at: int, words: Sequence[str]) -> bool:
    """Whether a thing is what hours are counted of."""
    before = line.elements[at - 1] if at else None
    counted = isinstance(before, Mark) and isinstance(before.meaning, Count) and before.meaning.unit == "hour"
    return counted and before is not None and list(words[before.end : line.elements[at].start]) == ["of"]


_MODAL = word_set("can could will would might may doesnt cant wont isnt gets")

_ANYBODY = word_set("lady woman man lad lass girl guy bloke fella person people")
_THE = ("the", "brilliant", "lovely", "great", "nice", "fab", "smashing", "canny", "sound")
_SOON = 5
_WHO = word_set("we i he she they it im hes shes")


def _put_right(line: Segment, at: int) -> bool:
    """Whether a thing is named behind the one at ``at`` that puts it right, before any price is said."""
    for behind, element in enumerate(line.elements[at + 1 :], at + 1):
        if is_price(element):
            return False
        if cue_at(line.elements, behind) == "fix":
            return any(isinstance(later, Thing) for later in line.elements[behind:])
    return False


_OBJECTS = word_set("him them me us")
_TOGETHER_WITH = word_set("in on out up off and or to for")

_OPENING = 2
"""Words at the start of a message: "ok so" there leads from nothing."""

NOT_SAID = word_set("hasnt havent wont never didnt doesnt dont not cant")

_KINDS = word_set("type kind sort version variety style brand")
""" "a recorder of his own, the musical type"."""


def _led(line: Segment, at: int, words: Sequence[str]) -> Sequence[str]:
    """The small words that lead to the thing at ``at``."""
    return words[line.elements[at - 1].end if at else 0 : line.elements[at].start]


def _first_thing_after(line: Segment, start: int | None) -> int:
    return next(
        (
            at
            for at, element in enumerate(line.elements)
            if at > (start or 0) and isinstance(element, Thing) and not element.told
        ),
        -1,
    )
