"""Bare numbers that the words around them make amounts of money."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money
from bot.understanding.money import in_pounds
from bot.understanding.segment_parts import Element, Stop, is_price, pieces_of
from bot.understanding.things import Thing


def with_amounts(elements: list[Element], words: Sequence[str]) -> list[Element]:
    """Bare numbers made into amounts, where their place says that they are.

    In each part of the message an amount with a sign comes first. Only without one does a bare number stand for an amount.
    """
    found: list[Element] = []
    anywhere = any(isinstance(element, Mark) and isinstance(element.meaning, Money) for element in elements)
    for piece in pieces_of(elements):
        signed = any(is_price(element) for element in piece)
        before = found[_last_thing(found) :]
        after = elements[len(found) + len(piece) :]
        after = after[: next((at for at, element in enumerate(after) if isinstance(element, Thing)), len(after))]
        scores = {
            at: _as_amount(piece, at, words, before, after)
            for at, element in enumerate(piece)
            if _bare(element) is not None
        }
        if anywhere:
            # Where other amounts have their sign, a number needs more than to stand there: "she needs two for the hoist".
            scores = {at: score for at, score in scores.items() if score > _STANDS or _after_name(piece, at, words)}
        best = max(scores.values(), default=0)
        for at, element in enumerate(piece):
            score = scores.get(at, 0)
            bare = _bare(element)
            chosen = score >= _SURE or (not signed and (score >= _LIKELY or (score and score == best)))
            if bare is not None and isinstance(element, Mark) and chosen:
                element = Mark(element.start, element.end, in_pounds(bare.figure))
                signed = signed or score < _LIKELY
            found.append(element)
    return found


_STANDS, _SURE, _LIKELY = 3, 10, 8
_PRONOUN_LIKE = 4
"""Up to so many, a number in words is no amount on its own: "the next one is", "the two of them"."""
_FEW = 12
"""Up to so many, "6 a year" after an amount counts times and not pounds."""


def _after_name(piece: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether a number in figures stands right behind a name: "the gym 20"."""
    before = piece[at - 1] if at else None
    return isinstance(before, Thing) and before.end == piece[at].start and words[piece[at].start][0].isdecimal()


def _last_thing(elements: Sequence[Element]) -> int:
    return max((at for at, element in enumerate(elements) if isinstance(element, Thing)), default=0)


def _times_in(meaning: object) -> bool:
    return isinstance(meaning, (Count, Each)) and meaning.unit in ("week", "fortnight", "month", "term", "year")


def _bare(element: Element) -> Bare | None:
    return element.meaning if isinstance(element, Mark) and isinstance(element.meaning, Bare) else None


def _as_amount(
    piece: Sequence[Element], at: int, words: Sequence[str], earlier: Sequence[Element], later: Sequence[Element]
) -> int:
    """How likely a bare number is an amount: 0 not at all, from _LIKELY on unless another has a sign, from _SURE on always.

    ``earlier``, ``later``: what is said of the same thing before the piece, and after it.
    """
    element, bare = piece[at], _bare(piece[at])
    if bare is None:
        return 0
    first = next((index for index, other in enumerate(piece) if not isinstance(other, Stop)), 0)
    if not any(isinstance(other, Thing) for other in piece[:at]):
        first += len(earlier)
        piece, at = [*earlier, *piece], at + len(earlier)
    if not any(isinstance(other, Thing) for other in piece[at:]):
        piece = [*piece, *later]
    said = piece[_last_thing(piece[:at]) : at]
    timed, priced = any(_hours(other) for other in said), any(is_price(other) for other in said)
    priced_later = any(is_price(other) for other in piece[at:])
    if bare.figure.whole == 1 and words[element.start] == "one":
        return 0
    before, after = cue_at(piece, at - 1), piece[at + 1] if at + 1 < len(piece) else None
    if before == "about":
        before = cue_at(piece, at - 2) or "about"
    figure = bare.figure
    if before == "fix" and timed and not priced:
        return 0  # "three hours, no, four": what is put right is the hours
    if before == "total" and isinstance(after, Thing) and after.start == element.end:
        return 0  # "so three visits a week"
    if before in ("total", "fix", "not", "was"):
        return 10
    if words[element.end : element.end + 1] == ["ish"] or words[element.end : element.end + 2] == ["-", "ish"]:
        after = piece[at + 2] if at + 2 < len(piece) else None
        if not (isinstance(after, Mark) and isinstance(after.meaning, (Count, Each))):
            return 0  # "a girl, 20 ish"
    meaning = after.meaning if isinstance(after, Mark) else None
    if isinstance(meaning, Money):
        return 0
    rate = isinstance(meaning, Each) or (isinstance(meaning, Count) and meaning.article)
    if rate:
        few = figure.whole is not None and figure.whole <= _FEW and before not in ("at", "price")
        if figure.whole == 1 or (few and _times_in(meaning) and (priced or priced_later)):
            return 0
        return 11 if figure.decimals == 2 or figure.pair or before in ("at", "price") else 9
    if figure.spelled and figure.whole is not None and figure.whole <= _PRONOUN_LIKE:
        return 0
    if isinstance(meaning, Days) and timed and figure.decimals < 2:
        return 0
    if isinstance(after, Thing) and after.start == element.end and words[element.end] not in ("for", "to", "on"):
        return 0
    if isinstance(after, Thing) and words[element.end] == "on" and at == first:
        return 6  # "fifty quid a month on taxis, twenty on bowling"
    if before == "at" and timed:
        return 10
    if before == "price":
        return 8
    if figure.decimals == 2 or figure.pair or figure.fault == "malformed":
        return 7
    return 6 if before in ("at", "about") else 3


def cue_at(piece: Sequence[Element], at: int) -> str | None:
    element = piece[at] if 0 <= at < len(piece) else None
    return element.meaning.name if isinstance(element, Mark) and isinstance(element.meaning, Cue) else None


def _hours(element: Element) -> bool:
    return (
        isinstance(element, Mark) and isinstance(element.meaning, Count) and element.meaning.unit in ("hour", "minute")
    )
