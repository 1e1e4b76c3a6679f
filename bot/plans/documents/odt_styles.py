"""The styles of an OpenDocument text: real headings, lists, captions and a page foot, in our looks."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from bot.plans.documents.tree import Document

_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    }.items()
)
_INK, _GREY, _LINE, _BLUE = "#0b0c0c", "#484c4f", "#b1b4b6", "#1d70b8"
_BOX = f'fo:border="1.5pt solid {_INK}" fo:padding="0.25cm"'


def styles_xml(document: Document, base: int) -> bytes:
    """The part styles.xml; ``base`` is the size of ordinary letters in points."""
    language, _, country = document.language.partition("-")
    common = "".join(
        (
            _paragraph("Standard", "", base, after=0.45 * base),
            _paragraph("Text_20_body", "Standard", base, after=0.5 * base),
            *(
                _paragraph(
                    f"Heading_20_{level}", "Standard", size * base, before * base, after * base, bold=True, level=level
                )
                for level, size, before, after in ((1, 2.0, 0, 0.6), (2, 1.45, 1.8, 0.5), (3, 1.12, 1.2, 0.3))
            ),
            _paragraph("Caption", "Standard", 1.05 * base, 0.6 * base, 0.3 * base, bold=True, keep=True),
            _paragraph("Lead", "Standard", 1.1 * base, after=0.5 * base),
            _paragraph("Aside", "Standard", max(0.9 * base, 18 if base == 18 else 0), after=0.45 * base, colour=_GREY),
            _paragraph("Label", "Standard", base, after=0.1 * base, bold=True, keep=True),
            _paragraph("Sum", "Standard", 1.12 * base, after=0.45 * base, bold=True),
            _paragraph("Said", "Standard", base, after=0.45 * base, extra=_side("2pt", _LINE)),
            _paragraph("Own_20_words", "Standard", base, after=0.45 * base, extra=_side("5pt", _BLUE)),
            _paragraph("Fact", "Standard", base, after=0.3 * base),
            _paragraph("Notice_20_title", "Standard", 1.12 * base, bold=True, extra=_BOX, keep=True),
            _paragraph("Notice", "Standard", base, after=0.2 * base, extra=_BOX),
            _paragraph("Cell", "Standard", base if base == 18 else 0.95 * base, after=0.15 * base),
            _paragraph("Cell_20_head", "Cell", base if base == 18 else 0.95 * base, after=0.15 * base, bold=True),
            _paragraph("Cell_20_money", "Cell", base if base == 18 else 0.95 * base, extra='fo:text-align="end"'),
            _paragraph(
                "Cell_20_sum",
                "Cell_20_money",
                base if base == 18 else 0.95 * base,
                bold=True,
                extra='fo:text-align="end"',
            ),
            _text("Strong", 'fo:font-weight="bold"'),
            _text("By", f'fo:color="{_GREY}"'),
            '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.5cm" fo:margin-left="0.7cm"/>'
            "</style:list-level-properties></text:list-level-style-bullet></text:list-style>",
        )
    )
    foot = " · ".join((document.council, document.reference, document.version_words, document.status))
    page, of = document.pages
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<office:document-styles {_SPACES} office:version="1.4">'
        '<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial"/></office:font-face-decls>'
        '<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="Arial" '
        f'fo:language="{language}" fo:country="{country}" fo:color="{_INK}"/></style:default-style>{common}</office:styles>'
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin="2cm"/><style:footer-style>'
        '<style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.5cm"/></style:footer-style>'
        "</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>'
        f'<text:p text:style-name="Aside">{escape(f"{foot} · {page} ")}<text:page-number text:select-page="current">1</text:page-number>'
        f"{escape(f' {of} ')}<text:page-count>1</text:page-count></text:p>"
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    ).encode()


def content_styles() -> tuple[str, ...]:
    """Automatic styles of the content: tables and their cells, and words that run from right to left."""
    line = f"0.5pt solid {_LINE}"
    return (
        '<style:style style:name="Plan_table" style:family="table"><style:table-properties style:width="17cm" '
        'table:align="left" fo:margin-bottom="0.5cm"/></style:style>',
        '<style:style style:name="Plan_row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
        "</style:style>",
        '<style:style style:name="Plan_cell" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-bottom="{line}" fo:padding="0.12cm"/></style:style>',
        '<style:style style:name="Plan_head" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-bottom="1pt solid {_INK}" fo:padding="0.12cm"/></style:style>',
        *(
            f'<style:style style:name={quoteattr(f"{name}_rtl")} style:family="paragraph" style:parent-style-name="{name}">'
            '<style:paragraph-properties fo:text-align="start" style:writing-mode="rl-tb"/></style:style>'
            for name in RTL_OF
        ),
    )


RTL_OF = (
    "Text_20_body", "Said", "Own_20_words", "Fact", "Cell", "Cell_20_head", "Heading_20_1", "Heading_20_2", "Heading_20_3", "Caption",
    "Lead", "Aside", "Label", "Sum", "Notice", "Notice_20_title",
)  # fmt: skip
"""Styles whose paragraphs may hold words that run from right to left."""


def _side(width: str, colour: str) -> str:
    return f'fo:border-left="{width} solid {colour}" fo:padding-left="0.3cm" fo:margin-left="0.2cm"'


def _paragraph(
    name: str,
    parent: str,
    size: float,
    before: float = 0,
    after: float = 0,
    *,
    bold: bool = False,
    keep: bool = False,
    level: int = 0,
    extra: str = "",
    colour: str = "",
) -> str:
    based = f' style:parent-style-name="{parent}"' if parent else ""
    outline = f' style:default-outline-level="{level}"' if level else ""
    together = ' fo:keep-with-next="always"' if keep or level else ""
    ink = f' fo:color="{colour}"' if colour else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" style:family="paragraph"{based}{outline}>'
        f'<style:paragraph-properties fo:margin-top="{before:.1f}pt" fo:margin-bottom="{after:.1f}pt" '
        f'fo:line-height="130%"{together} {extra}/>'
        f'<style:text-properties fo:font-size="{size:.1f}pt" fo:font-weight="{"bold" if bold else "normal"}"{ink}/></style:style>'
    )


def _text(name: str, looks: str) -> str:
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {looks}/></style:style>'
