"""A document as Word (OOXML), with real headings, lists, table headers, language and properties."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bot.plans.documents.clean import direction
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

INK, GREY, LINE, BLUE = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x4C, 0x4F), "B1B4B6", "1D70B8"
TONES = {"plain": "Body Text", "lead": "Lead", "small": "Aside", "label": "Label", "sum": "Sum"}


def write_docx(document: Document, *, large: bool = False) -> bytes:
    """The bytes of a .docx file."""
    base = 18 if large else 14 if document.kind == "easy_read" else 12
    word: Any = docx.Document()
    _page(word)
    _styles(word, base, document.language)
    _properties(word, document)
    for block in document.blocks:
        _block(word, block)
    _foot(word, document)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)


def _styles(word: Any, base: int, language: str) -> None:
    """Word's own heading, list and caption styles in our looks, and a few of ours for the rest."""
    styles = word.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    lang = defaults.find(qn("w:lang"))
    lang = defaults.makeelement(qn("w:lang"), {}) if lang is None else lang
    lang.set(qn("w:val"), language)
    for other in ("w:eastAsia", "w:bidi"):
        lang.attrib.pop(qn(other), None)
    if lang.getparent() is None:
        defaults.append(lang)
    _look(styles["Normal"], base, after=0.5 * base, spacing=1.3)
    for name, size, before, after in (
        ("Heading 1", 2.0, 0, 0.6),
        ("Heading 2", 1.45, 1.8, 0.5),
        ("Heading 3", 1.12, 1.2, 0.3),
    ):
        _look(styles[name], size * base, before=before * base, after=after * base, bold=True)
        styles[name].paragraph_format.keep_with_next = True
    _look(styles["Body Text"], base, after=0.5 * base)
    _look(styles["List Bullet"], base, after=0.3 * base)
    _look(styles["Caption"], 1.05 * base, before=0.6 * base, after=0.3 * base, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, size, bold in (
        ("Lead", 1.1, False),
        ("Aside", 0.9, False),
        ("Label", 1.0, True),
        ("Sum", 1.12, True),
        ("Said", 1.0, False),
        ("Own words", 1.0, False),
        ("Fact", 1.0, False),
        ("Notice title", 1.12, True),
        ("Notice", 1.0, False),
        ("Cell", 0.95, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        small = base == 18 and size < 1
        _look(style, base if small else size * base, after=0.15 * base if name == "Cell" else 0.45 * base, bold=bold)
    styles["Label"].paragraph_format.keep_with_next = True
    styles["Label"].paragraph_format.space_after = Pt(0.1 * base)
    styles["Aside"].font.color.rgb = GREY
    _side_line(styles["Said"], 12, LINE)
    _side_line(styles["Own words"], 36, BLUE)
    for name in ("Notice title", "Notice"):
        _box(styles[name])


def _look(
    style: Any, size: float, *, before: float = 0, after: float = 0, bold: bool = False, spacing: float | None = None
) -> None:
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(round(2 * size) / 2), bold
    style.font.italic, style.font.color.rgb = False, INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), "Arial")
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(round(before)), Pt(round(after))
    if spacing:
        form.line_spacing = spacing


def _border(side: str, width: int, colour: str, space: int) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, given in (("val", "single"), ("sz", str(width)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{name}"), given)
    return line


def _borders(style: Any, *lines: Any) -> None:
    """Paragraph borders have a place of their own among a paragraph's properties: before spacing and indents."""
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    borders.extend(lines)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"
    )


def _side_line(style: Any, width: int, colour: str) -> None:
    style.paragraph_format.left_indent = Mm(5)
    _borders(style, _border("left", width, colour, 8))


def _box(style: Any) -> None:
    _borders(style, *(_border(side, 18, "0B0C0C", 8) for side in ("top", "left", "bottom", "right")))
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(3)


def _properties(word: Any, document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, document.council, document.language
    properties.subject, properties.keywords = document.version_words, document.reference
    properties.version, properties.comments, properties.last_modified_by = document.version_words, "", document.council
    properties.created = properties.modified = datetime.combine(document.on, time())
    properties.revision = 1


def _block(word: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            _write(word.add_paragraph(style=f"Heading {level}"), text)
        case Paragraph(text, tone):
            _write(word.add_paragraph(style=TONES[tone]), text)
        case Quote():
            _write(word.add_paragraph(style="Own words" if block.own else "Said"), block)
        case Bullets(items):
            for item in items:
                _write(word.add_paragraph(style="List Bullet"), item)
        case Facts(rows):
            for label, values in rows:
                _fact(word, label, values)
        case Table():
            _table(word, block)
        case Notice(title, paragraphs):
            _write(word.add_paragraph(style="Notice title"), title)
            for text in paragraphs:
                _write(word.add_paragraph(style="Notice"), text)
        case Pictured():
            _pictured(word, block)


def _write(paragraph: Any, item: Value, *, bold: bool | None = None) -> None:
    """One value into a paragraph, which runs from right to left when its words do."""
    text = f"“{item.words}”" if isinstance(item, Quote) else str(item)
    if direction(text) == "rtl":
        # Word wants the properties of a paragraph in the order of the standard.
        after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *after)
    _run(paragraph, text, bold)
    if isinstance(item, Quote) and item.said_by:
        run = paragraph.add_run(f" – {item.said_by}")
        run.font.color.rgb = GREY


def _run(paragraph: Any, text: str, bold: bool | None) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    if direction(text) == "rtl":
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _fact(word: Any, label: str, values: Cell) -> None:
    first, *rest = values
    paragraph = word.add_paragraph(style="Fact")
    paragraph.add_run(f"{label}: ").bold = True
    _write(paragraph, first)
    for item in rest:
        _write(word.add_paragraph(style="Fact"), item)


def _table(word: Any, table: Table) -> None:
    if not table.titled:
        _write(word.add_paragraph(style="Caption"), table.caption)
    made = word.add_table(rows=0, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    _table_properties(made, table.caption)
    head = made.add_row()
    _flag(head, "w:tblHeader")
    for cell, name in zip(head.cells, table.columns, strict=True):
        _cell(cell, (name,), bold=True)
    for row in table.rows:
        line = made.add_row()
        _flag(line, "w:cantSplit")
        last = table.total and row is table.rows[-1]
        for cell, values in zip(line.cells, row, strict=True):
            _cell(cell, values, bold=last or None)
    word.add_paragraph(style="Cell")


def _table_properties(made: Any, caption: str) -> None:
    """Thin lines between rows; a title for screen readers; the first row and column marked as headers."""
    properties = made._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    borders.extend(_border(side, 4, LINE, 0) for side in ("top", "bottom", "insideH"))
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    look.attrib.clear()
    for name, given in (("val", "00A0"), ("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), given)
    look.addprevious(borders)
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption[:250])
    look.addnext(title)


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _cell(cell: Any, values: Cell, *, bold: bool | None) -> None:
    paragraph = cell.paragraphs[0]
    for number, item in enumerate(values):
        paragraph = cell.add_paragraph() if number else paragraph
        paragraph.style = "Cell"
        if isinstance(item, Pounds):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _write(paragraph, item, bold=bold)
    paragraph.style = "Cell"


def _pictured(word: Any, block: Pictured) -> None:
    """The picture on a line of its own above its words, with what it shows as alternative text."""
    paragraph = word.add_paragraph(style="Normal")
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(png(block.picture)), width=Mm(22))
    shape._inline.docPr.set("descr", block.alt)
    for item in block.lines:
        own = isinstance(item, Quote) and item.own
        _write(word.add_paragraph(style="Own words" if own else "Body Text"), item)


def _foot(word: Any, document: Document) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = "Aside"
    left = " · ".join((document.council, document.reference, document.version_words, document.status))
    page, of = document.pages
    paragraph.add_run(f"{left} · {page} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(f" {of} ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word works out: the page, or how many there are."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
