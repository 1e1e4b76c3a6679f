"""Somebody with a telephone: walks TwiML as Twilio does, and hears, presses, says, waits and hangs up as people do."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
from twilio.request_validator import RequestValidator

from tests.simulators.providers import TWILIO_ACCOUNT, TWILIO_TOKEN


class Caller:
    """One call. ``heard`` is what was said to the caller last."""

    def __init__(self, http: httpx.Client, public: str, number: str = "+447700900123", *, sid: str = "") -> None:
        self.http, self.public, self.number = http, public, number
        self.sid = sid or f"CA{uuid.uuid4().hex}"
        self.gather: dict[str, str] = {}
        self.heard = ""
        self.parts: list[str] = []
        self.breaks: list[str] = []
        self.rate = ""
        self.hung_up = False
        self.last_request: dict[str, Any] = {}

    def rings(self) -> str:
        return self._walk(self.sends("/channels/twilio/voice", {"CallStatus": "ringing"}))

    def presses(self, keys: str) -> str:
        """Keys, one after the other; what finishes a longer number is pressed with it."""
        last = self.gather.get("finishOnKey", "")
        return self._answers({"Digits": keys.removesuffix("#") if last == "#" and len(keys) > 1 else keys})

    def says(self, words: str, confidence: float = 0.93) -> str:
        return self._answers({"SpeechResult": words, "Confidence": str(confidence)})

    def waits(self) -> str:
        """Says nothing until the time is over."""
        return self._answers({})

    def chooses(self, words: str) -> str:
        """Press the key that was said for an option with these words."""
        return self.presses(self.key_of(words))

    def key_of(self, words: str) -> str:
        for part in self.parts:
            if words.lower() in part.lower() and ", press " in part:
                return part.rsplit("press ", 1)[1].rstrip(".")
        raise AssertionError(f"no key was said for {words!r} in:\n" + "\n".join(self.parts))

    def again(self) -> str:
        """The provider sends the last request once more, as it does when a reply was lost."""
        return self._walk(self.http.request(**self.last_request))

    def sends(
        self, path: str, fields: dict[str, str], *, token: str = TWILIO_TOKEN, status: int = 200
    ) -> httpx.Response:
        form = {
            "CallSid": self.sid,
            "AccountSid": TWILIO_ACCOUNT,
            "From": self.number,
            "To": "+441632960000",
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
            "CallerCity": "",  # blank fields count for the signature
            "ForwardedFrom": "",
            **fields,
        }
        signature = RequestValidator(token).compute_signature(f"{self.public}{path}", form)
        self.last_request = {
            "method": "POST",
            "url": path,
            "content": urlencode(form),
            "headers": {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature},
        }
        reply = self.http.request(**self.last_request)
        assert reply.status_code == status, reply.text
        return reply

    def _answers(self, fields: dict[str, str]) -> str:
        assert not self.hung_up, "the call is over"
        address = self.gather["action"]
        assert address.startswith(f"{self.public}/"), "Twilio needs a whole address"
        return self._walk(self.sends(address.removeprefix(self.public), {"CallStatus": "in-progress", **fields}))

    def _walk(self, reply: httpx.Response) -> str:
        assert reply.headers["content-type"].startswith("text/xml")
        response = ElementTree.fromstring(reply.text)  # noqa: S314 - our own service's
        assert response.tag == "Response"
        self.gather, self.parts, self.breaks, self.rate = {}, [], [], ""
        for verb in response:
            if verb.tag == "Gather":
                self.gather = dict(verb.attrib)
                for say in verb:
                    self._listen(say)
            elif verb.tag == "Say":
                self._listen(verb)
            elif verb.tag == "Hangup":
                self.hung_up = True
            else:
                assert verb.tag == "Redirect", verb.tag
        self.heard = "\n".join(self.parts)
        return self.heard

    def _listen(self, say: ElementTree.Element) -> None:
        for part in say:
            if part.tag == "break":
                self.breaks.append(part.attrib["time"])
                continue
            assert part.tag in ("s", "prosody"), part.tag
            self.rate = part.attrib.get("rate", self.rate)
            self.parts.append(part.text or "")
