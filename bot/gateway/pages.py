"""The families' pages: plain forms that work without JavaScript. A turn is a POST, then a redirect to the chat."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from bot.gateway import browser, conversations
from bot.gateway.api import Client, Shared
from bot.gateway.browser_visit import Visit, visit_of
from bot.gateway.chat_view import chat_view
from bot.gateway.letter_files import has_letter
from bot.gateway.limits import MAX_CHOICE, MAX_KEY
from bot.gateway.place import asked, is_stopped
from bot.gateway.plan_notes import Notes, notes
from bot.gateway.problems import Problem
from bot.gateway.records import Received
from bot.gateway.services import Services
from bot.gateway.standing import standing_of
from bot.gateway.templating import page
from bot.gateway.turn import take_turn
from bot.gateway.wire import NewConversation, OpenedOut, ResumeIn, clean
from bot.plans import conversation as talk
from bot.plans.readiness import readiness
from bot.store import conversations as stored_conversations

router = APIRouter(include_in_schema=False)

HERE = "/chat#now"
"""The current question, so that a page without JavaScript opens at it."""

_EMBED = (Path(__file__).parent / "static" / "embed.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class FormError:
    """Something to put right: said in the summary and, in the same words, beside the field."""

    field: str
    text: str


@router.get("/")
def home(services: Shared, request: Request) -> HTMLResponse:
    """What this is, and the start."""
    content = services.content
    questions = content.questionnaire(content.council.questionnaire).questions
    carry_on = visit_of(services, request) is not None
    return page(content, "home.html", total=len(questions), carry_on=carry_on)


@router.post("/chat/start")
def start(services: Shared, request: Request, client: Client) -> Response:
    """Start a conversation in this browser."""
    if not browser.came_from_here(services.settings, request):
        return RedirectResponse("/", 303)
    services.creates.take(client)
    return _go_to(services, conversations.open_conversation(services, NewConversation()))


@router.get("/chat")
def chat(services: Shared, request: Request) -> Response:
    """The conversation."""
    visit = visit_of(services, request)
    if visit is None:
        return _gone(services)
    return _chat(services, visit)


@router.post("/chat")
def turn(
    services: Shared,
    request: Request,
    csrf: Annotated[str, Form()] = "",
    turn: Annotated[str, Form()] = "",
    question_id: Annotated[str, Form()] = "",
    choice: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    say: Annotated[str, Form()] = "",
) -> Response:
    """One turn from the page. Whatever goes wrong, what was typed stays in its box."""
    visit = visit_of(services, request)
    if visit is None:
        return _gone(services)
    kept = {"text": text, "choice": choice}
    key = turn if 0 < len(turn) <= MAX_KEY else None
    if not (browser.came_from_here(services.settings, request) and _ours(services, visit, csrf)):
        old = FormError("text", "Please send that again. This page had been open for a long time.")
        return _chat(services, visit, 403, [old], kept)
    said, error = _said(choice[:MAX_CHOICE], text, say, question_id)
    if said is None:
        return _chat(services, visit, 422, [error] if error else [], kept, key)
    try:
        reply = take_turn(services, visit.conversation, said, key)
    except Problem as problem:
        errors = [FormError("text", problem.detail)]
        return _chat(services, visit, problem.status, errors, kept, key, safety=problem.safety)
    if reply.shows_secret:
        # Shown now or never: a redirect would show the transcript, where it is hidden.
        hidden = {line.id: line.text for line in conversations.read(services, visit.conversation).messages}
        said_now = json.loads(reply.body)["messages"]
        shown = {line["id"]: line["text"] for line in said_now if hidden.get(line["id"]) != line["text"]}
        return _chat(services, visit, once=shown)
    return RedirectResponse(HERE, 303)


@router.post("/chat/end")
def end(services: Shared, request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    """Forget the conversation on this device. The answers are kept."""
    visit = visit_of(services, request)
    if visit is not None and not _ours(services, visit, csrf):
        return RedirectResponse("/chat", 303)
    response = page(services.content, "ended.html", said=services.content.text("session.ended", "parent"))
    browser.forget(services.settings, response)
    return response


@router.get("/resume")
def resume_form(services: Shared) -> HTMLResponse:
    """Come back with a reference and a PIN."""
    return page(services.content, "resume.html", errors=[], values={"reference": "", "pin": ""})


@router.post("/resume")
def resume(
    services: Shared,
    request: Request,
    client: Client,
    reference: Annotated[str, Form()] = "",
    pin: Annotated[str, Form()] = "",
) -> Response:
    """Check them, and carry on in this browser."""
    values = {"reference": clean(reference).strip()[:40], "pin": clean(pin).strip()[:20]}
    errors = []
    if not values["reference"]:
        errors.append(FormError("reference", "Enter your reference"))
    if not values["pin"]:
        errors.append(FormError("pin", "Enter your PIN"))
    if not browser.came_from_here(services.settings, request):
        errors.append(FormError("reference", "Please send that again from this page."))
    status = 422
    if not errors:
        try:
            services.resumes.take(client)
            pin_typed = "".join(values["pin"].split())
            asked = ResumeIn(reference=values["reference"], pin=pin_typed)
            return _go_to(services, conversations.resume_conversation(services, asked, client))
        except Problem as problem:
            errors, status = [FormError("reference", problem.detail)], problem.status
    return page(services.content, "resume.html", status, errors=errors, values=values | {"pin": ""})


@router.get("/privacy")
def privacy(services: Shared) -> HTMLResponse:
    """What is kept and who sees it."""
    contacts = {contact.id: contact for contact in services.content.council.contacts}
    return page(services.content, "privacy.html", data_protection=contacts.get("data_protection"))


@router.get("/accessibility")
def accessibility(services: Shared) -> HTMLResponse:
    """What works for whom, and what does not yet."""
    return page(services.content, "accessibility.html")


@router.get("/embed.js")
def embed(services: Shared) -> PlainTextResponse:
    """A link, and a way to open the chat in place, for a council's own page."""
    settings = services.settings
    values = {"address": settings.public_address.rstrip("/"), "inPlace": bool(settings.embed_on)}
    script = _EMBED.replace("__SETTINGS__", json.dumps(values))
    return PlainTextResponse(script, media_type="text/javascript", headers={"Cache-Control": "public, max-age=300"})


def _said(choice: str, text: str, say: str, question_id: str) -> tuple[Received | None, FormError | None]:
    """The one thing that was sent, or what to put right."""
    text, choice = clean(text), clean(choice)
    question = question_id[:50] or None
    if say:
        return Received(text=clean(say)[:50]), None
    if choice and text.strip():
        words = "Choose an answer or use your own words, not both. Clear the one you do not want."
        return None, FormError("text", words)
    if choice:
        return Received(choice=choice, question_id=question), None
    if text.strip():
        return Received(text=text, question_id=question), None
    return None, FormError("text", "Choose an answer, or write it in your own words")


def _chat(
    services: Services,
    visit: Visit,
    status: int = 200,
    errors: list[FormError] | None = None,
    values: dict[str, str] | None = None,
    key: str | None = None,
    once: dict[str, str] | None = None,
    safety: str = "",
) -> HTMLResponse:
    """The conversation page. ``key`` is kept when the same message may be sent again. ``safety``: fixed words that come
    before the errors."""
    transcript = conversations.read(services, visit.conversation, catch_up=status < 400)
    with services.database.read() as tx:
        at = standing_of(services, tx, visit.conversation)
        shown = stored_conversations.get(tx, visit.conversation.id).shown_step
        letter = has_letter(tx, at.draft.id)
    hint = services.content.text("question.hint", "parent")
    offers_call = asked(shown) == "call" and not is_stopped(shown)
    found: tuple[Notes, ...] = ()
    if transcript.state.stage == "plan_check":
        scene = talk.scene(services.content, at.interview, at.outcome, at.now)
        found = notes(
            readiness(scene.plan, scene.script, scene.rules, scene.sums, scene.today, scene.asked),
            scene.script,
            scene.say,
        )
    begin = tuple(services.content.text(key, at.reader) for key in ("ready.intro", "ready.all_ok"))
    view = chat_view(transcript, at.outcome, once or {}, hint, offers_call=offers_call, notes=found, notes_begin=begin)
    context: dict[str, Any] = {
        "view": view,
        "letter": letter,
        "notes_begin": begin[0],
        "safety": safety,
        "errors": [_on_a_field(error, view) for error in errors or []],
        "values": values or {"text": "", "choice": ""},
        "csrf": browser.form_token(services.settings, visit.token),
        "turn": key or secrets.token_urlsafe(16),
    }
    return page(services.content, "chat.html", status, **context)


def _on_a_field(error: FormError, view: Any) -> FormError:
    """GOV.UK: an error about a group of radios leads to its first one."""
    if error.text.startswith("Choose an answer, or") and view.layout == "question" and view.asking.options:
        return FormError("choice-1", error.text)
    return error


def _ours(services: Services, visit: Visit, csrf: str) -> bool:
    return browser.form_is_ours(services.settings, visit.token, csrf)


def _go_to(services: Services, opened: OpenedOut) -> Response:
    response = RedirectResponse(HERE, 303)
    browser.remember(services.settings, response, opened.conversation_id, opened.token)
    return response


def _gone(services: Services) -> Response:
    response = RedirectResponse("/", 303)
    browser.forget(services.settings, response)
    return response
