"""One family's data as a bundle of files: everything as JSON, the same to read as OpenDocument, and what is in it.

The shape of ``record.json`` is stable: ``{"schema": "sevensteps.subject/1", "reference", "council", "made_at",
"made_by", "reason", "sections": [{"name", "title", "release", "rows": [{column: value}]}], "left_out": [{"name", "title", "rows", "why"}],
"unopened": {"table.column": n}}``. A section is a table of the store; rows hold its columns, texts opened, times in
ISO 8601, money in pence. New sections and columns may be added; none is renamed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.content.loader import Content
from bot.plans.documents.clean import clean
from bot.plans.documents.odt import write_odt
from bot.plans.documents.tree import Block, Document, Facts, Heading, Notice, Paragraph, Table
from bot.store import audit, personal_data
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.holdings import HOLDINGS, Release

SCHEMA = "sevensteps.subject/1"
WITHHELD = "withheld: part of a safeguarding matter"
LEAST_WORDS = 8
"""Characters: a shorter message ("help") is no trace of where else it was said."""
SAFETY_ACTIONS = ("safety.", "alert.")
AUDIT = "audit"

_IN_TABLE = {
    "answers": ("at", "question_id", "status", "level", "words", "by"),
    "messages": ("at", "direction", "body"),
    "audit": ("at", "actor", "action", "detail"),
    "notices": ("created", "recipient", "kind", "route", "state"),
    "payments": ("pay_on", "line", "pence", "managed_by"),
    "spendings": ("on", "line", "pence", "words"),
}
"""Sections whose rows are short, shown as a table with these columns; the JSON has all of them."""


READ_ME = """This holds everything that {council} holds under the reference {reference}.
It is personal, and about a child. Keep it on an encrypted disk, hand it over by a safe way, and delete it afterwards.

record.odt     to read
record.json    the same for machines; its shape is in docs/privacy-and-safety.md
manifest.json  what is in it, and the SHA-256 of each file
{check}{left_out}"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files by name, and what a person must know before they hand it over."""

    files: dict[str, bytes]
    to_check: tuple[str, ...]
    """Titles of sections that may hold what somebody else said, or what is about somebody else."""
    left_out: tuple[str, ...]
    """Titles of sections that are not in it."""
    rows: int


def bundle(
    tx: Transaction, content: Content, draft: Draft, *, by: str, at: datetime, safeguarding: bool, reason: str = ""
) -> Bundle:
    """Everything that is held about a family, read and written down as read in the audit.

    ``safeguarding``: a named person has decided that notes about safety may go out with it; ``by`` is their name.
    """
    names = [name for name, holding in HOLDINGS.items() if holding.release != "technical"]
    held = personal_data.collect(tx, draft.id, names)
    held.rows[AUDIT] = _audit_rows(tx, draft.id)
    left_out = [] if safeguarding else _withhold(held)
    sections = [
        {"name": name, "title": _title(name), "release": _release(name), "rows": rows}
        for name, rows in held.rows.items()
    ]
    record = {
        "schema": SCHEMA,
        "reference": draft.reference,
        "council": content.council.name,
        "made_at": at.isoformat(),
        "made_by": by,
        "reason": reason,
        "sections": sections,
        "left_out": left_out,
        "unopened": held.unopened,
    }
    files = {
        "record.json": json.dumps(record, indent=1, ensure_ascii=False).encode(),
        "record.odt": write_odt(_document(content, draft, record, at)),
    }
    files["manifest.json"] = _manifest(record, files)
    detail: dict[str, audit.Detail] = {
        "safeguarding": safeguarding,
        "record": hashlib.sha256(files["record.json"]).hexdigest(),
    }
    audit.note(tx, at=at, actor=by, action="subject.exported", subject=draft.id, detail=detail)
    return Bundle(
        files,
        tuple(_title(name) for name, rows in held.rows.items() if rows and _release(name) == "check"),
        tuple(str(section["title"]) for section in left_out),
        sum(len(rows) for rows in held.rows.values()),
    )


def read_me(content: Content, reference: str, made: Bundle) -> bytes:
    """What whoever opens the folder reads first."""
    check = "".join(f"\nA person must read this before it is handed over: {title}." for title in made.to_check)
    left_out = "".join(f"\nLeft out, as a safeguarding matter: {title}." for title in made.left_out)
    text = READ_ME.format(council=content.council.name, reference=reference, check=check, left_out=left_out)
    return (text.rstrip() + "\n").encode()


def _audit_rows(tx: Transaction, draft_id: str) -> list[dict[str, Any]]:
    rows, after = list[dict[str, Any]](), 0
    while found := audit.lines(tx, subject=draft_id, after=after, limit=500):
        rows += [
            {
                "seq": line.seq,
                "at": line.at.isoformat(),
                "actor": line.actor,
                "action": line.action,
                "detail": json.loads(line.detail),
            }
            for line in found
        ]
        after = found[-1].seq
    return rows


def _withhold(held: personal_data.Held) -> list[dict[str, Any]]:
    """Take out what is about safeguarding; what is said of it is how much, and why."""
    raised = {row["message_id"] for row in held.rows.get("safety_events", [])}
    left_out: list[dict[str, Any]] = []
    for name in [name for name in held.rows if _release(name) == "safeguarding"]:
        rows = held.rows.pop(name)
        if rows:
            left_out.append({"name": name, "title": _title(name), "rows": len(rows), "why": WITHHELD})
    said = [str(row["body"].get("text") or "") for row in held.rows["messages"] if row["body"] and row["id"] in raised]
    for row in held.rows["messages"]:
        body = row["body"] or {}
        if row["id"] in raised or body.get("kind") == "safety":
            row["body"] = WITHHELD
        elif "safety" in body:
            row["body"] = {key: value for key, value in body.items() if key not in ("safety", "asks")}
    for row in held.rows["answers"]:
        if row["message_id"] in raised:
            row["words"] = WITHHELD
    # The same words stand in the draft's state, and perhaps in a plan or in what a professional noted of them.
    told = tuple(text for text in said if len(text) >= LEAST_WORDS)
    for name, rows in held.rows.items():
        held.rows[name] = [{key: _without(value, told) for key, value in row.items()} for row in rows]
    lines = held.rows[AUDIT]
    held.rows[AUDIT] = [line for line in lines if not line["action"].startswith(SAFETY_ACTIONS)]
    if len(lines) > len(held.rows[AUDIT]):
        hidden = len(lines) - len(held.rows[AUDIT])
        left_out.append({"name": AUDIT, "title": "Audit lines about safety", "rows": hidden, "why": WITHHELD})
    return left_out


def _without(value: Any, told: tuple[str, ...]) -> Any:
    """A value in which no text holds any of these words."""
    if isinstance(value, str):
        return WITHHELD if any(text in value for text in told) else value
    if isinstance(value, dict):
        return {key: _without(item, told) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, told) for item in value]
    return value


def _title(name: str) -> str:
    return "Who did what, and when" if name == AUDIT else HOLDINGS[name].title


def _release(name: str) -> Release:
    return "give" if name == AUDIT else HOLDINGS[name].release


def _manifest(record: dict[str, Any], files: dict[str, bytes]) -> bytes:
    said = {
        key: record[key]
        for key in ("schema", "reference", "council", "made_at", "made_by", "reason", "left_out", "unopened")
    }
    said["files"] = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
    }
    said["sections"] = {section["name"]: len(section["rows"]) for section in record["sections"]}
    said["check_before_release"] = [
        section["name"] for section in record["sections"] if section["release"] == "check" and section["rows"]
    ]
    return json.dumps(said, indent=1, ensure_ascii=False).encode()


def _document(content: Content, draft: Draft, record: dict[str, Any], at: datetime) -> Document:
    return Document(
        kind="officer",
        blocks=tuple(_blocks(record)),
        reference=draft.reference,
        version=None,
        draft=False,
        on=at.date(),
        council=content.council.name,
        status="Personal data. Keep it safe.",
        version_words=f"As held on {at:%-d %B %Y}",
        pages=("Page", "of"),
        contents="Contents",
    )


def _blocks(record: dict[str, Any]) -> Iterator[Block]:
    yield Heading(1, f"What is held under {record['reference']}")
    yield Paragraph(f"{record['council']}. Made on {record['made_at'][:10]} by {record['made_by']}.", "lead")
    to_check = [section["title"] for section in record["sections"] if section["release"] == "check" and section["rows"]]
    if to_check:
        yield Notice(
            "Check before this is handed over",
            ("A person must read these parts first. They may hold what somebody else said.", ", ".join(to_check)),
        )
    for section in record["left_out"]:
        yield Paragraph(f"Left out: {section['title']} ({section['rows']}). {section['why'].capitalize()}.", "small")
    for field, number in record["unopened"].items():
        yield Paragraph(f"Could not be opened with the keys in use: {field} ({number}).", "small")
    for section in record["sections"]:
        if section["rows"]:
            yield Heading(2, section["title"])
            yield from _rows(section)


def _rows(section: dict[str, Any]) -> Iterator[Block]:
    columns = _IN_TABLE.get(section["name"])
    if columns is not None:
        rows = tuple(tuple((_said(row.get(column)),) for column in columns) for row in section["rows"])
        yield Table(section["title"], tuple(map(_label, columns)), rows, titled=True)
        return
    for number, row in enumerate(section["rows"], 1):
        if len(section["rows"]) > 1:
            yield Heading(3, f"Number {number}")
        yield Facts(tuple((_label(name), (_said(value),)) for name, value in row.items() if value not in (None, "")))


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _said(value: Any) -> str:
    """A value in words; of a message what it says, of a nested value its JSON."""
    if isinstance(value, dict):
        text = value.get("text") or value.get("label")
        return clean(str(text) if text else json.dumps(value, ensure_ascii=False))
    if isinstance(value, list):
        return clean(json.dumps(value, ensure_ascii=False))
    return "" if value is None else clean(str(value))
