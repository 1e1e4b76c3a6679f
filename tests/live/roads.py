"""Roads between the processes: real TCP connections on which a test can close the way or hold what travels.

Held at a chosen moment, a message is "in flight" for as long as the test wants; so a process can be killed just then,
again and again, without guessing at milliseconds.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Literal

Way = Literal["open", "closed", "hold requests", "hold replies"]


class Road:
    """Carries bytes from its own port to ``target``, both on loopback."""

    def __init__(self, target: int) -> None:
        self.target = target
        self._changed = threading.Condition()
        self._way: Way = "open"
        self._held = 0
        self._round = 0
        self._deliver = True
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_now(self, way: Way) -> None:
        """From now on. What is held already stays held until :meth:`let_go`."""
        with self._changed:
            self._way = way

    def wait_until_held(self, count: int = 1, seconds: float = 15) -> None:
        """Until so many requests or replies are standing on the road. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while self._held < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{self._held} on the road, not {count}")
            time.sleep(0.005)

    def let_go(self, *, deliver: bool) -> None:
        """Open the road; what was held arrives late (``deliver``) or never."""
        with self._changed:
            self._way, self._deliver, self._held = "open", deliver, 0
            self._round += 1
            self._changed.notify_all()

    def close(self) -> None:
        """No more road."""
        self.let_go(deliver=False)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._way == "closed":
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            for source, sink, holding in ((near, far, "hold requests"), (far, near, "hold replies")):
                threading.Thread(target=self._carry, args=(source, sink, holding), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, holding: Way) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not self._may_pass(holding):
                    break
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _may_pass(self, holding: Way) -> bool:
        with self._changed:
            if self._way != holding:
                return self._way != "closed"
            self._held += 1
            now = self._round
            while self._round == now:
                self._changed.wait()
            return self._deliver
