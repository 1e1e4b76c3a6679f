"""One GET of a directory of local services: little time, a limit on what comes back, and never to another host."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from time import monotonic
from typing import Any

import httpx

CONNECT_SECONDS = 1.0
MOST_BYTES = 12 * 1024 * 1024
"""Ten thousand services with all that is nested in them fit; what is longer is no answer for a conversation."""
_MOST_REDIRECTS = 3


class DirectoryAway(Exception):
    """The directory gave no usable answer; the text is the kind of trouble, without anything of the answer."""


class DirectoryRefused(Exception):
    """The directory is there and does not want this request (400 to 499), or has no such thing (404)."""


class DirectoryFetch:
    """Asks one directory; threads may share it."""

    def __init__(self, url: str) -> None:
        """``url``: base address, e.g. "https://directory.example.gov.uk/api"."""
        self._base = url.rstrip("/")
        # No proxy or .netrc of the machine. Compressed answers are not asked for, as a small one may unpack to anything.
        self._http = httpx.Client(
            timeout=httpx.Timeout(CONNECT_SECONDS),
            trust_env=False,
            follow_redirects=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Sevensteps"},
            verify=ssl.create_default_context(),
            limits=httpx.Limits(keepalive_expiry=2.0),
        )

    def get(self, path: str, params: Mapping[str, str], until: float) -> Any:
        """The JSON at ``path``. ``until``: on the monotonic clock. Raises DirectoryAway and DirectoryRefused."""
        try:
            return self._get(f"{self._base}{path}", params, until)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise DirectoryAway(type(error).__name__) from error

    def _get(self, address: str, params: Mapping[str, str], until: float) -> Any:
        url = httpx.URL(address, params=params)
        for _ in range(_MOST_REDIRECTS + 1):
            left = until - monotonic()
            if left <= 0:
                raise DirectoryAway("TimeLimit")
            timeout = httpx.Timeout(left, connect=min(left, CONNECT_SECONDS))
            with self._http.stream("GET", url, timeout=timeout) as reply:
                if reply.is_redirect:
                    url = followed(url, reply.headers.get("location", ""))
                    continue
                if 400 <= reply.status_code < 500 and reply.status_code not in (408, 429):
                    raise DirectoryRefused(str(reply.status_code))
                if reply.status_code != 200:
                    raise DirectoryAway(f"status {reply.status_code}")
                if "html" in reply.headers.get("content-type", "") or "content-encoding" in reply.headers:
                    raise DirectoryAway("not JSON")
                # One broken letter does not make a whole directory useless; NaN and Infinity are no JSON.
                return json.loads(_body(reply, until).decode("utf-8-sig", "replace"), parse_constant=lambda _: None)
        raise DirectoryAway("too many redirects")


def _body(reply: httpx.Response, until: float) -> bytes:
    parts, size = list[bytes](), 0
    for part in reply.iter_raw():
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise DirectoryAway("too long")
        if monotonic() > until:
            raise DirectoryAway("TimeLimit")
    return b"".join(parts)


def followed(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads, if that is on the same host and no less safe. Raises DirectoryAway."""
    target = url.join(location)
    same = target.host == url.host and (target.port == url.port or (url.scheme, target.scheme) == ("http", "https"))
    if not same or (url.scheme == "https" and target.scheme != "https") or target.scheme not in ("http", "https"):
        raise DirectoryAway("redirect to elsewhere")
    return target
