"""The action server: rasa-sdk's own protocol on loopback, behind the engine's secret.

rasa-sdk's stock server listens on every interface, allows any origin, asks for no secret and echoes a failing request
back (research: dialogue 3). Here a caller shows the secret, and an error says nothing but that it happened.
"""

from __future__ import annotations

import hmac
import os
import sys
from collections.abc import Mapping
from json import dumps
from pathlib import Path
from threading import Timer
from traceback import extract_tb
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.directory_client import client_for
from actions.language_model import LanguageModel
from actions.registry import every_action
from actions.services import Services
from bot.content.loader import load
from bot.store.crypto import Cipher, keys_from
from bot.store.database import Database
from bot.understanding.lines import warm

SECRET_VARIABLE = "SEVENSTEPS_ENGINE_SECRET"  # noqa: S105 - the name of a variable
DATABASE_VARIABLE = "SEVENSTEPS_DATABASE"
ALLOCATION_VARIABLE = "SEVENSTEPS_ALLOCATION_URL"
COUNCIL_VARIABLE = "SEVENSTEPS_COUNCIL"


def build(services: Services, secret: str) -> Sanic[Any, Any]:
    """The server's application."""
    executor = ActionExecutor()
    for action in every_action(services):
        executor.register_action(action)
    app: Sanic[Any, Any] = Sanic("sevensteps_actions", configure_logging=False)
    expected = f"Bearer {secret}".encode()

    async def webhook(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            return json({"error": "unauthorised"}, status=401)
        try:
            # The engine leaves the domain out, as no action needs it; this SDK wants to be given one.
            result = await executor.run({"domain": {}, **request.json})
        except ActionExecutionRejection as refused:
            return json({"error": "rejected", "action_name": refused.action_name}, status=400)
        return json(result.model_dump() if result else None)

    async def health(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    async def say_nothing(_: Request, error: Exception) -> HTTPResponse:
        # The name of the error and where it arose: its text may hold what a person said.
        where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-5:]]
        line = {"event": "action failed", "error": type(error).__name__, "at": where}
        print(dumps(line), file=sys.stderr, flush=True)
        return json({"error": "action failed"}, status=500)

    app.add_route(webhook, "/webhook", methods=["POST"])
    app.add_route(health, "/health", methods=["GET"])
    app.error_handler.add(Exception, say_nothing)
    return app


def language_model(environ: Mapping[str, str]) -> LanguageModel | None:
    """The council's own, when its address is set. bot.ops.config has looked at the values."""
    if not environ.get("SEVENSTEPS_LLM_URL"):
        return None
    return LanguageModel(
        environ["SEVENSTEPS_LLM_URL"],
        environ["SEVENSTEPS_LLM_MODEL"],
        environ["SEVENSTEPS_LLM_KEY"],
        float(environ["SEVENSTEPS_LLM_SECONDS"]),
    )


WARM_AFTER_SECONDS = 5.0


def main() -> None:
    """Run until told to stop. Configuration comes from the environment; see bot.ops.processes."""
    content = load(council=os.environ[COUNCIL_VARIABLE])
    services = Services(
        content=content,
        database=Database(os.environ[DATABASE_VARIABLE], Cipher(keys_from(os.environ))),
        allocation_url=os.environ[ALLOCATION_VARIABLE],
        language_model=language_model(os.environ),
        directory=client_for(content, os.environ[ALLOCATION_VARIABLE]),
    )
    # The reader of plan lines takes seconds to import. Nobody needs it at once, and nobody should wait for it later.
    warming = Timer(WARM_AFTER_SECONDS, warm)
    warming.daemon = True
    warming.start()
    app = build(services, os.environ[SECRET_VARIABLE])
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
