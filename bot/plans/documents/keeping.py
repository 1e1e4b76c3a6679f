"""A document as JSON, to be kept as it was written: read back, it says the same in every format."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from bot.plans.documents.tree import (
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Pictured,
    Pounds,
    Quote,
    Table,
)

_KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (Bullets, Facts, Heading, Notice, Paragraph, Pictured, Pounds, Quote, Table)
}


def document_to_json(document: Document) -> str:
    """One text for one document: keys sorted, ASCII."""
    values = {field.name: getattr(document, field.name) for field in fields(document)}
    return json.dumps(_plain(values | {"on": document.on.isoformat()}), sort_keys=True, separators=(",", ":"))


def document_from_json(text: str) -> Document:
    """Raises KeyError and ValueError for what :func:`document_to_json` did not write."""
    values = {name: _made(value) for name, value in json.loads(text).items()}
    return Document(**(values | {"on": date.fromisoformat(values["on"])}))


def fingerprint(text: str) -> str:
    """SHA-256, in hexadecimal, of a kept document."""
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"_": type(value).__name__} | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(one) for one in value)
    if isinstance(value, dict):
        return _KINDS[value["_"]](**{key: _made(one) for key, one in value.items() if key != "_"})
    return value
