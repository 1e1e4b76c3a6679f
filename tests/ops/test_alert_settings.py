"""Live mode starts only when alerts reach somebody, and with contacts that somebody has checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.content.loader import load
from bot.ops import config
from bot.store.crypto import new_key

LIVE = {
    "SEVENSTEPS_MODE": "live",
    "SEVENSTEPS_KEYS": new_key(),
    "SEVENSTEPS_PAGE_SECRET": "a secret for pages",
    "SEVENSTEPS_PUBLIC_ADDRESS": "https://chat.example.gov.uk",
    "SEVENSTEPS_COUNCIL": "exampleshire",
    "SEVENSTEPS_OIDC_ISSUER": "https://login.example.gov.uk",
    "SEVENSTEPS_OIDC_CLIENT_ID": "sevensteps",
    "SEVENSTEPS_OIDC_CLIENT_SECRET": "a secret for sign-in",
}
WEBHOOK = {"SEVENSTEPS_ALERT_WEBHOOK_URL": "https://duty.example.gov.uk/alerts"}
SECRET = {"SEVENSTEPS_ALERT_WEBHOOK_SECRET": "shared"}
EMAIL = {"SEVENSTEPS_ALERT_EMAIL_TO": "duty@example.gov.uk"}
SMTP = {"SEVENSTEPS_SMTP_URL": "smtps://mail.example.gov.uk"}


@pytest.mark.parametrize(
    ("routes", "missing"),
    [
        ({}, "SEVENSTEPS_ALERT_WEBHOOK_URL"),
        (WEBHOOK, "SEVENSTEPS_ALERT_WEBHOOK_SECRET"),
        (EMAIL, "SEVENSTEPS_SMTP_URL"),
        (WEBHOOK | SECRET | EMAIL, "SEVENSTEPS_SMTP_URL"),
    ],
)
def test_live_mode_names_what_alerts_still_lack(routes: dict[str, str], missing: str) -> None:
    with pytest.raises(config.NotConfigured) as refused:
        config.read(LIVE | routes)
    assert [sentence.split()[0] for sentence in refused.value.missing] == [missing]


@pytest.mark.parametrize("routes", [WEBHOOK | SECRET, EMAIL | SMTP, WEBHOOK | SECRET | EMAIL | SMTP])
def test_one_route_is_enough(routes: dict[str, str]) -> None:
    read = config.read(LIVE | routes)
    assert read.alert_webhook_url == routes.get("SEVENSTEPS_ALERT_WEBHOOK_URL")
    assert read.alert_email_to == routes.get("SEVENSTEPS_ALERT_EMAIL_TO")
    assert "shared" not in repr(read)


def test_live_mode_refuses_contacts_that_nobody_checked_for_too_long() -> None:
    content = load()
    oldest = min(contact.verified_on for contact in (*content.council.contacts, *content.national))
    in_time = config.missing_in_content(content, oldest + timedelta(days=365))
    assert not [sentence for sentence in in_time if "last checked" in sentence]
    too_late = config.missing_in_content(content, date(2028, 1, 1))
    assert (
        'The contact "edt" was last checked on 2026-11-02. Check it again, and put the day in verified_on.' in too_late
    )
