"""Small real HTTP servers in the place of GOV.UK Notify, Twilio and Meta, that can be told to fail.

Each checks what the real one checks of a request (token, basic sign-in, shape) and keeps what it was given to send.
"""

from __future__ import annotations

import base64
import json
import threading
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer

Failure = Literal["away", "error", "refuses", "opted out", "loses the reply"]

NOTIFY_SERVICE, NOTIFY_SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
NOTIFY_KEY = f"test_key-{NOTIFY_SERVICE}-{NOTIFY_SECRET}"
NOTIFY_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
TWILIO_ACCOUNT, TWILIO_TOKEN = "AC" + "0" * 32, "12345678901234567890123456789012"
META_TOKEN, META_PHONE_ID = "an access token for Meta", "106540352242922"


@dataclass
class Sent:
    """One message that a provider took."""

    id: str
    to: str
    text: str
    body: dict[str, Any]
    """The whole request, as it came."""
    reference: str
    choices: list[tuple[str, str, str]] = field(default_factory=list)
    """Value, title and description of each button or row."""


class Provider:
    """Running from creation until :meth:`close`."""

    def __init__(self) -> None:
        self.failure: Failure | None = None
        self.sent: list[Sent] = []
        self.asked: list[str] = []
        """Method and path of every request."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def to(self, address: str) -> list[Sent]:
        """What was sent to one person, in order."""
        return [message for message in self.sent if message.to == address]

    def post(self, path: str, headers: Any, raw: bytes) -> tuple[int, dict[str, Any]]:
        raise NotImplementedError

    def get(self, path: str, headers: Any) -> tuple[int, dict[str, Any]]:
        return 404, {}

    def refusal(self) -> tuple[int, dict[str, Any]]:
        return 400, {}

    def stopped(self) -> tuple[int, dict[str, Any]]:
        return self.refusal()


class NotifyServer(Provider):
    """GOV.UK Notify's API, as far as a text service needs it (v2: POST /notifications/sms, GET of what was)."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[dict[str, Any]] = []
        """Texts it has received, for GET /v2/received-text-messages."""

    def post(self, path: str, headers: Any, raw: bytes) -> tuple[int, dict[str, Any]]:
        if (refused := self._not_signed(headers)) is not None:
            return refused
        body = json.loads(raw)
        if body.get("template_id") != NOTIFY_TEMPLATE or set(body.get("personalisation", {})) != {"message"}:
            return 400, {"errors": [{"error": "BadRequestError", "message": "Missing personalisation: message"}]}
        if len(body["personalisation"]["message"]) > 918:
            return 400, {"errors": [{"error": "ValidationError", "message": "The content is too long"}]}
        sent = Sent(
            str(uuid.uuid4()), body["phone_number"], body["personalisation"]["message"], body, body["reference"]
        )
        self.sent.append(sent)
        return 201, {"id": sent.id, "reference": sent.reference, "content": {"body": sent.text}}

    def get(self, path: str, headers: Any) -> tuple[int, dict[str, Any]]:
        if (refused := self._not_signed(headers)) is not None:
            return refused
        parts = urlsplit(path)
        if parts.path == "/v2/received-text-messages":
            return 200, {"received_text_messages": self.received, "links": {"current": path}}
        reference = parse_qs(parts.query).get("reference", [""])[0]
        found = [{"id": sent.id, "reference": sent.reference} for sent in self.sent if sent.reference == reference]
        return 200, {"notifications": found, "links": {"current": path}}

    def refusal(self) -> tuple[int, dict[str, Any]]:
        return 400, {"errors": [{"error": "BadRequestError", "message": "Can't send to this recipient"}]}

    def _not_signed(self, headers: Any) -> tuple[int, dict[str, Any]] | None:
        """The client's own check of its JWT: right service, right secret, made within half a minute."""
        token = (headers["Authorization"] or "").removeprefix("Bearer ")
        try:
            assert get_token_issuer(token) == NOTIFY_SERVICE
            decode_jwt_token(token, NOTIFY_SECRET)
        except Exception as error:
            return 403, {"errors": [{"error": "AuthError", "message": f"Invalid token: {type(error).__name__}"}]}
        return None


class TwilioServer(Provider):
    """Twilio's Messages resource."""

    def post(self, path: str, headers: Any, raw: bytes) -> tuple[int, dict[str, Any]]:
        if (refused := self._not_signed(path, headers)) is not None:
            return refused
        form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
        if not form.get("Body") or not form.get("To") or not form.get("From") or len(form["Body"]) > 1600:
            return 400, {"code": 21617, "message": "The concatenated message body exceeds the limit", "status": 400}
        reference = parse_qs(urlsplit(form.get("StatusCallback", "")).query).get("text", [""])[0]
        sent = Sent(f"SM{uuid.uuid4().hex}", form["To"], form["Body"], form, reference)
        self.sent.append(sent)
        return 201, self._as_json(sent)

    def get(self, path: str, headers: Any) -> tuple[int, dict[str, Any]]:
        if (refused := self._not_signed(path, headers)) is not None:
            return refused
        to = parse_qs(urlsplit(path).query).get("To", [""])[0]
        return 200, {"messages": [self._as_json(sent) for sent in self.to(to)], "next_page_uri": None, "page_size": 50}

    def refusal(self) -> tuple[int, dict[str, Any]]:
        return 400, {"code": 21211, "message": "The 'To' number is not a valid phone number.", "status": 400}

    def stopped(self) -> tuple[int, dict[str, Any]]:
        return 400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}

    def _as_json(self, sent: Sent) -> dict[str, Any]:
        when = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
        return {"sid": sent.id, "to": sent.to, "body": sent.text, "status": "queued", "date_sent": when}

    def _not_signed(self, path: str, headers: Any) -> tuple[int, dict[str, Any]] | None:
        signed_in = "Basic " + base64.b64encode(f"{TWILIO_ACCOUNT}:{TWILIO_TOKEN}".encode()).decode()
        if headers["Authorization"] != signed_in:
            return 401, {"code": 20003, "message": "Authenticate", "status": 401}
        if not path.startswith(f"/2010-04-01/Accounts/{TWILIO_ACCOUNT}/Messages.json"):
            return 404, {"code": 20404, "message": "Not found", "status": 404}
        return None


class MetaServer(Provider):
    """The messages endpoint of the WhatsApp Cloud API, with its limits."""

    def post(self, path: str, headers: Any, raw: bytes) -> tuple[int, dict[str, Any]]:
        if headers["Authorization"] != f"Bearer {META_TOKEN}":
            return 401, {"error": {"code": 190, "message": "Invalid OAuth access token"}}
        if path != f"/{META_PHONE_ID}/messages":
            return 404, {"error": {"code": 100, "message": "Unsupported post request"}}
        body = json.loads(raw)
        text, choices = _read_meta(body)
        if (wrong := _too_much(body, text, choices)) is not None:
            return 400, {"error": {"code": 131009, "message": wrong}}
        sent = Sent(
            f"wamid.{uuid.uuid4().hex}",
            body.get("to") or body["recipient"],
            text,
            body,
            body["biz_opaque_callback_data"],
            choices,
        )
        self.sent.append(sent)
        return 200, {"messaging_product": "whatsapp", "contacts": [], "messages": [{"id": sent.id}]}

    def refusal(self) -> tuple[int, dict[str, Any]]:
        return 400, {"error": {"code": 131047, "message": "Re-engagement message"}}


def _read_meta(body: dict[str, Any]) -> tuple[str, list[tuple[str, str, str]]]:
    if body["type"] == "text":
        return body["text"]["body"], []
    interactive = body["interactive"]
    if interactive["type"] == "button":
        replies = [button["reply"] for button in interactive["action"]["buttons"]]
        return interactive["body"]["text"], [(reply["id"], reply["title"], "") for reply in replies]
    rows = [row for section in interactive["action"]["sections"] for row in section["rows"]]
    return interactive["body"]["text"], [(row["id"], row["title"], row.get("description", "")) for row in rows]


def _too_much(body: dict[str, Any], text: str, choices: list[tuple[str, str, str]]) -> str | None:
    """What the Cloud API would refuse (research: channels 2)."""
    is_list = body["type"] == "interactive" and body["interactive"]["type"] == "list"
    if not text or len(text) > (4096 if body["type"] == "text" else 1024):
        return "body text"
    if len(choices) > (10 if is_list else 3):
        return "too many options"
    if len({title for _, title, _ in choices}) != len(choices) or len({id for id, _, _ in choices}) != len(choices):
        return "options that are the same"
    if any(not title or len(title) > (24 if is_list else 20) for _, title, _ in choices):
        return "title"
    if any(len(description) > 72 or len(id) > 200 for id, _, description in choices):
        return "description or id"
    if is_list and len(body["interactive"]["action"]["button"]) > 20:
        return "button"
    return None


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._take(lambda: provider.get(self.path, self.headers))

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            self._take(lambda: provider.post(self.path, self.headers, raw))

        def _take(self, answer: Any) -> None:
            provider.asked.append(f"{self.command} {self.path}")
            if provider.failure == "away" or (provider.failure == "loses the reply" and self.command == "GET"):
                self.close_connection = True
                return self._answer(503, {})
            if provider.failure == "error":
                return self._answer(500, {})
            if provider.failure == "refuses":
                return self._answer(*provider.refusal())
            if provider.failure == "opted out":
                return self._answer(*provider.stopped())
            status, body = answer()
            if provider.failure == "loses the reply":
                self.connection.close()
                return None
            return self._answer(status, body)

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    return Handler
