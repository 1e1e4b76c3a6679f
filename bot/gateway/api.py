"""The conversation API of contract.md."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.gateway import conversations
from bot.gateway.limits import MAX_KEY, MAX_TEXT
from bot.gateway.problems import PROBLEM_JSON, malformed, not_signed_in
from bot.gateway.records import Received
from bot.gateway.services import Services
from bot.gateway.turn import take_turn
from bot.gateway.wire import NewConversation, OpenedOut, ProblemOut, ReplyOut, ResumeIn, TranscriptOut, TurnIn
from bot.store.conversations import Conversation

router = APIRouter(prefix="/api/v1", tags=["Conversations"])

_bearer = HTTPBearer(auto_error=False, description="The token given when the conversation was started or resumed.")


def services_of(request: Request) -> Services:
    """What this process shares."""
    services: Services = request.app.state.services
    return services


def client_of(request: Request) -> str:
    """Where a request came from, for the rate limits."""
    return request.client.host if request.client else "unknown"


Shared = Annotated[Services, Depends(services_of)]
Client = Annotated[str, Depends(client_of)]


def conversation_of(
    services: Shared,
    conversation_id: Annotated[str, Path(max_length=100)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Conversation:
    """The conversation a request is about, once its token is checked."""
    if credentials is None:
        raise not_signed_in()
    return conversations.authenticate(services, conversation_id, credentials.credentials)


Mine = Annotated[Conversation, Depends(conversation_of)]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for /openapi.json."""
    return {
        status: {"model": ProblemOut, "description": _PROBLEMS[status], "content": {PROBLEM_JSON: {}}}
        for status in statuses
    }


_PROBLEMS = {
    401: "No token, or a wrong one; on resume, a reference and PIN that do not belong together",
    403: "Your role does not allow that",
    404: "There is none, or it is not yours",
    409: "Not as things are now: somebody changed it meanwhile, or it does not follow from where the case is",
    413: f"More than {MAX_TEXT:,} characters, or too much at once",
    422: "Malformed",
    429: "Too fast; Retry-After says how many seconds to wait",
    503: "Away or busy for the moment: the engine (the message is kept, and applied later), or the maker of PDFs",
}


@router.post("/conversations", status_code=201, responses=problems(413, 422, 429))
def start_conversation(services: Shared, client: Client, asked: NewConversation | None = None) -> OpenedOut:
    """Start a conversation. The token is given once; keep it."""
    services.creates.take(client)
    return conversations.open_conversation(services, asked or NewConversation())


@router.post("/conversations/resume", responses=problems(401, 413, 422, 429))
def resume_conversation(services: Shared, client: Client, asked: ResumeIn) -> OpenedOut:
    """Come back to a draft with the reference and PIN from its pause: a new conversation about the same answers."""
    services.resumes.take(client)
    return conversations.resume_conversation(services, asked, client)


@router.get("/conversations/{conversation_id}", responses=problems(401, 404, 422, 429))
def read_conversation(services: Shared, mine: Mine) -> TranscriptOut:
    """The whole conversation so far, both sides, and where it stands. A message that waited is dealt with first."""
    services.turns.take(mine.id)
    return conversations.read(services, mine)


@router.post(
    "/conversations/{conversation_id}/messages",
    response_model=ReplyOut,
    responses=problems(401, 404, 413, 422, 429, 503),
)
def send_message(
    services: Shared,
    mine: Mine,
    said: TurnIn,
    idempotency_key: Annotated[
        str | None, Header(description="A repeat with the same key and body gets the first reply again.")
    ] = None,
) -> Response:
    """Send what the person said (`text`) or picked (`choice`)."""
    if idempotency_key is not None and not 0 < len(idempotency_key) <= MAX_KEY:
        raise malformed(f"An Idempotency-Key has 1 to {MAX_KEY} characters.")
    reply = take_turn(services, mine, Received(said.text, said.choice, said.question_id), idempotency_key)
    return Response(reply.body, media_type="application/json")
