"""Tables as CSV that a spreadsheet opens as what it is: UTF-8 with a byte order mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that spreadsheets may take for a formula (OWASP, CSV injection), full-width forms with it."""


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as one text. None is an empty cell.

    >>> csv_text(["line", "note"], [[1, "=1+1"], [2, None]]).splitlines()
    ['\\ufeffline,note', "1,'=1+1", '2,']
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def money_cell(pence: int) -> str:
    """Pounds with two places and nothing else, as finance systems read it.

    >>> money_cell(123456), money_cell(5)
    ('1234.56', '0.05')
    """
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02}"


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = str(value)
    # A sum below nothing is written by money_cell alone, and is a number to every spreadsheet.
    number = text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii()
    # Spaces before it do not keep a spreadsheet from running it.
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) and not number else text
