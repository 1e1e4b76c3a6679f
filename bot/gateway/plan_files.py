"""A plan to take away: the whole of it, the one-page profile, the communication chart, the emergency sheet, Easy Read, a text message, data.

A file is made when it is asked for and kept nowhere. Its name says nothing of whom it is about.
"""

from __future__ import annotations

from typing import Literal, cast, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.gateway.api import Mine, Shared, problems
from bot.gateway.browser_visit import visit_of
from bot.gateway.documents import AS_FILE, File, file_of, response
from bot.gateway.problems import not_found
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.plans import conversation as talk
from bot.plans.documents.build import build
from bot.plans.documents.export import write_json
from bot.plans.documents.formats import MEDIA_TYPES, Format
from bot.plans.documents.sms import write_sms
from bot.plans.documents.telling import Cover, Telling
from bot.plans.documents.tree import Kind
from bot.plans.readiness import readiness
from bot.store.conversations import Conversation

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", tags=["Plans"])

What = Literal["plan", "profile", "chart", "emergency", "easy_read", "summary", "data"]
Ending = Literal["html", "pdf", "docx", "odt", "txt", "json"]

KINDS: dict[str, Kind] = {
    "plan": "plan",
    "profile": "profile",
    "chart": "chart",
    "emergency": "emergency",
    "easy_read": "easy_read",
}


@pages.get("/plan/{what}.{ending}")
def take_away(services: Shared, request: Request, what: str, ending: str, large: bool = False) -> Response:
    """A document, for the browser that holds the conversation."""
    visit = visit_of(services, request)
    if visit is None:
        return RedirectResponse("/", 303)
    return _sent(services, visit.conversation, what, ending, large)


@api.get(
    "/conversations/{conversation_id}/plan/{what}.{ending}",
    response_class=Response,
    responses=AS_FILE | problems(401, 404, 422, 429, 503),
)
def take_away_by_token(services: Shared, mine: Mine, what: What, ending: Ending, large: bool = False) -> Response:
    """The plan as a document: `plan`, `profile`, `chart`, `emergency` or `easy_read` as html, pdf, docx, odt or txt; `summary.txt` in
    at most three text messages; `data.json`. `large=true` gives large print."""
    return _sent(services, mine, what, ending, large)


def _sent(services: Services, conversation: Conversation, what: str, ending: str, large: bool) -> Response:
    services.documents.take(conversation.id)
    with services.database.read() as tx:
        at = standing_of(services, tx, conversation)
    if at.interview.plan is None:
        raise not_found()
    return response(plan_file(services, at, what, ending, large), services.settings.embed_on)


def plan_file(services: Services, at: Standing, what: str, ending: str, large: bool) -> File:
    """One file. Raises Problem: 404 for a pair that there is none of, 503 where no PDF can be made."""
    content = services.content
    scene = talk.scene(content, at.interview, at.outcome, at.now)
    plan, cover = scene.plan, cover_of(at)
    name = f"{at.draft.reference}-{what.replace('_', '-')}{'-large' if large else ''}.{ending}"
    if (what, ending) == ("data", "json"):
        return File(write_json(plan, scene.sums, cover).encode(), "application/json", name)
    checks = readiness(plan, scene.script, scene.rules, scene.sums, scene.today, scene.asked)
    if (what, ending) == ("summary", "txt"):
        to_look_at = sum(check.status != "ok" for check in checks)
        text = write_sms(Telling(content, plan, cover, scene.reader), scene.sums, to_look_at)
        return File(text.encode(), MEDIA_TYPES["txt"], name)
    if what not in KINDS or ending not in get_args(Format):
        raise not_found()
    document = build(plan, content, scene.sums, checks, cover, who=scene.reader, kind=KINDS[what])
    return file_of(services.printers, document, cast(Format, ending), name, large=large)


def cover_of(at: Standing) -> Cover:
    """What the document says of itself."""
    plan = at.interview.plan
    version = plan.sent[-1].version if plan is not None and plan.sent and not plan.changed_since_sent else None
    example = at.outcome.example if at.outcome is not None else True
    decided = version is not None and version == at.agreed_version
    agreed, in_part = decided and not at.agreed_in_part, decided and at.agreed_in_part
    return Cover(at.draft.reference, at.today, at.interview.about, version, agreed, example, in_part)
