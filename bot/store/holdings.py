"""Every table that holds something of a family, and what becomes of it when their data is given out or erased.

A table that can be reached from ``drafts`` must be named here, or in :data:`NOT_A_FAMILYS`: a test walks all tables and
fails for one that is in neither. Erasing follows the foreign keys, so a table needs no code of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, false, or_, select

from bot.store import (
    call_tables,
    casework_tables,
    channel_tables,
    decision_tables,
    living_tables,
    records_tables,
    sign_in_tables,
)
from bot.store.tables import Base

MODULES = (call_tables, casework_tables, channel_tables, decision_tables, living_tables, records_tables, sign_in_tables)
"""Read so that :data:`bot.store.tables.Base` knows every table."""

Release = Literal["give", "check", "safeguarding", "technical"]
"""give: theirs to have. check: may hold what somebody else said, or what is said about somebody else: a person reads it
before it is handed over. safeguarding: only with a named person's decision. technical: a copy or a lock that says
nothing of its own; it is erased, and not given out."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One table."""

    title: str
    """Heading in the bundle."""
    release: Release = "give"


HOLDINGS: dict[str, Holding] = {
    "drafts": Holding("The draft"),
    "plan_members": Holding("People who take part"),
    "conversations": Holding("Devices and channels"),
    "answers": Holding("Answers"),
    "allocations": Holding("Guide amounts and how they were worked out"),
    "plan_versions": Holding("Plans as they were sent"),
    "messages": Holding("What was said", "check"),
    "call_back_requests": Holding("Calls that were asked for"),
    "news_addresses": Holding("Where news may be sent"),
    "notices": Holding("News that was sent"),
    "cases": Holding("The case"),
    "professional_answers": Holding("Answers of professionals"),
    "agreed_levels": Holding("Levels that were agreed"),
    "moderated_allocations": Holding("Guide amounts from agreed levels"),
    "budget_routes": Holding("Which budget was chosen"),
    "register_entries": Holding("Risks and opportunities", "check"),
    "comments": Holding("Comments of professionals", "check"),
    "plan_returns": Holding("Plans that came back with questions"),
    "returned_questions": Holding("Questions that were put"),
    "return_events": Holding("What came of the questions"),
    "decisions": Holding("Decisions"),
    "decision_lines": Holding("Decisions line by line"),
    "decision_steps": Holding("Who signed"),
    "decision_letters": Holding("Letters"),
    "family_answers": Holding("Answers to decisions"),
    "contingency_requests": Holding("Money asked for from the contingency"),
    "contingency_answers": Holding("Answers about the contingency"),
    "plan_years": Holding("Years of the plan"),
    "line_checks": Holding("Checks before a start", "check"),
    "line_starts": Holding("What began and when"),
    "payment_schedules": Holding("How payments were arranged"),
    "payments": Holding("Payments that were due"),
    "payments_made": Holding("Payments that were made"),
    "spendings": Holding("Money that was spent"),
    "unspent_decisions": Holding("Money that was not spent"),
    "reviews": Holding("Looking back"),
    "review_steps": Holding("Steps of looking back"),
    "review_words": Holding("What was said in looking back", "check"),
    "channel_numbers": Holding("Numbers that wrote to us"),
    "channel_inbound": Holding("Messages on their way in"),
    "channel_out": Holding("Messages on their way out"),
    "legal_holds": Holding("Legal holds", "check"),
    "safety_events": Holding("Safety", "safeguarding"),
    "alert_outbox": Holding("Alerts", "safeguarding"),
    "applied_messages": Holding("Messages that were applied", "technical"),
    "replies": Holding("Replies kept for a repeat", "technical"),
    "calls": Holding("Telephone calls under way", "technical"),
    "turn_leases": Holding("Whose turn it is", "technical"),
}
"""By table name, in the order of the bundle."""

NOT_A_FAMILYS: dict[str, str] = {
    "audit": "ids and codes; append-only; given out with the bundle, and not erased",
    "audit_head": "the last line of the audit",
    "service_leases": "which process does a job",
    "resume_attempts": "keyed hashes of wrong tries, deleted by age",
    "deletion_receipts": "what was deleted, without what it said; kept",
    "channel_brought": "keyed hashes of messages that providers brought, deleted by age",
    "channel_suppressions": "keyed hash of a number that wrote STOP; kept, so that it stays stopped",
    "staff_sessions": "of staff",
    "staff_members": "of staff",
    "sign_ins": "of staff",
    "late_forms": "of staff; those about a draft are named by its reference, and erased with it",
}
"""Tables that hold nothing of one family's, and why."""

SEALED_UNDER = {"channel_inbound": "number_id", "channel_out": "number_id"}
"""Column whose value a table's encrypted text is bound to, where it is not the primary key."""

OWN_JSON = frozenset(
    {
        "drafts.state",
        "messages.body",
        "plan_versions.body",
        "alert_outbox.body",
        "allocations.result",
        "moderated_allocations.result",
        "decisions.words",
        "decisions.parts",
        "decisions.panel",
        "decision_lines.words",
    }
)
"""Columns whose text is JSON of ours, which is opened up. Nobody's own words are."""


def table(name: str) -> Table:
    """A table by name."""
    return Base.metadata.tables[name]


def belongs_to(one: Table, draft_id: str) -> ColumnElement[bool]:
    """Which rows of a table are this draft's: by its draft_id, or through the rows they point at."""
    if one.name == "drafts":
        return one.c.id == draft_id
    if "draft_id" in one.c:
        return one.c.draft_id == draft_id
    ways: list[ColumnElement[bool]] = []
    for column in one.c:
        for key in column.foreign_keys:
            parent: Any = key.column.table
            ways.append(column.in_(select(key.column).where(belongs_to(parent, draft_id))))
    return or_(*ways) if ways else false()


def reaches_drafts(one: Table) -> bool:
    """Whether a table's rows can belong to a draft."""
    parents = {key.column.table for column in one.c for key in column.foreign_keys}
    return one.name == "drafts" or "draft_id" in one.c or any(reaches_drafts(parent) for parent in parents)
