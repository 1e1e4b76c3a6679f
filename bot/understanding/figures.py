"""Numbers as people write and say them: "1,250", "two and a half", "a couple of hundred", "thirteen fifty"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bot.understanding.numbers import NUMBER_WORDS

_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90
}  # fmt: skip
_SMALL = {word: number for word, number in NUMBER_WORDS.items() if number < 20}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_HALVED = {"dozen": 12, "hundred": 100, "thousand": 1000}
_VAGUE = {"few", "several", "some"}
_AND = {"and", "&", "n", "an"}

_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DECIMAL = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)\.(\d+)")
_COMMA = re.compile(r"\d{2,4},(?!00)\d\d")

_PENCE_NOT_RANGE = 3
"""In "six-fifty" the second is pence, when it is more than so many times the first; "fifteen-twenty" is a range."""

_ODD_PENCE = (50, 95, 98, 99)
"""Behind a sum of hundreds these are pence: "a hundred and ninety-nine ninety-nine"."""

LARGEST_DIGITS = 9
"""More digits than this before the point are a slip or a joke, whatever they are for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or what stands in the place of one."""

    value: Fraction | None
    """None for a vague or malformed one, and for a spoken pair."""
    decimals: int = 0
    """Digits after the point."""
    pair: tuple[int, int] | None = None
    """ "thirteen fifty": 13.50 or 1,350, which the words around it may settle."""
    fault: Literal["vague", "malformed"] | None = None
    spelled: bool = False
    """Said in words, not digits."""

    @property
    def whole(self) -> int | None:
        """The value, when it is a whole number."""
        return int(self.value) if self.value is not None and self.value.denominator == 1 else None


MALFORMED = Figure(None, fault="malformed")


def is_number(word: str) -> bool:
    """Whether a number may begin with ``word`` (lower case, without apostrophes)."""
    return word[:1].isdecimal() or word in _SMALL or word in _TENS or word in _SCALES


def written(digits: str) -> Figure:
    """A number in digits.

    >>> written("1,250").value, written("13.50").decimals, written("12.5.0").fault
    (Fraction(1250, 1), 2, 'malformed')
    """
    if _COMMA.fullmatch(digits):
        digits = digits.replace(",", ".")  # "189,99", as most of Europe writes it; "12,00" may have lost a digit
    if found := _DECIMAL.fullmatch(digits):
        decimals = len(found[1])
    elif _WHOLE.fullmatch(digits):
        decimals = 0
    else:
        return MALFORMED
    plain = digits.replace(",", "")
    if len(plain) - decimals > LARGEST_DIGITS + 1:
        return MALFORMED
    return Figure(Fraction(plain), decimals)


def read(words: Sequence[str], start: int, units: Container[str] = ()) -> tuple[Figure, int] | None:
    """The longest number at ``start``, and the index after it; None when there is none.

    Before one of ``units`` no pair is read: "two thirty minute lessons" is two of thirty minutes.

    >>> read("two and a half hours".split(), 0)
    (Figure(value=Fraction(5, 2), decimals=0, pair=None, fault=None, spelled=True), 4)
    >>> read("a couple of hundred".split(), 0)[0].value
    Fraction(200, 1)
    >>> read("thirteen fifty an hour".split(), 0)[0].pair
    (13, 50)
    """
    word = words[start]
    if word[:1].isdecimal():
        return _digits(words, start, units)
    if found := _loose(words, start):
        return found
    if (spelled_out := _digit_by_digit(words, start)) is not None:
        return spelled_out
    whole = _cardinal(words, start)
    if whole is None:
        return None
    value, end = whole
    if value < 100 and (pair := _second_of_pair(words, end)) is not None and _at(words, pair[1]) not in units:
        return Figure(None, pair=(value, pair[0]), spelled=True), pair[1]
    if _at(words, end) == "point" and (point := _after_point(words, end + 1)) is not None:
        digits, end = point
        if _at(words, end) == "point":
            return MALFORMED, end
        return Figure(value + Fraction(int(digits), 10 ** len(digits)), len(digits), spelled=True), end
    if value > 100 and (pence := _below_hundred(words, end)) is not None and pence[0] in _ODD_PENCE:
        return Figure(value + Fraction(pence[0], 100), 2, spelled=True), pence[1]
    part, end = _and_a_part(words, end)
    if part and _at(words, end) in _SCALES:
        return Figure((value + part) * _SCALES[words[end]], spelled=True), end + 1
    return Figure(value + part, spelled=True), end


def _digits(words: Sequence[str], start: int, units: Container[str]) -> tuple[Figure, int]:
    figure, end = written(words[start]), start + 1
    scale = _SCALES.get(_at(words, end))
    if figure.value is not None and scale:
        return Figure(figure.value * scale), end + 1
    second, after = _at(words, end), _at(words, end + 1)
    two = second.isdecimal() and len(second) == 2 and after not in units
    if figure.whole is not None and figure.whole < 100 and two:
        return Figure(None, pair=(figure.whole, int(second))), end + 1
    if figure.decimals == 0 and figure.value is not None:
        part, end = _and_a_part(words, end)
        return Figure(figure.value + part), end
    return figure, end


def _digit_by_digit(words: Sequence[str], start: int) -> tuple[Figure, int] | None:
    """ "one-five-five" and "one nine nine" are 155 and 199; "one-two" is no number, and "one to one" none either."""
    three = [_SMALL.get(_at(words, at), 10) for at in range(start, start + 3)]
    if all(0 < digit < 10 for digit in three) and _SMALL.get(_at(words, start + 3), 10) == 10:
        return Figure(Fraction(int("".join(map(str, three)))), spelled=True), start + 3
    said = [_SMALL.get(_at(words, at), 10) for at in range(start, start + _SPELLED_OUT, 2)]
    joined = [_at(words, at) for at in range(start + 1, start + _SPELLED_OUT - 1, 2)]
    if not all(digit < 10 for digit in said) or not said[0] or joined != ["-", "-"]:
        return None
    return Figure(Fraction(int("".join(map(str, said)))), spelled=True), start + _SPELLED_OUT


_SPELLED_OUT = 5
"""Words of three digits that are said one by one, with the dashes between them."""


def _loose(words: Sequence[str], start: int) -> tuple[Figure, int] | None:
    """ "a couple of hundred", "a few", "a dozen", "half a dozen"."""
    at = start + 1 if words[start] == "a" else start
    word = _at(words, at)
    if word == "couple" and _at(words, at + 1) in ("called", "who", "from", "named", "with", "that"):
        return None  # "a lovely couple called Bev and Mike"
    if word == "couple":
        end = at + 2 if _at(words, at + 1) == "of" else at + 1
        scale = _SCALES.get(_at(words, end))
        return (
            (Figure(Fraction(2 * scale), spelled=True), end + 1) if scale else (Figure(Fraction(2), spelled=True), end)
        )
    if word in _VAGUE and (word != "some" or _at(words, at + 1) in _SCALES):
        end = at + 1 + (_at(words, at + 1) in _SCALES)
        return Figure(None, fault="vague", spelled=True), end
    if word in ("hundreds", "thousands", "loads", "lots", "tons"):
        return None
    if word == "dozen":
        return Figure(Fraction(12), spelled=True), at + 1
    if words[start] == "half" and _at(words, start + 1) == "a" and _at(words, start + 2) in _HALVED:
        return Figure(Fraction(_HALVED[words[start + 2]], 2), spelled=True), start + 3
    return None


def _cardinal(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """A whole number in words, and the index after it: "two hundred and fifty", "a thousand"."""
    total, group, at = 0, 0, start
    if words[at] == "a":
        if _at(words, at + 1) not in _SCALES:
            return None
        group, at = 1, at + 1
    seen = False
    while at < len(words):
        word = words[at]
        if word in _SCALES and (seen or group or at == start):
            scale = _SCALES[word]
            if scale == 100:
                group = (group or 1) * 100
            else:
                total, group = total + (group or 1) * scale, 0
            seen, at = True, at + 1
        elif word in _AND and (total or group) and group % 100 == 0 and _below_hundred(words, at + 1):
            at += 1
        elif (part := _below_hundred(words, at)) is not None and group % 100 == 0 and (not seen or total or group):
            group, seen, at = group + part[0], True, part[1]
        else:
            break
    return (total + group, at) if seen else None


def _below_hundred(words: Sequence[str], start: int) -> tuple[int, int] | None:
    word = _at(words, start)
    if word in _SMALL:
        return _SMALL[word], start + 1
    if word not in _TENS:
        return None
    at = start + 2 if _at(words, start + 1) == "-" else start + 1
    ones = _SMALL.get(_at(words, at), 0)
    return (_TENS[word] + ones, at + 1) if 0 < ones < 10 else (_TENS[word], start + 1)


def _second_of_pair(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """The pence of "thirteen fifty" or "thirteen oh five"."""
    if _at(words, start) in ("oh", "o") and 0 < _SMALL.get(_at(words, start + 1), 0) < 10:
        return _SMALL[words[start + 1]], start + 2
    if _at(words, start) == "-" and (tens := _TENS.get(_at(words, start + 1))) is not None:
        return (tens, start + 2) if start and tens > _PENCE_NOT_RANGE * _SMALL.get(words[start - 1], tens) else None
    second = _below_hundred(words, start)
    return second if second is not None and second[0] >= 10 else None


def _after_point(words: Sequence[str], start: int) -> tuple[str, int] | None:
    """Digits said one by one, or as a number: "point five", "point seven five", "point fifty"."""
    digits, at = "", start
    while (one := _SMALL.get("zero" if _at(words, at) == "oh" else _at(words, at), 10)) < 10:
        digits, at = digits + str(one), at + 1
    if not digits and (part := _below_hundred(words, at)) is not None:
        digits, at = str(part[0]), part[1]
    return (digits, at) if digits else None


def _and_a_part(words: Sequence[str], end: int) -> tuple[Fraction, int]:
    """ "… and a half", "… and three quarters"; nothing, when none follows."""
    if _at(words, end) in _AND:
        if _at(words, end + 1) == "a" and _at(words, end + 2) in _PARTS:
            return _PARTS[words[end + 2]], end + 3
        if list(words[end + 1 : end + 3]) == ["three", "quarters"]:
            return Fraction(3, 4), end + 3
    return Fraction(0), end


def _at(words: Sequence[str], index: int) -> str:
    return words[index] if index < len(words) else ""
