"""The service process: gateway, allocation service and review workspace behind one public port."""

from __future__ import annotations

import os
import sys

import uvicorn
from fastapi import FastAPI

from bot.content.loader import load
from bot.gateway.app import create_app
from bot.gateway.settings import GatewaySettings, utc_now
from bot.ops import config, logs
from bot.ops.retention_job import RetentionJob
from bot.store.crypto import Cipher
from bot.store.database import Database


def build() -> FastAPI:
    """The application for this environment. Raises NotConfigured."""
    configuration = config.read(os.environ)
    content = load(council=configuration.council)
    if configuration.mode == "live" and (missing := config.missing_in_content(content, utc_now().date())):
        raise config.NotConfigured(missing)
    return create_app(
        GatewaySettings(
            database=Database(configuration.database_url, Cipher(list(configuration.keys))),
            content=content,
            engine_url=os.environ["SEVENSTEPS_ENGINE_URL"],
            engine_secret=os.environ["SEVENSTEPS_ENGINE_SECRET"],
            actions_url=os.environ["SEVENSTEPS_ACTIONS_URL"],
            page_secret=configuration.page_secret,
            public_address=configuration.public_address,
            mode=configuration.mode,
            embed_on=configuration.embed_on,
            alert_webhook_url=configuration.alert_webhook_url,
            alert_webhook_secret=configuration.alert_webhook_secret,
            alert_email_to=configuration.alert_email_to,
            smtp_url=configuration.smtp_url,
            staff_sign_in=configuration.staff_sign_in,
            models=configuration.models,
            channels=configuration.channels,
        )
    )


def retention_job(app: FastAPI) -> RetentionJob | None:
    """What deletes, once a night, what has had its time; None where that is off."""
    configuration, settings = config.read(os.environ), app.state.services.settings
    if not configuration.retention_daily:
        return None
    return RetentionJob(settings.database, settings.content, configuration.engine_database_url, settings.clock)


def main() -> None:
    """Serve until told to stop."""
    logs.configure()
    try:
        app = build()
    except config.NotConfigured as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
    job = retention_job(app)
    if job is not None:
        job.start()
    host, port = os.environ["HOST"], int(os.environ["PORT"])
    proxies = os.environ.get("SEVENSTEPS_TRUSTED_PROXIES", "")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        # Without a proxy of ours in front, what a client says of its own address is worth nothing.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
    )
    if job is not None:
        job.close()


if __name__ == "__main__":
    main()
