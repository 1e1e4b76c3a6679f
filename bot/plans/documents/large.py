"""Large print: in letters of 18 points a wide table has no room, so each of its rows becomes a list of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.plans.documents.tree import Block, Document, Facts, Paragraph, Table

MOST_COLUMNS = 3


def for_large_print(document: Document) -> Document:
    """The same document with wide tables as lists: every column's header stands beside each of its values."""
    return replace(document, blocks=tuple(part for block in document.blocks for part in _enlarged(block)))


def _enlarged(block: Block) -> Iterator[Block]:
    if not isinstance(block, Table) or len(block.columns) <= MOST_COLUMNS:
        yield block
        return
    yield from () if block.titled else (Paragraph(block.caption, "label"),)
    for row in block.rows:
        yield Facts(tuple((name, cell) for name, cell in zip(block.columns, row, strict=True) if cell))
