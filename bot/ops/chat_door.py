"""The doors by which a terminal tries a channel; they are open in demo mode only."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import httpx


class Shut(Exception):
    """Nobody is there, or not in demo mode. The words for whoever types have been printed."""


def send(http: httpx.Client, channel: str, said: Mapping[str, str], *, instead: str) -> dict[str, Any] | None:
    """What comes back by a channel's door; None when it was refused, for a reason that is printed.

    ``instead`` is what to do where there is no such door. Raises Shut.
    """
    try:
        reply = http.post(f"/channels/demo/{channel}", json=dict(said))
    except httpx.HTTPError:
        print(
            f"Sevensteps does not answer at {http.base_url}. Start it in another terminal with: make run",
            file=sys.stderr,
        )
        raise Shut from None
    if reply.status_code == 404:
        print(f"This Sevensteps is not in demo mode: {instead}.", file=sys.stderr)
        raise Shut
    if reply.is_error:
        print(reply.json()["detail"])
        return None
    came: dict[str, Any] = reply.json()
    return came
