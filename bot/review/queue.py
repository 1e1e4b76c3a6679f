"""The queue of professionals: what needs somebody now, filtered, paged, with the workload; and taking a case up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from bot.cases import queue
from bot.cases.queue import Band, Item, Wanted
from bot.gateway.alert_schedule import uk_time
from bot.gateway.problems import Problem, not_found
from bot.gateway.services import Services
from bot.review.access import Staff, case_for, viewer
from bot.review.record import DraftLine, draft_lines
from bot.review.stale import stale
from bot.store import cases, drafts, staff_members
from bot.store import queue as rows_of
from bot.store.cases import Case
from bot.store.database import Transaction
from bot.store.drafts import DraftStatus
from bot.store.queue import QueueRow
from bot.store.references import normalise

PAGE = 50
ME = "me"


class QueueLine(DraftLine):
    """One draft in the queue. No name: the list is seen by more people than the draft."""

    band: Band
    """Why it stands where it does."""
    waits_since: datetime
    age_days: int
    """Working days it has waited for what the band says."""
    late: bool
    """The council's own time to reply is over."""
    team: str | None
    """Id; null while it is no case yet."""
    lead: str | None
    revision: int | None
    """Of the case: send it with what you change. Null while no professional has opened the draft."""
    sent_at: datetime | None
    questions_open: int
    """Questions of the team that the family has not answered yet."""


class LoadLine(BaseModel):
    """What one lead has."""

    lead: str | None
    """Null: what nobody leads."""
    cases: int
    waiting: int
    late: int


class DraftList(BaseModel):
    """Drafts, what needs somebody now first."""

    drafts: list[QueueLine]
    next: str | None
    """Send this as ``after`` for the next page; null on the last one."""
    total: int
    """How many there are on all pages."""
    workload: list[LoadLine]


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see, as it was sent."""

    status: DraftStatus | None = None
    team: str | None = None
    lead: str | None = None
    """``me``, ``nobody`` or a user id."""
    older_than: int | None = None
    due: bool = False
    reference: str | None = None
    after: str | None = None


def listing(services: Services, tx: Transaction, staff: Staff, filters: Filters) -> DraftList:
    """One page of the queue. Raises Problem 404 for an unknown ``after``."""
    council = services.content.council
    today, closed = uk_time(services.now()).date(), council.closed_days
    reply = queue.reply_days(council.reply_within)
    found = {row.draft_id: row for row in rows_of.rows(tx, viewer(services.content, staff))}
    everything = [_item(row) for row in found.values()]
    wanted = Wanted(
        status=filters.status,
        team=filters.team or None,
        lead=staff.user if filters.lead == ME else filters.lead or None,
        older_than=filters.older_than,
        late=filters.due,
    )
    chosen = [item for item in everything if queue.matches(item, wanted, today, closed, reply)]
    if filters.reference:
        exact = normalise(filters.reference)
        chosen = [item for item in chosen if found[item.id].reference == exact]
    ordered = queue.in_order(chosen)
    first = 0
    if filters.after is not None:
        place = next((number for number, item in enumerate(ordered) if item.id == filters.after), None)
        if place is None:
            raise not_found()
        first = place + 1
    shown = ordered[first : first + PAGE]
    lines = draft_lines(tx, [drafts.get(tx, item.id) for item in shown])
    return DraftList(
        drafts=[
            QueueLine(
                **line.model_dump(),
                band=item.band,
                waits_since=item.waits_since,
                age_days=queue.age(item, today, closed),
                late=queue.is_late(item, today, closed, reply),
                team=item.team,
                lead=item.lead,
                revision=found[item.id].revision,
                sent_at=found[item.id].sent_at,
                questions_open=found[item.id].questions_open,
            )
            for line, item in zip(lines, shown, strict=True)
        ],
        next=shown[-1].id if len(ordered) > first + PAGE else None,
        total=len(ordered),
        workload=[
            LoadLine(lead=load.lead, cases=load.cases, waiting=load.waiting, late=load.late)
            for load in queue.workload(everything, today, closed, reply)
        ],
    )


def take(services: Services, staff: Staff, reference: str, revision: int | None) -> Case:
    """Become the lead of a case; a plan that was sent is looked at from now on. Doing it twice changes nothing.

    Raises Problem 403, 404, and 409 where it was changed meanwhile, or somebody else leads it.
    """
    with services.database.write() as tx:
        case = case_for(services, tx, staff, reference, "assign")
        if case.lead == staff.user and case.status != "sent":
            return case
        if case.lead not in (None, staff.user):
            raise Problem(
                409,
                "Somebody else leads this case",
                f"{staff_members.name(tx, case.lead)} leads it. Ask them, or a manager, to assign it to you.",
                "/problems/not-now",
            )
        if case.status == "closed":
            raise Problem(409, "This case is closed", "A new draft begins from it.", "/problems/not-now")
        status: Literal["looked_at"] | None = "looked_at" if case.status == "sent" else None
        try:
            return cases.change(
                tx,
                case.draft_id,
                expected_revision=revision,
                actor=staff.user,
                action="case.taken",
                at=services.now(),
                detail={"lead": staff.user},
                status=status,
                lead=staff.user,
            )
        except cases.StaleCase:
            raise stale(tx, case.draft_id, revision or 0) from None


def _item(row: QueueRow) -> Item:
    return Item(
        id=row.draft_id,
        status=row.status,
        since=row.since,
        team=row.team,
        lead=row.lead,
        alerts_since=row.alerts_since,
        asked_since=row.asked_since,
        answered_since=row.answered_since,
    )
