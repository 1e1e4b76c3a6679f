"""Errors a person can meet: RFC 9457 problem+json in plain words, or the same words on a page. Never internals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.gateway import templating

PROBLEM_JSON = "application/problem+json"


@dataclass(eq=False)
class Problem(Exception):
    """What went wrong, in words for the person, and what they can do."""

    status: int
    title: str
    detail: str
    kind: str = "about:blank"
    """``type`` of RFC 9457: a short stable name under /problems/, or about:blank."""
    headers: Mapping[str, str] = field(default_factory=dict)
    safety: str = ""
    """Fixed safety words about what was sent. They come before the detail."""

    def body(self) -> dict[str, object]:
        """The JSON object of RFC 9457."""
        detail = f"{self.safety}\n\n{self.detail}" if self.safety else self.detail
        return {"type": self.kind, "title": self.title, "status": self.status, "detail": detail}


def not_signed_in() -> Problem:
    """401: no token, or not one of ours."""
    return Problem(
        401,
        "We do not know who this is",
        "Send the token you were given at the start, as: Authorization: Bearer <token>. "
        "If you have lost it, come back with your reference and PIN.",
        "/problems/no-token",
        {"WWW-Authenticate": "Bearer"},
    )


def not_found() -> Problem:
    """404: there is none, or it is somebody else's. The two are not told apart."""
    return Problem(
        404, "We cannot find that", "There is nothing here, or it is not yours to see.", "/problems/not-found"
    )


def too_long(limit: int, length: int) -> Problem:
    """413: a message with too many characters."""
    return Problem(
        413,
        "That message is too long",
        f"Please use {limit:,} characters or fewer. There are {length:,} now. Your answers are as they were.",
        "/problems/too-long",
    )


def too_fast(wait_seconds: int, detail: str = "") -> Problem:
    """429: too many requests in a short time."""
    return Problem(
        429,
        "That was a bit fast",
        detail or f"Please wait {wait_seconds} seconds and try again. Nothing you saved is lost.",
        "/problems/too-fast",
        {"Retry-After": str(max(1, wait_seconds))},
    )


def malformed(detail: str) -> Problem:
    """422: the request is not one we can read."""
    return Problem(422, "We could not read that", detail, "/problems/malformed")


def engine_away() -> Problem:
    """503: the message is stored; the part that works out the reply is not there for the moment."""
    return Problem(
        503,
        "We cannot reply right now",
        "Your message is kept and nothing is lost. We will use it as soon as we can reply again. "
        "You do not need to send it again: come back to this conversation in a minute or two. "
        "If someone is in danger, call 999.",
        "/problems/engine-away",
        {"Retry-After": "5"},
    )


def install(app: FastAPI) -> None:
    """Answer every error of the app as problem+json."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def response(problem: Problem) -> Response:
    """A problem as problem+json."""
    return JSONResponse(problem.body(), problem.status, dict(problem.headers), PROBLEM_JSON)


def respond(request: Request, problem: Problem) -> Response:
    """A problem as a page for a person with a browser, and as problem+json for everybody else."""
    page = not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")
    if not page:
        return response(problem)
    content = request.app.state.services.content
    reply = templating.page(content, "problem.html", problem.status, problem=problem)
    reply.headers.update({name: value for name, value in problem.headers.items() if name != "WWW-Authenticate"})
    return reply


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for Problem alone
    return respond(request, error)


def _invalid(request: Request, error: Exception) -> Response:
    """Say which field, in words; the value itself is never repeated."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    parts = []
    for item in error.errors()[:5]:
        if item["type"] in ("json_invalid", "model_attributes_type", "dict_type"):
            parts.append("The body must be a JSON object.")
            continue
        where = ".".join(str(step) for step in item["loc"] if step not in ("body", "query", "header", "path"))
        message = str(item["msg"]).removeprefix("Value error, ").rstrip(".")
        parts.append(f"{where}: {message}." if where else f"{message}.")
    return respond(request, malformed(" ".join(dict.fromkeys(parts)) or "The request is not in the right form."))


_WORDS = {
    400: malformed("The body cannot be read. Send it as JSON in UTF-8, or as the fields of a form."),
    404: not_found(),
    405: Problem(405, "That is not possible here", "This address does not accept that kind of request."),
}


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    problem = _WORDS.get(error.status_code) or Problem(
        error.status_code, "We could not do that", "The request was not accepted."
    )
    return respond(request, problem)


def _unexpected(request: Request, error: Exception) -> Response:
    return respond(
        request,
        Problem(
            500,
            "Something went wrong on our side",
            "Your saved answers are safe. Please try again in a minute.",
            "/problems/unexpected",
        ),
    )
