"""Configuration, read from the environment once. Demo mode makes what it needs; live mode refuses to start without it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bot.content.loader import DEFAULT_COUNCIL, Content
from bot.gateway.channels.settings import ChannelSettings
from bot.gateway.staff_sign_in import StaffSignIn
from bot.ops import channels_config, sign_in_config
from bot.store.crypto import KEYS_VARIABLE, BadKey, Cipher, demo_key, keys_from

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout: where models, environments and Rasa's files are."""

SAFETY_CONTACTS = ("mash", "edt", "team", "lado", "complaints", "sendiass", "advocacy")
"""Contacts a council must give before families may use it (domain notes 5.4)."""

DEFAULT_LLM_SECONDS = 4.0
MOST_LLM_SECONDS = 8.0
"""The gateway waits ten seconds for a turn."""

_MODEL_NAME = re.compile(r"[\w.:/@+-]{1,200}", re.ASCII)
"""What the audit takes as a code, as the name is written there."""

ALERT_WEBHOOK_URL = "SEVENSTEPS_ALERT_WEBHOOK_URL"
ALERT_WEBHOOK_SECRET = "SEVENSTEPS_ALERT_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
ALERT_EMAIL_TO = "SEVENSTEPS_ALERT_EMAIL_TO"
SMTP_URL = "SEVENSTEPS_SMTP_URL"
RETENTION_DAILY = "SEVENSTEPS_RETENTION_DAILY"


class NotConfigured(Exception):
    """The configuration is incomplete. ``missing`` says what, one sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("\n".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that differs between one installation and another."""

    mode: Literal["demo", "live"]
    host: str
    port: int
    data_dir: Path
    council: str
    database_url: str
    engine_database_url: str
    keys: tuple[str, ...]
    """Encryption keys, newest first."""
    page_secret: str
    public_address: str
    embed_on: tuple[str, ...]
    models: Path
    trusted_proxies: str
    """Addresses of the proxies in front, separated by commas; only their X-Forwarded-For is believed."""
    llm_url: str
    """Base address of the council's own language model, OpenAI-compatible; empty: there is none."""
    llm_model: str
    llm_key: str
    llm_seconds: float
    alert_webhook_url: str | None
    alert_webhook_secret: str | None = field(repr=False)
    alert_email_to: str | None
    smtp_url: str | None = field(repr=False)
    channels: ChannelSettings
    """Text messages, WhatsApp and the telephone; a door without settings is shut."""
    staff_sign_in: StaffSignIn | None
    """How staff sign in with their own accounts. A demo may do without."""
    retention_daily: bool
    """Delete what has had its time once a night. A demo does it only when asked."""

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the service."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - a comparison
        return f"http://{host}:{self.port}"


def read(environ: Mapping[str, str]) -> Configuration:
    """The configuration of this environment. Raises NotConfigured, naming every value that is missing or wrong."""
    mode = environ.get("SEVENSTEPS_MODE", "demo")
    if mode not in ("demo", "live"):
        raise NotConfigured([f'SEVENSTEPS_MODE is "{mode}". It must be "demo" or "live".'])
    try:
        port = int(environ.get("PORT") or "8000")
    except ValueError:
        raise NotConfigured([f'PORT is "{environ["PORT"]}". It must be a number, such as 8000.']) from None
    host = environ.get("HOST") or "127.0.0.1"
    data_dir = (ROOT / (environ.get("DATA_DIR") or "var")).resolve()
    live = mode == "live"
    keys = keys_from(environ)
    missing = _missing_in_live(environ) if live else []
    if missing:
        raise NotConfigured(missing)
    if not keys:
        keys = [demo_key(data_dir)]
    try:
        Cipher(keys)
    except BadKey as error:
        raise NotConfigured([f"{KEYS_VARIABLE}: {error}"]) from None
    llm_url, llm_model, llm_seconds = _language_model(environ)
    staff_sign_in, wrong = sign_in_config.staff_sign_in(environ, live=live)
    if wrong:
        raise NotConfigured(wrong)
    public_address = environ.get("SEVENSTEPS_PUBLIC_ADDRESS") or f"http://{host}:{port}"
    channels, wrong = channels_config.read(environ, public_address, live=live)
    if wrong:
        raise NotConfigured(wrong)
    return Configuration(
        mode="live" if live else "demo",
        host=host,
        port=port,
        data_dir=data_dir,
        council=environ.get("SEVENSTEPS_COUNCIL") or DEFAULT_COUNCIL,
        database_url=environ.get("SEVENSTEPS_DATABASE_URL") or f"sqlite:///{data_dir / 'sevensteps.db'}",
        engine_database_url=environ.get("SEVENSTEPS_ENGINE_DATABASE_URL") or f"sqlite:///{data_dir / 'engine.db'}",
        keys=tuple(keys),
        page_secret=environ.get("SEVENSTEPS_PAGE_SECRET") or _demo_secret(data_dir, "page.secret"),
        public_address=public_address,
        embed_on=tuple(origin for origin in environ.get("SEVENSTEPS_EMBED_ON", "").split(",") if origin),
        models=ROOT / "models",
        trusted_proxies=environ.get("SEVENSTEPS_TRUSTED_PROXIES", ""),
        llm_url=llm_url,
        llm_model=llm_model,
        llm_key=environ.get("SEVENSTEPS_LLM_KEY", ""),
        llm_seconds=llm_seconds,
        alert_webhook_url=environ.get(ALERT_WEBHOOK_URL) or None,
        alert_webhook_secret=environ.get(ALERT_WEBHOOK_SECRET) or None,
        alert_email_to=environ.get(ALERT_EMAIL_TO) or None,
        smtp_url=environ.get(SMTP_URL) or None,
        channels=channels,
        staff_sign_in=staff_sign_in,
        retention_daily=_on_or_off(environ, RETENTION_DAILY, default=live),
    )


def _language_model(environ: Mapping[str, str]) -> tuple[str, str, float]:
    """Address, model and seconds. Raises NotConfigured when an address is set and the rest does not fit it."""
    url, name = environ.get("SEVENSTEPS_LLM_URL", ""), environ.get("SEVENSTEPS_LLM_MODEL", "")
    if not url:
        return "", "", DEFAULT_LLM_SECONDS
    wrong = []
    if not _is_web_address(url):
        wrong.append(f'SEVENSTEPS_LLM_URL is "{url}". It must be an address, such as https://models.example.gov.uk/v1.')
    if not _MODEL_NAME.fullmatch(name):
        wrong.append(
            f'SEVENSTEPS_LLM_MODEL is "{name}". It must be the model\'s name: letters, figures and . : / @ + - _'
        )
    if not environ.get("SEVENSTEPS_LLM_KEY", "").isascii():
        wrong.append("SEVENSTEPS_LLM_KEY holds a letter that no key has.")
    said = environ.get("SEVENSTEPS_LLM_SECONDS") or str(DEFAULT_LLM_SECONDS)
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= MOST_LLM_SECONDS:
        wrong.append(f'SEVENSTEPS_LLM_SECONDS is "{said}". It must be a number from 0.1 to {MOST_LLM_SECONDS:.0f}.')
    if wrong:
        raise NotConfigured(wrong)
    return url, name, seconds


def _on_or_off(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    said = environ.get(name) or ("on" if default else "off")
    if said not in ("on", "off"):
        raise NotConfigured([f'{name} is "{said}". It must be "on" or "off".'])
    return said == "on"


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or a host that is none
        return False


def _missing_in_live(environ: Mapping[str, str]) -> list[str]:
    needed = {
        KEYS_VARIABLE: "the encryption key",
        "SEVENSTEPS_PAGE_SECRET": "the secret that signs page tokens",
        "SEVENSTEPS_PUBLIC_ADDRESS": "the public address, such as https://chat.example.gov.uk",
        "SEVENSTEPS_COUNCIL": "the council whose content is used",
        **sign_in_config.NEEDED,
    }
    if environ.get(ALERT_WEBHOOK_URL):
        needed[ALERT_WEBHOOK_SECRET] = "the secret that signs alerts, which their receiver knows as well"
    if environ.get(ALERT_EMAIL_TO):
        needed[SMTP_URL] = "the mail server that alerts are sent through"
    if not (environ.get(ALERT_WEBHOOK_URL) or environ.get(ALERT_EMAIL_TO)):
        needed[ALERT_WEBHOOK_URL] = f"where alerts about safety are sent (or set {ALERT_EMAIL_TO} and {SMTP_URL})"
    return [f"{name} is not set: {what}." for name, what in needed.items() if not environ.get(name)]


def missing_in_content(content: Content, today: date) -> list[str]:
    """What a council's content still lacks before live use, one sentence each."""
    council = content.council
    missing = [f"{council.name} is a made-up council. Use your own council's content."] if council.fictional else []
    contacts = {contact.id for contact in council.contacts}
    missing += [f'The safety contact "{name}" is missing.' for name in SAFETY_CONTACTS if name not in contacts]
    missing += [
        f'The contact "{contact.id}" was last checked on {contact.verified_on.isoformat()}. '
        "Check it again, and put the day in verified_on."
        for contact in content.contacts_out_of_date(today)
    ]
    if content.teams.example:
        missing.append("The teams are an example. Write your own teams of professionals.")
    tables = [table for table in content.tables if table.id in council.tables]
    if not tables:
        missing.append("The council uses no allocation table.")
    for table in tables:
        if table.example:
            missing.append(f'The table "{table.id}" is an example. Use one that your council has agreed.')
        elif not (table.approved_by and table.consulted_on):
            missing.append(f'The table "{table.id}" does not say who approved it and when families were consulted.')
    return [*missing, *_missing_in_casework(content, today)]


def _missing_in_casework(content: Content, today: date) -> list[str]:
    missing = []
    try:
        periods = content.retention_on(today)
    except KeyError:
        missing.append("There are no retention periods for today. Write casework/retention/<council>.yaml.")
    else:
        if periods.example or not periods.approved_by:
            missing.append(
                f"The retention periods {periods.version} are an example, or do not say who approved them. "
                "Use those that your council has agreed."
            )
    if content.notice_rules.example:
        missing.append("The rules for notices are an example. Put in your own hours and mailboxes.")
    return missing


def _demo_secret(data_dir: Path, name: str) -> str:
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text().strip()
