"""How many people a price is for: "for 4 of us", "me and two mates", "I've two"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Count, Cue, Meaning
from bot.understanding.phrases import Phrase, around, numbers_in, stands_alone, words_after

if TYPE_CHECKING:
    from spacy.tokens import Span

_MOST_PEOPLE = 8


def _people(span: Span) -> Meaning | None:
    """ "for 4 of us", "for both kids": how many people."""
    for token in span:
        if token.ent_type_ == "NUMBER":
            value = token._.figure.value
            return Count(value, "person") if value is not None and 0 < value <= 20 else None
    return Count(Fraction(2), "person")


def _pair_of_us(span: Span) -> Meaning:
    """ "£3.50 each for the pair of them" are two; "£150 for the pair of us" is one sum."""
    each = {"each", "apiece", "head", "person"} & {token.norm_ for token in around(span)}
    return Count(Fraction(2), "person") if each else Cue("bought")


def _for_so_many(span: Span) -> Meaning | None:
    """ "bowling for three, £6 a head"; not "for three hours", "for 12"."""
    value = numbers_in(span)[0].value
    ends = words_after(span)[:1] in ([","], [";"], ["."], [")"], ["at"], ["@"], ["-"], ["£"])
    few = value is not None and 1 < value <= _MOST_PEOPLE and value.denominator == 1
    return Count(value, "person") if ends and few and span.start else None


def _have_so_many(span: Span) -> Meaning | None:
    """ "£11 per child, I've two with needs": how many, where a price is for each."""
    value = numbers_in(span)[0].value
    each = {"child", "kid", "person", "head", "each", "adult"} & {token.norm_ for token in around(span)}
    ends = words_after(span)[:1] in ([], [","], ["."], [";"], [")"], ["with"], ["of"], ["kids"], ["children"], ["so"])
    return Count(value, "person") if each and ends and value is not None and 1 < value <= _MOST_PEOPLE else None


def _with_me(span: Span) -> Meaning | None:
    """ "me and two mates"."""
    value = numbers_in(span)[0].value
    return Count(value + 1, "person") if value is not None and value <= _MOST_PEOPLE else None


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "for? the? both of us|them",
            "for both kids|children|boys|girls|of",
            "for the? <NUMBER> of us|them|you",
            "for the? <NUMBER> kids|children|people|adults|boys|girls",
            "<NUMBER> of us|them",
            "for? my|our|both <NUMBER> girls|boys|kids|children|lads|daughters|sons|grandkids|grandchildren|grandsons|granddaughters",
            "for both",
            "for the twins",
            "for me|him|her|us and|& me|him|her|my|his|the pa|carer|mum|dad|brother|sister|friend|mate?",
            "for me|him|her|us and|& dad|mum|nan|grandad|mam",
            "for me|him|her and|& my|his|her pa|carer|mum|dad|brother|sister|friend|mate",
        ),
        _people,
    ),
    Phrase(("for? the pair of us|them|you",), _pair_of_us),
    Phrase(
        (
            "him|her|me|us and|& his|her|my|the best? dad|mum|mam|nan|gran|grandad|carer|pa|brother|sister|friend|mate|cousin|helper|pal|buddy|twin",
            "he|she and|& i",
        ),
        lambda span: Count(Fraction(2), "person") if stands_alone(span) else None,
    ),
    Phrase(("for <NUMBER>",), _for_so_many),
    Phrase(("ive|weve|theres|i|we|got have? got? <NUMBER>",), _have_so_many),
    Phrase(
        (
            "me|him|her|us and|& his|her|my|the? <NUMBER> mates|friends|others|brothers|sisters|cousins|kids|pas|carers|staff",
        ),
        _with_me,
    ),
    Phrase(("<NUMBER> that|who go|goes|come|comes|play|plays",), _people),
)
"""How many go, or pay."""
