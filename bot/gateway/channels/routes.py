"""Where the providers knock (contract.md, Channels). Each is checked first; then what it brings is stored, and that is all.

A door that is not configured answers 404. Fields we do not know are accepted, and what is no message is passed over in
silence: a provider that is refused brings the same again and again.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse

from bot.gateway.api import problems
from bot.gateway.channels import meta, notify, twilio
from bot.gateway.channels.arrived import Arrived, record
from bot.gateway.channels.doors import Doors
from bot.gateway.channels.settings import MetaSettings, NotifySettings, TwilioSettings
from bot.gateway.problems import Problem, malformed, not_found
from bot.store import texts_out

router = APIRouter(prefix="/channels", tags=["Channels"], responses=problems(403, 404))


def doors_of(request: Request) -> Doors:
    """The doors of this process."""
    found: Doors = request.app.state.doors
    return found


Ours = Annotated[Doors, Depends(doors_of)]


@router.post("/notify/received")
async def notify_received(request: Request, doors: Ours) -> dict[str, str]:
    """A text message that GOV.UK Notify has received."""
    body = await _from_notify(request, doors)
    message = notify.read_received(body)
    await _record(doors, [message] if message is not None else [])
    return {"status": "ok"}


@router.post("/notify/receipts")
async def notify_receipts(request: Request, doors: Ours) -> dict[str, str]:
    """What became of a text message that went out through Notify."""
    receipt = notify.read_receipt(await _from_notify(request, doors))
    if receipt is not None:
        provider_id, status = receipt
        if status in ("delivered", "sent"):
            await run_in_threadpool(_report, doors, status, provider_id, None, None)
        elif status.endswith("failure"):
            await run_in_threadpool(_report, doors, "failed", provider_id, None, status)
    return {"status": "ok"}


@router.post("/twilio/messages")
async def twilio_messages(request: Request, doors: Ours) -> Response:
    """A text or WhatsApp message that Twilio has received. The reply is sent by itself, later."""
    message = twilio.read_message(await from_twilio(request, doors))
    await _record(doors, [message] if message is not None and message.door in doors.open else [])
    return Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', media_type="text/xml")


@router.post("/twilio/status")
async def twilio_status(request: Request, doors: Ours) -> Response:
    """What became of a message that went out through Twilio."""
    form = await from_twilio(request, doors)
    status = twilio.read_status(form)
    if status is not None:
        provider_id, became, code = status
        reference = request.query_params.get("text")
        await run_in_threadpool(_report, doors, became, provider_id, reference, code or None)
    return Response(status_code=204)


@router.get("/whatsapp", response_class=PlainTextResponse)
async def meta_verify(
    doors: Ours,
    mode: Annotated[str, Query(alias="hub.mode", max_length=100)] = "",
    token: Annotated[str, Query(alias="hub.verify_token", max_length=500)] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=500)] = "",
) -> Response:
    """Meta asks whether this is the address it was told of."""
    if not meta.verified(_meta(doors), mode, token):
        raise _refused(doors, "meta")
    return PlainTextResponse(challenge)


@router.post("/whatsapp")
async def meta_received(request: Request, doors: Ours) -> dict[str, str]:
    """WhatsApp messages that people sent, and what became of ours: a batch, in any order."""
    settings, raw = _meta(doors), await request.body()
    if not meta.is_meta(settings, raw, request.headers.get("x-hub-signature-256")):
        raise _refused(doors, "meta")
    body = _json(raw)
    await _record(doors, list(meta.read_messages(body, settings.phone_id)))
    for provider_id, reference, became, code in meta.read_statuses(body):
        await run_in_threadpool(_report, doors, became, provider_id, reference, code or None)
    return {"status": "ok"}


async def from_twilio(request: Request, doors: Doors) -> twilio.Form:
    """The form of a request that Twilio has signed. Raises Problem: 404 without settings, 403 without a signature.

    The signature is over the public address, which a proxy in front of us may have changed on the way.
    """
    settings: TwilioSettings | None = doors.settings.twilio
    if settings is None:
        raise not_found()
    form = twilio.Form(await request.body())
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{doors.services.settings.public_address}{request.url.path}{query}"
    signature, how = request.headers.get("x-twilio-signature"), request.headers.get(twilio.SIGNATURE_SETTINGS)
    if not twilio.is_twilio(settings, address, form, signature, how):
        raise _refused(doors, "twilio")
    return form


async def _from_notify(request: Request, doors: Doors) -> Any:
    settings: NotifySettings | None = doors.settings.notify
    if settings is None:
        raise not_found()
    if not notify.is_notify(settings, request.headers.get("authorization")):
        raise _refused(doors, "notify")
    return _json(await request.body())


def _meta(doors: Doors) -> MetaSettings:
    settings = doors.settings.meta
    if settings is None:
        raise not_found()
    return settings


async def _record(doors: Doors, messages: list[Arrived]) -> None:
    if messages:
        services = doors.services
        await run_in_threadpool(record, services.database, messages, services.now())
        doors.worker.wake()


def _report(doors: Doors, became: Any, provider_id: str, reference: str | None, reason: str | None) -> None:
    services = doors.services
    with services.database.write() as tx:
        texts_out.report(tx, became, provider_id=provider_id, reference=reference, reason=reason, at=services.now())


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise malformed("The body must be JSON.") from None


def _refused(doors: Doors, provider: str) -> Problem:
    """403. Nothing of it is stored but that it happened."""
    doors.refused.labels(provider).inc()
    return Problem(
        403, "We do not know who sent this", "The signature or token is missing or wrong.", "/problems/signature"
    )
