"""Puts the engine together: model, tracker store, action endpoint and door. Refuses to start on anything doubtful."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Optional

import rasa.core.channels.channel
from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.engine.action_endpoint import ActionEndpoint, validate_with_compiled_schema
from bot.engine.channel import GatewayChannel
from bot.engine.tracker_store import WindowTrackerStore


class Refused(Exception):
    """The engine must not start; the message says why, without secrets."""


class SealedAgent(Agent):
    """Stock Rasa wraps every tracker store in one that falls back to memory: on a database error a family would
    silently look new. This one takes the store as it is."""

    @staticmethod
    def _create_tracker_store(store: Optional[TrackerStore], domain: Domain) -> TrackerStore:
        if store is None:
            raise Refused("no tracker store")
        return store


def build(*, model: str, actions: str, secret: str, database: Optional[str]) -> Sanic:
    """The application, with the model loaded and the database reached.

    :raises Refused: when something is missing or is not what it must be.
    """
    try:
        channel = GatewayChannel(secret)
    except ValueError as error:
        raise Refused(str(error)) from error
    validate_with_compiled_schema()
    agent = _agent(model, ActionEndpoint(actions, secret), database)
    app = Sanic("sevensteps_engine", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = agent
    rasa.core.channels.channel.register([channel], app, route="/webhooks/")

    @app.get("/healthz")
    async def healthz(_request: Request) -> HTTPResponse:
        """Answers only once the agent is ready, as the port opens after; checks the database each time."""
        try:
            await agent.tracker_store.exists("healthz")
        except Exception:
            return response.json({"status": "database away"}, status=503)
        return response.json({"status": "ok", "model": agent.processor.model_filename if agent.processor else None})

    @app.listener("after_server_stop")
    async def close(_app: Sanic, _loop: Any) -> None:
        await agent.action_endpoint.close()
        agent.tracker_store.engine.dispose()

    return app


def _agent(model: str, actions: ActionEndpoint, database: Optional[str]) -> Agent:
    try:
        store = WindowTrackerStore(host=database)
        asyncio.run(store.exists("startup"))
    except Exception as error:
        # the address may hold a password, and the driver's message the address
        raise Refused(f"the tracker database cannot be used: {type(error).__name__}") from None
    if not Path(model).exists():
        raise Refused(f"no model at {model}: run `bin/sevensteps train`")
    agent = SealedAgent(tracker_store=store, action_endpoint=actions)
    try:
        agent.load_model(model)
    except Exception as error:
        raise Refused(f"the model at {model} cannot be loaded: {type(error).__name__}: {error}") from error
    processor = agent.processor
    if processor is None or type(processor.tracker_store) is not WindowTrackerStore:
        raise Refused("Rasa replaced the tracker store by another")
    if processor.http_interpreter is not None or processor.model_metadata.core_target is None:
        raise Refused("the model has no dialogue rules of its own")
    return agent
