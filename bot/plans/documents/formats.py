"""The formats a document can be taken away in, by the ending of the file."""

from __future__ import annotations

from typing import Literal

from bot.plans.documents.large import for_large_print
from bot.plans.documents.tree import Document

Format = Literal["html", "pdf", "docx", "odt", "txt"]

MEDIA_TYPES: dict[Format, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
}


def write(document: Document, format: Format, *, large: bool = False) -> bytes:
    """The file's bytes; ``large``: large print. Raises :class:`bot.plans.documents.pdf.PdfUnavailableError` for a PDF.

    Writers are imported when they are needed: those of Word, OpenDocument and PDF take a while.
    """
    told = for_large_print(document) if large else document
    match format:
        case "html":
            from bot.plans.documents.html import write_html

            return write_html(told, large=large).encode()
        case "pdf":
            from bot.plans.documents.pdf import write_pdf

            return write_pdf(told, large=large)
        case "docx":
            from bot.plans.documents.docx import write_docx

            return write_docx(told, large=large)
        case "odt":
            from bot.plans.documents.odt import write_odt

            return write_odt(told, large=large)
        case "txt":
            from bot.plans.documents.plain import write_text

            return write_text(told).encode()
