"""A document as one accessible HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from bot.plans.documents.clean import direction
from bot.plans.documents.pictures import svg
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
    Pounds,
    Quote,
    Table,
    Value,
)

HERE = Path(__file__).parent
SHORT = 8
"""Rows up to which a table is kept together on one page."""
MANY = 3
"""Columns above which a table is as wide as it needs to be on a telephone, and is pushed sideways."""
LONG_WORD = 25
"""Letters in one word that would push other columns aside: then all columns are alike, and the word is broken."""
LONG = 600
"""Characters from which somebody's words may go on over a page."""


def write_html(document: Document, *, large: bool = False) -> str:
    """The page. ``large``: large print, 18 points and more; see :func:`bot.plans.documents.large.for_large_print`."""
    return page(document, body(document), style("base.css", "screen.css"), large=large)


def page(document: Document, inside: str, css: str, *, large: bool) -> str:
    """A whole HTML document round its body. Title, language, reference and version stand in its head."""
    return (
        "<!doctype html>\n"
        f'<html lang="{escape(document.language)}" class="{document.kind}{" large" if large else ""}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f'<meta name="author" content="{escape(document.council)}">\n'
        f'<meta name="description" content="{escape(f"{document.reference}, {document.version_words}")}">\n'
        f'<meta name="keywords" content="{escape(document.reference)}">\n'
        f'<meta name="dcterms.created" content="{document.on.isoformat()}">\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n{inside}</body>\n</html>\n"
    )


@cache
def style(*names: str) -> str:
    """Our style sheets, one after another."""
    return "".join((HERE / "styles" / name).read_text(encoding="utf-8") for name in names)


def body(document: Document, *, paged: bool = False) -> str:
    """What stands between ``<body>`` and its end. ``paged``: for a PDF, whose pages have a foot of their own."""
    blocks = "".join(_block(block, f"part-{number}", paged) for number, block in enumerate(document.blocks))
    if paged:
        return f"<main>\n{blocks}</main>\n"
    foot = " · ".join((document.council, document.reference, document.version_words, document.status))
    top, part, rest = blocks.partition("<h2 ")
    return f"<main>\n{top}{_contents(document)}{part}{rest}</main>\n<footer><p>{escape(foot)}</p></footer>\n"


def _contents(document: Document) -> str:
    """Links to the headings of level 2; for the screen alone."""
    parts = [
        f'<li><a href="#part-{number}">{escape(block.text)}</a></li>\n'
        for number, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level == 2
    ]
    if not document.contents or len(parts) < 3:
        return ""
    return (
        f'<nav aria-labelledby="contents">\n<p id="contents">{escape(document.contents)}</p>\n'
        f"<ul>\n{''.join(parts)}</ul>\n</nav>\n"
    )


def _block(block: Block, id: str, paged: bool) -> str:
    match block:
        case Heading(level, text):
            return f'<h{level} id="{id}"{_direction(text)}>{words(text)}</h{level}>\n'
        case Paragraph(text, tone):
            return f'<p class="{tone}"{_direction(text)}>{words(text)}</p>\n'
        case Quote():
            named = " ".join(name for name, so in (("own", block.own), ("long", len(block.words) >= LONG)) if so)
            return f"<blockquote{_class(named)}{_direction(block.words)}><p>{value(block)}</p></blockquote>\n"
        case Bullets(items):
            return "<ul>\n" + "".join(f"<li{_own(item)}>{value(item)}</li>\n" for item in items) + "</ul>\n"
        case Facts(rows):
            return _facts(rows, paged)
        case Table():
            return _table(block, paged)
        case Notice(title, paragraphs):
            inside = "".join(f"<p>{words(text)}</p>\n" for text in paragraphs)
            role = "" if paged else ' role="note"'
            return f'<div class="notice"{role}>\n<p class="notice-title">{words(title)}</p>\n{inside}</div>\n'
        case Pictured(name, alt, said):
            inside = "".join(f"<p{_own(line)}>{value(line)}</p>\n" for line in said)
            return f'<div class="pictured">\n<div class="picture">{svg(name, alt)}</div>\n<div>{inside}</div>\n</div>\n'


def _facts(rows: tuple[tuple[str, Cell], ...], paged: bool) -> str:
    """A description list; in a PDF plain paragraphs, as WeasyPrint's tags for such a list tell readers nothing."""
    list_, label, fact = ("div", "p", "div") if paged else ("dl", "dt", "dd")
    inside = "".join(
        f'<div class="fact"><{label} class="label">{words(name)}</{label}>'
        f"<{fact}>{''.join(f'<p{_own(item)}{_direction(_said(item))}>{value(item)}</p>' for item in values)}</{fact}>"
        "</div>\n"
        for name, values in rows
    )
    return f'<{list_} class="facts">\n{inside}</{list_}>\n'


def _table(table: Table, paged: bool) -> str:
    # A column of money stands at the right with its header.
    money = {
        place
        for place in range(len(table.columns))
        if any(isinstance(item, Pounds) for row in table.rows for item in row[place])
    }
    head = "".join(
        f'<th scope="col"{_class("number" if place in money else "")}>{words(name)}</th>'
        for place, name in enumerate(table.columns)
    )
    rows = "".join(
        f"<tr{_class('total' if table.total and row is table.rows[-1] else '')}>{''.join(_cells(row, money))}</tr>\n"
        for row in table.rows
    )
    region = "" if paged else f' role="region" aria-label="{escape(table.caption)}" tabindex="0"'
    sized = [
        name
        for name, so in (
            ("short", len(table.rows) <= SHORT),
            ("many", len(table.columns) > MANY),
            ("even", _has_long_word(table)),
        )
        if so
    ]
    # WeasyPrint would print a caption that is hidden from the eye; the heading above it says the same.
    caption = f"<caption{_class('hidden' if table.titled else '')}>{words(table.caption)}</caption>\n"
    caption = "" if table.titled and paged else caption
    return (
        f'<div class="wide"{region}>\n<table{_class(" ".join(sized))}>\n{caption}'
        f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _has_long_word(table: Table) -> bool:
    said = (str(item) for row in table.rows for cell in row for item in cell)
    return any(len(word) > LONG_WORD for text in said for word in text.split())


def _cells(row: tuple[Cell, ...], money: set[int]) -> Iterator[str]:
    for place, values in enumerate(row):
        inside = "".join(f"<p{_own(item)}{_direction(_said(item))}>{value(item)}</p>" for item in values)
        named = "number" if place in money else "said" if values and isinstance(values[0], Quote) else ""
        tag, scope = ("th", ' scope="row"') if place == 0 else ("td", "")
        yield f"<{tag}{scope}{_class(named)}>{inside}</{tag}>"


def value(item: Value) -> str:
    """One value inside a paragraph, a cell or a list."""
    if isinstance(item, Quote):
        by = f' <span class="by">– {words(item.said_by)}</span>' if item.said_by else ""
        return f"<bdi>“{words(item.words)}”</bdi>{by}"
    return words(str(item))


def words(text: str) -> str:
    """Text of anybody inside HTML; a line break stays one."""
    return escape(text).replace("\n", "<br>")


def _said(item: Value) -> str:
    return item.words if isinstance(item, Quote) else str(item)


def _direction(text: str) -> str:
    return ' dir="rtl"' if direction(text) == "rtl" else ""


def _own(item: Value) -> str:
    return ' class="own"' if isinstance(item, Quote) and item.own else ""


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
