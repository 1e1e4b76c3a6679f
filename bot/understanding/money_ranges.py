"""Two amounts of which one is meant: "between 10 and 15", "£6 or £8", "£10-15"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.line_marks import Meaning, Money
from bot.understanding.line_words import FOREIGN
from bot.understanding.money import PENCE_IN_POUND
from bot.understanding.phrases import Phrase, class_after, class_before, numbers_in, words_after, words_before

if TYPE_CHECKING:
    from spacy.tokens import Span

RANGE_OR_PENCE = 3
"""In "£12-50" the second number is pence, when it is more than so many times the first; "£10-15" is a range."""


def _dash(span: Span) -> Meaning | None:
    """ "£12-50" is twelve pounds fifty, "£10-15" a range; "£13.50 - 3 hours" is neither."""
    low, high = numbers_in(span)
    if class_after(span) == "UNIT" or words_after(span) in (["x"], ["till"], ["am"], ["pm"], [":"]):
        return None
    if low.whole is None or high.whole is None or low.whole <= 0:
        return Money(None, "which_amount")
    two_digits = len(span[-1].text) == 2
    if two_digits and high.whole < PENCE_IN_POUND and high.whole > RANGE_OR_PENCE * low.whole:
        return Money(Fraction(low.whole * PENCE_IN_POUND + high.whole))
    return Money(None, "which_amount")


def _range(span: Span) -> Meaning | None:
    """Two amounts of which one is meant. Numbers without a sign may be hours of the day instead."""
    words = [token.norm_ for token in span]
    if class_after(span) == "UNIT" and not _signed(span):
        return None
    maybe = bool({"maybe", "perhaps", "possibly", "even"} & set(words))
    if "," in words and words[0] not in ("£", "was") and not maybe and not _next_to_each_other(span):
        return None
    if "something" in words or words[0] in ("was", "is", "anything", "anywhere", "somewhere"):
        return Money(None, "which_amount")
    if words_before(span) == ["to"] and "£" not in words[:1]:
        return None  # "1 to 1 - £20"
    if words_after(span) in (["am"], ["pm"], ["oclock"]) or (
        class_after(span) in ("POUNDS", "PENCE") and not _signed(span)
    ):
        return None
    if words[0] == "between" or _signed(span):
        return Money(None, "pounds") if any(word in FOREIGN for word in words) else Money(None, "which_amount")
    rate = words_after(span)[:1] in (["a"], ["an"], ["per"], ["/"]) and class_after(span, 1) == "UNIT"
    lead = words_before(span)[:1] in (["about"], ["around"], ["like"], ["roughly"], ["is"], ["its"], ["costs"], ["£"])
    low, high = (figure.value for figure in numbers_in(span)[:2])
    rising = low is not None and high is not None and low < high
    if (
        rising
        and (rate or lead or "or" in words or "up" in words or not words_after(span))
        and class_before(span) != "DAY"
    ):
        return Money(None, "which_amount")
    return None


def _next_to_each_other(span: Span) -> bool:
    """ "six, seven quid"; not "at two, ten quid"."""
    figures = numbers_in(span)
    low, high = (figure.value for figure in figures[:2])
    near = low is not None and high is not None and low < high <= max(low + 2, low * 3 / 2)
    return near and all(figure.spelled for figure in figures) and len(span) == _SHORT_RANGE


_SHORT_RANGE = 4


def _signed(span: Span) -> bool:
    return any(token.norm_ == "£" or token.ent_type_ in ("POUNDS", "PENCE", "NOTE", "FOREIGN") for token in span)


_ONE = "about|around|maybe|perhaps? £? <NUMBER> <POUNDS|PENCE|FOREIGN>?"

PHRASES: tuple[Phrase, ...] = (
    Phrase(("£ <NUMBER> - <NUMBER>",), _dash),
    Phrase(
        (
            f"between {_ONE} and|to|&|- {_ONE}",
            f"£ <NUMBER> ,? maybe|perhaps|possibly|even {_ONE}",
            "<NUMBER> <POUNDS> ,? maybe|perhaps|possibly|even <NUMBER> <POUNDS>",
            f"from £ <NUMBER> <POUNDS>? up? to|- {_ONE}",
            f"somewhere|anywhere|anything? from <NUMBER> <POUNDS>? up to {_ONE}",
            f"£ <NUMBER> <POUNDS>? to|or|-|/ maybe|possibly|perhaps|even? {_ONE}",
            "<NUMBER> <POUNDS|PENCE>? to|or|-|/ £ <NUMBER>",
            "<NUMBER> to|or|-|/ maybe|possibly|perhaps|even? <NUMBER> <POUNDS|PENCE|FOREIGN>",
            "<NUMBER> <POUNDS|PENCE> to|or|-|/ <NUMBER> <POUNDS|PENCE>?",
            "a? <NOTE> to|or|- a? <NOTE>",
            "between a? <NOTE> and|to|& a? <NOTE>",
            f"between a? <NOTE> and|to|& {_ONE}",
            "a? <NOTE> or <NUMBER> <POUNDS>?",
            "<NUMBER> to|or|- <NUMBER>",
            "<NUMBER> ,? or? maybe|perhaps|possibly|even <NUMBER> <POUNDS>",
            "<NUMBER> , <NUMBER> <POUNDS>",
            "was|is it|that £ <NUMBER> <POUNDS>? ,|or was|is it|that £ <NUMBER>",
            f"anything|anywhere|somewhere from|between {_ONE} to|and|- {_ONE}",
            "£? <NUMBER> -? something <POUNDS>?",
            "£ <NUMBER> <POUNDS>? ish? ,? could|might be £? <NUMBER> <POUNDS>?",
            "<NUMBER> <POUNDS>? or was|is it|that? £? <NUMBER> <POUNDS>?",
        ),
        _range,
    ),
)
"""Amounts that leave open which is meant."""
