"""Plain pictures for Easy Read, drawn for this project: black lines, one thing each. SVG, and PNG made from it."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
NAMES = (
    "person",
    "people",
    "heart",
    "shield",
    "speech",
    "days",
    "star",
    "hands",
    "money",
    "calendar",
    "list",
    "question",
)
"""Every picture there is."""


@cache
def _drawn(name: str) -> str:
    if name not in NAMES:
        raise KeyError(name)
    return (HERE / f"{name}.svg").read_text(encoding="utf-8")


def svg(name: str, alt: str) -> str:
    """A picture for HTML and PDF, with what it shows as its title. Raises KeyError for a name there is no picture of."""
    start, rest = _drawn(name).split(">", 1)
    return f'{start} role="img" aria-label="{escape(alt)}"><title>{escape(alt)}</title>{rest}'


def png(name: str) -> bytes:
    """A picture for Word and OpenDocument, 288 × 288. Raises KeyError for a name there is no picture of."""
    if name not in NAMES:
        raise KeyError(name)
    return (HERE / f"{name}.png").read_bytes()
