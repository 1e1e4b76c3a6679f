"""The register of risks and opportunities: what is written to it, by whom it is read, and as what."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from pydantic import BaseModel, ConfigDict, Field

from bot.cases.register import Entry, Kind, NoTag, due, found, replaced, tags
from bot.gateway.problems import Problem, malformed, not_found
from bot.gateway.services import Services
from bot.gateway.wire import clean
from bot.review.access import Staff, draft_for, viewer
from bot.store import audit, drafts, register
from bot.store.database import Transaction
from bot.store.register import NewEntry, StoredEntry

MAX_TITLE, MAX_WORDS, MAX_TAGS = 200, 4000, 400
SHOWN = 200


class EntryIn(BaseModel):
    """A line for the register."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "risk",
                    "title": "Paying an aunt who lives next door",
                    "decided": "Agreed, with two references and a check before the first day.",
                    "reason": "She is the one person whom he lets help him at night, and she does not live with him.",
                    "tags": "personal assistant, family",
                    "review_by": "2027-05-01",
                }
            ]
        },
    )

    kind: Kind
    title: str = Field(min_length=1, max_length=MAX_TITLE, description="What it is about, without a name.")
    decided: str = Field(min_length=1, max_length=MAX_WORDS)
    reason: str = Field(min_length=1, max_length=MAX_WORDS)
    tags: str = Field(default="", max_length=MAX_TAGS, description="With commas between them.")
    review_by: date | None = None
    reference: str | None = Field(default=None, max_length=40, description="The case it is about; left out: general.")
    replaces: str | None = Field(default=None, max_length=40, description="Id of the line it stands in the place of.")


class EntryLine(BaseModel):
    """A line of the register."""

    id: str
    kind: Kind
    title: str
    decided: str
    reason: str
    tags: list[str]
    by: str
    role: str
    at: datetime
    review_by: date | None
    review_due: bool
    reference: str | None
    """The case it is about."""
    replaces: str | None
    replaced: bool
    """Another line stands in its place."""


class EntryList(BaseModel):
    """Lines that were found, newest first."""

    entries: list[EntryLine]
    tags: list[str]
    """All tags there are."""
    more: int
    """So many more were found than are shown: search more narrowly."""


def search(
    services: Services,
    staff: Staff,
    *,
    words: str,
    kind: Kind | None,
    tag: str,
    reference: str,
    due_only: bool,
    old: bool,
) -> EntryList:
    """Lines in which every word stands. Those about a case are for its team alone. Raises Problem 404 for a reference."""
    today = services.now().date()
    with services.database.write() as tx:
        stored = list(register.seen_by(tx, viewer(services.content, staff)))
        if reference:
            draft, _ = draft_for(services, tx, staff, reference, "register")
            stored = [one for one in stored if one.said.draft_id == draft.id]
        entries = [_entry(one) for one in stored]
        chosen = found(entries, words=words, kind=kind, tag=tag, due_on=today if due_only else None, old=old)
        names = _references(tx, chosen[:SHOWN])
        detail: dict[str, audit.Detail] = {"role": staff.role, "found": len(chosen)}
        audit.note(tx, at=services.now(), actor=staff.user, action="register.viewed", subject="register", detail=detail)
    gone = replaced(entries)
    return EntryList(
        entries=[_line(entry, names, gone, today) for entry in chosen[:SHOWN]],
        tags=sorted({tag for entry in entries for tag in entry.tags}),
        more=max(0, len(chosen) - SHOWN),
    )


def one_entry(services: Services, staff: Staff, entry_id: str) -> EntryLine:
    """One line that this person may read. Raises Problem 404."""
    with services.database.read() as tx:
        stored = register.seen_by(tx, viewer(services.content, staff))
        entries = [_entry(one) for one in stored]
        chosen = [entry for entry in entries if entry.id == entry_id]
        names = _references(tx, chosen)
    if not chosen:
        raise not_found()
    return _line(chosen[0], names, replaced(entries), services.now().date())


def write(services: Services, staff: Staff, asked: EntryIn) -> EntryLine:
    """Keep a line. The same from the same person on the same day is kept once. Raises Problem 403, 404, 409 and 422."""
    now = services.now()
    words = {name: clean(getattr(asked, name)).strip() for name in ("title", "decided", "reason")}
    for name, text in words.items():
        if not text:
            raise malformed(f"{name}: write something.")
    try:
        marked = tags(clean(asked.tags))
    except NoTag as bad:
        raise malformed(
            f"tags: “{bad}” is too long, one too many, or has other signs than letters and figures."
        ) from None
    if asked.review_by is not None and asked.review_by < now.date():
        raise malformed("review_by: choose a day to come.")
    with services.database.write() as tx:
        draft_id = None
        if asked.reference:
            draft_id = draft_for(services, tx, staff, asked.reference, "register")[0].id
        seen = {one.id: one for one in register.seen_by(tx, viewer(services.content, staff))}
        if asked.replaces is not None and asked.replaces not in seen:
            raise not_found()
        if asked.replaces is not None and not asked.reference:
            draft_id = seen[asked.replaces].said.draft_id
        new = NewEntry(
            asked.kind, **words, tags=marked, review_by=asked.review_by, draft_id=draft_id, replaces=asked.replaces
        )
        same = [
            one for one in seen.values() if one.said == new and one.by == staff.user and one.at.date() == now.date()
        ]
        try:
            kept = same[0] if same else register.write(tx, new, by=staff.user, role=staff.role, at=now)
        except register.ReplacedBefore:
            raise Problem(
                409,
                "That line was replaced meanwhile",
                "Nothing of yours was saved. Read the line that took its place, and replace that one if you need to.",
                "/problems/stale",
            ) from None
        except register.NoSuchEntry:
            raise malformed("replaces: a line takes the place of one about the same case.") from None
        names = _references(tx, [_entry(kept)])
    return _line(_entry(kept), names, frozenset(), now.date())


def _entry(stored: StoredEntry) -> Entry:
    said = stored.said
    return Entry(
        id=stored.id,
        draft_id=said.draft_id,
        kind=cast(Kind, said.kind),
        title=said.title,
        decided=said.decided,
        reason=said.reason,
        by=stored.by,
        role=stored.role,
        at=stored.at,
        review_by=said.review_by,
        tags=said.tags,
        replaces=said.replaces,
    )


def _references(tx: Transaction, entries: tuple[Entry, ...] | list[Entry]) -> dict[str, str]:
    wanted = {entry.draft_id for entry in entries if entry.draft_id is not None}
    return {draft_id: drafts.get(tx, draft_id).reference for draft_id in wanted}


def _line(entry: Entry, references: dict[str, str], gone: frozenset[str], today: date) -> EntryLine:
    return EntryLine(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        decided=entry.decided,
        reason=entry.reason,
        tags=list(entry.tags),
        by=entry.by,
        role=entry.role,
        at=entry.at,
        review_by=entry.review_by,
        review_due=due(entry, today) and entry.id not in gone,
        reference=references.get(entry.draft_id or ""),
        replaces=entry.replaces,
        replaced=entry.id in gone,
    )
