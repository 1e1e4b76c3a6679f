"""What of an event may be written down: everything but what people said and what was said to them."""

from __future__ import annotations

from typing import Any

PERSON_SAID = "[what the person said]"
ASSISTANT_SAID = "[what the assistant said]"

_KEPT_METADATA = frozenset({"draft_id", "message_id", "question", "who", "model_id", "assistant_id", "internal"})
"""Opaque ids and codes only. A choice is left out: it is the answer."""


def redact(event: dict[str, Any]) -> dict[str, Any]:
    """An event as it is stored. The intent and its confidence stay; text, readings and payloads do not.

    >>> redact({"event": "user", "text": "he bites", "parse_data": {"intent": {"name": "answer"}, "text": "he bites"},
    ...         "metadata": {"question": "S3", "choice": "S3.2"}})["parse_data"]
    {'intent': {'name': 'answer'}, 'text': '[what the person said]', 'entities': []}
    """
    kept = dict(event)
    if isinstance(kept.get("metadata"), dict):
        kept["metadata"] = _metadata(kept["metadata"])
    if kept.get("event") == "user":
        intent = (event.get("parse_data") or {}).get("intent") or {}
        kept["text"] = PERSON_SAID
        kept["entities"] = []
        kept["parse_data"] = {
            "intent": {key: intent[key] for key in ("name", "confidence") if key in intent},
            "text": PERSON_SAID,
            "entities": [],
        }
    elif kept.get("event") == "bot":
        kept["text"] = ASSISTANT_SAID
        kept["data"] = {}
    elif kept.get("event") == "slot" and kept.get("name") == "session_started_metadata":
        value = kept.get("value")
        kept["value"] = _metadata(value) if isinstance(value, dict) else None
    return kept


def _metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in metadata.items() if key in _KEPT_METADATA}
