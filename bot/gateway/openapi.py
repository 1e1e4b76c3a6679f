"""What holds for every operation of /openapi.json, said once: how a body that does not fit, or is too big, is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from bot.gateway.problems import PROBLEM_JSON

_PROBLEM = {"$ref": "#/components/schemas/ProblemOut"}
_THE_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")
_METHODS = ("get", "put", "post", "delete", "patch")


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The app's document, with our problems in place of the framework's own errors, which it never sends."""
    make = app.openapi

    def document() -> dict[str, Any]:
        first_time = app.openapi_schema is None
        found = make()
        if first_time:
            for path in found["paths"].values():
                for operation in (path[method] for method in _METHODS if method in path):
                    _complete(operation)
            for name in _THE_FRAMEWORKS_OWN:
                found["components"]["schemas"].pop(name, None)
        return found

    return document


def _complete(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for response in responses.values():
        if PROBLEM_JSON in response.get("content", {}):
            # The framework adds the model under its own media type as well; a problem is never sent as that.
            response["content"] = {PROBLEM_JSON: {"schema": _PROBLEM}}
    takes_a_body = "requestBody" in operation
    if takes_a_body:
        responses.setdefault("413", _response("Too much at once"))
    if takes_a_body or "422" in responses:
        responses["422"] = _response("Malformed")


def _response(description: str) -> dict[str, Any]:
    return {"description": description, "content": {PROBLEM_JSON: {"schema": _PROBLEM}}}
