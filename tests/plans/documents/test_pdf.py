"""The PDF as a screen reader and an archive see it: tags, language, title, bookmarks, fonts, PDF/UA-1."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from lxml import etree
from pypdf.generic import ContentStream

from bot.content import Content
from bot.plans.documents.clean import clean
from bot.plans.documents.fonts import printable_characters
from bot.plans.documents.formats import write
from bot.plans.documents.pdf import write_pdf
from bot.plans.documents.tree import Document, Heading, Table
from bot.plans.model import Entry, Section
from tests.plans.documents.conftest import document
from tests.plans.documents.families import PLAN
from tests.plans.documents.reading import Tag, pdf_tags, pdf_text


@pytest.fixture(scope="module")
def reader(whole_pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(whole_pdf))


@pytest.fixture(scope="module")
def tags(reader: pypdf.PdfReader) -> Tag:
    return pdf_tags(reader)


def test_it_says_what_it_is(reader: pypdf.PdfReader) -> None:
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712  (a PDF's own true)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Support plan for Ty"
    assert reader.metadata.author == "Exampleshire Council"
    assert reader.metadata["/Keywords"] == "KITE-4821"
    assert reader.metadata.subject == "KITE-4821, Draft of 22 November 2026"


def test_it_claims_pdf_ua_in_its_metadata(reader: pypdf.PdfReader) -> None:
    xmp = etree.fromstring(reader.trailer["/Root"]["/Metadata"].get_object().get_data())
    name = "{http://www.aiim.org/pdfua/ns/id/}part"
    assert [item.get(name) or item.findtext(name) for item in xmp.iter() if item.get(name) or item.findtext(name)] == [
        "1"
    ]
    title = xmp.find(".//{http://purl.org/dc/elements/1.1/}title")
    assert title is not None
    assert "".join(title.itertext()).strip() == "Support plan for Ty"


def test_headings_are_tagged_in_order_and_none_is_left_out(whole: Document, tags: Tag) -> None:
    levels = [int(tag.kind[2]) for tag in tags.walk() if tag.kind in ("/H1", "/H2", "/H3", "/H4")]
    assert levels == [block.level for block in whole.blocks if isinstance(block, Heading)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_headers_with_scope_that_their_cells_name(whole: Document, tags: Tag) -> None:
    tables = [tag for tag in tags.walk() if tag.kind == "/Table"]
    assert len(tables) >= sum(isinstance(block, Table) for block in whole.blocks)
    captions = [tag for tag in tags.walk() if tag.kind == "/Caption"]
    assert len(captions) >= sum(isinstance(block, Table) and not block.titled for block in whole.blocks)
    for table in tables:
        parts = list(table.walk())
        heads = [tag for tag in parts if tag.kind == "/TH"]
        assert {str(head.object["/A"]["/Scope"]) for head in heads} == {"/Column", "/Row"}
        ids = {head.object["/ID"] for head in heads}
        assert len(ids) == len(heads)
        cells = [tag for tag in parts if tag.kind == "/TD"]
        assert cells
        assert all(set(cell.object["/A"]["/Headers"]) <= ids and cell.object["/A"]["/Headers"] for cell in cells)


def test_lists_and_quotes_are_tagged_as_such(tags: Tag) -> None:
    kinds = [tag.kind for tag in tags.walk()]
    assert kinds.count("/BlockQuote") > 15
    lists = [tag for tag in tags.walk() if tag.kind == "/L"]
    assert lists
    assert all(child.kind == "/LI" for each in lists for child in each.children)


def test_bookmarks_lead_to_every_part(whole: Document, reader: pypdf.PdfReader) -> None:
    def flat(outline: list[object]) -> list[str]:
        return [
            title
            for item in outline
            for title in (flat(item) if isinstance(item, list) else [str(item.title)])  # type: ignore[attr-defined]
        ]

    assert flat(reader.outline) == [block.text for block in whole.blocks if isinstance(block, Heading)]  # type: ignore[arg-type]


def test_all_fonts_are_embedded_and_can_be_read_out(reader: pypdf.PdfReader) -> None:
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].get_object().values():
            fonts[str(font.get_object()["/BaseFont"])] = font.get_object()
    assert any("Hyperlegible" in name for name in fonts)
    for name, font in fonts.items():
        inner = font["/DescendantFonts"][0].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object()), name
        assert "/ToUnicode" in font, name


def test_everything_drawn_is_tagged_or_marked_as_an_artifact(reader: pypdf.PdfReader) -> None:
    """What PDF/UA checkers look at first: no text outside marked content, and each mark in the structure."""
    for number, page in enumerate(reader.pages):
        depth, marks = 0, set()
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
                if operator == b"BDC" and "/MCID" in operands[1]:
                    marks.add(int(operands[1]["/MCID"]))
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ"):
                assert depth, f"text outside marked content on page {number + 1}"
        assert depth == 0
        known = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"][2 * number + 1].get_object()
        assert marks == set(range(len(known)))


def test_the_foot_of_each_page_says_draft_and_which(reader: pypdf.PdfReader) -> None:
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        text = " ".join(page.extract_text().split())
        assert "KITE-4821 · Draft of 22 November 2026 · Draft, not agreed yet" in text
        assert f"Page {number} of {total}" in text


ODD = (
    '<script>alert("x")</script> & <b>bold</b> {name} {{7*7}} %s \\" */ @import url(http://example.org/x.css);',
    "שלום, אני אוהב רכבות – and buses",
    "\u202eturned round and never turned back",
    "toot 🚂 🙂 👩🏽‍🦽 flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿 zero\x00 bell\x07 half \ud83d",
    "Łódź Ştefan ħ Ελλάδα Привет, 3 × 4 = 12 ✓",
    "w" * 4000,
    "long words and short ones " * 150,
    "one\n\n\ntwo\r\nthree\ttabbed   spaced",
)


def test_odd_words_are_all_there_and_open_nothing(content: Content) -> None:
    section = Section(entries=tuple(Entry(n, "main", text, "m1") for n, text in enumerate(ODD, 1)))
    made = document(content, PLAN.with_section("P01", section), kind="profile")
    said = pdf_text(write_pdf(made), " · ".join((made.reference, made.version_words, made.status)))
    for part in ('<script>alert("x")</script>', "{{7*7}}", "url(http//example.org/x.css)", "zerobellhalf", "andbuses"):
        assert part in said, part
    assert said.count("w") >= 4000
    assert "🚂" in said or "[steamlocomotive]" in said
    known = printable_characters()
    for character in "ŁódźŞħ":
        assert ord(character) in known
        assert character in said
    assert "כבות" in said or "תובכ" in said
    assert clean(ODD[2])[-1] == "\u202c"


def test_a_picture_in_easy_read_tells_what_it_shows(content: Content) -> None:
    reader = pypdf.PdfReader(BytesIO(write(document(content, kind="easy_read"), "pdf")))
    figures = [tag for tag in pdf_tags(reader).walk() if tag.kind == "/Figure"]
    assert len(figures) >= 10
    assert all(str(figure.object["/Alt"]).strip() for figure in figures)
    assert "A heart" in {str(figure.object["/Alt"]) for figure in figures}


def test_without_pango_it_says_how_to_get_it() -> None:
    """In a process of its own, in which WeasyPrint's import fails as it does where the libraries are missing."""
    script = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint':\n"
        "            raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"
        "sys.meta_path.insert(0, Missing())\n"
        "from datetime import date\n"
        "from bot.plans.documents.pdf import PdfUnavailableError, write_pdf\n"
        "from bot.plans.documents.tree import Document, Heading\n"
        "made = Document('plan', (Heading(1, 'x'),), 'K', None, True, date(2026, 1, 1), '', '', '', ('', ''))\n"
        "try:\n"
        "    write_pdf(made)\n"
        "except PdfUnavailableError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "bin/install-debian-packages pdf" in done.stdout
