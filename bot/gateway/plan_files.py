"""A plan to take away: the whole of it, the one-page profile, the communication chart, Easy Read, a text message, data.

A file is made when it is asked for and kept nowhere. Its name says nothing of whom it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.content.loader import Content
from bot.gateway.api import Mine, Shared, problems
from bot.gateway.browser_visit import visit_of
from bot.gateway.problems import Problem, not_found
from bot.gateway.services import Services
from bot.gateway.standing import Standing, standing_of
from bot.plans import conversation as talk
from bot.plans.documents.build import build
from bot.plans.documents.export import write_json
from bot.plans.documents.formats import MEDIA_TYPES, Format, write
from bot.plans.documents.pdf import PdfUnavailableError
from bot.plans.documents.sms import write_sms
from bot.plans.documents.telling import Cover, Telling
from bot.plans.documents.tree import Kind
from bot.plans.readiness import readiness
from bot.plans.talk.scene import Scene
from bot.store.conversations import Conversation

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", tags=["Plans"])

What = Literal["plan", "profile", "chart", "easy_read", "summary", "data"]
Ending = Literal["html", "pdf", "docx", "odt", "txt", "json"]

KINDS: dict[str, Kind] = {"plan": "plan", "profile": "profile", "chart": "chart", "easy_read": "easy_read"}


@dataclass(frozen=True, slots=True)
class File:
    """What is sent back."""

    body: bytes
    media_type: str
    name: str


@pages.get("/plan/{what}.{ending}")
def take_away(services: Shared, request: Request, what: What, ending: Ending, large: bool = False) -> Response:
    """A document, for the browser that holds the conversation."""
    visit = visit_of(services, request)
    if visit is None:
        return RedirectResponse("/", 303)
    return _response(_file(services, visit.conversation, what, ending, large))


@api.get("/conversations/{conversation_id}/plan/{what}.{ending}", responses=problems(401, 404, 422, 429))
def take_away_by_token(services: Shared, mine: Mine, what: What, ending: Ending, large: bool = False) -> Response:
    """The plan as a document: `plan`, `profile`, `chart` or `easy_read` as html, pdf, docx, odt or txt; `summary.txt` in
    at most three text messages; `data.json`. `large=true` gives large print."""
    return _response(_file(services, mine, what, ending, large))


def _file(services: Services, conversation: Conversation, what: What, ending: Ending, large: bool) -> File:
    services.documents.take(conversation.id)
    with services.database.read() as tx:
        at = standing_of(services, tx, conversation)
    if at.interview.plan is None:
        raise not_found()
    scene = talk.scene(services.content, at.interview, at.outcome, at.now)
    return plan_file(services.content, scene, at, what, ending, large)


def plan_file(content: Content, scene: Scene, at: Standing, what: What, ending: Ending, large: bool) -> File:
    """One file. Raises the 404 problem for a pair that there is none of, and 503 where no PDF can be made."""
    plan, cover = scene.plan, cover_of(at)
    name = f"{at.draft.reference}-{what.replace('_', '-')}{'-large' if large else ''}.{ending}"
    if what == "data" and ending == "json":
        return File(write_json(plan, scene.sums, cover).encode(), "application/json", name)
    checks = readiness(plan, scene.script, scene.rules, scene.sums, scene.today)
    if what == "summary" and ending == "txt":
        to_look_at = sum(check.status != "ok" for check in checks)
        text = write_sms(Telling(content, plan, cover, scene.reader), scene.sums, to_look_at)
        return File(text.encode(), MEDIA_TYPES["txt"], name)
    if what not in KINDS or ending not in get_args(Format):
        raise not_found()
    document = build(plan, content, scene.sums, checks, cover, who=scene.reader, kind=KINDS[what])
    try:
        body = write(document, ending, large=large)  # type: ignore[arg-type]
    except PdfUnavailableError:
        words = "This PDF cannot be made right now. Please take the web page, Word or OpenDocument file."
        raise Problem(503, "No PDF just now", words, "/problems/no-pdf") from None
    return File(body, MEDIA_TYPES[ending], name)  # type: ignore[index]


def cover_of(at: Standing) -> Cover:
    """What the document says of itself."""
    plan = at.interview.plan
    version = plan.sent[-1].version if plan is not None and plan.sent and not plan.changed_since_sent else None
    example = at.outcome.example if at.outcome is not None else True
    return Cover(at.draft.reference, at.today, at.interview.about, version, False, example)


def _response(file: File) -> Response:
    shown = "inline" if file.media_type.startswith("text/") else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{file.name}"', "Cache-Control": "private, no-store"}
    return Response(file.body, media_type=file.media_type, headers=headers)
