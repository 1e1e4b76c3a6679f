"""News on its way: to a family, or to the professionals who have their case. Queued in the transaction of what it tells.

:func:`queue` is all that other files need::

    with database.write() as tx:
        ...                                    # what happened
        notices.queue(tx, draft_id=draft.id, to="family", kind="returned", at=now, event=f"return:{number}")

A family gets a line in their conversation, at their next visit, and a message to the number or address that they gave
for it (:mod:`bot.store.news_addresses`). Staff get an e-mail. The words are content: ``notice.family.<kind>`` and
``notice.staff.<kind>`` in ``texts/notices.yaml``, so nothing here can give anything away.

A notice is claimed before it is sent, and its next try set then: two senders never send the same try, and one that
dies while sending loses no more than one try. Every try carries the same id, for the receiver to know a repeat by.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, Select, select, update

from bot.store import audit, cases, members, news_addresses
from bot.store.database import Transaction, add, lock_draft
from bot.store.pins import FIRST_MEMBER
from bot.store.records_tables import NoticeRow
from bot.store.tables import DraftRow
from bot.store.visibility import Viewer, visible

Audience = Literal["family", "staff"]
RouteName = Literal["conversation", "sms", "email"]
State = Literal["queued", "sent", "failed", "withdrawn"]
"""sent: for a line in the conversation, it was shown. withdrawn: it need not go out any more."""
Settled = Literal["sent", "failed", "withdrawn"]

FamilyKind = Literal["returned", "decided", "started", "review", "payment", "news"]
"""returned: somebody has questions about the plan. decided: there is a decision. started: the plan has begun. review:
it is time to look back. payment: about money paid or due. news: anything else; go and see."""
StaffKind = Literal[
    "plan_sent",
    "answered",
    "family_agreed",
    "family_disagrees",
    "person_asked",
    "things_changed",
    "assigned",
    "sign_off",
    "signed_off",
    "review_due",
    "hold_review",
    "news",
]
"""answered: the family answered what they were asked. sign_off: a decision waits for a signature. assigned: a case came
to this person or team. hold_review: a legal hold must be looked at again."""
Kind = FamilyKind | StaffKind


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece of news to one recipient by one route."""

    id: str
    draft_id: str
    audience: Audience
    recipient: str
    """Of a family the member ("m1"); of the staff "team:<id>" or "user:<id>"."""
    kind: Kind
    event: str
    """What happened; with recipient and route it names the notice, so that nobody is told twice."""
    route: RouteName
    state: State
    tries: int
    created: datetime
    next_try: datetime
    settled: datetime | None


def queue(
    tx: Transaction,
    *,
    draft_id: str,
    to: Literal["family", "team", "lead"] | str,
    kind: Kind,
    at: datetime,
    event: str | None = None,
) -> None:
    """Tell the family, the case's team, its lead (or the team while nobody leads), or one user by their id.

    The same ``event`` (a code such as "return:2") is told once to each, however often this is called; without one it
    is the kind and the moment. Raises NoSuchDraft, and NoSuchCase for a team or lead where there is no case.
    """
    lock_draft(tx, draft_id)
    event = event or f"{kind}@{at.astimezone(UTC).isoformat()}"
    for audience, recipient, route in _recipients(tx, draft_id, to):
        same = select(NoticeRow.id).where(
            NoticeRow.draft_id == draft_id,
            NoticeRow.event == event,
            NoticeRow.audience == audience,
            NoticeRow.recipient == recipient,
            NoticeRow.route == route,
        )
        if tx.connection.execute(same).first() is not None:
            continue
        row = {
            "id": secrets.token_urlsafe(16),
            "draft_id": draft_id,
            "audience": audience,
            "recipient": recipient,
            "kind": kind,
            "event": event,
            "route": route,
            "state": "queued",
            "tries": 0,
            "created": at,
            "next_try": at,
            "settled": None,
        }
        add(tx, NoticeRow, row)


def is_due(tx: Transaction, now: datetime, audiences: Collection[Audience]) -> bool:
    """Whether anything is to be sent now to any of these."""
    return tx.connection.execute(_due(now, audiences)).first() is not None


def claim(
    tx: Transaction, now: datetime, audiences: Collection[Audience], next_try: Callable[[int], datetime]
) -> Notice | None:
    """The notice that is due longest, counted as tried; ``next_try`` says when a try of this number is followed by
    another. None when nothing is due. What waits for the family's next visit is not sent, and never comes here."""
    row = tx.connection.execute(_due(now, audiences).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    tries = row.tries + 1
    claimed = update(NoticeRow).where(NoticeRow.id == row.id).values(tries=tries, next_try=next_try(tries))
    tx.connection.execute(claimed)
    return get(tx, row.id)


def settle(tx: Transaction, notice_id: str, state: Settled, *, at: datetime) -> None:
    """Say what became of a notice, and write it down. One that was withdrawn meanwhile, but did go out, counts as sent.

    What waits for the same recipient by the same route with the same words was told with it, and is withdrawn.
    """
    before = ("queued", "withdrawn") if state == "sent" else ("queued",)
    changed = update(NoticeRow).where(NoticeRow.id == notice_id, NoticeRow.state.in_(before))
    if not tx.connection.execute(changed.values(state=state, settled=at)).rowcount:
        return
    notice = get(tx, notice_id)
    if state == "sent":
        alike = update(NoticeRow).where(
            NoticeRow.draft_id == notice.draft_id,
            NoticeRow.audience == notice.audience,
            NoticeRow.recipient == notice.recipient,
            NoticeRow.route == notice.route,
            NoticeRow.kind == notice.kind,
            NoticeRow.state == "queued",
        )
        tx.connection.execute(alike.values(state="withdrawn", settled=at))
    detail: dict[str, audit.Detail] = {"notice": notice_id, "kind": notice.kind, "route": notice.route}
    audit.note(tx, at=at, actor="notices", action=f"notice.{state}", subject=notice.draft_id, detail=detail)


def unseen(tx: Transaction, draft_id: str, member: str) -> tuple[Notice, ...]:
    """Lines that wait for this member's next visit, oldest first."""
    waiting = select(NoticeRow).where(
        NoticeRow.draft_id == draft_id,
        NoticeRow.audience == "family",
        NoticeRow.recipient == member,
        NoticeRow.route == "conversation",
        NoticeRow.state == "queued",
    )
    rows = tx.connection.execute(waiting.order_by(NoticeRow.created, NoticeRow.id))
    return tuple(_notice(row) for row in rows)


def seen(tx: Transaction, draft_id: str, member: str, *, at: datetime) -> None:
    """This member was shown all that waited for them: what was on its way by another route need not go out."""
    mine = update(NoticeRow).where(
        NoticeRow.draft_id == draft_id,
        NoticeRow.audience == "family",
        NoticeRow.recipient == member,
        NoticeRow.state == "queued",
    )
    tx.connection.execute(mine.where(NoticeRow.route == "conversation").values(state="sent", settled=at))
    tx.connection.execute(mine.where(NoticeRow.route != "conversation").values(state="withdrawn", settled=at))


def get(tx: Transaction, notice_id: str) -> Notice:
    """The notice with this id, which must be there."""
    return _notice(tx.connection.execute(select(NoticeRow).where(NoticeRow.id == notice_id)).one())


def listing(
    tx: Transaction, *, limit: int, draft_id: str | None = None, viewer: Viewer | None = None
) -> tuple[Notice, ...]:
    """Notices, newest first, of one draft or of all; with a viewer, those about drafts that they may see."""
    query = select(NoticeRow).order_by(NoticeRow.created.desc(), NoticeRow.id).limit(limit)
    if draft_id is not None:
        query = query.where(NoticeRow.draft_id == draft_id)
    if viewer is not None:
        query = query.where(NoticeRow.draft_id.in_(select(DraftRow.id).where(visible(viewer))))
    return tuple(_notice(row) for row in tx.connection.execute(query))


def _recipients(tx: Transaction, draft_id: str, to: str) -> Iterator[tuple[Audience, str, RouteName]]:
    if to == "family":
        joined = [member.id for member in members.listing(tx, draft_id) if member.joined and not member.withdrawn]
        for member in (FIRST_MEMBER, *joined):
            yield "family", member, "conversation"
            where = news_addresses.get(tx, draft_id, member)
            if where is not None and where.in_use and where.route is not None:
                yield "family", member, where.route
    elif to in ("team", "lead"):
        case = cases.get(tx, draft_id)
        leads = to == "lead" and case.lead is not None
        yield "staff", f"user:{case.lead}" if leads else f"team:{case.team}", "email"
    else:
        yield "staff", f"user:{to}", "email"


def _due(now: datetime, audiences: Collection[Audience]) -> Select[NoticeRow]:
    due = select(NoticeRow).where(
        NoticeRow.state == "queued",
        NoticeRow.next_try <= now,
        NoticeRow.route != "conversation",
        NoticeRow.audience.in_(audiences),
    )
    return due.order_by(NoticeRow.next_try, NoticeRow.id).limit(1)


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        draft_id=row.draft_id,
        audience=cast(Audience, row.audience),
        recipient=row.recipient,
        kind=cast(Kind, row.kind),
        event=row.event,
        route=cast(RouteName, row.route),
        state=cast(State, row.state),
        tries=row.tries,
        created=row.created,
        next_try=row.next_try,
        settled=row.settled,
    )
