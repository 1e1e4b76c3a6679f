"""News that was sent to families and staff, or in the demo would have been; no words, which are the same for everybody."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from bot.gateway.api import Shared, problems
from bot.gateway.services import Services
from bot.gateway.templating import page
from bot.review.access import Reader, Staff, signed_in, viewer
from bot.store import drafts, notices

api = APIRouter(prefix="/api/v1/review", tags=["Review"])
pages = APIRouter(include_in_schema=False)

SHOWN = 200


class NoticeLine(BaseModel):
    """One notice: about which draft, to whom, by which way, and what became of it."""

    reference: str
    audience: notices.Audience
    recipient: str
    """Of a family the member's id; of the staff "team:<id>" or "user:<id>". Never a number or an address."""
    kind: str
    route: notices.RouteName
    state: notices.State
    tries: int
    created: datetime
    settled: datetime | None
    words: str
    """What it says first; the rest is the way there."""


class NoticeList(BaseModel):
    """The last notices, newest first."""

    notices: list[NoticeLine]


@api.get("/notices", responses=problems(401, 403))
def list_notices(services: Shared, staff: Reader) -> NoticeList:
    """News about the cases one works on."""
    return found(services, staff)


@pages.get("/review/notices")
def notices_page(services: Shared, request: Request) -> Response:
    """The same as a page; in the demo, the outbox."""
    staff = signed_in(services, request, "read drafts")
    if isinstance(staff, Response):
        return staff
    demo = services.settings.mode == "demo"
    return page(services.content, "review/notices.html", staff=staff, found=found(services, staff), demo=demo)


def found(services: Services, staff: Staff) -> NoticeList:
    """Notices about drafts that this person may see."""
    content = services.content
    with services.database.read() as tx:
        sent = notices.listing(tx, limit=SHOWN, viewer=viewer(content, staff))
        references = {notice.draft_id: drafts.get(tx, notice.draft_id).reference for notice in sent}
    return NoticeList(
        notices=[
            NoticeLine(
                reference=references[notice.draft_id],
                audience=notice.audience,
                recipient=notice.recipient,
                kind=notice.kind,
                route=notice.route,
                state=notice.state,
                tries=notice.tries,
                created=notice.created,
                settled=notice.settled,
                words=content.text(f"notice.{notice.audience}.{notice.kind}", "parent"),
            )
            for notice in sent
        ]
    )
