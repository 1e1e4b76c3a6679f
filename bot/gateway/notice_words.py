"""A notice in words, for the one address it goes to. They are the same for every family: nothing of theirs is in them."""

from __future__ import annotations

from datetime import datetime

from bot.content.loader import Content
from bot.gateway.notices import NotDelivered, Outgoing
from bot.gateway.settings import GatewaySettings
from bot.gateway.standing import Standing, standing
from bot.interview import Message
from bot.store import cases, drafts, news_addresses, notices
from bot.store.database import Transaction
from bot.store.drafts import Draft
from bot.store.news_addresses import NewsAddress
from bot.store.notices import Notice


def in_words(tx: Transaction, settings: GatewaySettings, notice: Notice) -> Outgoing | None:
    """What goes out now; None when the family is not to be told there any more. Raises NotDelivered where a team has
    no mailbox."""
    draft = drafts.get(tx, notice.draft_id)
    if notice.audience == "family":
        return _to_family(tx, settings, draft, notice)
    return _to_staff(tx, settings, draft, notice)


def may_be_told(draft: Draft, where: NewsAddress | None) -> bool:
    """Whether a member may be told there. They confirmed that it is safe; a later "not safe" takes that back."""
    return where is not None and where.in_use and draft.safe_contact != "no"


def told_here(tx: Transaction, content: Content, at: Standing, now: datetime) -> tuple[Message, ...]:
    """The news that waits for this person's visit, now shown to them, each kind once.

    What professionals put before the family tells of itself: then there is no line, and the news counts as told.
    """
    waiting = notices.unseen(tx, at.draft.id, at.member)
    if not waiting:
        return ()
    notices.seen(tx, at.draft.id, at.member, at=now)
    if at.has_news(content):
        return ()
    said = dict.fromkeys(content.text(f"notice.family.{notice.kind}", at.reader) for notice in waiting)
    return tuple(Message("say", text) for text in said)


def _to_family(tx: Transaction, settings: GatewaySettings, draft: Draft, notice: Notice) -> Outgoing | None:
    where = news_addresses.get(tx, draft.id, notice.recipient)
    if where is None or where.address is None or where.route != notice.route or not may_be_told(draft, where):
        return None
    content, today = settings.content, settings.clock().date()
    reader = standing(tx, content, draft.id, today=today, member=notice.recipient).reader
    address = f"{settings.public_address.rstrip('/')}/resume"
    parts = [
        content.text(f"notice.family.{notice.kind}", reader),
        content.text("notice.family.where", reader, address=address),
        content.text("notice.family.stop", reader),
    ]
    text = (" " if notice.route == "sms" else "\n\n").join(parts)
    return Outgoing(notice.id, where.address, content.text("notice.family.subject", reader), text)


def _to_staff(tx: Transaction, settings: GatewaySettings, draft: Draft, notice: Notice) -> Outgoing:
    content = settings.content
    to = _mailbox(tx, content, notice)
    if to is None:
        raise NotDelivered("no mailbox for this team", final=True)
    link = f"{settings.public_address.rstrip('/')}/review/drafts/{draft.reference}"
    subject = content.text("notice.staff.subject", "parent", reference=draft.reference)
    said = content.text(f"notice.staff.{notice.kind}", "parent")
    return Outgoing(notice.id, to, subject, f"{said}\n\n{content.text('notice.staff.where', 'parent', address=link)}")


def _mailbox(tx: Transaction, content: Content, notice: Notice) -> str | None:
    """A team's mailbox; a person's own address where their user id is one, else the mailbox of the case's team."""
    boxes = content.notice_rules.mailboxes
    kind, _, id = notice.recipient.partition(":")
    if kind == "team":
        return boxes.get(id)
    if "@" in id:
        return id
    try:
        return boxes.get(cases.get(tx, notice.draft_id).team)
    except cases.NoSuchCase:
        return None
