"""A document as plain text: for reading out, for a chat, for a reader of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bot.plans.documents.tree import (
    Block,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Pictured,
    Quote,
    Table,
)


def write_text(document: Document) -> str:
    """Plain text, a blank line between parts; a table is read row by row, each value after its column's name."""
    parts = ["\n".join(_lines(block)) for block in document.blocks]
    foot = " · ".join((document.council, document.reference, document.version_words, document.status))
    return "\n\n".join([*parts, foot]) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield text.upper() if level == 1 else text
            yield ("=" if level == 1 else "-") * min(len(text), 60)
        case Paragraph(text):
            yield text
        case Quote():
            yield str(block)
        case Bullets(items):
            yield from (f"- {item}" for item in items)
        case Facts(rows):
            yield from (f"{label}: {_cell(cell)}" for label, cell in rows)
        case Table():
            yield from () if block.titled else (block.caption,)
            for row in block.rows:
                yield "- " + "; ".join(
                    f"{name}: {_cell(cell)}" for name, cell in zip(block.columns, row, strict=True) if cell
                )
        case Notice(title, paragraphs):
            yield title
            yield from paragraphs
        case Pictured(_, _, said):
            yield from map(str, said)


def _cell(values: Cell) -> str:
    return "; ".join(map(str, values))
