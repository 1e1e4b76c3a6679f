"""Every route of the workspace as the running service has it, and what each must refuse. New routes are found by themselves.

What is said here of single routes are exceptions, each with its reason. A route that is not named is one that nobody
reaches without a session, a right, their own team's case and their own page's form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

PUBLIC = {
    "GET /review/sign-in": "where people without a session are sent",
    "POST /review/sign-in": "signs in to the demo; checked in test_sign_in",
    "GET /review/sign-in/start": "goes to the provider; checked in test_sign_in",
    "GET /review/sign-in/callback": "comes back from it; checked in test_sign_in",
    "GET /review/sign-in/role": "bound to an unfinished sign-in; checked in test_sign_in",
    "POST /review/sign-in/role": "bound to an unfinished sign-in; checked in test_sign_in",
    "GET /review/signed-out": "says that one is signed out, and nothing else",
    "POST /review/back-channel-logout": "the provider's; its signed token says who asks, checked in test_sign_in",
    "POST /api/v1/review/demo-login": "signs in to the demo; not there in live mode",
}
"""Reached without a session, and why."""

OWN_SESSION = {
    "GET /review/sessions",
    "POST /review/sign-out",
    "POST /review/sign-out-everywhere",
    "GET /review/late/{form_id}",
    "POST /review/late/{form_id}/forget",
}
"""About the session of whoever asks, so that every role has them."""

FILL = {"ending": "html", "which": "now", "reader": "parent", "code": "S1"}
"""Values for the parts of a path that are not just a number or an id."""


@dataclass(frozen=True)
class Door:
    """One method of one path."""

    method: str
    path: str
    body: Any
    """JSON that passes the route's own model, so that what refuses it is its guard; None where it takes none."""
    query: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def of_one_case(self) -> bool:
        return "{reference}" in self.path or "{alert_id}" in self.path

    def at(self, values: Mapping[str, str]) -> str:
        """The path with its parts filled in."""
        return re.sub(r"\{(\w+)\}", lambda part: {**FILL, **values}.get(part[1], "1"), self.path)


def doors(app: FastAPI) -> list[Door]:
    """All of them, but for the public ones."""
    found = []
    described = app.openapi()
    for context in iter_route_contexts(app.routes):
        path = context.path or ""
        if not re.match(r"(/api/v1)?/review(/|$)", path):
            continue
        for method in sorted(set(context.methods or ()) - {"HEAD", "OPTIONS"}):
            if f"{method} {path}" in PUBLIC:
                continue
            operation = described["paths"].get(path, {}).get(method.lower(), {})
            found.append(Door(method, path, _body(described, operation), dict(_query(described, operation))))
    return found


def _body(described: dict[str, Any], operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else _value(described, content["schema"])


def _query(described: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query" and parameter.get("required"):
            yield parameter["name"], str(_value(described, parameter["schema"]))


def _value(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Something small that fits a schema: its own example, or the least of what must be there."""
    while "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for key in ("examples", "enum"):
        if schema.get(key):
            first = schema[key][0]
            return _least(described, schema) | first if isinstance(first, dict) else first
    for key in ("default", "const"):
        if key in schema:
            return schema[key]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _value(described, schema[key][0])
    match schema.get("type"):
        case "object":
            return _least(described, schema)
        case "array":
            return [_value(described, schema["items"]) for _ in range(schema.get("minItems", 0))]
        case "string":
            return _text(schema)
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return None


def _least(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(described, schema["properties"][name]) for name in schema.get("required", [])}


def _text(schema: dict[str, Any]) -> str:
    match schema.get("format"):
        case "date":
            return "2026-12-01"
        case "date-time":
            return "2026-12-01T09:00:00Z"
        case _:
            return "x" * max(1, schema.get("minLength", 1))
