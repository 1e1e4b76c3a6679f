"""Numbers, e-mail addresses and wishes about news, read out of what somebody typed."""

from __future__ import annotations

import re
from typing import Literal

Wish = Literal["news.ask", "news.sms", "news.email", "news.stop"]

_NUMBER = re.compile(r"(?<!\d)(?:\+?\s*44|0044|0)[\s().-]*7(?:[\s().-]*\d){9}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,20}")
_TELL = r"(?:tell|let|text|message|e-?mail) me"
_NEWS = r"(?:when|if|as soon as) (?:there is|there s|theres|there are|i have|you have|we have) (?:any )?(?:news|an answer|a decision)"  # fmt: skip
_ASK = re.compile(
    rf"(?:please |can you |could you |will you )*{_TELL}(?: know)?(?: by (?:text|e-?mail))? {_NEWS}(?: please)?"
)
_WAY = re.compile(r"(?:please )?(?:tell me by (text|e-?mail)|(text|e-?mail) me)(?: please)?")
_STOP = re.compile(
    r"(?:please )?(?:stop|dont|do not) (?:telling|texting|messaging|e-?mailing|tell|text|message|e-?mail) me"
    r"(?: please| any ?more| now)*"
)


def read_wish(text: str) -> Wish | None:
    """What somebody wants of news, when that is all they say.

    >>> read_wish("Tell me when there's news please"), read_wish("text me"), read_wish("Stop telling me!")
    ('news.ask', 'news.sms', 'news.stop')
    >>> read_wish("people stop telling me things"), read_wish("they text me when there is news of him")
    (None, None)
    """
    plain = " ".join(re.sub(r"[’']", " ", text.lower()).replace("don t", "dont").split()).rstrip(".! ")
    if _STOP.fullmatch(plain):
        return "news.stop"
    if (way := _WAY.fullmatch(plain)) is not None:
        return "news.sms" if "text" in (way[1], way[2]) else "news.email"
    return "news.ask" if _ASK.fullmatch(plain) else None


def read_number(text: str) -> str | None:
    """A UK mobile number in international form; None without one, or with two different ones.

    >>> read_number("it's 07700 900-123"), read_number("+44 (0) 7700 900123"), read_number("0044 7700900123")
    ('+447700900123', '+447700900123', '+447700900123')
    >>> read_number("01632 960101"), read_number("07700 900123 or 07700 900124")
    (None, None)
    """
    found = {"+44" + re.sub(r"\D", "", number)[-10:] for number in _NUMBER.findall(text)}
    return found.pop() if len(found) == 1 else None


def read_email(text: str) -> str | None:
    """An e-mail address; None without one, or with two.

    >>> read_email("sam.lee+ty@example.org thanks"), read_email("sam at example"), read_email("a@b.uk, c@d.uk")
    ('sam.lee+ty@example.org', None, None)
    """
    found = set(_EMAIL.findall(text))
    return found.pop() if len(found) == 1 else None


def hidden(address: str) -> str:
    """Enough of an address for its owner to know it by.

    >>> hidden("+447700900123"), hidden("sam@example.org")
    ('123', 's•••@example.org')
    """
    if "@" not in address:
        return address[-3:]
    name, _, domain = address.partition("@")
    return f"{name[0]}•••@{domain}"
