"""Whether the service is alive, whether what is behind it answers, and its figures. Nothing personal in them."""

from __future__ import annotations

import time

import httpx
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.api import Shared
from bot.gateway.tls import trusted

router = APIRouter(tags=["Health"])

ACTIONS_PATH = "/health"
ENGINE_PATH = "/healthz"
_http = httpx.Client(timeout=2.0, trust_env=False, verify=trusted())


class Metrics:
    """Figures of one process, by route and status alone."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "sevensteps_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "sevensteps_request_seconds",
            "Seconds to answer",
            ["route"],
            buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25),
            registry=self.registry,
        )


class Measured:
    """Counts and times every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            # The route's template, never the path: a path holds ids.
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.requests.labels(scope["method"], route, str(status)).inc()
            self._metrics.seconds.labels(route).observe(time.monotonic() - began)


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """This process answers."""
    return {"status": "ok"}


@router.get("/readyz", responses={503: {"description": "Something behind the service does not answer"}})
def ready(services: Shared) -> Response:
    """Database, engine and actions answer."""
    found = {
        "database": services.database.is_ready(),
        "engine": _answers(services.settings.engine_url + ENGINE_PATH),
        "actions": _answers(services.settings.actions_url + ACTIONS_PATH),
    }
    return JSONResponse(found, 200 if all(found.values()) else 503)


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    figures: Metrics = request.app.state.metrics
    return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST)


def _answers(url: str) -> bool:
    try:
        return _http.get(url).is_success
    except httpx.HTTPError:
        return False
