"""Personal data out of text that leaves the draft: logs, alerts' subjects, the engine's events, exported evaluation files.

What is found is replaced by a word in square brackets that says what it was. First names alone stay: an answer would
make no sense without them, and the assistant asks for a first name or a letter only.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

NAMES_FILE = Path(__file__).parents[1] / "content" / "safety" / "first_names.txt"

_EMAIL = re.compile(r"[^\s@<>()\[\]]{1,254}@[^\s@<>()\[\]]+\.[^\s@<>()\[\],;]+")
"""No address is longer (RFC 5321); without an end, each letter of a long word would be read on to the next "@"."""
_EMAIL_SAID = re.compile(r"\b[\w.]{1,64} at [\w-]+ dot (?:com|co dot uk|org|net|uk)\b", re.I)
_LONG_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s()-]{0,2}\d|\.\d(?=\d\d)){8,14}(?![\w.]\d|\w)")
_NI = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b", re.I
)
_POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b", re.I)
_NOT_INWARD = re.compile(r"\d(?:st|nd|rd|th|am|pm|to|of|is|in|or|on|hr|kg|yr|ml|mg|cm|nd)$")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:[0-3]?\d([/.-])[01]?\d\1(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:19|20)\d\d|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d)\b",
    re.I,
)
_BORN = re.compile(
    rf"\b(born(?: on)?(?: the)?|dob:?|d\.o\.b\.?:?|date of birth(?: is)?:?|birthday(?: is|'s)?(?: on)?(?: the)?) "
    rf"(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?|"
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{6,8})\b",
    re.I,
)
_DIGIT_WORD = r"(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|plus|\d)"
_SPOKEN_NUMBER = re.compile(rf"\b(?:{_DIGIT_WORD}[\s,-]+){{8,}}{_DIGIT_WORD}\b", re.I)
_STREET = (
    r"(?:road|street|avenue|lane|crescent|terrace|gardens|rd|ave|cres|gdns|boulevard|"
    r"(?-i:Close|Drive|Way|Court|Grove|Place|Walk|Hill|Square|Mews|Row|View|Rise|Green|Park|House|St|Cl|Dr|Ln))"
)
_PLAIN_WORD = (
    r"(?:busy|main|side|quiet|big|little|the|of|in|on|our|this|that|same|end|per|each|every|long|other|more|people|adults|"
    r"times|mins?|minutes|hours?|years?|days?|steps|next|whole|a|an|to|and|down|up|crossing|cross|across|open|dark)"
)
_ADDRESS = re.compile(
    rf"\b(?:flat \d+[a-z]?,? ?)?\d{{1,4}}[a-z]?,? (?:(?!{_PLAIN_WORD}\b)[a-z][\w'-]*\.? ){{1,3}}{_STREET}\b", re.I
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Rev)\.? (?-i:(?:O'|Mc|Mac)?[A-Z][\w-]{2,})(?: (?-i:[A-Z][\w'-]+))?", re.I
)
_NAMED = re.compile(
    r"\b((?:my|his|her|our|their|full|the child's|child's) (?:full )?names? (?:is|are|=)|name:|"
    r"(?:is|am|i'm|im|was) called|named|this is) "
    r"([a-z][\w'-]+(?: [a-z][\w'-]+){1,2})",
    re.I,
)
_WORD_PAIR = re.compile(r"\b([A-Z][a-z'-]+)((?: [A-Z]\.?)? (?:[A-Z][a-z]+['-])?[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)\b")
_NOT_SURNAMES = (
    "and or but is was has who in at on to for with the a an my his her our he she they i you it so because when if now "
    "please thanks mum dad club school group house day week year month monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december bear pig pan potter kart "
    "simpson bond styles swift"
)
_NO_SURNAME = frozenset(_NOT_SURNAMES.split())


def redact(text: str) -> str:
    """Text without telephone numbers, e-mail addresses, postcodes, NHS and NI numbers, dates of birth, addresses and
    full names, where they are found.

    >>> redact("ring me on 07700 900123, I'm at 12 Acacia Avenue AB1 2CD")
    "ring me on [phone], I'm at [address] [postcode]"
    >>> redact("2 of us, 4 times a night, since 9.30")
    '2 of us, 4 times a night, since 9.30'
    """
    if "@" in text:
        text = _EMAIL.sub("[email]", text)
    text = _EMAIL_SAID.sub("[email]", text)
    if any(character.isdigit() for character in text):
        text = _NI.sub("[NI number]", text)
        text = _DATE.sub("[date]", text)
        text = _BORN.sub(r"\1 [date]", text)
        text = _LONG_NUMBER.sub(_number, text)
        text = _ADDRESS.sub("[address]", text)
        text = _POSTCODE.sub(_postcode, text)
    else:
        text = _BORN.sub(r"\1 [date]", text)
    text = _SPOKEN_NUMBER.sub("[number]", text)
    return _without_names(text)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are a possible NHS number: the last is a check digit, modulo 11 (NHS Data Dictionary).

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    if len(digits) != 10 or not digits.isdigit():
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == int(digits[9])


def _number(match: re.Match[str]) -> str:
    found = match[0]
    digits = re.sub(r"\D", "", found)
    if is_nhs_number(digits) and not digits.startswith("0"):
        return "[NHS number]"
    if found.lstrip("(").startswith(("0", "+")) or digits.startswith(("44", "07")) or len(digits) >= 11:
        return "[phone]"
    return found if len(digits) < 10 else "[number]"


def _postcode(match: re.Match[str]) -> str:
    # "S1 2nd time" is a question and a count, not a place, and "H3 2am" an hour
    return match[0] if _NOT_INWARD.search(match[0]) else "[postcode]"


def _without_names(text: str) -> str:
    text = _TITLED.sub("[name]", text)
    text = _NAMED.sub(_named, text)
    return _WORD_PAIR.sub(_pair, text)


def _named(match: re.Match[str]) -> str:
    """After "my name is": the words that can be a full name, whatever their letters."""
    words = match[2].split()
    name = [words[0]]
    for word in words[1:]:
        if word.lower() in _NO_SURNAME:
            break
        name.append(word)
    if len(name) < 2 or not (_is_first_name(name[0]) or all(word[0].isupper() for word in name)):
        return match[0]
    return " ".join([match[1], "[name]", *words[len(name) :]])


def _pair(match: re.Match[str]) -> str:
    surname = match[2].strip().lower()
    return "[name]" if _is_first_name(match[1]) and surname not in _NO_SURNAME else match[0]


def _is_first_name(word: str) -> bool:
    return word.lower() in _first_names()


@cache
def _first_names() -> frozenset[str]:
    lines = NAMES_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.lower().split())
