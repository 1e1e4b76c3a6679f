"""Where each member of a family said that they may be told of news outside the conversation: a number or an address.

One for each member, encrypted, and only after they confirmed it as it was read back to them. Who says stop is
forgotten at once, and nothing that was on its way to them goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Row, delete, select, update

from bot.store import audit
from bot.store.database import Transaction, add, lock_draft
from bot.store.records_tables import NewsAddressRow, NoticeRow

NewsRoute = Literal["sms", "email"]
_ADDRESS = "news_addresses.address"


class NothingToConfirm(LookupError):
    """No address waits for this member's yes."""


@dataclass(frozen=True, slots=True)
class NewsAddress:
    """What one member said."""

    member: str
    route: NewsRoute | None
    """None: they do not want to be told, or said stop."""
    address: str | None
    """A telephone number as +44…, or an e-mail address."""
    asked: datetime
    confirmed: datetime | None
    """None: it was read back, and they have not said yes to it."""

    @property
    def in_use(self) -> bool:
        return self.address is not None and self.confirmed is not None


def propose(tx: Transaction, draft_id: str, member: str, route: NewsRoute, address: str, *, at: datetime) -> None:
    """Keep an address until its owner says that it is right. It replaces an earlier one. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    sealed = tx.cipher.seal(address, _ADDRESS, _place(draft_id, member))
    _put(tx, draft_id, member, route=route, address_sealed=sealed, asked=at)
    audit.note(tx, at=at, actor="family", action="news.address_given", subject=draft_id, detail=_detail(member, route))


def confirm(tx: Transaction, draft_id: str, member: str, *, at: datetime) -> NewsAddress:
    """From now on this member is told there. Raises NoSuchDraft, NothingToConfirm."""
    lock_draft(tx, draft_id)
    known = get(tx, draft_id, member)
    if known is None or known.route is None:
        raise NothingToConfirm(member)
    if known.confirmed is None:
        tx.connection.execute(update(NewsAddressRow).where(*_mine(draft_id, member)).values(confirmed=at))
        detail = _detail(member, known.route)
        audit.note(tx, at=at, actor="family", action="news.address_confirmed", subject=draft_id, detail=detail)
    return cast(NewsAddress, get(tx, draft_id, member))


def stop(tx: Transaction, draft_id: str, member: str, *, at: datetime) -> None:
    """Forget the address, remember that they were asked, and take back what was on its way there. Raises NoSuchDraft."""
    lock_draft(tx, draft_id)
    _put(tx, draft_id, member, route=None, address_sealed=None, asked=at)
    on_its_way = update(NoticeRow).where(
        NoticeRow.draft_id == draft_id,
        NoticeRow.audience == "family",
        NoticeRow.recipient == member,
        NoticeRow.route != "conversation",
        NoticeRow.state == "queued",
    )
    tx.connection.execute(on_its_way.values(state="withdrawn", settled=at))
    audit.note(tx, at=at, actor="family", action="news.stopped", subject=draft_id, detail={"member": member})


def get(tx: Transaction, draft_id: str, member: str) -> NewsAddress | None:
    """What this member said; None when nobody has asked them."""
    row = tx.connection.execute(select(NewsAddressRow).where(*_mine(draft_id, member))).first()
    return None if row is None else _address(tx, row)


def of_draft(tx: Transaction, draft_id: str) -> tuple[NewsAddress, ...]:
    """What each member said, in their order."""
    query = select(NewsAddressRow).where(NewsAddressRow.draft_id == draft_id).order_by(NewsAddressRow.member_id)
    return tuple(_address(tx, row) for row in tx.connection.execute(query))


def _put(tx: Transaction, draft_id: str, member: str, **values: Any) -> None:
    tx.connection.execute(delete(NewsAddressRow).where(*_mine(draft_id, member)))
    add(tx, NewsAddressRow, {"draft_id": draft_id, "member_id": member, "confirmed": None, **values})


def _mine(draft_id: str, member: str) -> tuple[Any, ...]:
    return NewsAddressRow.draft_id == draft_id, NewsAddressRow.member_id == member


def _detail(member: str, route: NewsRoute) -> dict[str, audit.Detail]:
    return {"member": member, "route": route}


def _place(draft_id: str, member: str) -> str:
    return f"{draft_id}/{member}"


def _address(tx: Transaction, row: Row[Any]) -> NewsAddress:
    sealed = row.address_sealed
    return NewsAddress(
        member=row.member_id,
        route=cast(NewsRoute | None, row.route),
        address=None if sealed is None else tx.cipher.open(sealed, _ADDRESS, _place(row.draft_id, row.member_id)),
        asked=row.asked,
        confirmed=row.confirmed,
    )
