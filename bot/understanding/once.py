"""Phrases that say that something is paid once: "one off", "just the once", "and that's it", "from Argos"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Cue, Meaning
from bot.understanding.line_words import UNITS
from bot.understanding.phrases import (
    Phrase,
    always,
    class_after,
    class_before,
    stands_alone,
    thing_follows,
    words_after,
    words_before,
)

if TYPE_CHECKING:
    from spacy.tokens import Span


def _once(span: Span) -> Meaning | None:
    """ "Once" and nothing after it that says in what time; not "£40 one time, two times in month"."""
    following = words_after(span)
    later = words_after(span, _SOON)
    if span[-1].norm_ == "time" and any(
        word in ("times", "time") and then in ("a", "in", "per", "every", "each") for word, then in pairwise(later)
    ):
        return None
    if following and following[0] in ("a", "an", "per", "every", "each", "in", "or", "/", "the", "he", "she", "we"):
        return None
    return Cue("one_off") if class_after(span) != "ADVERB" else None


_SOON = 8
"""Words in which it is said how often."""


def _paid_once(span: Span) -> Meaning | None:
    """ "Just the once"; not "I only want her once a month"."""
    often = words_after(span)[:1] in _EACH_TIME and class_after(span, 1) == "UNIT"
    return None if often else Cue("one_off")


def _one_time(span: Span) -> Meaning | None:
    """ "one night only", "One go and that's it", "— one trip": said by itself, there is no more of it."""
    if UNITS[next(token.norm_ for token in span if token.norm_ in UNITS)] not in ("session", "night", "day"):
        return None
    just = span[0].norm_ in ("just", "only") or words_before(span)[-1:] in (["just"], ["only"], ["this"])
    if span[-1].norm_ == "only" or (just and words_after(span)[:1] not in _EACH_TIME):
        return Cue("one_off")
    return Cue("one_off") if stands_alone(span) else None


_EACH_TIME = (["a"], ["an"], ["per"], ["every"], ["each"], ["in"], ["/"], ["at"], ["of"])


def _just_so_many(span: Span) -> Meaning | None:
    """ "10 hours of training, just the ten"; of "just the five lessons" the number counts, and is read by itself."""
    return None if thing_follows(span) or class_after(span) in ("UNIT", "POUNDS", "PENCE", "DAY") else Cue("one_off")


_KEPT = (["the"], ["a"], ["his"], ["her"], ["my"], ["our"], ["up"], ["on"])
""" "£12 to keep"; not "we want to keep the momentum"."""

_IT = (["it"], ["them"], ["that"], ["one"])
""" "plus £120 to have it fitted" is bought on its own."""


def _to_buy(span: Span) -> Meaning | None:
    """ "£199 to buy"; not "help I would like to buy"."""
    return Cue("bought") if class_before(span) in ("NUMBER", "POUNDS", "PENCE") else None


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "just|as? a|the? one - off payment|cost|purchase|thing|fee|spend|only?",
            "just|as? a|the? one off payment|cost|purchase|thing|fee|spend|only?",
            "oneoff payment|cost|purchase|thing|fee?",
            "just|only? the? one time payment|cost|purchase|thing|fee|only",
            "just|only the? once",
            "just|only the? one time?",
            "just|only the? one <DAY>",
            "just|only this year|once|time",
            "as? one - offs|off",
            "as? one offs|off",
            "once only",
            "the once",
            "for? the|a whole? block",
            "a? one|single payment|purchase of?",
            "up - front",
            "up front",
            "upfront",
            "one only",
            "need|needs|want|wants|after|get|buy just|only? the one",
            "wont|wouldnt|not need|want|be|have it|that|him|her|one? to? needed|again after|ever? again?",
            "wont be needed|wanted|wanting|doing|paying|asking it? again",
            "never again",
            "one payment and|n|& done",
            "one and|n|& done",
            "bought|buy|buying outright",
            "wont|wouldnt|not need|want|be|have|ask|asking|come|coming another|back|one?",
            "wont need|be doing|asking again",
            "wont|not ask|be|come back|asking? for it|more? again",
            "i|we|he|she|just|only? only? need|needs|pay|paid|pays|do|doing|want|having|buying it|that|this|doing|done|him|her|for? the? once",
            "pay|paid|pays once and|n|& done|thats|forget it|that|all?",
            "as? a one - time thing|cost|payment|fee|purchase",
            "never to be repeated",
            "first and last time",
            "once in his|her|my|a life|lifetime",
        ),
        _paid_once,
    ),
    always(
        Cue("bought"),
        "and|then|so? thats it|that|us|done then|done|sorted|forever|really?",
        "job done|jobbed|sorted",
        "one job",
        "the|a one go|shot|hit",
        "done and|& dusted",
        "in one go|hit|lump|payment",
        "itll|it|thatll|should|will|theyll last|do|see him|her|us|me|them? for? years|ages|ever|forever|life",
        "to|and last|do him|her|us|me|them? for? years|ages|forever|life",
        "should|will|itll see him|her|me|us through|out",
        "done in|over a|one day|morning|afternoon|weekend",
        "no ongoing|further|more cost|costs|fees|payments|charges",
        "and? no|nothing more|else to pay",
        "and? nothing more|else? to pay after that?",
        "for|at the? start",
        "to start off|me|him|her|us? with?",
        "to get|set me|us|him|her? started|going|up",
        "for starters",
        "start - up",
        "outright",
        "all told",
        "the|a whole lot|caboodle|shebang",
        "for good|keeps|life",
        "once and for all",
    ),
    Phrase(("to keep",), lambda span: None if thing_follows(span) or words_after(span) in _KEPT else Cue("bought")),
    Phrase(("just|only? one|1 <UNIT>", "just? one|1 <UNIT> only"), _one_time),
    Phrase(
        ("fitted|installed|laid|delivered|supplied",), lambda span: None if words_before(span) in _IT else Cue("bought")
    ),
    Phrase(("once", "one time", "this year"), _once),
    Phrase(("just|only the <NUMBER>",), _just_so_many),
    Phrase(("just|only the",), lambda span: Cue("one_off") if class_after(span) == "NUMBER" else None),
    Phrase(("to buy outright|new|it?",), _to_buy),
    always(
        Cue("bought"),
        "from|off|at|in|on argos|amazon|ikea|ebay|smyths|decathlon|halfords|gumtree|vinted|currys|screwfix|aldi|lidl|tesco|asda|wilko|"
        "clarks|facebook|marketplace|etsy|temu|sainsburys|dunelm|freecycle",
        "from|off|on the internet|catalogue|net|web",
        "second hand",
    ),
    Phrase(("the pair",), lambda span: None if words_after(span) == ["of"] else Cue("bought")),  # "for the pair of us"
)
"""What is paid once."""
