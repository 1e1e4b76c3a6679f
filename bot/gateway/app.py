"""The service: every door of Sevensteps on one port."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from bot.allocation import api as allocation_api
from bot.gateway import api, directory_api, health, letter_files, openapi, pages, plan_files, problems
from bot.gateway.alert_sender import AlertSender
from bot.gateway.channels import demo as demo_phones
from bot.gateway.channels import routes as channel_routes
from bot.gateway.channels.doors import Doors
from bot.gateway.middleware import BodyLimit, SecurityHeaders
from bot.gateway.notice_sender import NoticeSender
from bot.gateway.notices import routes
from bot.gateway.services import Services
from bot.gateway.settings import GatewaySettings
from bot.gateway.voice import demo as voice_demo
from bot.gateway.voice import routes as voice_routes
from bot.review import api as review_api
from bot.review import (
    assigning,
    casework,
    decision_doors,
    living_doors,
    moderation_doors,
    person_asked,
    records_doors,
    sign_in,
)
from bot.review import pages as review_pages
from bot.review import sessions as review_sessions
from bot.review import understand as understand_api
from bot.review.late import LateForms
from bot.review.oidc import Provider
from bot.review.review_days import ReviewDays
from bot.safety.rules import default_rules
from bot.store.database import Busy

_log = structlog.get_logger()

STATIC = Path(__file__).parent / "static"


def create_app(settings: GatewaySettings) -> FastAPI:
    """Build the service. It reads no environment of its own and starts nothing."""
    services = Services.of(settings)
    default_rules()  # read and compiled now, and not while the first family waits for a reply

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for contact in settings.content.contacts_out_of_date(settings.clock().date()):
            _log.warning("contacts.out_of_date", contact=contact.id, verified_on=contact.verified_on.isoformat())
        doors = app.state.doors
        senders = (
            AlertSender(settings),
            NoticeSender(settings, routes(settings, doors.notice_routes())),
            doors,
            ReviewDays(settings),
        )
        for sender in senders:
            sender.start()
        yield
        for sender in senders:
            sender.close()
        services.engine.close()

    app = FastAPI(
        title="Sevensteps",
        summary="A conversation about the help a disabled child needs, and an explained guide amount.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.openapi = openapi.described(app)  # type: ignore[method-assign]  # FastAPI's own way
    app.state.services = services
    app.state.allocation = allocation_api.Source(lambda: settings.content, lambda: settings.clock().date())
    app.state.metrics = health.Metrics()
    app.state.sign_in_provider = (
        Provider(settings.staff_sign_in, f"{settings.public_address.rstrip('/')}{sign_in.CALLBACK}")
        if settings.staff_sign_in is not None
        else None
    )
    app.state.doors = Doors.of(services, app.state.metrics.registry)
    problems.install(app)
    app.add_exception_handler(Busy, _busy)
    take_in(app, api.router)
    take_in(app, allocation_api.router(prefix="/api/v1"))
    take_in(app, health.router)
    take_in(app, review_api.router)
    if settings.mode == "demo":
        take_in(app, review_api.demo_router)
        take_in(app, voice_demo.router)
        take_in(app, demo_phones.router)
        take_in(app, directory_api.demo_router())
    take_in(app, understand_api.router)
    take_in(app, plan_files.api)
    take_in(app, letter_files.api)
    take_in(app, channel_routes.router)
    take_in(app, voice_routes.router)
    take_in(app, pages.router)
    take_in(app, plan_files.pages)
    take_in(app, letter_files.pages)
    take_in(app, sign_in.router)
    take_in(app, review_sessions.router)
    take_in(app, review_pages.router)
    for idea in (assigning, person_asked):
        take_in(app, idea.api)
        take_in(app, idea.pages)
    for router in casework.ROUTERS:
        take_in(app, router)
    for router in (*moderation_doors.ROUTERS, *records_doors.ROUTERS, *decision_doors.ROUTERS, *living_doors.ROUTERS):
        take_in(app, router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(LateForms, services=services)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, https=settings.https, embed_on=settings.embed_on)
    app.add_middleware(health.Measured, metrics=app.state.metrics)
    return app


def _busy(request: Request, error: Exception) -> Response:
    return problems.respond(
        request,
        problems.Problem(
            503,
            "We are very busy right now",
            "Nothing was changed. Please try again in a moment.",
            "/problems/busy",
            {"Retry-After": "1"},
        ),
    )


def take_in(app: FastAPI, router: APIRouter) -> None:
    """Add a router's routes as they were built when its file was read.

    ``include_router`` would build each of them again for this app, at the first request that comes near it - half a
    second that the first family waits - and then look through them twice for each request.
    """
    app.router.routes.extend(router.routes)
