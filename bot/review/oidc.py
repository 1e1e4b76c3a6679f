"""The council's sign-in provider: OpenID Connect, code flow with PKCE; and what its tokens must say to be believed.

Authlib speaks the flow, joserfc checks signatures. The provider's description and keys are read when they are first
needed; keys are read again when a token names one that we do not know, so that a provider may change them at any time.
"""

from __future__ import annotations

import secrets
import threading
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import httpx
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from bot.gateway.limits import Buckets, Rate
from bot.gateway.staff_sign_in import StaffSignIn

with warnings.catch_warnings():
    # Authlib would have httpx's successor, which nothing else here uses; it says so at every start of the service.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.base_client.errors import OAuthError
    from authlib.integrations.httpx_client import OAuth2Client

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
"""Of asymmetric keys alone: "none" and shared secrets are never believed, whatever a token says of itself."""

SCOPE = "openid profile"
SECONDS = 10.0
LEEWAY = 60
"""Seconds by which the two clocks may differ."""
LOGOUT_AGE = 300
"""Seconds that a logout token may have been on its way; an older one is a replay."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
KEY_READS = Rate(burst=5, per_minute=5)
"""Reads of the provider's keys because of an unknown one: anybody may send a token that names one."""


class Refused(Exception):
    """The provider, or what came in its name, is not to be believed. ``reason`` is a code for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderAway(Exception):
    """The provider does not answer, or not in the way of OpenID Connect."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where to send a browser, and what to remember until it is back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """Whose sessions the provider has ended: one of its own, or all of a person's."""

    subject: str | None
    provider_session: str | None


class Provider:
    """One provider; threads share it."""

    def __init__(self, settings: StaffSignIn, callback: str) -> None:
        """``callback`` is the whole address that the provider sends browsers back to."""
        self.settings = settings
        self._callback = callback
        self._lock = threading.Lock()
        self._about: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._key_reads = Buckets(KEY_READS)

    def leave(self) -> Leaving:
        """Begin a sign-in. Raises ProviderAway."""
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        with self._client() as client:
            url, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"), state=state, nonce=nonce, code_verifier=verifier
            )
        return Leaving(url, state, nonce, verifier)

    def claims(self, code: str, leaving: Leaving, now: datetime) -> dict[str, Any]:
        """What the provider says of somebody, checked, for the code they came back with. Raises Refused, ProviderAway."""
        try:
            with self._client() as client:
                tokens = client.fetch_token(self._endpoint("token_endpoint"), code=code, code_verifier=leaving.verifier)
        except OAuthError as error:
            raise Refused("code") from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway(type(error).__name__) from error
        raw = tokens.get("id_token")
        if not isinstance(raw, str):
            raise Refused("no_id_token")
        return self._checked(raw, now, nonce={"essential": True, "value": leaving.nonce}, sub={"essential": True})

    def logged_out(self, raw: str, now: datetime) -> LoggedOut:
        """What a back-channel logout token says. Raises Refused, ProviderAway."""
        claims = self._checked(raw, now)
        if "nonce" in claims:  # an ID token must not pass for one of these
            raise Refused("nonce")
        if not isinstance(claims.get("events"), dict) or LOGOUT_EVENT not in claims["events"]:
            raise Refused("events")
        if abs(now.timestamp() - claims["iat"]) > LOGOUT_AGE:
            raise Refused("iat")
        subject, session = claims.get("sub"), claims.get("sid")
        if not isinstance(subject or session, str):
            raise Refused("nobody")
        return LoggedOut(subject, session)

    def sign_out_address(self, back_to: str) -> str | None:
        """Where somebody can end their session at the provider as well; None when it has no such address."""
        address = self._description().get("end_session_endpoint")
        if not isinstance(address, str):
            return None
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back_to}
        return str(httpx.URL(address).copy_merge_params(asked))

    def names_itself(self, issuer: str | None) -> bool:
        """Whether an answer that names its issuer (RFC 9207) comes from this provider."""
        if issuer is None:
            return not self._description().get("authorization_response_iss_parameter_supported", False)
        return issuer == self.settings.issuer

    def _checked(self, raw: str, now: datetime, **more: Any) -> dict[str, Any]:
        """The claims of a token from this provider, for us, of now."""
        try:
            token = jwt.decode(raw, self._key(raw), algorithms=list(ALGORITHMS))
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self.settings.issuer},
                aud={"essential": True, "value": self.settings.client_id},
                exp={"essential": True},
                iat={"essential": True},
                **more,
            ).validate(token.claims)
        except (JoseError, ValueError) as error:
            raise Refused(_reason(error)) from error
        claims = dict(token.claims)
        if claims["aud"] not in (self.settings.client_id, [self.settings.client_id]):
            raise Refused("aud")
        if claims.get("azp", self.settings.client_id) != self.settings.client_id:
            raise Refused("azp")
        return claims

    def _key(self, raw: str) -> Key:
        """The provider's key that a token says it is signed with."""
        header = jws.extract_compact(raw.encode()).headers()
        if header.get("alg") not in ALGORITHMS:
            raise Refused("alg")
        kid = header.get("kid")
        found = _find(self._key_set(), kid)
        if found is None and self._key_reads.allows("keys"):
            found = _find(self._key_set(again=True), kid)
        if found is None:
            raise Refused("kid")
        return found

    def _key_set(self, *, again: bool = False) -> KeySet:
        with self._lock:
            keys = self._keys
        if keys is None or again:
            try:
                keys = KeySet.import_key_set(self._get(self._endpoint("jwks_uri")))  # type: ignore[arg-type]  # as read
            except (JoseError, KeyError, TypeError) as error:
                raise ProviderAway("keys") from error
            with self._lock:
                self._keys = keys
        return keys

    def _description(self) -> dict[str, Any]:
        with self._lock:
            about = self._about
        if about is None:
            about = self._get(f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            if about.get("issuer") != self.settings.issuer:
                raise ProviderAway("issuer")
            with self._lock:
                self._about = about
        return about

    def _endpoint(self, name: str) -> str:
        address = self._description().get(name)
        if not isinstance(address, str):
            raise ProviderAway(name)
        return address

    def _get(self, address: str) -> dict[str, Any]:
        try:
            reply = httpx.get(address, timeout=SECONDS, trust_env=False).raise_for_status()
            found = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway(type(error).__name__) from error
        if not isinstance(found, dict):
            raise ProviderAway("not_an_object")
        return found

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret,
            redirect_uri=self._callback,
            scope=SCOPE,
            code_challenge_method="S256",
            timeout=SECONDS,
            trust_env=False,
        )


def _find(keys: KeySet, kid: object) -> Key | None:
    """The key of this name; without a name the only one there is."""
    if kid is None:
        return keys.keys[0] if len(keys.keys) == 1 else None
    return next((key for key in keys.keys if key.kid == kid), None)


def _reason(error: Exception) -> str:
    """A code for the log: which claim was wrong, or what kind of error it was."""
    claim = getattr(error, "claim", None)
    return claim if isinstance(claim, str) else type(error).__name__
