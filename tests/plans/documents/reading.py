"""Reads documents back as somebody's software would: their words, headings, tables and properties."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

import docx
import pypdf
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


def bare(text: str) -> str:
    """Without white space and colons, which formats set in their own way."""
    return re.sub(r"[\s:]+", "", text)


def pence_in(text: str) -> list[int]:
    """Every amount of money in a text, in pence and in order."""
    return [
        int(pounds.replace(",", "")) * 100 + int(pence or 0)
        for pounds, pence in re.findall(r"£([\d,]*\d)(?:\.(\d\d))?", text)
    ]


@dataclass
class Page(HTMLParser):
    """An HTML page: its tags in order, its headings, and the text that can be seen in its main part."""

    source: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._quiet = 0
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("br", "meta", "path", "circle", "rect"):
            return
        self._open.append(tag)
        hidden = tag in ("style", "nav", "footer", "svg", "title") or dict(attrs).get("class") == "hidden"
        self._quiet += hidden or bool(self._quiet)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
            self._quiet = max(0, self._quiet - 1)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if not self._quiet:
            self.seen.append(data)
            if self._open and re.fullmatch("h[1-6]", self._open[-1]):
                level, text = self.headings[-1]
                self.headings[-1] = (level, text + data)

    @property
    def text(self) -> str:
        return " ".join(self.seen)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def word_text(data: bytes) -> str:
    """All words of a .docx, tables where they stand."""
    word = docx.Document(BytesIO(data))

    def parts() -> Iterator[str]:
        for item in word.iter_inner_content():
            if isinstance(item, WordParagraph):
                yield item.text
            elif isinstance(item, WordTable):
                yield from (cell.text for row in item.rows for cell in row.cells)

    return "\n".join(parts())


def word_headings(data: bytes) -> list[tuple[int, str]]:
    word = docx.Document(BytesIO(data))
    return [
        (int(item.style.name[-1]), item.text)
        for item in word.paragraphs
        if item.style is not None and item.style.name is not None and item.style.name.startswith("Heading ")
    ]


def odf_part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def odf_text(data: bytes) -> str:
    """All words of an .odt, tables where they stand; what a picture shows is not among them."""
    content = odf_part(data, "content.xml")
    for description in content.iter(f"{SVG}desc"):
        description.text = ""
    return "\n".join("".join(part.itertext()) for part in content.iter(f"{TEXT}p", f"{TEXT}h"))


def odf_headings(data: bytes) -> list[tuple[int, str]]:
    content = odf_part(data, "content.xml")
    return [(int(part.get(f"{TEXT}outline-level") or 0), "".join(part.itertext())) for part in content.iter(f"{TEXT}h")]


def pdf_text(data: bytes, foot: str) -> str:
    """All words of a PDF without the feet of its pages."""
    pages = (page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)
    return "\n".join(re.sub(r"Page\d+of\d+", "", bare(page)).replace(bare(foot), "") for page in pages)


@dataclass
class Tag:
    """One element of a PDF's structure tree."""

    kind: str
    object: pypdf.generic.DictionaryObject
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()


def pdf_tags(reader: pypdf.PdfReader) -> Tag:
    """The structure tree from its root."""

    def build(item: pypdf.generic.DictionaryObject) -> Tag:
        kids = item.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        tag = Tag(str(item.get("/S", "")), item)
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if isinstance(kid, pypdf.generic.DictionaryObject) and "/S" in kid:
                tag.children.append(build(kid))
        return tag

    return build(reader.trailer["/Root"]["/StructTreeRoot"])
