"""One viewer's connection."""

import json
import socket
import time
from typing import Any, Callable, Dict, Optional

from ._control import Viewer
from ._reply import line
from ._sockets import Own

MOST_LINE = 64 << 10
MOST_WAITING = 1 << 20
MOST_BAD = 100
MOST_SILENCE = 60.0
# What is more than a viewer could want is answered later, so that it takes no time from the
# program.
_MOST_LINES = 50
_WINDOW = 0.1


class Connection:
    """Takes lines in and gives replies out, and never waits for either."""

    def __init__(self, own: socket.socket, uid: int, answer: Callable[..., Any]) -> None:
        self.socket = own
        self.viewer = Viewer(uid)
        self.is_open = True
        self.held_until: Optional[float] = None
        self._own = Own(own)
        self._answer = answer
        self._in = bytearray()
        self._looked = 0
        self._out = bytearray()
        self._bad = 0
        self._line_at = time.monotonic()
        self._window = 0.0
        self._lines = 0
        self._later: Optional[Callable[[bytes], None]] = None

    def answers_later(self, post: Callable[["Connection", bytes], None]) -> None:
        """Where replies go that come from other threads."""
        self._later = lambda reply: post(self, reply)

    @property
    def wants_to_write(self) -> bool:
        """Whether something waits for the viewer to read."""
        return bool(self._out)

    @property
    def has_line(self) -> bool:
        """Whether a whole line waits to be answered."""
        return self._in.find(b"\n", self._looked) >= 0

    def read(self) -> None:
        """Takes in what is there, and answers it."""
        try:
            data = self.socket.recv(65536) if self._own.is_ours else b""
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self.is_open = False
            return
        self._in += data
        self.serve()

    def serve(self) -> None:
        """Answers the lines that are there, up to what is fair."""
        while self.is_open and not self._is_held():
            end = self._in.find(b"\n", self._looked)
            if end < 0 or end >= MOST_LINE:
                self._looked = len(self._in)
                if self._looked >= MOST_LINE:
                    self.is_open = False
                return
            text = bytes(self._in[:end])
            del self._in[: end + 1]
            self._looked = 0
            self._line_at = time.monotonic()
            self._one(text)

    def send(self, reply: bytes) -> None:
        """Gives a reply out; a viewer that does not read is closed."""
        self._out += reply
        self.write()
        if len(self._out) > MOST_WAITING:
            self.is_open = False

    def write(self) -> None:
        """Writes what the viewer has room for."""
        self.is_open = self.is_open and self._own.is_ours
        try:
            while self._out and self.is_open:
                with memoryview(self._out) as view:
                    sent = self.socket.send(view, socket.MSG_NOSIGNAL | socket.MSG_DONTWAIT)
                del self._out[:sent]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self.is_open = False

    def is_silent(self, now: float) -> bool:
        """Whether no whole line came for so long that it is closed."""
        return now - self._line_at > MOST_SILENCE

    def close(self) -> None:
        """Ends it."""
        self.is_open = False
        self._own.close()

    def _is_held(self) -> bool:
        now = time.monotonic()
        if now - self._window >= _WINDOW:
            self._window, self._lines = now, 0
        self._lines += 1
        self.held_until = self._window + _WINDOW if self._lines > _MOST_LINES else None
        return self.held_until is not None

    def _one(self, text: bytes) -> None:
        request = _parsed(text)
        if request is None:
            self._bad += 1
            self.send(line({"error": "malformed"}))
            self.is_open = self.is_open and self._bad < MOST_BAD
            return
        reply = self._answer(request, self.viewer, self._later)
        if reply is not None:
            self.send(reply)


def _parsed(text: bytes) -> Optional[Dict[str, Any]]:
    try:
        found = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError, MemoryError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(word: str) -> Any:
    raise ValueError(word + " is no number of JSON")
