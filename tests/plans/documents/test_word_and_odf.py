"""Word and OpenDocument files: headings, lists and table headers are real ones, and properties say what the file is."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx
import odfdo
import pytest
from docx.oxml.ns import qn

from bot.content import Content
from bot.plans.documents.docx import write_docx
from bot.plans.documents.large import for_large_print
from bot.plans.documents.odt import write_odt
from bot.plans.documents.tree import Document, Heading, Pictured, Table
from tests.plans.documents.conftest import document
from tests.plans.documents.reading import SVG, TABLE, TEXT, odf_headings, odf_part, word_headings

FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


@pytest.fixture(scope="module")
def word(whole: Document) -> bytes:
    return write_docx(whole)


@pytest.fixture(scope="module")
def odf(whole: Document) -> bytes:
    return write_odt(whole)


def headings(made: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in made.blocks if isinstance(block, Heading)]


def test_headings_are_headings(whole: Document, word: bytes, odf: bytes) -> None:
    assert word_headings(word) == headings(whole)
    assert odf_headings(odf) == headings(whole)


def test_word_tables_repeat_their_header_row_and_name_their_header_column(whole: Document, word: bytes) -> None:
    expected = [block for block in whole.blocks if isinstance(block, Table)]
    tables = docx.Document(BytesIO(word)).tables
    assert len(tables) == len(expected)
    for made, block in zip(tables, expected, strict=True):
        assert [cell.text for cell in made.rows[0].cells] == list(block.columns)
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        look = made._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        assert made._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == block.caption


def test_odf_tables_have_header_rows_and_columns(whole: Document, odf: bytes) -> None:
    expected = [block for block in whole.blocks if isinstance(block, Table)]
    tables = list(odf_part(odf, "content.xml").iter(f"{TABLE}table"))
    assert len(tables) == len(expected)
    for made, block in zip(tables, expected, strict=True):
        head = made.find(f"{TABLE}table-header-rows")
        assert head is not None
        assert ["".join(cell.itertext()) for cell in head.iter(f"{TABLE}table-cell")] == list(block.columns)
        assert made.find(f"{TABLE}table-header-columns") is not None
        assert made.findtext(f"{TABLE}title") == block.caption
        assert all(
            len(row.findall(f"{TABLE}table-cell")) == len(block.columns) for row in made.iter(f"{TABLE}table-row")
        )


def test_word_says_its_language_title_reference_and_version(word: bytes) -> None:
    made = docx.Document(BytesIO(word))
    properties = made.core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Support plan for Ty",
        "Exampleshire Council",
        "en-GB",
    )
    assert (properties.keywords, properties.version) == ("KITE-4821", "Draft of 22 November 2026")
    assert properties.created == datetime(2026, 11, 22, tzinfo=UTC)
    language = made.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_odf_says_its_language_title_reference_and_version(odf: bytes) -> None:
    made = odfdo.Document(BytesIO(odf))
    assert (made.meta.title, made.meta.language, made.meta.keyword) == ("Support plan for Ty", "en-GB", "KITE-4821")
    assert made.meta.user_defined_metadata == {"Reference": "KITE-4821", "Version": "Draft of 22 November 2026"}
    default = odf_part(odf, "styles.xml").find(f".//{STYLE}default-style/{STYLE}text-properties")
    assert default is not None
    assert (default.get(f"{FO}language"), default.get(f"{FO}country")) == ("en", "GB")


def test_every_style_that_the_odf_text_uses_is_there(odf: bytes) -> None:
    content = odf_part(odf, "content.xml")
    used = {item.get(f"{TEXT}style-name") for item in content.iter() if item.get(f"{TEXT}style-name")}
    used |= {item.get(f"{TABLE}style-name") for item in content.iter() if item.get(f"{TABLE}style-name")}
    names = {item.get(f"{STYLE}name") for part in ("content.xml", "styles.xml") for item in odf_part(odf, part).iter()}
    assert used <= names


def test_each_foot_says_draft_and_which(word: bytes, odf: bytes) -> None:
    foot = "Exampleshire Council · KITE-4821 · Draft of 22 November 2026 · Draft, not agreed yet · Page "
    assert docx.Document(BytesIO(word)).sections[0].footer.paragraphs[0].text.startswith(foot)
    footer = odf_part(odf, "styles.xml").find(f".//{STYLE}footer")
    assert footer is not None
    assert "".join(footer.itertext()).startswith(foot)


def test_large_print_has_no_letter_under_18_points(content: Content) -> None:
    made = for_large_print(document(content))
    word = docx.Document(BytesIO(write_docx(made, large=True)))
    used = {item.style.name for item in word.paragraphs if item.style is not None}
    used |= {
        p.style.name for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs if p.style
    }
    sizes = {name: word.styles[name].font.size for name in used if name}
    assert all(size is not None and size.pt >= 18 for size in sizes.values()), sizes
    styles = odf_part(write_odt(made, large=True), "styles.xml")
    assert (
        min(float(str(item.get(f"{FO}font-size"))[:-2]) for item in styles.iter() if item.get(f"{FO}font-size")) >= 18
    )


def test_pictures_are_in_the_file_and_say_what_they_show(content: Content) -> None:
    made = document(content, kind="easy_read")
    shown = [block.alt for block in made.blocks if isinstance(block, Pictured)]
    word = docx.Document(BytesIO(write_docx(made)))
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == shown
    odf = write_odt(made)
    content_xml = odf_part(odf, "content.xml")
    assert [item.text for item in content_xml.iter(f"{SVG}desc")] == shown
    links = {item.get("{http://www.w3.org/1999/xlink}href") for item in content_xml.iter() if "image" in str(item.tag)}
    with zipfile.ZipFile(BytesIO(odf)) as file:
        assert links <= set(file.namelist())
