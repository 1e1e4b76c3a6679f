"""What we send to Twilio fits Twilio's own OpenAPI document, by a mock server made from it.

The document is not ours to keep here, and the mock needs Node.js: without either of the two nothing of this can be told,
and the tests say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.gateway.channels.outgoing import NotSent, Outgoing
from bot.gateway.channels.settings import TwilioSettings
from bot.gateway.channels.twilio import doors
from tests.live.system import free_port

PRISM = "@stoplight/prism-cli@5.14.2"
"""The last one for Node 18 and 20."""
VARIABLE = "SEVENSTEPS_TWILIO_DOCUMENT"


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    document, npx = os.environ.get(VARIABLE, ""), shutil.which("npx")
    if not document or not Path(document).is_file():
        pytest.skip(f"{VARIABLE} does not name Twilio's OpenAPI document (twilio_api_v2010.json of twilio/twilio-oai)")
    if npx is None:
        pytest.skip("npx is missing: the mock server needs Node.js 18 or newer")
    port = free_port()
    command = [npx, "--yes", PRISM, "mock", "--port", str(port), "--errors", document]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + 120
        while True:
            try:
                httpx.get(address, timeout=1, trust_env=False)
                break
            except httpx.HTTPError:
                if server.poll() is not None or time.monotonic() > until:
                    pytest.skip(f"{PRISM} could not be fetched or started with npx")
                time.sleep(0.2)
        yield address
    finally:
        os.killpg(server.pid, 15)
        server.wait(10)


@pytest.mark.parametrize(("door", "to"), [(0, "+447700900123"), (1, "whatsapp:+447700900123")])
def test_a_message_fits_the_document(mock: str, door: int, to: str) -> None:
    settings = TwilioSettings("AC" + "0" * 32, ("token",), "+441632960000", "+441632960001", api=mock)
    sender = doors(settings, "https://chat.example.gov.uk/channels/twilio/status")[door]
    assert sender.send(to, Outgoing("Q1 of 16. £9.50 – “fine” 👍"), "reference")
    sender.close()


def test_what_does_not_fit_is_refused_and_given_up(mock: str) -> None:
    settings = TwilioSettings("not an account", ("token",), "+441632960000", api=mock)
    sender = doors(settings, "https://chat.example.gov.uk/channels/twilio/status")[0]
    with pytest.raises(NotSent) as refused:
        sender.send("+447700900123", Outgoing("hello"), "reference")
    assert not refused.value.again
    sender.close()
