"""A small OpenID Connect provider on a free port of this machine: it signs with real keys, and can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID, CLIENT_SECRET = "sevensteps", "a secret of this test"


def new_key() -> RSAKey:
    key = RSAKey.generate_key(2048, {"use": "sig"}, private=True)
    key.ensure_kid()
    return key


@dataclass
class Granted:
    """What a code was given for."""

    nonce: str
    challenge: str
    redirect_uri: str
    claims: dict[str, Any]


@dataclass
class FakeProvider:
    """The provider; its clock is the service's."""

    clock: Callable[[], datetime]
    issuer: str = ""
    key: RSAKey = field(default_factory=new_key)
    """Signs; the public half is what it publishes."""
    published: list[RSAKey] = field(default_factory=list)
    tampers: dict[str, Any] = field(default_factory=dict)
    """Claims to change in the next tokens; None takes one out."""
    signs_with: Callable[[Mapping[str, Any]], str] | None = None
    """How the next tokens are signed, in place of the right way."""
    granted: dict[str, Granted] = field(default_factory=dict)
    key_reads: int = 0
    down: bool = False

    def grants(self, address: str, **claims: Any) -> str:
        """Somebody signs in at the address that the service sent them to; where they are sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT_ID)
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.granted)}"
        self.granted[code] = Granted(asked["nonce"], asked["code_challenge"], asked["redirect_uri"], claims)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, claims: Mapping[str, Any]) -> str:
        """Signed, with the claims that every token of this provider has."""
        now = int(self.clock().timestamp())
        body = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **claims, **self.tampers}
        body = {name: value for name, value in body.items() if value is not None}
        if self.signs_with is not None:
            return self.signs_with(body)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, body, self.key)

    def changes_its_key(self) -> None:
        """A new key from now on. It is published; the old one is not any more."""
        self.key = new_key()
        self.published = [self.key]

    def answer(self, path: str, form: Mapping[str, str], basic: str) -> tuple[int, Any]:
        if self.down:
            return 500, {}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/end",
            }
        if path == "/keys":
            self.key_reads += 1
            return 200, KeySet([*self.published]).as_dict(private=False)
        if path == "/token":
            return self._redeem(form, basic)
        return 404, {}

    def _redeem(self, form: Mapping[str, str], basic: str) -> tuple[int, Any]:
        id_, _, secret = base64.b64decode(basic).decode().partition(":")
        if (unquote(id_), unquote(secret)) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        granted = self.granted.pop(form.get("code", ""), None)  # a code is worth one try
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if granted is None or granted.challenge != challenge or granted.redirect_uri != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        id_token = self.token({"nonce": granted.nonce, **granted.claims})
        return 200, {"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": id_token}


def unsigned(claims: Mapping[str, Any]) -> str:
    """A token with the algorithm "none"."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def with_public_key_as_secret(key: RSAKey) -> Callable[[Mapping[str, Any]], str]:
    """The old trick: HMAC, with what everybody can read as the secret."""

    def sign(claims: Mapping[str, Any]) -> str:
        signed = f"{_part({'alg': 'HS256', 'kid': key.kid})}.{_part(claims)}"
        seal = hmac.new(key.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"

    return sign


def _part(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(dict(value)).encode()).rstrip(b"=").decode()


@contextmanager
def provider(clock: Callable[[], datetime]) -> Iterator[FakeProvider]:
    """Running in a thread."""
    fake = FakeProvider(clock)
    fake.published = [fake.key]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({}, "")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._reply(form, self.headers.get("authorization", "").removeprefix("Basic "))

        def _reply(self, form: Mapping[str, str], basic: str) -> None:
            status, reply = fake.answer(urlsplit(self.path).path, form, basic)
            content = json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
