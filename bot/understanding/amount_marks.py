"""Bare numbers that the words around them make amounts of money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding.figures import Figure
from bot.understanding.line_known import is_known
from bot.understanding.line_marks import Bare, Count, Cue, Days, Each, Mark, Money, Times
from bot.understanding.line_words import word_set
from bot.understanding.money import in_pounds
from bot.understanding.segment_parts import Element, Stop, cue_at, is_price, pieces_of
from bot.understanding.sentences import is_sentence
from bot.understanding.things import Thing


def with_amounts(elements: list[Element], words: Sequence[str]) -> list[Element]:
    """Bare numbers made into amounts, where their place says that they are.

    In each part of the message an amount with a sign comes first. Only without one does a bare number stand for an amount.
    """
    found: list[Element] = []
    anywhere = any(isinstance(element, Mark) and isinstance(element.meaning, Money) for element in elements)
    around = _Around(elements)
    price: int | None = None
    before: list[Element] = []
    for piece in pieces_of(elements):
        start, end = len(found), len(found) + len(piece)
        signed = any(is_price(element) for element in piece)
        scores: dict[int, int] = {}
        last_price = price
        for at, element in enumerate(piece, start):
            if _bare(element) is not None:
                scores[at] = _as_amount(elements, at, words, around.place(at, start, end, last_price))
            elif is_price(element):
                last_price = at
        if anywhere:
            begins = start + (bool(piece) and isinstance(piece[0], Stop) and _priced_alone(before))
            scores = {at: score for at, score in scores.items() if at != begins or not _so_many(elements, at)}
            # Where other amounts have their sign, a number needs more than to stand there: "she needs two for the hoist".
            scores = {
                at: score
                for at, score in scores.items()
                if score > _STANDS or _after_name(elements, at, start, words) or _alone_behind_name(elements, at, words)
            }
        best = max(scores.values(), default=0)
        for at, element in enumerate(piece, start):
            score = scores.get(at, 0)
            bare = _bare(element)
            chosen = score >= _SURE or (not signed and (score >= _LIKELY or (score and score == best)))
            if bare is not None and isinstance(element, Mark) and chosen:
                element = Mark(element.start, element.end, in_pounds(bare.figure))
                signed = signed or score < _LIKELY
            found.append(element)
            price = at if is_price(element) else price
        before = piece
    return found


def _priced_alone(piece: Sequence[Element]) -> bool:
    """Whether a part has an amount and does not say what it is for: "£3.99 for the magazine", and not "£40 a month for gym"."""
    return any(is_price(element) for element in piece) and not any(
        isinstance(element, Mark) and isinstance(element.meaning, (Count, Each, Days, Times)) for element in piece
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands around a bare number, of the same thing."""

    first: bool
    """It begins its part."""
    timed: bool
    priced: bool
    """Hours, or a price, were said before it."""
    priced_later: bool
    """A price follows."""
    alone: bool
    """No other price is between the thing before it and the next one."""


class _Around:
    """Where the nearest thing, hours and price stand, for every element. Looked up and not looked for: a message may be
    nothing but numbers, and each would otherwise read all the others."""

    def __init__(self, elements: Sequence[Element]) -> None:
        size = len(elements)
        self._elements = elements
        self._things_before, self._hours_before = [-1] * size, [-1] * size
        self._things_after, self._prices_after = [size] * size, [size] * size
        thing = hours = -1
        for at, element in enumerate(elements):
            self._things_before[at], self._hours_before[at] = thing, hours
            thing = at if isinstance(element, Thing) else thing
            hours = at if _hours(element) else hours
        thing = price = size
        for at in range(size - 1, -1, -1):
            thing = at if isinstance(elements[at], Thing) else thing
            price = at if is_price(elements[at]) else price
            self._things_after[at], self._prices_after[at] = thing, price

    def place(self, at: int, start: int, end: int, last_price: int | None) -> _Place:
        """Around the number at ``at``, of the part from ``start`` to ``end``; ``last_price``: the nearest before it."""
        said = max(self._things_before[at], 0)
        thing = self._things_after[at]
        return _Place(
            first=at == start or (at == start + 1 and isinstance(self._elements[start], Stop)),
            timed=self._hours_before[at] >= said,
            alone=not (last_price is not None and last_price >= said) and self._prices_after[at] >= thing,
            priced=last_price is not None and last_price >= said,
            priced_later=self._prices_after[at] < (end if thing < end else thing),
        )


_STANDS, _SURE, _LIKELY = 3, 10, 8
_PRONOUN_LIKE = 4
"""Up to so many, a number in words is no amount on its own: "the next one is", "the two of them"."""
_SAYING = ("says", "said", "reckons", "say")
_PENCE = 2
"""Digits behind the point of what can only be pounds and pence."""
_FEW = 12
"""Up to so many, "6 a year" after an amount counts times and not pounds."""


def _after_name(elements: Sequence[Element], at: int, start: int, words: Sequence[str]) -> bool:
    """Whether a number in figures stands right behind a name in the part that begins at ``start``: "the gym 20"."""
    before = elements[at - 1] if at > start else None
    if isinstance(before, Thing) and (before.told or is_sentence(words[before.start : before.end])):
        return False  # "she's 11, looks 7"
    bare = _bare(elements[at])
    said = bare is not None and bare.figure.whole is not None and bare.figure.whole > _FEW
    return isinstance(before, Thing) and before.end == elements[at].start and (said or _digits(elements[at], words))


def _alone_behind_name(elements: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """ "then a trampette, one hundred and ten.": more than a few, alone between stops, behind a name that has no price."""
    bare, after = _bare(elements[at]), elements[at + 1] if at + 1 < len(elements) else None
    before = at - 1
    while before >= 0 and (isinstance(elements[before], Stop) or _said_when(elements[before])):
        before -= 1
    thing = elements[before] if before >= 0 else None
    if not isinstance(thing, Thing) or thing.told or not is_known(words[thing.start : thing.end]) or before == at - 1:
        return False
    led = words[elements[at].start - 1]
    if led.isalpha() and led not in _NEARLY:
        return False  # "bus fares, the 17", "and I've only got a twenty"
    ends = after is None or (isinstance(after, Stop) and after.strength != "comma")
    ends = ends or (
        isinstance(after, Stop) and cue_at(elements, at + 2) in ("one_off", "bought")
    )  # "forty, just the once"
    return ends and bare is not None and bare.figure.whole is not None and bare.figure.whole > _FEW


def _said_when(element: Element) -> bool:
    """ "skydiving on his birthday, once a year, 59": how often, or that it is once, between a name and its price."""
    meaning = element.meaning if isinstance(element, Mark) else None
    if isinstance(meaning, Cue):
        return meaning.name in ("bought", "one_off", "moment")
    return isinstance(meaning, (Days, Each, Times)) or (isinstance(meaning, Count) and meaning.article)


_NEARLY = word_set("about around roughly for hand installed fitted delivered new")


def _so_many(elements: Sequence[Element], at: int) -> bool:
    """Whether a number is a few times in a stretch of time: "2 a week, messy play £40"."""
    bare = _bare(elements[at])
    after = elements[at + 1] if at + 1 < len(elements) else None
    few = bare is not None and bare.figure.whole is not None and bare.figure.whole <= _FEW
    return few and isinstance(after, Mark) and _times_in(after.meaning)


_HAVING = ("gets", "get", "want", "wants", "need", "needs", "have", "has", "do", "does", "goes", "uses", "like")


def _digits(element: Element, words: Sequence[str]) -> bool:
    return words[element.start][0].isdecimal()


def _times_in(meaning: object) -> bool:
    return isinstance(meaning, (Count, Each)) and meaning.unit in ("week", "fortnight", "month", "term", "year")


def _bare(element: Element) -> Bare | None:
    return element.meaning if isinstance(element, Mark) and isinstance(element.meaning, Bare) else None


def _as_amount(elements: Sequence[Element], at: int, words: Sequence[str], place: _Place) -> int:
    """How likely a bare number is an amount: 0 not at all, from _LIKELY on unless another has a sign, from _SURE on always."""
    element, bare = elements[at], _bare(elements[at])
    if bare is None:
        return 0
    if bare.figure.whole == 1 and words[element.start] in ("one", "1"):
        behind = elements[at + 1] if at + 1 < len(elements) else None
        if words[element.start] == "one" or (isinstance(behind, Thing) and behind.placed):
            return 0  # "a big 1 with a net"
    before, after = cue_at(elements, at - 1), elements[at + 1] if at + 1 < len(elements) else None
    if before == "about":
        before = cue_at(elements, at - 2) or "about"
    figure = bare.figure
    if element.start and words[element.start - 1] in _SAYING and figure.value is not None and figure.value > 1:
        return 8  # "… but the website says eight"
    following = after.meaning if isinstance(after, Mark) else None
    rated = isinstance(following, Each) or (isinstance(following, Count) and following.article)
    if before == "fix" and place.timed and not rated and (not place.priced or _nearer_hours(elements, at, figure)):
        return 0  # "three hours, no, four": what is put right is the hours
    if before == "total" and isinstance(after, Thing) and after.start == element.end:
        return 0  # "so three visits a week"
    meaning = after.meaning if isinstance(after, Mark) else None
    if words[element.end : element.end + 1] == ["in"] and _times_in(meaning):
        return 0  # "36 in a year", "so three in the year"
    if before == "total" and figure.spelled and figure.whole is not None and figure.whole <= _PRONOUN_LIKE:
        return 0  # "so two other mams"
    if before in ("total", "fix", "not", "was"):
        return 10
    if words[element.end : element.end + 1] == ["ish"] or words[element.end : element.end + 2] == ["-", "ish"]:
        after = elements[at + 2] if at + 2 < len(elements) else None
        if not (isinstance(after, Mark) and isinstance(after.meaning, (Count, Each))):
            return 0  # "a girl, 20 ish"
    if isinstance(meaning, Money):
        return 0
    apart = place.priced or (at > 0 and isinstance(elements[at - 1], Stop))
    if meaning == Cue("now") and apart and (figure.value or 0) > _PRONOUN_LIKE:
        return 10  # "it was eleven pound last year, thirteen now"
    if _priced_for(elements, at, words):
        return 10  # "forty quid for the pool and twelve for the cover"
    if (
        words[element.start - 1] == "or"
        and place.priced
        and ((figure.value or 0) > _FEW or figure.decimals == _PENCE)
        and not isinstance(after, Thing)
    ):
        return 10  # "£1,400 new or seven hundred off facebook"
    rate = isinstance(meaning, Each) or (isinstance(meaning, Count) and meaning.article)
    if _so_many(elements, at) and element.start and words[element.start - 1] in _HAVING:
        return 0  # "£3.99 a magazine, and he gets two a month"
    if rate:
        counted = words[element.start - 1] in ("theres", "are")  # "£8 each time and there's two a week"
        few = figure.whole is not None and figure.whole <= _FEW and (counted or before not in ("at", "price"))
        if isinstance(meaning, (Count, Each)) and meaning.unit == "hour" and figure.whole != 1:
            return 11  # nothing else is said of an hour
        if not (place.priced or place.priced_later) and _behind_name(elements, at, words):
            return 10
        yearly = isinstance(meaning, (Count, Each)) and meaning.unit == "year" and figure.decimals == 0
        if yearly and figure.whole is not None and figure.whole <= _FEW and before not in ("at", "price"):
            return 0  # "gigs, 3 a year"
        if figure.whole == 1 or (few and _times_in(meaning) and (place.priced or place.priced_later)):
            return 0
        alone = not (
            place.priced or place.priced_later or _times_in(meaning) or (figure.value or 0) <= _PRONOUN_LIKE
        )  # "cleaner 15 an hour, gardener £20"
        return 11 if figure.decimals == 2 or figure.pair or before in ("at", "price") or alone else 9
    if figure.spelled and figure.whole is not None and figure.whole <= _PRONOUN_LIKE:
        return 0
    if isinstance(meaning, Days) and place.timed and figure.decimals < 2:
        return 0
    ends = after is None or isinstance(after, Stop)
    if (
        ends
        and not place.priced
        and is_known(words[element.start - 1 : element.start])
        and _behind_name(elements, at, words)
    ):
        return 10  # "climbing wall 9.20 a go climbing shoes 30"
    if figure.decimals == _PENCE and place.alone and _behind_name(elements, at, words):
        return 10  # "blackout blinds 68.50 red lamp 14 quid"
    if _between_names(elements, at, words):
        return 10  # "tablet £220 case 38 talking app 12 a month"
    talk = isinstance(after, Thing) and (after.speaks or after.told) and words[element.end] in _ITS
    if figure.decimals == _PENCE and before == "at":
        return 11  # "6 p/w @ 13.68"
    if (
        isinstance(after, Thing)
        and figure.decimals != _PENCE
        and after.start == element.end
        and words[element.end] not in ("for", "to", "on")
        and not talk
    ):
        return 0
    if isinstance(after, Thing) and words[element.end] == "on" and place.first:
        return 6  # "fifty quid a month on taxis, twenty on bowling"
    if before == "at" and place.timed:
        return 10
    if before == "price":
        named = (figure.value or 0) > _FEW and place.alone and (after is None or isinstance(after, (Thing, Stop)))
        return 10 if named else 8  # "… lights they are a hundred and five number three the rug …"
    if figure.decimals == 2 or figure.pair or figure.fault == "malformed":
        return 7
    if words[element.start - 1] == "for" and ends and place.alone and (figure.whole or 0) > _FEW:
        thing = elements[at - 1] if at else None
        if isinstance(thing, Thing) and not thing.told and is_known(words[thing.start : thing.end]):
            return 10  # "a tent for £75 lights for a hundred and twenty"
    if words[element.start - 1] == "for" and figure.whole is not None and figure.whole > _FEW and meaning is None:
        return 7  # "a tent for £75, lights for a hundred and twenty"
    return 6 if before in ("at", "about") else 3


def _priced_for(elements: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether a number begins a part that goes on like the one before: an amount, "for", and its thing."""
    before = [element for element in elements[max(0, at - _CLOSE) : at] if not isinstance(element, Stop)]
    after = elements[at + 1] if at + 1 < len(elements) else None
    bare = _bare(elements[at])
    if not isinstance(elements[at - 1], Stop) or not isinstance(after, Thing) or len(before) < 2 or bare is None:
        return False
    price = next((at for at in (-2, -3) if len(before) >= -at and is_price(before[at])), None)
    rated = price != -3 or _times_in(before[-2].meaning if isinstance(before[-2], Mark) else None)  # "£14 a week for …"
    alike = price is not None and rated and isinstance(before[-1], Thing) and words[before[-2].end] == "for"
    same = words[elements[at].end] == "for" and is_known(words[after.start : after.end])
    return alike and same and (bare.figure.value or 0) > 1


_CLOSE = 6
"""Elements before, in which the part before is."""


def _between_names(elements: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether a number above a few stands between two names of what families buy, the second not in the plural."""
    after = elements[at + 1] if at + 1 < len(elements) else None
    if not isinstance(after, Thing) or not _behind_name(elements, at, words):
        return False
    known = is_known(words[after.start : after.end])
    return known and after.start == elements[at].end and not words[after.end - 1].endswith("s")


def _behind_name(elements: Sequence[Element], at: int, words: Sequence[str]) -> bool:
    """Whether a number above a few stands right behind the name of what families buy."""
    before, bare = elements[at - 1] if at else None, _bare(elements[at])
    if not isinstance(before, Thing) or before.told or bare is None:
        return False
    many = bare.figure.whole is not None and bare.figure.whole > _PRONOUN_LIKE
    return many and before.end == elements[at].start and is_known(words[before.start : before.end])


_ITS = ("his", "her", "my", "our", "he", "she", "we", "hes", "shes", "its")
_BACK = 8


def _nearer_hours(elements: Sequence[Element], at: int, figure: Figure) -> bool:
    """Whether a number that puts right is more like the hours before it than like the amount: "5 hours at £13, no, 6"."""
    if figure.value is None or figure.value <= 0 or figure.decimals == 2:
        return False
    hours = pounds = None
    for element in reversed(elements[max(0, at - _BACK) : at]):
        meaning = element.meaning if isinstance(element, Mark) else None
        if isinstance(meaning, Count) and meaning.unit == "hour" and hours is None:
            hours = meaning.number
        elif isinstance(meaning, Money) and pounds is None and meaning.pence is not None:
            pounds = meaning.pence / 100
    if not hours or not pounds:
        return False
    return max(figure.value / hours, hours / figure.value) < max(figure.value / pounds, pounds / figure.value)


def _hours(element: Element) -> bool:
    return (
        isinstance(element, Mark) and isinstance(element.meaning, Count) and element.meaning.unit in ("hour", "minute")
    )
