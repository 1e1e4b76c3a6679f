"""Small real servers in the place of a council's alert receiver and its mail server, which can be told to fail."""

from __future__ import annotations

import email
import json
import socketserver
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "known to the council's receiver"


class Receiver:
    """Takes webhooks. ``status`` is what it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.taken: list[tuple[dict[str, str], bytes]] = []
        """Headers and body of each request."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _webhook(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/alerts"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.taken]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _webhook(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.taken.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(receiver.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    return Handler


class MailServer:
    """Takes e-mail by SMTP, without encryption or passwords. ``refuses`` makes it refuse every recipient."""

    def __init__(self) -> None:
        self.refuses = False
        self.taken: list[tuple[list[str], Message]] = []
        """Recipients and message."""
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _smtp(self))
        self._server.daemon_threads = True
        self.url = f"smtp://127.0.0.1:{self._server.server_address[1]}?from=sevensteps@council.example"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _smtp(mail: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 mail.council.example")
            recipients: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if verb in ("EHLO", "HELO"):
                    self._say("250 mail.council.example")
                elif verb == "RCPT" and mail.refuses:
                    self._say("550 no such person")
                elif verb == "DATA":
                    self._say("354 go on")
                    data = b""
                    while (part := self.rfile.readline()) != b".\r\n":
                        data += part
                    mail.taken.append((recipients, email.message_from_bytes(data)))
                    self._say("250 kept")
                elif verb == "QUIT":
                    self._say("221 goodbye")
                    return
                else:
                    if verb == "RCPT":
                        recipients.append(line.split("<")[1].split(">")[0])
                    self._say("250 ok")

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    return Handler
