"""The letter about the decision that holds, for the family: a page, files to save, large print, and a text message."""

from __future__ import annotations

from typing import Literal, cast, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.gateway.api import Mine, Shared, problems
from bot.gateway.browser_visit import visit_of
from bot.gateway.documents import AS_FILE, File, file_of, response
from bot.gateway.problems import not_found
from bot.gateway.services import Services
from bot.gateway.standing import standing_of
from bot.plans.documents.formats import MEDIA_TYPES, Format
from bot.plans.documents.keeping import document_from_json
from bot.plans.documents.letter import sms
from bot.store import decisions, letters
from bot.store.conversations import Conversation
from bot.store.database import Transaction

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", tags=["Plans"])

What = Literal["letter", "summary"]


@pages.get("/decision/{what}.{ending}")
def take_away(services: Shared, request: Request, what: str, ending: str, large: bool = False) -> Response:
    """The letter, for the browser that holds the conversation."""
    visit = visit_of(services, request)
    if visit is None:
        return RedirectResponse("/", 303)
    return _sent(services, visit.conversation, what, ending, large)


@api.get(
    "/conversations/{conversation_id}/decision/{what}.{ending}",
    response_class=Response,
    responses=AS_FILE | problems(401, 404, 422, 429, 503),
)
def take_away_by_token(services: Shared, mine: Mine, what: What, ending: Format, large: bool = False) -> Response:
    """The letter about the decision that holds, as html, pdf, docx, odt or txt; `summary.txt` in at most three text
    messages. `large=true` gives large print."""
    return _sent(services, mine, what, ending, large)


def has_letter(tx: Transaction, draft_id: str) -> bool:
    """Whether there is a letter to read."""
    held = decisions.in_force(tx, draft_id)
    return held is not None and bool(letters.of_decision(tx, draft_id, held.seq))


def _sent(services: Services, conversation: Conversation, what: str, ending: str, large: bool) -> Response:
    services.documents.take(conversation.id)
    with services.database.read() as tx:
        at = standing_of(services, tx, conversation)
        held = decisions.in_force(tx, at.draft.id)
        kept = None if held is None else letters.get(tx, at.draft.id, held.seq, at.reader)
    if held is None or kept is None or what not in get_args(What) or ending not in get_args(Format):
        raise not_found()
    if what == "summary":
        if ending != "txt":
            raise not_found()
        text = sms(
            services.content,
            at.reader,
            reference=at.draft.reference,
            outcome=held.said.outcome,
            final_pence=held.said.final_pence,
            question_by=kept.question_by,
        )
        file = File(text.encode(), MEDIA_TYPES["txt"], f"decision-{at.draft.reference}-summary.txt")
        return response(file, services.settings.embed_on)
    document = document_from_json(kept.body)
    name, _, end = document.file_name(ending).rpartition(".")
    name = f"{name}{'-large' if large else ''}.{end}"
    made = file_of(services.printers, document, cast(Format, ending), name, large=large)
    return response(made, services.settings.embed_on)
