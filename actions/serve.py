"""The action server: rasa-sdk's own protocol on loopback, behind the engine's secret.

rasa-sdk's stock server listens on every interface, allows any origin, asks for no secret and echoes a failing request
back (research: dialogue 3). Here a caller shows the secret, and an error says nothing but that it happened.
"""

from __future__ import annotations

import hmac
import os
import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.registry import every_action
from actions.services import Services
from bot.content.loader import load
from bot.store.crypto import Cipher, keys_from
from bot.store.database import Database

SECRET_VARIABLE = "SEVENSTEPS_ENGINE_SECRET"  # noqa: S105 - the name of a variable
DATABASE_VARIABLE = "SEVENSTEPS_DATABASE"
ALLOCATION_VARIABLE = "SEVENSTEPS_ALLOCATION_URL"
COUNCIL_VARIABLE = "SEVENSTEPS_COUNCIL"


def build(services: Services, secret: str) -> Sanic:
    """The server's application."""
    executor = ActionExecutor()
    for action in every_action(services):
        executor.register_action(action)
    app = create_app(executor, cors_origins=[])
    app.config.ACCESS_LOG = False
    expected = f"Bearer {secret}".encode()

    @app.on_request
    async def only_the_engine(request: Request) -> HTTPResponse | None:
        given = request.headers.get("authorization", "").encode()
        if request.path == "/health" or hmac.compare_digest(given, expected):
            return None
        return json({"error": "unauthorised"}, status=401)

    @app.exception(Exception)
    async def say_nothing(request: Request, error: Exception) -> HTTPResponse:
        # The name of the error alone: its text may hold what a person said.
        print(f'{{"event": "action failed", "error": "{type(error).__name__}"}}', file=sys.stderr, flush=True)
        return json({"error": "action failed"}, status=500)

    return app


def main() -> None:
    """Run until told to stop. Configuration comes from the environment; see bot.ops.processes."""
    services = Services(
        content=load(council=os.environ[COUNCIL_VARIABLE]),
        database=Database(os.environ[DATABASE_VARIABLE], Cipher(keys_from(os.environ))),
        allocation_url=os.environ[ALLOCATION_VARIABLE],
    )
    app = build(services, os.environ[SECRET_VARIABLE])
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
