"""What is said beside plan lines and holds none: questions back, stops that were dictated, money that comes in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.understanding.line_words import word_set

_SPOKEN_STOPS = ((re.compile(r"(?<!\s)\s+full stop\b", re.I), "."), (re.compile(r"(?<!\s)\s+comma\b", re.I), ","))

_SENTENCE = re.compile(r"[^.!?;\n]*(?:\.(?=\d)[^.!?;\n]*)*[.!?;\n]*")

_ASKS = re.compile(
    r"""^\s*(?:\w+\s+)?(?:
        (?:what|how)\b(?!\s+about) | (?:when|who|why|where|which)\b | (?:do|does|did|should|am|are|will)\s+(?:i|we|you|they|it|that)\b
        | is\s+(?:it|that|this|£?\s?\d\S*)\s | (?:can|could|may)\s+i\s+(?:ask|just\s+ask)\b )
    """,
    re.I | re.X,
)
_PUTS_OFF = re.compile(
    r"\b(?:can|could|shall) (?:we|i) (?:come back|think|leave (?:it|this|that)|skip|do (?:it|this|that) later)\b", re.I
)
_COSTED = re.compile(r"[£€$]|\d")
_TOO_MUCH = re.compile(
    r"\b(?:a lot|enough|too much|too little|allowed|ok|okay|all right|alright|reasonable|fair)\b", re.I
)

_INCOME = (
    ("dla",), ("pip",), ("carers", "allowance"), ("universal", "credit"), ("child", "benefit"), ("housing", "benefit"),
    ("tax", "credits"), ("benefits",), ("direct", "payment"), ("direct", "payments"), ("earn",), ("earns",),
)  # fmt: skip
"""Money that comes in, in plain words."""

_OF_INCOME = word_set(
    "form forms help appeal adviser advice advisor application tribunal support service payroll card account insurance"
)


def without_questions(text: str) -> str:
    """``text`` without sentences that ask something back, or put the answer off, and name no price.

    >>> without_questions("A trike. How much have I got left?")
    'A trike.'
    >>> without_questions("What about a trike, £300?")
    'What about a trike, £300?'
    """
    return "".join(part for part in _SENTENCE.findall(text) if not _asks(part))


def _asks(sentence: str) -> bool:
    if "?" not in sentence:
        return False
    if _COSTED.search(sentence):
        return bool(_ASKS.search(sentence) and _TOO_MUCH.search(sentence))
    return bool(_ASKS.search(sentence) or _PUTS_OFF.search(sentence))


def punctuated(text: str) -> str:
    """Stops that a telephone wrote as words, as stops.

    >>> punctuated("a bike comma a helmet full stop")
    'a bike, a helmet.'
    """
    for spoken, stop in _SPOKEN_STOPS:
        text = spoken.sub(stop, text)
    return text


def is_income(name: Sequence[str]) -> bool:
    """Whether a name, in plain words, is money the family has, and nothing to buy.

    >>> is_income(["dla"]), is_income(["help", "with", "pip", "form"])
    (True, False)
    """
    if any(word in _OF_INCOME for word in name):
        return False
    return any(tuple(name[at : at + len(income)]) == income for income in _INCOME for at in range(len(name)))
