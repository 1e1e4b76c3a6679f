"""Staff sign in with their council accounts: what a provider must say, and what is refused whoever says it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt

from bot.gateway.staff_sign_in import StaffSignIn
from bot.review.claims import NotAllowed, identity
from bot.review.oidc import LOGOUT_EVENT
from bot.review.sign_in import inside
from bot.store import audit
from tests.gateway.service import Service, running
from tests.review.oidc_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    FakeProvider,
    new_key,
    provider,
    unsigned,
    with_public_key_as_secret,
)

TEAMS = frozenset({"early_help", "children", "preparing_for_adulthood"})
ANN = {"sub": "ann-1", "name": "Ann Archer", "roles": ["lead-professional"], "teams": ["children"]}


@dataclass
class SignIn:
    """The service, its provider, and ways to come in."""

    service: Service
    provider: FakeProvider

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.service.url, timeout=30, trust_env=False, verify=False)

    def leaves(self, browser: httpx.Client, next: str = "") -> str:
        """The address at the provider that a browser is sent to."""
        reply = browser.get("/review/sign-in/start", params={"next": next} if next else {})
        assert reply.status_code == 303, reply.text
        return str(reply.headers["location"])

    def comes_back(self, browser: httpx.Client, next: str = "", **claims: Any) -> httpx.Response:
        """The whole way there and back."""
        return browser.get(self.provider.grants(self.leaves(browser, next), **(ANN | claims)))

    def refused(self) -> str:
        """The reason that was written down last."""
        with self.service.database.read() as tx:
            lines = [line for line in audit.lines(tx, limit=10_000) if line.action == "staff.sign_in_refused"]
        return lines[-1].detail


@pytest.fixture(scope="module")
def module(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    store = tmp_path_factory.mktemp("sign-in") / "store.db"
    shutil.copy(empty_store, store)
    with provider(lambda: started.clock()) as fake:
        settings = StaffSignIn(fake.issuer, CLIENT_ID, CLIENT_SECRET, tenants=frozenset())
        with running(store, lifespan="off", staff_sign_in=settings) as started:
            yield SignIn(started, fake)


@pytest.fixture
def way(module: SignIn) -> Iterator[SignIn]:
    """The provider as it should be at the beginning and the end of each test."""
    fake = module.provider
    yield module
    fake.tampers, fake.signs_with, fake.down = {}, None, False
    fake.published = [fake.key]


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def test_somebody_signs_in_and_sees_their_teams_cases(way: SignIn) -> None:
    with way.browser() as browser:
        asked = browser.get("/review/outbox")
        assert asked.headers["location"] == "/review/sign-in?next=%2Freview%2Foutbox"
        page = browser.get(asked.headers["location"])
        assert 'href="/review/sign-in/start?next=/review/outbox"' in page.text
        back = way.comes_back(browser, "/review/outbox")
        assert (back.status_code, back.headers["location"]) == (303, "/review/outbox")
        assert browser.get("/review/outbox").status_code == 200
        mine = browser.get("/review/sessions").text
        assert "You are Ann Archer, signed in as" in mine
        assert "ann-1" not in mine
        assert "Disabled children" in mine
        assert "Early help" not in mine
    with way.service.database.read() as tx:
        line = next(line for line in reversed(audit.lines(tx, limit=10_000)) if line.action == "staff.signed_in")
    assert (line.actor, line.detail) == ("ann-1", '{"role":"lead-professional","teams":["children"]}')


def test_a_session_begins_anew_at_every_sign_in(way: SignIn) -> None:
    with way.browser() as browser:
        way.comes_back(browser)
        first = browser.cookies["staff"]
        way.comes_back(browser)
        assert browser.cookies["staff"] != first
        browser.cookies.set("staff", first)
        assert browser.get("/review/sessions").status_code == 303, "the one before is over"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another-client"}, "aud"),
        ({"aud": [CLIENT_ID, "another-client"]}, "aud"),
        ({"azp": "another-client"}, "azp"),
        ({"iss": "https://elsewhere.example"}, "iss"),
        ({"exp": 1_700_000_000}, "exp"),
        ({"exp": None}, "exp"),
        ({"sub": None}, "sub"),
    ],
)
def test_a_token_that_says_something_else_is_refused(way: SignIn, claims: dict[str, Any], reason: str) -> None:
    way.provider.tampers = claims
    with way.browser() as browser:
        reply = way.comes_back(browser)
        assert reply.status_code == 403
        assert "You are not signed in" in reply.text
        assert "staff" not in browser.cookies
    assert f'"{reason}"' in way.refused()


def test_a_token_nobody_signed_is_refused(way: SignIn) -> None:
    for sign, reason in (
        (unsigned, "alg"),
        (with_public_key_as_secret(way.provider.key), "alg"),
    ):
        way.provider.signs_with = sign
        with way.browser() as browser:
            assert way.comes_back(browser).status_code == 403
            assert "staff" not in browser.cookies
        assert f'"{reason}"' in way.refused()


def test_a_token_signed_by_somebody_else_is_refused(way: SignIn) -> None:
    stranger = new_key()
    way.provider.key, ours = stranger, way.provider.key
    with way.browser() as browser:
        assert way.comes_back(browser).status_code == 403
        assert '"kid"' in way.refused()
        forged = new_key()
        way.provider.signs_with = lambda claims: _signed(forged, ours.kid, claims)
        assert way.comes_back(browser).status_code == 403
        assert '"BadSignatureError"' in way.refused()
        assert "staff" not in browser.cookies
    way.provider.key = ours


def _signed(key: Any, kid: str | None, claims: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": kid}, dict(claims), key)


def test_the_provider_may_change_its_key_at_any_time(way: SignIn) -> None:
    with way.browser() as browser:
        assert way.comes_back(browser).status_code == 303
        reads = way.provider.key_reads
        assert way.comes_back(browser).status_code == 303
        assert way.provider.key_reads == reads, "keys that are known are not read again"
        way.provider.changes_its_key()
        assert way.comes_back(browser).status_code == 303
        assert way.provider.key_reads == reads + 1


def test_a_way_back_counts_once_and_only_in_the_browser_that_left(way: SignIn) -> None:
    with way.browser() as ann, way.browser() as victim:
        back = way.provider.grants(way.leaves(ann), **ANN)
        assert victim.get(back).status_code == 403, "somebody is made to follow another person's way back"
        assert "staff" not in victim.cookies
        assert ann.get(back).status_code == 303
        assert ann.get(back).status_code == 403, "a replay"


def test_a_code_that_was_used_before_is_refused(way: SignIn) -> None:
    with way.browser() as browser:
        back = way.provider.grants(way.leaves(browser), **ANN)
        way.provider.granted.clear()
        assert browser.get(back).status_code == 403
        assert '"code"' in way.refused()


def test_a_code_of_another_sign_in_is_refused(way: SignIn) -> None:
    """An attacker's code, put into the victim's way back: the verifier does not fit it."""
    with way.browser() as attacker, way.browser() as victim:
        stolen = parse_qs(urlsplit(way.provider.grants(way.leaves(attacker), **ANN)).query)["code"][0]
        state = parse_qs(urlsplit(way.leaves(victim)).query)["state"][0]
        reply = victim.get("/review/sign-in/callback", params={"code": stolen, "state": state})
        assert reply.status_code == 403
        assert '"code"' in way.refused()


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"iss": "https://elsewhere.example"}])
def test_a_way_back_with_another_state_or_issuer_is_refused(way: SignIn, changed: dict[str, str]) -> None:
    with way.browser() as browser:
        back = urlsplit(way.provider.grants(way.leaves(browser), **ANN))
        query = {name: values[0] for name, values in parse_qs(back.query).items()} | changed
        assert browser.get(f"{back.path}?{urlencode(query)}").status_code == 403
        assert "staff" not in browser.cookies


def test_a_way_back_that_took_too_long_is_refused(way: SignIn) -> None:
    with way.browser() as browser:
        back = way.provider.grants(way.leaves(browser), **ANN)
        way.service.clock.forward(minutes=11)
        assert browser.get(back).status_code == 403


def test_somebody_who_declines_is_not_signed_in(way: SignIn) -> None:
    with way.browser() as browser:
        state = parse_qs(urlsplit(way.leaves(browser)).query)["state"][0]
        reply = browser.get("/review/sign-in/callback", params={"error": "access_denied", "state": state})
        assert reply.status_code == 403
        assert '"declined"' in way.refused()


@pytest.mark.parametrize(
    "claims",
    [
        {"roles": []},
        {"roles": None},
        {"roles": ["administrator", "Head-of-service "]},
        {"roles": [["head-of-service"]]},
        {"teams": []},
        {"teams": ["another_councils_team"]},
        {"sub": "ann one"},
    ],
)
def test_who_has_no_role_or_team_hears_whom_to_ask(way: SignIn, claims: dict[str, Any]) -> None:
    with way.browser() as browser:
        reply = way.comes_back(browser, **claims)
        assert reply.status_code == 403
        assert "You have no access yet" in reply.text
        assert way.service.settings.content.teams.access_from in unescape(reply.text)
        assert "staff" not in browser.cookies


def test_a_role_that_is_sent_along_gives_nothing(way: SignIn) -> None:
    with way.browser() as browser:
        back = way.provider.grants(way.leaves(browser), **ANN)
        browser.get(f"{back}&role=head-of-service&roles=head-of-service")
        assert "signed in as lead professional" in browser.get("/review/sessions").text


def test_who_has_several_roles_works_in_the_one_they_choose(way: SignIn) -> None:
    with way.browser() as browser:
        several = way.comes_back(browser, "/review/outbox", roles=["team-manager", "lead-professional", "unknown"])
        assert (several.status_code, several.headers["location"]) == (303, "/review/sign-in/role")
        assert "staff" not in browser.cookies
        page = browser.get("/review/sign-in/role").text
        assert "Team manager" in page
        assert "Head of service" not in page
        form = {"csrf": csrf_of(page), "role": "head-of-service"}
        forged = browser.post("/review/sign-in/role", data=form)
        assert forged.status_code == 422
        assert (
            browser.post("/review/sign-in/role", data=form | {"role": "team-manager", "csrf": "x"}).status_code == 422
        )
        chosen = browser.post("/review/sign-in/role", data=form | {"role": "team-manager"})
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/review/outbox")
        assert "signed in as team manager" in browser.get("/review/sessions").text
        assert browser.get("/review/sign-in/role").headers["location"] == "/review/sign-in"


def test_nobody_is_sent_elsewhere_after_signing_in(way: SignIn) -> None:
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/review\\elsewhere",
        "/chat",
        "javascript:x",
    ):
        with way.browser() as browser:
            assert way.comes_back(browser, elsewhere).headers["location"] == "/review"
        with way.browser() as browser:
            demo = browser.post("/review/sign-in", data={"role": "auditor", "next": elsewhere})
            assert demo.headers["location"] == "/review/audit"
    assert inside("/review/drafts/EX-2222-2222?after=x") == "/review/drafts/EX-2222-2222?after=x"
    assert inside("/review/../chat") == inside("/review@elsewhere.example") == inside("/reviewed") == ""


def test_a_provider_that_is_away_is_said_so(way: SignIn) -> None:
    with way.browser() as browser:
        back = way.provider.grants(way.leaves(browser), **ANN)
        way.provider.down = True
        reply = browser.get(back)
        assert reply.status_code == 503
        assert "cannot be reached" in reply.text


def test_signing_out_offers_to_do_so_at_the_provider(way: SignIn) -> None:
    with way.browser() as browser:
        way.comes_back(browser)
        csrf = csrf_of(browser.get("/review/sessions").text)
        out = browser.post("/review/sign-out", data={"csrf": csrf})
        assert out.headers["location"] == "/review/signed-out"
        page = browser.get("/review/signed-out").text
        assert f'href="{way.provider.issuer}/end?client_id=sevensteps&amp;post_logout_redirect_uri=' in page
        assert browser.get("/review").status_code == 303


def test_signing_out_everywhere_ends_every_session_of_that_person_alone(way: SignIn) -> None:
    with way.browser() as phone, way.browser() as laptop, way.browser() as bob:
        way.comes_back(phone)
        way.comes_back(laptop)
        way.comes_back(bob, sub="bob-1")
        page = phone.get("/review/sessions").text
        assert "Another" in page
        assert phone.post("/review/sign-out-everywhere", data={"csrf": "wrong"}).status_code == 403
        phone.post("/review/sign-out-everywhere", data={"csrf": csrf_of(page)})
        assert laptop.get("/review").status_code == 303
        assert bob.get("/review").status_code == 200


def test_in_live_mode_it_is_the_only_way_in_and_cookies_are_for_https_alone(
    way: SignIn, empty_store: Path, tmp_path: Path
) -> None:
    shutil.copy(empty_store, tmp_path / "live.db")
    settings = StaffSignIn(way.provider.issuer, CLIENT_ID, CLIENT_SECRET)
    address = "https://chat.example.gov.uk"
    with (
        running(
            tmp_path / "live.db",
            lifespan="off",
            mode="live",
            public_address=address,
            staff_sign_in=settings,
            clock=way.service.clock,
        ) as live,
        httpx.Client(base_url=live.url, timeout=30, trust_env=False, verify=False) as http,
    ):
        page = http.get("/review/sign-in").text
        assert "Sign in with your council account" in page
        assert "demonstration: choose" not in page
        assert http.post("/review/sign-in", data={"role": "head-of-service"}).status_code == 422
        left = http.get("/review/sign-in/start")
        cookie = left.headers["set-cookie"]
        assert cookie.startswith("__Host-staff-sign-in=")
        assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"))
        back = way.provider.grants(left.headers["location"], **ANN)
        assert back.startswith(f"{address}/review/sign-in/callback?")
        entered = http.get(back.removeprefix(address), headers={"Cookie": cookie.split(";")[0]})
        assert entered.headers["location"] == "/review"
        session = next(line for line in entered.headers.get_list("set-cookie") if line.startswith("__Host-staff="))
        assert all(part in session for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
        assert "Max-Age" not in session, "it goes when the browser is closed"
        assert http.get("/review", headers={"Cookie": session.split(";")[0]}).status_code == 200


def _logout(way: SignIn, **claims: Any) -> httpx.Response:
    body = {"events": {LOGOUT_EVENT: {}}, "jti": "one"} | claims
    token = way.provider.token({name: value for name, value in body.items() if value is not None})
    return httpx.post(
        f"{way.service.url}/review/back-channel-logout", data={"logout_token": token}, trust_env=False, verify=False
    )


def test_the_provider_ends_one_session_or_all_of_a_person(way: SignIn) -> None:
    with way.browser() as one, way.browser() as two, way.browser() as bob:
        way.comes_back(one, sid="first")
        way.comes_back(two, sid="second")
        way.comes_back(bob, sub="bob-1", sid="third")
        assert _logout(way, sid="first").status_code == 200
        assert [who.get("/review").status_code for who in (one, two, bob)] == [303, 200, 200]
        assert _logout(way, sub="ann-1").status_code == 200
        assert [who.get("/review").status_code for who in (two, bob)] == [303, 200]


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "bob-1", "events": None},
        {"sub": "bob-1", "events": {"something-else": {}}},
        {"sub": "bob-1", "nonce": "n"},
        {"sub": "bob-1", "aud": "another-client"},
        {"sub": "bob-1", "iss": "https://elsewhere.example"},
        {"sub": "bob-1", "exp": 1_700_000_000},
        {"sub": "bob-1", "iat": 1_700_000_000},
        {},
    ],
)
def test_a_logout_that_is_none_ends_nothing(way: SignIn, claims: dict[str, Any]) -> None:
    with way.browser() as bob:
        way.comes_back(bob, sub="bob-1")
        assert _logout(way, **claims).status_code == 400
        assert bob.get("/review").status_code == 200


def test_an_id_token_does_not_pass_for_a_logout(way: SignIn) -> None:
    for token in ("", "x.y.z", way.provider.token({"sub": "bob-1", "nonce": "n"})):
        url = f"{way.service.url}/review/back-channel-logout"
        assert httpx.post(url, data={"logout_token": token}, trust_env=False, verify=False).status_code == 400


SETTINGS = StaffSignIn("https://login.example", CLIENT_ID, CLIENT_SECRET)


def test_claims_are_read_by_the_councils_own_names() -> None:
    settings = replace(
        SETTINGS,
        role_claim="groups",
        team_claim="department",
        user_claim="oid",
        roles={"f3a1": "team-manager", "77b0": "auditor"},
        teams={"CYP-7": "children"},
    )
    who = identity(settings, TEAMS, {"sub": "s", "oid": "o-1", "groups": ["77b0", "f3a1", "x"], "department": "CYP-7"})
    assert (who.user, who.name, who.roles, who.teams) == ("o-1", "o-1", ("team-manager", "auditor"), {"children"})
    with pytest.raises(NotAllowed, match="no_role"):
        identity(settings, TEAMS, {"sub": "s", "oid": "o-1", "groups": ["team-manager"], "department": "CYP-7"})


def test_a_role_that_needs_a_team_is_not_offered_without_one() -> None:
    who = identity(SETTINGS, TEAMS, {"sub": "s", "roles": ["team-manager", "auditor"]})
    assert who.roles == ("auditor",)


def test_only_the_tenants_that_are_named_may_sign_in() -> None:
    settings = replace(SETTINGS, tenants=frozenset({"county"}))
    assert identity(settings, TEAMS, ANN | {"tid": "county"}).user == "ann-1"
    for other in ({"tid": "another"}, {}):
        with pytest.raises(NotAllowed, match="other_tenant"):
            identity(settings, TEAMS, ANN | other)
