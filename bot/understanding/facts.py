"""Facts a person mentions about who they are and about the child: who answers, he/she/they, age, first name.

Small closed rules, as these steps are short and a wrong guess is visible at once on the check page.
Standard library alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.understanding.numbers import NUMBER_WORDS

_NUMBER = r"(\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
_MONTHS_OLD = re.compile(rf"\b{_NUMBER}[\s-]*(?:months?|mths?|weeks?|wks?|days?)\b(?:[\s-]*old)?", re.I)
_BARE_AGE = re.compile(
    rf"^\W*(?:(?:he|she|they|it)(?:'?s| is| are|'?re)?|i(?:'?m| am)|aged?|nearly|almost|just turned|turned|about)?\s*"
    rf"(?:just |only |nearly |almost |aged? )?{_NUMBER}"
    rf"(?:\s*(?:and a half|1/2|½|yrs?|years?|year old|years? old|yo|y/o|now|next \w+|in \w+|please|so far|\.|!))*\W*$",
    re.I,
)
_AGE_SAID = re.compile(
    rf"\b(?:(?:he|she|they)(?:'?s| is| are|'?re)|hes|shes|theyre|aged?|i'?m|i am|(?:son|daughter|grandson|granddaughter|lad|girl|boy),?(?: is|'?s)?)\s+"
    rf"(?:only |just |nearly |almost |now |aged? )*{_NUMBER}(?!\s*(?:hours?|hrs?|times?|weeks?|months?|mths?|days?|people|of|foot|ft|stone|inch\w*|o'?clock|am|pm))\b",
    re.I,
)
_YEARS_OLD = re.compile(rf"\b{_NUMBER}[\s-]*(?:years?|yrs?|yr|yo|y/o)[\s-]*(?:old)?\b", re.I)

_HE = re.compile(
    r"\b(?:my|our|the|a) (?:\w+ )?(?:son|boy|lad|grandson|nephew|brother)\b|\b(?:he|he's|hes|him|his)\b", re.I
)
_SHE = re.compile(
    r"\b(?:my|our|the|a) (?:\w+ )?(?:daughter|girl|lass|granddaughter|niece|sister)\b|\b(?:she|she's|shes|her|hers)\b",
    re.I,
)
_YOUNG = re.compile(
    r"\b(?:it'?s|its) (?:for )?me\b|\b(?:about|for) (?:me|myself)\b|\bmy own\b|\bi'?m (?:the )?(?:young person|kid|child|teenager)\b"
    r"|\b(?:i'?m|i am|im) (?:1[0-7]|[89])\b|^\W*(?:me|myself|i am|i do it myself)\W*$|\byoung person\b",
    re.I,
)
_GRAND = re.compile(
    r"\b(?:gran(?:dad|dda|da|pop)|gramps|grand(?:ma|pa|dad|mother|father|parents?|son|daughter|child|kid)s?|nan(?:a|ny|na)?|gran(?:ny)?|grampa|taid|nain|nanny)\b",
    re.I,
)
_CARER = re.compile(
    r"\b(?:foster|carer|guardian|special guardian|kinship|auntie?|uncle|step ?(?:mum|dad)|older (?:sister|brother)|support worker|social worker)\b",
    re.I,
)
_PARENT = re.compile(
    r"\b(?:mum|mam|mom|mummy|dad|daddy|mother|father|parents?)\b|\bmy (?:\w+ )?(?:son|daughter|child|kid|boy|girl|lad|lass|little \w+)\b",
    re.I,
)

_NAME_LEAD = re.compile(
    r"^\W*(?:(?:his|her|their|my|the|its|it's) (?:first |nick ?)?name(?:'s| is|s)?|(?:please |you can |u can |just |we |we all |everyone |i )?"
    r"(?:call|calls|called) (?:him|her|them|me|it)?|(?:he|she|they|i)(?:'?s| is| am|'?m|'?re| are)? called|"
    r"it'?s|its|i'?m|im|i am|name is|use|say|put)\s+",
    re.I,
)
_NAME_TAIL = re.compile(
    r"\s*(?:please|pls|thanks|thank you|ta|for short|is fine|will do|is ok(?:ay)?|x+|lol)\W*$", re.I
)

Respondent = Literal["parent", "young_person", "grandparent", "carer"]
Pronoun = Literal["he", "she", "they"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What one message mentions. None means: not said."""

    who: Respondent | None = None
    pronoun: Pronoun | None = None
    age: int | None = None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]


def read_age(text: str, *, asked: bool) -> int | None:
    """Age in whole years. ``asked``: the question was the age, so a bare number counts.

    >>> read_age("she's nine", asked=True), read_age("9 and a half", asked=True), read_age("7 months", asked=True)
    (9, 9, 0)
    >>> read_age("yes. its for my son hes 8", asked=False)
    8
    >>> read_age("there are 2 of us", asked=False) is None
    True
    """
    text = unicodedata.normalize("NFKC", text).replace("’", "'")
    if re.search(r"(?:^|\s)[-−]\s*\d", text):
        return None
    if asked and (match := _MONTHS_OLD.search(text)) and not _YEARS_OLD.search(text):
        count = _number(match[1])
        return count // 12 if "m" in match[0].lower().split(match[1].lower(), 1)[1][:3] else 0
    for pattern in (_YEARS_OLD, _AGE_SAID):
        if match := pattern.search(text):
            return _number(match[1])
    if asked and (match := _BARE_AGE.match(text)):
        return _number(match[1])
    return None


def read_pronoun(text: str) -> Pronoun | None:
    """he or she where only one of them is used, they where the family asks for it; else None.

    >>> read_pronoun("its for my son hes 8"), read_pronoun("he and she"), read_pronoun("please use they/them")
    ('he', None, 'they')
    """
    if re.search(r"\bthey\s*/\s*them\b|\bnon[- ]?binary\b", text, re.I):
        return "they"
    he, she = bool(_HE.search(text)), bool(_SHE.search(text))
    return None if he == she else "he" if he else "she"


def read_who(text: str) -> Respondent | None:
    """Who is answering, where the words say so.

    >>> read_who("i'm his nan"), read_who("its about me"), read_who("foster carer"), read_who("my son hes 8")
    ('grandparent', 'young_person', 'carer', 'parent')
    """
    if _YOUNG.search(text):
        return "young_person"
    for pattern, who in ((_CARER, "carer"), (_GRAND, "grandparent"), (_PARENT, "parent")):
        if pattern.search(text):
            return who  # type: ignore[return-value]
    return None


def read_facts(text: str) -> Facts:
    """All facts one message mentions beside what it was asked for."""
    return Facts(who=read_who(text), pronoun=read_pronoun(text), age=read_age(text, asked=False))


MAX_NAME = 40


def read_name(text: str) -> str | None:
    """What to call the child: a first name, nickname or letter; None when it does not look like one.

    >>> read_name("call him Ty please"), read_name("her name is Anne-Marie"), read_name("<b>x</b>"), read_name("T")
    ('Ty', 'Anne-Marie', None, 'T')
    """
    name = unicodedata.normalize("NFC", text).replace("’", "'").strip()
    while True:
        shorter = _NAME_TAIL.sub("", _NAME_LEAD.sub("", name, count=1)).strip(" .,!\"'")
        if shorter == name or not shorter:
            break
        name = shorter
    if not name or len(name) > MAX_NAME or len(name.split()) > 3:
        return None
    if not all(char.isalpha() or unicodedata.category(char) == "Mn" or char in " '-." for char in name):
        return None
    if not any(char.isalpha() for char in name):
        return None
    return name[0].upper() + name[1:] if name.islower() else name
