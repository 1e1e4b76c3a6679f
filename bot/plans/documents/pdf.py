"""A document as a tagged PDF (PDF/UA-1), made by WeasyPrint from the same HTML as the page."""

from __future__ import annotations

from typing import Any

from bot.plans.documents.fonts import FONTS, font_faces, printable
from bot.plans.documents.html import body, page, style
from bot.plans.documents.tree import Document

MISSING = (
    "Plans cannot be made as PDF on this machine, as the Pango libraries are missing. "
    "Install them with bin/install-debian-packages pdf. Every other form works without them."
)


class PdfUnavailableError(RuntimeError):
    """The libraries that draw a PDF are not there; the message says how to get them."""


def write_pdf(document: Document, *, large: bool = False) -> bytes:
    """The PDF: tagged, with language, title, bookmarks and embedded fonts. Raises PdfUnavailableError."""
    weasyprint = _weasyprint()
    css = font_faces() + style("base.css", "paged.css") + _page_feet(document, large)
    source = page(document, printable(body(document, paged=True)), css, large=large)
    html = weasyprint.HTML(string=source, url_fetcher=_fonts_only(weasyprint), base_url=None)
    pdf: bytes = html.write_pdf(
        pdf_variant="pdf/ua-1", finisher=_add_scopes, pdf_identifier=document.file_name("pdf").encode(), cache={}
    )
    return pdf


def _weasyprint() -> Any:
    try:
        import weasyprint  # type: ignore[import-untyped]
    except OSError as error:
        raise PdfUnavailableError(MISSING) from error
    return weasyprint


def _fonts_only(weasyprint: Any) -> Any:
    """An address fetcher that opens our font files and nothing else, whatever a plan says."""
    ours = FONTS.as_uri() + "/"

    class FontsOnly(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith(ours) or ".." in url:
                raise ValueError("a plan opens no address")
            return super().fetch(url, headers)

    return FontsOnly(allowed_protocols=("file",))


def _page_feet(document: Document, large: bool) -> str:
    """A4 pages; at the foot of each the reference, the version, whether it is agreed, and the page number."""
    size = "18pt" if large else "14pt" if document.kind == "easy_read" else "10pt"
    page_word, of = document.pages
    left = " · ".join((document.reference, document.version_words, document.status))
    font = 'font-family: "Hyperlegible", "Hyperlegible Ext", Arial, "DejaVu Sans", sans-serif'
    margin = "12mm 16mm 16mm" if document.kind == "profile" else "18mm 18mm 22mm"
    margin = "18mm 18mm 34mm" if size != "10pt" else margin
    foot = f"{font}; font-size: {size}; color: #484c4f; vertical-align: top; padding-top: 4mm"
    return (
        f"@page {{ size: A4; margin: {margin};\n"
        f"  @bottom-left {{ {foot}; width: 75%; content: {_css(printable(left))}; }}\n"
        f"  @bottom-right {{ {foot}; width: 25%; text-align: right; "
        f'content: {_css(page_word)} " " counter(page) " " {_css(of)} " " counter(pages); }}\n}}\n'
    )


def _css(text: str) -> str:
    """Text as a CSS string."""
    return '"' + "".join(f"\\{ord(c):06x}" if c in '"\\\n\r\f<' else c for c in text) + '"'


def _add_scopes(_: Any, pdf: Any) -> None:
    """Table headers say which cells they are for. WeasyPrint links cells to headers, but some readers go by scope."""
    by_number = {item.number: item for item in pdf.objects}

    def kind(item: Any) -> Any:
        return item.get("S") if isinstance(item, dict) else None

    for row in (item for item in pdf.objects if kind(item) == "/TR"):
        group = by_number[int(row["P"].split()[0])]
        scope = "/Column" if kind(group) == "/THead" else "/Row"
        for reference in row["K"]:
            cell = by_number[int(reference.split()[0])]
            if kind(cell) == "/TH":
                cell["A"]["Scope"] = scope
