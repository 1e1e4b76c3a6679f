"""A document as OpenDocument text, with real headings, lists, table headers, language and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import odfdo

from bot.plans.documents.clean import direction
from bot.plans.documents.odt_styles import RTL_OF, content_styles, styles_xml
from bot.plans.documents.pictures import png
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

TONES = {"plain": "Text_20_body", "lead": "Lead", "small": "Aside", "label": "Label", "sum": "Sum"}


def write_odt(document: Document, *, large: bool = False) -> bytes:
    """The bytes of an .odt file."""
    base = 18 if large else 14 if document.kind == "easy_read" else 12
    odt = odfdo.Document.new("text")
    odt.set_part("styles.xml", styles_xml(document, base))
    for style in content_styles():
        odt.insert_style(style, automatic=True)
    odt.body.clear()
    pictures = {
        name: odt.add_file(_named_png(name))
        for name in sorted({block.picture for block in document.blocks if isinstance(block, Pictured)})
    }
    for number, block in enumerate(document.blocks, 1):
        for part in _block(block, number, pictures):
            odt.body.append(odfdo.Element.from_tag(part))
    _properties(odt, document)
    out = BytesIO()
    odt.save(out)
    return out.getvalue()


def _named_png(name: str) -> BytesIO:
    picture = BytesIO(png(name))
    picture.name = f"{name}.png"
    return picture


def _properties(odt: odfdo.Document, document: Document) -> None:
    meta, day = odt.meta, datetime.combine(document.on, time())
    meta.title, meta.subject, meta.language = document.title, document.version_words, document.language
    meta.keyword, meta.initial_creator, meta.creator = document.reference, document.council, document.council
    meta.creation_date, meta.date = day, day
    meta.set_user_defined_metadata("Reference", document.reference)
    meta.set_user_defined_metadata("Version", document.version_words)


def _block(block: Block, number: int, pictures: dict[str, str]) -> Iterator[str]:
    match block:
        case Heading(level, text):
            style = _style(f"Heading_20_{level}", text)
            yield f'<text:h text:style-name="{style}" text:outline-level="{level}">{words(text)}</text:h>'
        case Paragraph(text, tone):
            yield _paragraph(TONES[tone], text)
        case Quote():
            yield _paragraph("Own_20_words" if block.own else "Said", block)
        case Bullets(items):
            inside = "".join(f"<text:list-item>{_paragraph('Text_20_body', item)}</text:list-item>" for item in items)
            yield f'<text:list text:style-name="Bullets">{inside}</text:list>'
        case Facts(rows):
            for label, values in rows:
                yield _paragraph(
                    "Fact", values[0], before=f'<text:span text:style-name="Strong">{words(label)}:</text:span> '
                )
                yield from (_paragraph("Fact", item) for item in values[1:])
        case Table():
            yield from () if block.titled else (_paragraph("Caption", block.caption),)
            yield _table(block, number)
        case Notice(title, paragraphs):
            yield _paragraph("Notice_20_title", title)
            yield from (_paragraph("Notice", text) for text in paragraphs)
        case Pictured(name, alt, said):
            yield (
                f'<text:p text:style-name="Text_20_body"><draw:frame draw:name="Picture {number}" text:anchor-type="as-char" '
                f'svg:width="2.2cm" svg:height="2.2cm"><draw:image xlink:href={quoteattr(pictures[name])} xlink:type="simple" '
                f'xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>{escape(alt)}</svg:desc></draw:frame></text:p>'
            )
            for item in said:
                own = isinstance(item, Quote) and item.own
                yield _paragraph("Own_20_words" if own else "Text_20_body", item)


def _paragraph(style: str, item: Value, *, before: str = "") -> str:
    said = item.words if isinstance(item, Quote) else str(item)
    return f'<text:p text:style-name="{_style(style, said)}">{before}{_value(item)}</text:p>'


def _value(item: Value) -> str:
    if isinstance(item, Quote):
        by = f'<text:span text:style-name="By"> – {words(item.said_by)}</text:span>' if item.said_by else ""
        return f"“{words(item.words)}”{by}"
    return words(str(item))


def _style(name: str, text: str) -> str:
    return f"{name}_rtl" if name in RTL_OF and direction(text) == "rtl" else name


def words(text: str) -> str:
    """Text of anybody inside OpenDocument, which keeps line breaks, tabs and runs of spaces by elements of its own."""
    marked = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return re.sub("  +", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', marked)


def _table(table: Table, number: int) -> str:
    head = "".join(
        f'<table:table-cell table:style-name="Plan_head" office:value-type="string">{_paragraph("Cell_20_head", name)}</table:table-cell>'
        for name in table.columns
    )
    rows = "".join(
        '<table:table-row table:style-name="Plan_row">'
        + "".join(_cell(cell, table.total and row is table.rows[-1]) for cell in row)
        + "</table:table-row>"
        for row in table.rows
    )
    return (
        f'<table:table table:name="Table{number}" table:style-name="Plan_table"><table:title>{escape(table.caption)}</table:title>'
        "<table:table-header-columns><table:table-column/></table:table-header-columns>"
        f'<table:table-column table:number-columns-repeated="{len(table.columns) - 1}"/>'
        f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def _cell(values: Cell, last: bool) -> str:
    inside = "".join(
        _paragraph(
            ("Cell_20_sum" if last else "Cell_20_money")
            if isinstance(item, Pounds)
            else "Cell_20_head"
            if last
            else "Cell",
            item,
        )
        for item in values or ("",)
    )
    return f'<table:table-cell table:style-name="Plan_cell" office:value-type="string">{inside}</table:table-cell>'
