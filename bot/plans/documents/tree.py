"""What a document says, whatever its format: headings, paragraphs, quotes with their speaker, lists, tables, pounds.

Writers turn a :class:`Document` into HTML, PDF, Word, OpenDocument or plain text and add no words of their own, so
that all of them say the same. :func:`lines` is that sameness, for the plain-text form and for tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["plain", "lead", "small", "label", "sum"]
"""lead: the first words under the title. small: beside the point, grey. label: what the words below answer.
sum: a total that matters."""


@dataclass(frozen=True, slots=True)
class Pounds:
    """An amount of money, in pence.

    >>> str(Pounds(505_005)), str(Pounds(0)), str(Pounds(-7))
    ('£5,050.05', '£0.00', '-£0.07')
    """

    pence: int

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{'-' if self.pence < 0 else ''}£{pounds:,}.{pence:02}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, always in quotation marks; ``said_by`` is "Mum", or "in Ty's own words, told by Mum"."""

    words: str
    said_by: str = ""
    own: bool = False
    """These are the child's or young person's own words."""

    def __str__(self) -> str:
        return f"“{self.words}”" + (f" – {self.said_by}" if self.said_by else "")


Value = str | Pounds | Quote
Cell = tuple[Value, ...]
"""What stands in one cell of a table, or beside one label: often one value, several when several people spoke."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is the document's title and comes once, first; no level is left out on the way down."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of ours, or figures in a sentence."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels, each with what belongs to it: "How we will know: …"."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. The first row are column headers, the first cell of every other row is its header."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    """The last row is a total."""
    titled: bool = False
    """The heading just above says what the caption says, which is then for screen readers alone."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A box that nobody should miss: that this is a draft and not agreed."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """Easy Read: a plain picture, and a few short lines beside it."""

    picture: str
    """Name of a picture of :mod:`bot.plans.documents.pictures`."""
    alt: str
    """What the picture shows, for those who do not see it."""
    lines: tuple[Value, ...]


Block = Heading | Paragraph | Quote | Bullets | Facts | Table | Notice | Pictured

Kind = Literal["plan", "profile", "chart", "emergency", "officer", "easy_read"]
"""plan: the whole plan for the family. profile: one page on who I am and how best to support me. chart: how I tell
people things. emergency: what somebody new has to know at once. officer: the plan with checks, who said what, and sums line by line. easy_read: a summary with pictures."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document, before it has a format."""

    kind: Kind | Literal["letter"]
    """A letter about a decision is no form of the plan itself."""
    blocks: tuple[Block, ...]
    reference: str
    """Opaque, and the only thing besides kind and version that a file's name tells."""
    version: int | None
    """Number of the version that was sent; None for a draft."""
    draft: bool
    """Not agreed yet, sent or not."""
    on: date
    council: str
    status: str
    """For the foot of each page: "Draft. Not agreed yet."."""
    version_words: str
    """For the foot of each page and the properties: "Version 2" or "Draft of 22 November 2026"."""
    pages: tuple[str, str]
    """Words round the page numbers: "Page", "of"."""
    contents: str = ""
    """Heading of the list of contents, in formats that have one; no list when empty."""
    language: str = "en-GB"

    @property
    def title(self) -> str:
        """The document's only heading of level 1."""
        return next(block.text for block in self.blocks if isinstance(block, Heading) and block.level == 1)

    def file_name(self, ending: str) -> str:
        """A file name that tells nothing about the child: no name, no need, no diagnosis.

        >>> Document("plan", (), "KITE-4821", 2, True, date(2026, 5, 3), "", "", "", ("", "")).file_name("pdf")
        'support-plan-KITE-4821-v2.pdf'
        """
        name = {
            "plan": "support-plan",
            "profile": "profile",
            "chart": "communication-chart",
            "emergency": "emergency-sheet",
            "officer": "support-plan-officer",
            "easy_read": "support-plan-easy-read",
            "letter": "decision-letter",
        }[self.kind]
        return f"{name}-{self.reference}-{f'v{self.version}' if self.version else 'draft'}.{ending}"


def lines(document: Document) -> tuple[str, ...]:
    """Everything the document says, in reading order; a table is read row by row, each cell on its own."""
    return tuple(line for block in document.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Quote():
            yield str(block)
        case Bullets(items):
            yield from map(str, items)
        case Facts(rows):
            for label, values in rows:
                yield label
                yield from map(str, values)
        case Table():
            yield from () if block.titled else (block.caption,)
            yield from block.columns
            for row in block.rows:
                for cell in row:
                    yield from map(str, cell)
        case Notice():
            yield block.title
            yield from block.paragraphs
        case Pictured():
            yield from map(str, block.lines)


def figures(document: Document) -> tuple[int, ...]:
    """Every amount that stands in the tree as money, in pence and in reading order."""
    return tuple(value.pence for block in document.blocks for value in _values(block) if isinstance(value, Pounds))


def _values(block: Block) -> Iterator[Value]:
    match block:
        case Bullets(items):
            yield from items
        case Facts(rows):
            for _, values in rows:
                yield from values
        case Table():
            for row in block.rows:
                for cell in row:
                    yield from cell
        case Pictured():
            yield from block.lines
        case _:
            return
