"""A document of a plan on its way out: made a few at a time, kept nowhere, and allowed its own styles and nothing else."""

from __future__ import annotations

import re
import threading
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fastapi import Response

from bot.gateway.problems import Problem
from bot.plans.documents.formats import MEDIA_TYPES, Format, write
from bot.plans.documents.pdf import PdfUnavailableError
from bot.plans.documents.tree import Document

PDFS_AT_ONCE = 2
"""PDFs that one process makes at the same time: each takes a core for some seconds."""
PDFS_WAITING = 6
"""Beside those under way. More would take threads that other families' messages need."""
WAIT_SECONDS = 15.0
TRY_AGAIN_SECONDS = 10

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
AS_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file. Nothing is kept of it",
        "content": {kind.partition(";")[0]: {} for kind in (*MEDIA_TYPES.values(), "application/json")},
    }
}
"""What a route that sends one answers, for /openapi.json."""


@dataclass(frozen=True, slots=True)
class File:
    """What is sent back."""

    body: bytes
    media_type: str
    name: str


class Printers:
    """Whose turn it is to make a PDF."""

    def __init__(
        self, at_once: int = PDFS_AT_ONCE, waiting: int = PDFS_WAITING, wait_seconds: float = WAIT_SECONDS
    ) -> None:
        self._places = threading.BoundedSemaphore(at_once + waiting)
        self._printers = threading.BoundedSemaphore(at_once)
        self._wait_seconds = wait_seconds

    def pdf(self, document: Document, *, large: bool = False) -> bytes:
        """A PDF, as soon as it is its turn. Raises Problem 503: too many want one, or this machine can make none."""
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._printers.acquire(timeout=self._wait_seconds):
                raise _busy()
            try:
                return write(document, "pdf", large=large)
            except PdfUnavailableError:
                raise Problem(503, "No PDF just now", _NO_PDF, "/problems/no-pdf") from None
            finally:
                self._printers.release()
        finally:
            self._places.release()


_NO_PDF = "This PDF cannot be made right now. Please take the web page, Word or OpenDocument file."


def _busy() -> Problem:
    return Problem(
        503,
        "Many people want a PDF just now",
        "Please try again in a moment, or take the web page, Word or OpenDocument file. Your plan is safe.",
        "/problems/busy",
        {"Retry-After": str(TRY_AGAIN_SECONDS)},
    )


def file_of(printers: Printers, document: Document, ending: Format, name: str, *, large: bool = False) -> File:
    """A document as a file. Raises Problem 503 where no PDF can be made."""
    body = printers.pdf(document, large=large) if ending == "pdf" else write(document, ending, large=large)
    return File(body, MEDIA_TYPES[ending], name)


def response(file: File, embed_on: Sequence[str] = ()) -> Response:
    """Text is shown, other files are saved. A page may use the styles that it brings, and nothing from anywhere."""
    shown = "inline" if file.media_type.startswith("text/") else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{file.name}"', "Cache-Control": "private, no-store"}
    if file.media_type.startswith("text/html"):
        styles = "".join(f" 'sha256-{_digest(style)}'" for style in _STYLE.findall(file.body.decode()))
        headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src{styles or " 'none'"}; base-uri 'none'; form-action 'none'; "
            f"frame-ancestors {' '.join(embed_on) or "'none'"}"
        )
    return Response(file.body, media_type=file.media_type, headers=headers)


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
