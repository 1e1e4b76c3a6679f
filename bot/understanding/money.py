"""Amounts of money as people write and say them: "£12-50", "a tenner", "twelve pound fifty", "1.2k", "between 10 and 15"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from bot.understanding.figures import Figure
from bot.understanding.line_marks import Meaning, Money
from bot.understanding.line_words import NOTES, PENCE, POUNDS, SLANG, THOUSANDS, UNITS, word_set
from bot.understanding.phrases import Phrase, always, class_after, numbers_in, words_after, words_before

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

PENCE_IN_POUND = 100


def in_pounds(figure: Figure) -> Money:
    """A number that stands for pounds.

    >>> from bot.understanding.figures import written
    >>> in_pounds(written("13.5")).pence, in_pounds(written("4.999")).trouble
    (Fraction(1350, 1), 'check_amount')
    """
    if figure.pair is not None:
        return Money(None, pair=figure.pair)
    if figure.value is None:
        return Money(None, "which_amount" if figure.fault == "vague" else "check_amount")
    if figure.decimals > 2:
        return Money(None, "check_amount")
    return Money(figure.value * PENCE_IN_POUND)


def settle_pair(pair: tuple[int, int], unit: str | None) -> Fraction | None:
    """The pence of "thirteen fifty", or None when it can be £13.50 as well as £1,350.

    "two fifty" can be £2.50 or £250, but for what is paid each hour or visit: from three up, nobody pays hundreds for one.
    From ten up the pounds and pence are meant, but for the units that also cost a thousand or more; nobody says "thirty two
    fifty" of £3,250. "Four ninety nine" is what many things cost each week or month; what is bought once may well cost £499.

    >>> settle_pair((13, 50), "hour"), settle_pair((2, 50), "week"), settle_pair((12, 50), None), settle_pair((32, 50), None)
    (Fraction(1350, 1), None, None, Fraction(3250, 1))
    >>> settle_pair((4, 99), "month"), settle_pair((4, 99), "one-off"), settle_pair((8, 50), "session")
    (Fraction(499, 1), None, Fraction(850, 1))
    """
    pounds, pence = pair
    if pence in _SHOP_PENCE and (pounds >= 10 or unit in ("hour", "session", "week", "month")):
        return Fraction(pounds * PENCE_IN_POUND + pence)
    large = pounds < _HARDLY_THOUSANDS and unit in (None, "month", "term", "year", "one-off")
    small = pounds < (_HARDLY_HUNDREDS if unit in ("hour", "session") else 10)
    return None if large or small else Fraction(pounds * PENCE_IN_POUND + pence)


_HARDLY_HUNDREDS = 3
"""So many hundred pounds or more are asked for no hour and no visit; £250 may be, of a specialist."""
_HARDLY_THOUSANDS = 20
"""So many hundred pounds or more are said as thousands."""
_SHOP_PENCE = (95, 98, 99)
"""Prices end so: "nineteen ninety nine" is £19.99, whatever it is for."""


def readings(pair: tuple[int, int]) -> tuple[int, int]:
    """The two sums in pence that "one seventy five" can be.

    >>> readings((1, 75))
    (175, 17500)
    """
    pounds, pence = pair
    return pounds * PENCE_IN_POUND + pence, (pounds * 100 + pence) * PENCE_IN_POUND


def _pounds(span: Span) -> Meaning | None:
    """ "£20", "twenty quid", "£12 50", "12 pound 50", "£1.2k", "50p"."""
    words = [token.norm_ for token in span]
    figures = numbers_in(span)
    first = figures[0]
    if words[-1] == "£" and class_after(span) == "NUMBER":
        return None  # "for the other two £10 an hour"
    after = words_after(span, 2)
    letters = words[-1] == "p" and len(after) == 2 and after[0] in ("/", ".") and after[1] in _PER_LETTERS
    if "£" in words_before(span) or letters:
        return None  # a sign that belongs to an amount read elsewhere; "£14 p/h"
    if any(word in THOUSANDS for word in words):
        return _thousands(first, words)
    if len(figures) == 2:
        return _pounds_and_pence(span, figures, words)
    if "£" not in words and not any(word in POUNDS for word in words):
        return Money(first.value) if first.value is not None and first.decimals == 0 else Money(None, "check_amount")
    if first.pair is not None:
        pounds, pence = first.pair
        if words[0] == "£" and words[-1] not in POUNDS:
            return Money(Fraction(pounds * PENCE_IN_POUND + pence))
        return Money(Fraction((pounds * 100 + pence) * PENCE_IN_POUND)) if pounds < 10 else Money(None, "which_amount")
    return in_pounds(first)


_PER_LETTERS = word_set("a h hr w wk m p")


def _thousands(figure: Figure, words: list[str]) -> Money:
    scale = next(THOUSANDS[word] for word in words if word in THOUSANDS)
    if figure.value is None:
        return in_pounds(figure)
    return Money(figure.value * scale * PENCE_IN_POUND)


def _pounds_and_pence(span: Span, figures: list[Figure], words: list[str]) -> Meaning | None:
    pounds, pence = figures
    said = words[-1] in PENCE
    rate = words_after(span) == ["/"] and class_after(span, 1) == "UNIT"  # "thirteen pounds twenty/hr"
    spelled = pence.spelled and pence.whole is not None and pence.whole >= 10  # "two pounds fifty Weds"
    if (
        not said
        and not rate
        and (
            class_after(span) in ("POUNDS", "NOTE")
            or (class_after(span) == "UNIT" and not (spelled and words_after(span) == ["entry"]))
            or words_after(span) == ["%"]
            or (not spelled and (class_after(span) == "DAY" or words_after(span) in (["x"], ["/"])))
        )
    ):
        return None
    if pounds.whole is None or pence.whole is None or not 0 <= pence.whole < PENCE_IN_POUND:
        return None
    if not said and (pence.whole < 10 or "and" in words):
        return None
    return Money(Fraction(pounds.whole * PENCE_IN_POUND + pence.whole))


def _point(span: Span) -> Meaning | None:
    """ "£.50": fifty pence."""
    figure = numbers_in(span)[0]
    digits = span[-1].text
    return (
        Money(Fraction(figure.whole)) if figure.whole is not None and len(digits) == 2 else Money(None, "check_amount")
    )


def _note(span: Span) -> Meaning | None:
    """ "a tenner", "two fivers", "10er"."""
    figures = numbers_in(span)
    words = [token.norm_ for token in span]
    if words[-1] == "er":
        whole = figures[0].whole
        return Money(Fraction(whole * PENCE_IN_POUND)) if whole in (5, 10, 20) else None
    count = figures[0].value if figures else Fraction(1)
    return in_pounds(Figure(count * NOTES[words[-1]] if count is not None else None, fault=None if count else "vague"))


def _slang(span: Span) -> Meaning | None:
    """ "a monkey", where an amount can stand: before "for", a unit, a stop or the end, and not before a name of a thing."""
    word = next(token.norm_ for token in span if token.norm_ in SLANG)
    count = numbers_in(span)[0].value if span[0].ent_type_ == "NUMBER" else Fraction(1)
    if count is None or "£" in words_before(span):
        return None
    half = (
        count
        if span[0].ent_type_ == "NUMBER"
        else Fraction(1, 2)
        if span[0].norm_ == "half"
        else Fraction(3, 2)
        if span[-1].norm_ == "half"
        else Fraction(1)
    )
    following = words_after(span)
    ends = not following or following[0] in _AFTER_AMOUNT or class_after(span) in ("ADVERB", "DAY")
    if word != "grand" and (not ends or {"called", "named", "pet", "toy"} & set(words_before(span, 3))):
        return None
    priced = bool(following) and following[0] in ("a", "an", "per", "each", "every")
    if word in ("pony", "monkey") and not priced and _ANIMAL & set(words_before(span)):
        return None  # "she wants Disney, and a pony"
    return Money(SLANG[word] * half * PENCE_IN_POUND)


_ANIMAL = word_set("is its it's 's and or wants want love loves like likes ride rides riding on has have had got not")

_AFTER_AMOUNT = word_set(
    ", . ; ! ? ) - / for on a an per each every and plus one once twice to at in or so total please altogether lol haha innit mate like tbh "
    "love pal duck thanks ta thats"
)


def _there_and_back(span: Span) -> Meaning | None:
    """ "£6 there, £6 back": paid each way; "£6 there and £8 back" is one amount for both."""
    there, back = (figure.value for figure in numbers_in(span))
    signed = any(token.norm_ == "£" or token.ent_type_ == "POUNDS" for token in span)
    if signed and there is not None and there == back:
        return Money(there * PENCE_IN_POUND, both_ways=True)
    return Money((there + back) * PENCE_IN_POUND) if signed and there is not None and back is not None else None


def _foreign(span: Span) -> Meaning | None:
    """ "€20", "R500"; one letter alone is a currency only when it is stuck to its number: not in "year R, 5 hours"."""
    letter = next((token for token in span if token.norm_ == "r"), None)
    stuck = letter is not None and letter.i == span.start and not letter.whitespace_ and len(span) == 2
    return Money(None, "pounds") if letter is None or stuck else None


def _changed(span: Span) -> Meaning | None:
    """ "gone up from £22 to £25"."""
    return in_pounds(numbers_in(span)[-1])


def _sign_between(span: Span) -> Meaning | None:
    """ "13£50" and "13p50", in one piece."""
    pounds, pence = (figure.whole for figure in numbers_in(span))
    stuck = not any(token.whitespace_ for token in span[:-1])
    two = len(span[-1].text) == 2 and pounds is not None and pence is not None
    return Money(Fraction((pounds or 0) * PENCE_IN_POUND + (pence or 0))) if stuck and two else None


def _negative(span: Span) -> Meaning | None:
    """ "-£20" and "minus twenty"; "- £20" with a space is a line of a list."""
    first: Token = span[0]
    attached = span.start and not span.doc[span.start - 1].whitespace_
    if first.norm_ == "-" and (first.whitespace_ or attached):
        return None
    return Money(None, "check_amount")


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        (
            "£ <NUMBER>",
            "£ <NUMBER> k|grand|m|mil",
            "£ <NUMBER> <POUNDS>",
            "£ <NUMBER> <PENCE>",
            "<NUMBER> £",
            "<NUMBER> <POUNDS>",
            "<NUMBER> <POUNDS> and|&|n? <NUMBER> <PENCE>?",
            "£ <NUMBER> and|&|n? <NUMBER> <PENCE>",
            "£? <NUMBER> - ish|odd <POUNDS>",
            "£? <NUMBER> ish|odd <POUNDS>",
            "gbp <NUMBER>",
            "<NUMBER> <PENCE>",
            "<NUMBER> k|grand|mil <POUNDS>?",
        ),
        _pounds,
    ),
    Phrase(("£ . <NUMBER>",), _point),
    Phrase(
        (
            "£? <NUMBER> <POUNDS>? to|for? there|going|go|out|in ,|&|plus|n|then? and? £? <NUMBER> <POUNDS>? to|for? come|coming|get|going|the? way? back|home",
        ),
        _there_and_back,
    ),
    always(Money(Fraction(PENCE_IN_POUND)), "a <POUNDS>"),
    Phrase(("a <POUNDS> <NUMBER>",), lambda span: _a_pound_and(span)),
    Phrase(("<NUMBER> bob",), lambda span: _shillings(span)),
    Phrase(("a? <NOTE>", "<NUMBER> <NOTE>", "£? <NUMBER> er"), _note),
    Phrase(
        (
            "a|<NUMBER> score|pony|ponies|monkey|monkeys|ton|tons|bullseye|grand",
            "half a grand|monkey|ton",
            "a? grand and a half",
        ),
        _slang,
    ),
    Phrase(("gone|went|going|risen|up|down from £? <NUMBER> <POUNDS>? up|down? to £? <NUMBER> <POUNDS>?",), _changed),
    Phrase(
        (
            "-|− £ <NUMBER>",
            "-|− <NUMBER> <POUNDS|PENCE>?",
            "minus|negative £? <NUMBER> <POUNDS|PENCE>?",
            "£ -|− <NUMBER>",
        ),
        _negative,
    ),
    always(
        Money(None, "check_amount"), "£ <CLOCK>", "£ <NUMBER> - <NUMBER> - <NUMBER>", "<NUMBER> £ <NUMBER> <NUMBER>"
    ),
    Phrase(("<NUMBER> £ <NUMBER>", "<NUMBER> p <NUMBER>"), _sign_between),
    always(Money(None, "check_amount"), "£ <NUMBER> o", "£ o . <NUMBER>", "£ . . <NUMBER>"),
    Phrase(
        (
            "<FOREIGN> <NUMBER>",
            "<NUMBER> <FOREIGN>",
            "<NUMBER> k <FOREIGN>",
            "<FOREIGN> <NUMBER> k",
            "<FOREIGN> <NUMBER> <FOREIGN>",
            "<NUMBER> us|australian|canadian <FOREIGN>",
        ),
        _foreign,
    ),
)
"""Amounts."""


def _shillings(span: Span) -> Meaning | None:
    """ "ten bob": shillings, of five pence each."""
    number = numbers_in(span)[0].whole
    return Money(Fraction(number * _SHILLING)) if number in (2, 5, 10, 30) else None


_SHILLING = 5


def _a_pound_and(span: Span) -> Meaning | None:
    """ "a pound fifty"."""
    pence = numbers_in(span)[0].whole
    if pence is None or not 10 <= pence < PENCE_IN_POUND or span[-1].norm_ in UNITS or class_after(span) == "UNIT":
        return None
    return Money(Fraction(PENCE_IN_POUND + pence))
