"""The spaCy pipeline that plan lines are read with: a blank English one, with a tokenizer and components of our own.

No model is loaded or fetched. Words are few and closed here (numbers, money, units, days), so patterns over them say more,
and can be read by people. Importing spaCy takes seconds, so only :mod:`bot.understanding.lines` calls this, when it is
first asked to.
"""

from __future__ import annotations

import re
from functools import cache
from threading import Lock

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from bot.understanding import (
    asides,
    clock,
    counts,
    cues,
    days,
    figures,
    line_numbers,
    line_people,
    money,
    money_ranges,
    money_unsaid,
    once,
    rates,
    seasons,
)
from bot.understanding.line_marks import Aside, Bare, Mark
from bot.understanding.line_words import POUNDS, UNITS, word_class
from bot.understanding.numbers import NUMBER_WORDS
from bot.understanding.own_units import with_own_units
from bot.understanding.phrases import Patterns, Phrase
from bot.understanding.spelling import repair

_SLIPPED = r"(?<=£)(?=[\dlIoO.,]*\d)[\d.,]*[lIoO][\dlIoO.,]*(?![^\W\d_])"
"""Letters that stand for digits, behind a pound sign: "£1O.OO", "£l20"."""

_SLIPPED_BEFORE = (
    r"(?<![^\W_])(?=[\d.,]{0,8}\d[\d.,lIoO]{0,8}[oO])[\dlIoO.,]{2,12}(?=\s?(?:quid|pounds?|an hour|per hour|ph|p/h)\b)"
)
"""The same before the word for pounds: "1O quid"."""

_TOKEN = re.compile(
    _SLIPPED
    + r"|"
    + _SLIPPED_BEFORE
    + r"|0\d{3,}|\d{1,2}:\d{1,2}(?!\d)|\d+(?:st|nd|rd|th)(?![^\W\d_])|\d+(?:\.\d+)?[eE]\+?\d+|\d[\d.,]*\d|\d|"
    r"[^\W\d_]{2,}\d(?![\d.,])|[^\W\d_]+(?:'[^\W\d_]+)*|\S"
)
"""A time, an ordinal, a number, a word ("sum1" too), or one other character: "£13.50ph" is three, "10-15" three, "3hrs" two."""


class LineTokenizer:
    """spaCy's own English tokenizer keeps "3hrs", "12ph" and "10-£15" whole; here their parts matter."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found = [part for match in _TOKEN.finditer(text) for part in _without_is(match, text)]
        ends = [end for _, end in found]
        spaces = [text[end : end + 1] == " " for end in ends]
        return Doc(self.vocab, words=[text[start:end] for start, end in found], spaces=spaces)


_IS_PRICED = re.compile(
    r"\s(?:(?:about|around|roughly|only|just|like|nearly|now|another|gone up to)\s)?"
    r"(?:£|\d|free\b|an?\s(?:tenner|fiver|pound|quid|hundred|grand|score)\b|"
    r"(?:"
    + "|".join(
        sorted(
            {*NUMBER_WORDS, "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
            - {"a", "one", "no"}
        )
    )
    + r")\b)",
    re.IGNORECASE,
)


def _without_is(match: re.Match[str], text: str) -> list[tuple[int, int]]:
    """Where a token stands; of "gym's" before its price ("the gym's £25") the "is" apart."""
    start, end = match.span()
    owned = text[end - 2 : end].lower() == "'s" and end - start > _SHORTEST
    if not owned or text[start : end - 2].lower() in _SAID_OF_ALL or not _IS_PRICED.match(text, end):
        return [(start, end)]
    return [(start, end - 2), (end - 2, end)]


_SHORTEST = 3
_SAID_OF_ALL = {
    "it",
    "that",
    "there",
    "he",
    "she",
    "what",
    "who",
    "how",
    "here",
    "let",
    "where",
    "everyone",
    "which",
    "this",
}


def _plain_words(doc: Doc) -> Doc:
    """Each token's plain form, with slips put right, as its norm."""
    words = repair([_plain(token.text) for token in doc])
    for at in range(1, len(words) - 1):
        if words[at] in ("&", "n") and doc[at].whitespace_ and doc[at - 1].whitespace_:
            words[at] = "and"  # and not "B&Q"
    for token, word in zip(doc, words, strict=True):
        token.norm_ = word
        if kind := _class(word):
            token.ent_type_ = kind
    return doc


def _plain(text: str) -> str:
    """Lower case, without apostrophes; "she'd" without its verb, as it would be a shed; "1O.OO" as no number can be."""
    if _LETTERED.fullmatch(text):
        return _NO_NUMBER
    word = text.lower()
    if word.startswith("t'") and len(word) > _SHORTEST:
        word = word[2:]  # "goes t'gym"
    return _SAME.get(word) or word.replace("'", "") or word


_LETTERED = re.compile(r"(?=.*\d)(?=.*[lIoO])[\dlIoO.,]+")
_NO_NUMBER = "0.0.0"

_SAME = {"×": "x", "−": "-", "'s": "is"} | {
    f"{who}'{verb}": who
    for who in ("he", "she", "we", "they", "you", "it", "that", "there", "who")
    for verb in ("d", "ll", "re", "ve")
}


def _class(word: str) -> str | None:
    """The class of a plain word; of one in a pattern, NUMBER too, which in a message has to be read first."""
    if ":" in word and len(word) > 1:
        return "CLOCK"
    if word[0].isdecimal() and (word[-1] in "tdh" or (word[0] == "0" and word.isdecimal() and len(word) > 3)):
        return "ORDINAL"  # or part of a telephone number
    return word_class(word)


def _numbers(doc: Doc) -> Doc:
    """Each number as one token that knows its value."""
    words = [token.norm_ for token in doc]
    kinds = [token.ent_type for token in doc]
    found: list[tuple[int, int, figures.Figure]] = []
    at = 0
    while at < len(words):
        may = not kinds[at] and (figures.is_number(words[at]) or words[at] in _LOOSE) and not _which_one(words, at)
        number = figures.read(words, at, UNITS) if may else None
        if number is not None and number[0].pair and at and words[at - 1] == "x" and words[at][0].isdecimal():
            number = figures.read(words[: at + 1], at, UNITS)  # "ear defenders x2 24 quid each"
        if number is not None and number[1] == at + 2 and at and words[at - 1] in POUNDS and _unit_at(words, at + 2):
            number = figures.read(words[: at + 1], at, UNITS)  # "eight pound fifty four days a week"
        if number is not None and number[1] > at + 1 and words[number[1] - 1 : number[1] + 1] == ["one", "off"]:
            number = figures.read(words[: number[1] - 1], at, UNITS)  # "twelve pounds eighty one off"
        if number is not None and number[0].pair and _behind_a_time(words, at) and words[at + 2 : at + 3] != ["-"]:
            number = figures.read(words[: at + 1], at, UNITS)  # "from ten till one twelve pounds an hour"
        if number is not None:
            found.append((at, number[1], number[0]))
        at = number[1] if number is not None else at + 1
    merged = [doc[start:end] for start, end, _ in found if end - start > 1]
    if merged:
        with doc.retokenize() as retokenizer:
            for span in merged:
                retokenizer.merge(span)
    shift = 0
    for start, end, figure in found:
        doc[start - shift]._.figure = figure
        doc[start - shift].ent_type_ = "NUMBER"
        shift += end - start - 1
    return doc


def _behind_a_time(words: list[str], at: int) -> bool:
    """Whether a pair stands behind "ten till": its first part is when that ends."""
    between = at > 1 and words[at - 1] in _TILL and figures.is_number(words[at - 2])
    return between and at + 2 < len(words) and set(words[at + 2 : at + 4]) & POUNDS != set()


def _which_one(words: list[str], at: int) -> bool:
    """ "the heavy one sixty five quid": a "one" that stands for the thing."""
    if words[at] != "one" or at < 2 or at + 1 >= len(words) or not figures.is_number(words[at + 1]):
        return False
    kind = words[at - 1] in _KINDS or words[at - 1].endswith(("ed", "est", "able", "proof"))
    return kind and bool({"the", "a", "an", "that", "this", "them", "those"} & set(words[max(0, at - 4) : at - 1]))


_KINDS = {
    "big", "bigger", "small", "smaller", "little", "heavy", "light", "good", "better", "cheap", "cheaper", "dear", "dearer", "posh", "proper", "special",
    "new", "old", "second-hand", "electric", "folding", "swivel", "sensory", "blue", "red", "green", "black", "white", "pink", "soft", "hard", "long",
    "short", "strong", "wide", "tall", "double", "single", "large", "medium", "thick", "real", "right", "same", "other",
}  # fmt: skip

_TILL = ("till", "til", "until", "to", "and")


def _unit_at(words: list[str], at: int) -> bool:
    """Whether something is counted there: "four days", "four an hour", but not "seventy five entry"."""
    if at >= len(words) or words[at] not in UNITS:
        return False
    return UNITS[words[at]] != "session" or words[at].endswith("s")


_LOOSE = {"a", "couple", "few", "several", "dozen", "half", "some"}


class _Phrases:
    """Finds the phrases, the longest first, and keeps what they mean as ``doc._.marks``."""

    def __init__(self) -> None:
        rooms = (
            clock,
            money,
            money_ranges,
            money_unsaid,
            counts,
            rates,
            days,
            seasons,
            once,
            cues,
            line_people,
            line_numbers,
            asides,
        )
        self._phrases: list[Phrase] = [phrase for room in rooms for phrase in room.PHRASES]
        self._patterns = Patterns(
            (rank, pattern) for rank, phrase in enumerate(self._phrases) for pattern in phrase.patterns
        )

    def __call__(self, doc: Doc) -> Doc:
        words = [token.norm_ for token in doc]
        kinds = [token.ent_type_ for token in doc]
        found = [
            (start - end, rank, start, end)
            for start in range(len(doc))
            for rank, end in self._patterns.at(words, kinds, start)
        ]
        taken = [False] * len(doc)
        marks: list[Mark] = []
        for _length, rank, start, end in sorted(found):
            if not any(taken[start:end]) and (meaning := self._phrases[rank].read(Span(doc, start, end))) is not None:
                marks.append(Mark(start, end, meaning))
                taken[start:end] = [True] * (end - start)
        for at, token in enumerate(doc):
            if not taken[at] and token.ent_type_ in ("NUMBER", "CLOCK"):
                marks.append(Mark(at, at + 1, Bare(token._.figure) if token.ent_type_ == "NUMBER" else Aside()))
        marks.sort(key=lambda mark: mark.start)
        doc._.marks = tuple(days.days_together(with_own_units(marks, words, kinds), words))
        return doc


_BUILDING = Lock()


def pipeline() -> Language:
    """The pipeline, made once in a process, even when two threads ask for it at the same time."""
    with _BUILDING:
        return _built()


@cache
def _built() -> Language:
    Token.set_extension("figure", default=None, force=True)
    Doc.set_extension("marks", default=(), force=True)
    Language.component("plan_line_words", func=_plain_words)
    Language.component("plan_line_numbers", func=_numbers)
    Language.factory("plan_line_phrases", func=lambda nlp, name: _Phrases())
    nlp = spacy.blank("en")
    nlp.tokenizer = LineTokenizer(nlp.vocab)
    for name in ("plan_line_words", "plan_line_numbers", "plan_line_phrases"):
        nlp.add_pipe(name)
    return nlp
