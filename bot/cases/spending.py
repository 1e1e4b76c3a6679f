"""What was spent, typed ("spent 240 on swimming in march") or pasted as CSV, read strictly: what is not certain is asked
again with the words kept, and nothing is guessed.

Each spending has one line of the plan, one sum, one day. A month alone stands for its last day, or today where it is this
month: within a month nothing is reckoned by days.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from bot.plans.named_times import month_span

Trouble = Literal[
    "amount", "which_amount", "amount_odd", "check_amount", "when", "which_day", "future", "before", "line", "twice", "heads", "long"
]  # fmt: skip
"""amount: none was found. which_amount: more than one. amount_odd: not a sum of money. check_amount: so large that it may
be a slip. when, which_day: no day, or none that is certain. future, before: not in the time the plan was lived. line: no
line, or several, may be meant. twice: it is there already. heads, long: of a whole paste."""
TROUBLES: tuple[Trouble, ...] = get_args(Trouble)

MOST_ROWS = 500
MOST_CHARACTERS = 40_000


@dataclass(frozen=True, slots=True)
class Spent:
    """One spending that was read."""

    line: int
    on: date
    pence: int
    words: str
    """As it was typed."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """A row that was not taken, and why; its words are shown again."""

    row: int
    """From 1, as the person counts: of a CSV the heads are row 1."""
    words: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a text."""

    taken: tuple[Spent, ...] = ()
    troubles: tuple[NotRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What spendings are read against."""

    lines: Mapping[int, str]
    """Words of the plan's lines by their ids."""
    starts: date
    today: date
    most_pence: int
    """More than this at once is asked about."""
    there: Collection[tuple[int, date, int]] = ()
    """Line, day and pence of what is written down already."""
    sure: bool = False
    """The person looked at what was large, or there already, and says that it is right."""


class _NotSure(ValueError):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def read_typed(text: str, known: Known) -> Read:
    """One spending on each line of the text."""
    rows = [(number, row.strip()) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    return _read(rows, known, lambda row: _typed(row, known), lambda row: row)


def read_csv(text: str, known: Known) -> Read:
    """A pasted table with the heads date, line (its number or its words) and amount, in any order; others are left alone."""
    text = text.removeprefix("\ufeff")
    first = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return Read(troubles=(NotRead(1, first[:200], "heads"),))
    heads = _heads(rows[0] if rows else [])
    if heads is None:
        return Read(troubles=(NotRead(1, first[:200], "heads"),))
    body = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    return _read(body, known, lambda row: _of_csv(row, heads, known), lambda row: mark.join(row))


def money(text: str) -> int:
    """A sum of pounds in figures as pence. Raises ValueError with one of the codes of :data:`Trouble`.

    >>> money("£1,240.5"), money("240"), money("75p")
    (124050, 24000, 75)
    """
    plain = text.strip().lower().replace(" ", "").removeprefix("£").removeprefix("gbp")
    plain = re.sub(r"(?:pounds?|quid)$", "", plain)
    if pence := re.fullmatch(r"(\d{1,2})p", plain):
        return int(pence[1])
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?", plain)
    if found is None:
        raise _NotSure("amount_odd" if plain else "amount")
    pence_ = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    if not pence_:
        raise _NotSure("amount_odd")
    return pence_


def _read[Row](
    rows: Sequence[tuple[int, Row]], known: Known, one: Callable[[Row], Spent], words: Callable[[Row], str]
) -> Read:
    if len(rows) > MOST_ROWS or sum(len(words(row)) for _, row in rows) > MOST_CHARACTERS:
        return Read(troubles=(NotRead(rows[0][0], words(rows[0][1])[:200], "long"),))
    taken, troubles = list[Spent](), list[NotRead]()
    there = set(known.there)
    for number, row in rows:
        try:
            spent = _judged(one(row), known, there)
        except _NotSure as unsure:
            troubles.append(NotRead(number, words(row), unsure.trouble))
            continue
        there.add((spent.line, spent.on, spent.pence))
        taken.append(spent)
    return Read(tuple(taken), tuple(troubles))


def _judged(spent: Spent, known: Known, there: Collection[tuple[int, date, int]]) -> Spent:
    if spent.on > known.today:
        raise _NotSure("future")
    if spent.on < known.starts:
        raise _NotSure("before")
    if not known.sure and spent.pence > known.most_pence:
        raise _NotSure("check_amount")
    if not known.sure and (spent.line, spent.on, spent.pence) in there:
        raise _NotSure("twice")
    return spent


# --- typed ------------------------------------------------------------------------------------------------------------

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAYS: tuple[re.Pattern[str], ...] = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})\b(?!/)"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"\b(?:in\s+|for\s+|during\s+|last\s+)?{_MONTH}\b(?:\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
)
_NEAR: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\btoday\b", re.IGNORECASE), 0),
    (re.compile(r"\byesterday\b", re.IGNORECASE), 1),
)
_LAST_MONTH, _THIS_MONTH = re.compile(r"\blast month\b", re.IGNORECASE), re.compile(r"\bthis month\b", re.IGNORECASE)
_SUM = re.compile(r"(?<![\w.,])-?£?\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:p|pounds?|quid|k))?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset(
    [
        "spent",
        "spend",
        "paid",
        "pay",
        "bought",
        "cost",
        "costs",
        "on",
        "for",
        "in",
        "at",
        "the",
        "of",
        "and",
        "to",
        "my",
        "our",
        "his",
        "her",
        "their",
        "we",
        "it",
        "was",
        "were",
        "this",
        "that",
        "last",
        "some",
        "from",
        "with",
        "gave",
    ]
)


def _typed(text: str, known: Known) -> Spent:
    on, rest = _day_in(text, known.today)
    sums = [found.group() for found in _SUM.finditer(rest)]
    if not sums:
        raise _NotSure("amount")
    if len(sums) > 1:
        # "3 swims, £18": the one that says it is money is the sum, where it is the only one.
        marked = [one for one in sums if re.search(r"£|p$|pound|quid", one, re.IGNORECASE)]
        if len(marked) != 1:
            raise _NotSure("which_amount")
        sums = marked
    pence = money(sums[0])
    return Spent(_line_named(_SUM.sub(" ", rest), known.lines), on, pence, text)


def _day_in(text: str, today: date) -> tuple[date, str]:
    """The one day that is named, and the text without it."""
    for pattern, ago in _NEAR:
        if pattern.search(text):
            return today - timedelta(days=ago), pattern.sub(" ", text)
    if _LAST_MONTH.search(text):
        return today.replace(day=1) - timedelta(days=1), _LAST_MONTH.sub(" ", text)
    if _THIS_MONTH.search(text):
        return today, _THIS_MONTH.sub(" ", text)
    for pattern in _DAYS:
        # "may" is a month only with a number or "in": "we may have spent …"
        found = [one for one in pattern.finditer(text) if one.group().lower() != "may"]
        if len(found) > 1:
            raise _NotSure("which_day")
        if found:
            return _day(found[0].groupdict(), today), text[: found[0].start()] + " " + text[found[0].end() :]
    raise _NotSure("when")


def _day(named: Mapping[str, str | None], today: date) -> date:
    """A day without a year is the last one that has been: money that was spent was spent before today."""
    month = int(named["m"] or 0) if named.get("m") else _NAMES.index((named["month"] or "")[:3].lower()) + 1
    year = int(named.get("y") or 0)
    if 0 < year < 100:
        year += 2000
    try:
        if not named.get("d"):
            if not year:
                year = today.year if month <= today.month else today.year - 1
            last = month_span(year, month).last
            return min(last, today) if (year, month) == (today.year, today.month) else last
        day = date(year or today.year, month, int(named["d"] or 0))
        return day.replace(year=day.year - 1) if not year and day > today else day
    except (ValueError, IndexError):
        raise _NotSure("which_day") from None


def _line_named(words: str, lines: Mapping[int, str]) -> int:
    """The one line that these words name: by the most words it shares with them."""
    said = _roots(words)
    shared = {line: len(said & _roots(named)) for line, named in lines.items()}
    most = max(shared.values(), default=0)
    best = [line for line, count in shared.items() if count == most]
    if not most or len(best) != 1:
        raise _NotSure("line")
    return best[0]


def _roots(words: str) -> set[str]:
    """Words by their beginnings, so that "swim" and "swimming" are one."""
    plain = (word.lower() for word in _WORD.findall(words))
    return {re.sub(r"(?:ming|ning|ting|ing|es|s|ed)$", "", word) or word for word in plain if word not in _SMALL}


# --- pasted -----------------------------------------------------------------------------------------------------------

_HEADS: Mapping[str, Collection[str]] = {
    "date": ("date", "day", "when", "paid on", "transaction date"),
    "line": ("line", "what", "for", "item", "description", "plan line"),
    "amount": ("amount", "spent", "pounds", "paid", "cost", "total", "amount (£)", "£"),
}


def _heads(row: Sequence[str]) -> dict[str, int] | None:
    """Where each column is; None where one is missing or there twice."""
    names = [cell.strip().lower() for cell in row]
    places = {head: [at for at, name in enumerate(names) if name in known] for head, known in _HEADS.items()}
    return {head: at[0] for head, at in places.items()} if all(len(at) == 1 for at in places.values()) else None


def _of_csv(row: Sequence[str], heads: Mapping[str, int], known: Known) -> Spent:
    cells = {head: row[at].strip() if at < len(row) else "" for head, at in heads.items()}
    pence = money(cells["amount"])
    on, rest = _day_in(cells["date"], known.today) if cells["date"] else (None, "")
    if on is None:
        raise _NotSure("when")
    if rest.strip():
        raise _NotSure("which_day")
    if cells["line"].isdecimal():
        if int(cells["line"]) not in known.lines:
            raise _NotSure("line")
        line = int(cells["line"])
    else:
        line = _line_named(cells["line"], known.lines)
    return Spent(line, on, pence, ", ".join(cell.strip() for cell in row))


def total_by_line(spendings: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Pence by line, from pairs of line and pence."""
    found: dict[int, int] = {}
    for line, pence in spendings:
        found[line] = found.get(line, 0) + pence
    return found
