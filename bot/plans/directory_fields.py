"""Reading one JSON object leniently: what cannot be used is left out with a note, and nothing raises."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urlsplit

from bot.plans.directory import Note

_NUMBER = re.compile(r"£?\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*", re.ASCII)
_AGE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s*(?:\+|years?|yrs?)?(?:\s+old)?", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::\d\d.*|[Zz+-].*)?", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>\"']{1,100}@[^\s@<>\"']{1,100}\.[a-z]{2,}", re.ASCII | re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_UNSEEN = {"Cf", "Cs", "Co"}
"""Format characters, halves of surrogate pairs, private use: never part of what a family should read."""

MOST_ITEMS = 200
"""Of one nested list: no service has more places or prices."""
OLDEST_AGE = 120


class Fields:
    """One object, where it stands, and the list that notes go to."""

    __slots__ = ("data", "notes", "where")

    def __init__(self, data: Mapping[str, object], where: str, notes: list[Note]) -> None:
        self.data = data
        self.where = where
        self.notes = notes

    def note(self, name: str, what: str) -> None:
        """Write down what could not be used."""
        self.notes.append(Note(f"{self.where}.{name}" if self.where else name, what))

    def text(self, name: str, most: int = 200) -> str:
        """Plain text without markup; "" where there is none."""
        value = self.data.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
            self.note(name, "not text")
            return ""
        return shortened(plain(str(value)), most)

    def number(self, name: str) -> Decimal | None:
        """A number, also one that is written as text."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        number = _as_number(value)
        if number is None:
            self.note(name, "not a number")
        return number

    def age(self, name: str) -> tuple[Decimal | None, bool]:
        """An age in years, and whether something stands there that is none."""
        value = self.data.get(name)
        if value is None or value == "":
            return None, False
        said = _AGE.fullmatch(value.strip()) if isinstance(value, str) else None
        number = Decimal(said.group(1)) if said else _as_number(value)
        if number is None or number < 0:
            self.note(name, "not an age")
            return None, True
        return number, False

    def day(self, name: str) -> date | None:
        """A date, also the date of a timestamp."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            for read in (date.fromisoformat, lambda said: datetime.fromisoformat(said).date()):
                try:
                    return read(value.strip())
                except ValueError:
                    continue
        self.note(name, "not a date")
        return None

    def clock(self, name: str) -> time | None:
        """A time of day, "18:00"; seconds and zones are left out."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is None:
            self.note(name, "not a time")
            return None
        return time(int(found.group(1)), int(found.group(2)))

    def link(self, name: str) -> str:
        """An address on the web that a family can be shown."""
        value = self.text(name, 500)
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        except ValueError:
            fine = False
        if not fine or " " in value or "…" in value:
            self.note(name, "not an address on the web")
            return ""
        return value

    def email(self, name: str) -> str:
        """An email address."""
        value = self.text(name).removeprefix("mailto:")
        if value and not _EMAIL.fullmatch(value):
            self.note(name, "not an email address")
            return ""
        return value

    def phone(self, name: str) -> str:
        """A telephone number as it is written."""
        value = self.text(name, 40)
        if value and sum(char.isdigit() for char in value) < 3:
            self.note(name, "not a telephone number")
            return ""
        return value

    def inner(self, name: str) -> Fields:
        """A nested object; an empty one where there is none."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.note(name, "not an object")
        return Fields(value if isinstance(value, Mapping) else {}, self._path(name), self.notes)

    def items(self, name: str) -> Iterator[Fields]:
        """The objects of a nested list; a single object counts as a list of one."""
        value = self.data.get(name)
        if value is None:
            return
        if isinstance(value, Mapping):
            value = [value]
        if not isinstance(value, list | tuple):
            self.note(name, "not a list")
            return
        if len(value) > MOST_ITEMS:
            self.note(name, f"more than {MOST_ITEMS}")
        for number, item in enumerate(value[:MOST_ITEMS]):
            if isinstance(item, Mapping):
                yield Fields(item, self._path(f"{name}.{number}"), self.notes)
            elif item is not None:
                self.note(f"{name}.{number}", "not an object")

    def _path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def _as_number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**9 else None
    if isinstance(value, float):
        return Decimal(str(value)) if math.isfinite(value) and abs(value) < 10**9 else None
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value) < 10**9 else None
    if isinstance(value, str) and (found := _NUMBER.fullmatch(value.strip().replace(",", ""))):
        return Decimal(found.group(1))
    return None


def plain(text: str) -> str:
    """Text without markup, without what cannot be seen, with single spaces.

    >>> plain("<p>Fun &amp; games<br>for <b>all</b></p><script>alert(1)</script>")
    'Fun & games for all'
    >>> plain("Ages &lt;5 and &lt;p&gt;more&lt;/p&gt;")
    'Ages <5 and more'
    """
    for _ in range(2):  # some directories escape their markup once more
        if "&" in text or ("<" in text and ("<!" in text or _TAG.search(text))):
            text = _stripped(text)
    if not (text.isascii() and text.isprintable()):
        text = "".join(char for char in text if unicodedata.category(char) not in _UNSEEN)
        text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words.

    >>> shortened("one two three", 9)
    'one two …'
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0] if " " in text[: most - 1] else text[: most - 2]
    return f"{cut} …"


def _stripped(text: str) -> str:
    stripper = _Stripper()
    try:
        stripper.feed(text)
        stripper.close()
    except AssertionError:  # the parser's answer to a broken declaration such as "<![x"
        return _TAG.sub(" ", text)
    return "".join(stripper.parts)


class _Stripper(HTMLParser):
    """Collects what is not markup."""

    _SILENT = ("script", "style")
    _INSIDE_WORDS = ("a", "b", "em", "font", "i", "span", "strong", "u")

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent = tag in self._SILENT
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = False
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag not in self._INSIDE_WORDS:
            self.parts.append(" ")
