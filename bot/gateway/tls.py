"""The certificate authorities that this process trusts, read once: reading them takes longer than most requests."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """For every client of the process; threads may share it."""
    return httpx.create_ssl_context(trust_env=False)
