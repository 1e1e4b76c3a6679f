"""The road to the action server: one kept connection pool, one compiled schema, and failures that fail the turn."""

from __future__ import annotations

from typing import Any, Optional

import aiohttp
import jsonschema
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.engine import turn

SECONDS_FOR_AN_ACTION = 20


class ActionEndpoint(EndpointConfig):
    """Stock Rasa opens a new connection for every action and swallows its errors (see :mod:`bot.engine.turn`)."""

    def __init__(self, url: str, secret: str) -> None:
        # selective domain: our actions never need the domain, and it is most of the payload
        super().__init__(url=url, enable_selective_domain=True)
        self._pool: Optional[aiohttp.ClientSession] = None
        self._headers = {"Authorization": f"Bearer {secret}"}

    async def request(
        self,
        method: str = "post",
        subpath: Optional[str] = None,
        content_type: Optional[str] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Optional[Any]:
        """POST the tracker to the action server and return its reply.

        :raises ClientResponseError: status 400 is a rejection by the action, which Rasa handles.
        :raises TurnFailed: on anything else.
        """
        now = turn.current()
        if now is not None and now.failure:
            raise turn.TurnFailed(now.failure)
        name = str((kwargs.get("json") or {}).get("next_action"))
        if self._pool is None:
            self._pool = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=SECONDS_FOR_AN_ACTION), headers=self._headers
            )
        try:
            async with self._pool.post(self.url, json=kwargs.get("json")) as response:
                if response.status == 400:
                    raise ClientResponseError(400, response.reason, await response.read())
                response.raise_for_status()
                return await response.json()
        except ClientResponseError:
            raise
        except Exception as error:
            raise turn.failed(f"action {name}: {type(error).__name__}") from None

    async def close(self) -> None:
        """Give the connections back; called when the server stops."""
        if self._pool is not None:
            await self._pool.close()


def validate_with_compiled_schema() -> None:
    """Rasa checks its own constant schema again on every reply of an action, 25 ms of work each time: nine tenths of a
    turn. This checks it once; replies are validated exactly as before."""
    schema = RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
