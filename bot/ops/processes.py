"""The three processes of Sevensteps: how each is started, and how one knows that it is ready."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bot.ops.config import ROOT, Configuration

ENGINE_PYTHON = ROOT / ".envs" / "engine" / "bin" / "python"
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "SSL_CERT_FILE")

_FOR_THE_SERVICE = (
    "SEVENSTEPS_OIDC_",
    "SEVENSTEPS_RETENTION",
    "SEVENSTEPS_ALERT_",
    "SEVENSTEPS_SMTP_",
    "SEVENSTEPS_NOTIFY_",
    "SEVENSTEPS_TWILIO_",
    "SEVENSTEPS_META_",
)
"""How the names of values begin that the service alone needs."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its command, the whole of its environment, and the address that answers when it is ready."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(repr=False)
    ready_url: str


@dataclass(frozen=True, slots=True)
class Wiring:
    """Loopback ports and the secret that the three share; made anew at every start."""

    engine_port: int
    actions_port: int
    secret: str = field(repr=False)

    @property
    def engine_url(self) -> str:
        return f"http://127.0.0.1:{self.engine_port}"

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"


def new_wiring() -> Wiring:
    """Two free loopback ports and a fresh secret."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return Wiring(one.getsockname()[1], two.getsockname()[1], secrets.token_urlsafe(32))


def processes(configuration: Configuration, wiring: Wiring) -> tuple[Process, ...]:
    """Service, actions and engine, each with only what it needs to know."""
    base = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    base |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "SEVENSTEPS_ENGINE_SECRET": wiring.secret}
    keys = {"SEVENSTEPS_KEYS": ",".join(configuration.keys)}
    service = base | keys
    service |= {
        "SEVENSTEPS_MODE": configuration.mode,
        "SEVENSTEPS_COUNCIL": configuration.council,
        "SEVENSTEPS_DATABASE_URL": configuration.database_url,
        "SEVENSTEPS_ENGINE_DATABASE_URL": configuration.engine_database_url,
        "SEVENSTEPS_PAGE_SECRET": configuration.page_secret,
        "SEVENSTEPS_PUBLIC_ADDRESS": configuration.public_address,
        "SEVENSTEPS_EMBED_ON": ",".join(configuration.embed_on),
        "SEVENSTEPS_TRUSTED_PROXIES": configuration.trusted_proxies,
        "SEVENSTEPS_ENGINE_URL": wiring.engine_url,
        "SEVENSTEPS_ACTIONS_URL": wiring.actions_url,
        "DATA_DIR": str(configuration.data_dir),
        "HOST": configuration.host,
        "PORT": str(configuration.port),
    }
    service |= {name: value for name, value in os.environ.items() if name.startswith(_FOR_THE_SERVICE)}
    actions = base | keys
    actions |= {
        "SEVENSTEPS_COUNCIL": configuration.council,
        "SEVENSTEPS_DATABASE": configuration.database_url,
        "SEVENSTEPS_ALLOCATION_URL": configuration.address,
    }
    if configuration.llm_url:
        actions |= {
            "SEVENSTEPS_LLM_URL": configuration.llm_url,
            "SEVENSTEPS_LLM_MODEL": configuration.llm_model,
            "SEVENSTEPS_LLM_KEY": configuration.llm_key,
            "SEVENSTEPS_LLM_SECONDS": str(configuration.llm_seconds),
        }
    engine = base | {
        "SEVENSTEPS_ENGINE_DATABASE": configuration.engine_database_url,
        "RASA_TELEMETRY_ENABLED": "false",
    }
    return (
        Process("service", (sys.executable, "-m", "bot.ops.service"), service, f"{configuration.address}/healthz"),
        Process(
            "actions",
            (sys.executable, "-m", "actions.serve", str(wiring.actions_port)),
            actions,
            f"{wiring.actions_url}/health",
        ),
        Process(
            "engine",
            (
                str(ENGINE_PYTHON),
                "-m",
                "bot.engine.serve",
                "--port",
                str(wiring.engine_port),
                "--model",
                str(configuration.models),
                "--actions",
                f"{wiring.actions_url}/webhook",
            ),
            engine,
            f"{wiring.engine_url}/healthz",
        ),
    )


def logs_folder(configuration: Configuration) -> Path:
    """Where each process's log goes."""
    folder = configuration.data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
