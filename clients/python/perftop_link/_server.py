"""Listens for viewers and serves them, without ever waiting for one of them."""

import os
import selectors
import socket
import struct
import time
from collections import deque
from typing import Any, Callable, Deque, List, Optional, Tuple

from . import _place
from ._connection import Connection
from ._locks import Lock
from ._reply import line
from ._sockets import Own, close_selector

MOST_VIEWERS = 600
_PAUSE = 0.1
_LOOK = 5.0
# Closing a descriptor wakes nobody who waits for it, so a program that closes them all is seen
# by looking, now and then.
_IDLE_LOOK = 30.0
_CREDENTIALS = struct.Struct("3i")


class Server:
    """A listening socket and its connections. `step` does what there is to do."""

    def __init__(self, path: str, answer: Callable[..., Any], trouble: Callable[[str], None]):
        self.path = path
        self.lock = Lock()
        self.is_over = False
        self._answer = answer
        self._trouble = trouble
        self._listener, self._known = _place.listen(path)
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        self._own = [Own(one) for one in (self._listener, self._wake, self._woken)]
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._selector.register(self._woken, selectors.EVENT_READ, self._drain)
        self._connections: List[Connection] = []
        self._posted: Deque[Tuple[Connection, bytes]] = deque()
        self._paused_until: Optional[float] = None
        self._look_at = 0.0
        self._most = _most_viewers()

    def fileno(self) -> int:
        """A descriptor that is readable whenever there is something to do."""
        return self._selector.fileno()

    def post(self, connection: Connection, reply: bytes) -> None:
        """Takes a reply from any thread."""
        self._posted.append((connection, reply))
        self.wake()

    @property
    def is_lost(self) -> bool:
        """Whether the program has closed what it did not open."""
        return not all(own.is_ours for own in self._own)

    def wake(self) -> None:
        """Makes a waiting `step` return."""
        try:
            if self._own[1].is_ours:
                self._wake.send(b"!", socket.MSG_NOSIGNAL)
        except OSError:
            pass

    def call_again(self) -> None:
        """Leaves the descriptor readable where something is only put off, and not silence."""
        if self._paused_until is not None or any(c.held_until for c in self._connections):
            self.wake()

    def step(self, until: Optional[float]) -> None:
        """Waits until that time at most, and does what there is to do."""
        times = [at for at in (until, self._next_time()) if at is not None]
        wait = max(0.0, min(times) - time.monotonic()) if times else _IDLE_LOOK
        for key, events in self._selector.select(wait):
            key.data(events)
        while self._posted:
            connection, reply = self._posted.popleft()
            if connection.is_open:
                connection.send(reply)
                self._settle(connection)
        self._look(time.monotonic())

    def close(self) -> None:
        """Ends all connections, and removes the socket if it is still ours."""
        self.is_over = True
        _place.remove(self.path, self._known)
        self.abandon()

    def abandon(self) -> None:
        """Closes what a forked child has inherited; the parent's stays as it is."""
        self.is_over = True
        close_selector(self._selector)
        for one in self._connections:
            one.close()
        self._connections = []
        for own in self._own:
            own.close()

    def _accept(self, events: int) -> None:
        # Nothing may be open here that a child forked at this moment would not know of.
        with self.lock:
            if not self._own[0].is_ours:
                raise OSError("the listening socket was closed by the program")
            try:
                own, _ = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                self._pause("no viewer can be accepted: %s" % error.strerror)
                return
            own.setblocking(False)
            self._take(own)

    def _take(self, own: socket.socket) -> None:
        uid = _uid_of(own)
        if uid not in (0, os.geteuid()):
            self._trouble("a viewer of user %s was refused" % uid)
            own.close()
            return
        if len(self._connections) >= self._most:
            try:
                own.send(line({"error": "too many viewers"}), socket.MSG_NOSIGNAL)
            except OSError:
                pass
            own.close()
            return
        connection = Connection(own, uid, self._answer)
        connection.answers_later(self.post)
        self._connections.append(connection)
        self._selector.register(own, selectors.EVENT_READ, self._handler(connection))

    def _handler(self, connection: Connection) -> Callable[[int], None]:
        def handle(events: int) -> None:
            if events & selectors.EVENT_WRITE:
                connection.write()
            if events & selectors.EVENT_READ and connection.is_open:
                connection.read()
            self._settle(connection)

        return handle

    def _settle(self, connection: Connection) -> None:
        """Asks the system for what this connection waits for now."""
        if not connection.is_open:
            self._drop(connection)
            return
        events = selectors.EVENT_WRITE if connection.wants_to_write else 0
        if connection.held_until is None:
            events |= selectors.EVENT_READ
        key = self._selector.get_map().get(connection.socket)
        if key is None:
            if events:
                self._selector.register(connection.socket, events, self._handler(connection))
        elif not events:
            self._selector.unregister(connection.socket)
        elif key.events != events:
            self._selector.modify(connection.socket, events, key.data)

    def _drop(self, connection: Connection) -> None:
        with self.lock:
            if connection in self._connections:
                self._connections.remove(connection)
            try:
                self._selector.unregister(connection.socket)
            except (KeyError, ValueError, OSError):
                pass
            connection.close()

    def _drain(self, events: int) -> None:
        try:
            while self._own[2].is_ours and len(self._woken.recv(4096)) == 4096:
                pass
        except OSError:
            pass

    def _pause(self, why: str) -> None:
        self._trouble(why)
        self._selector.unregister(self._listener)
        self._paused_until = time.monotonic() + _PAUSE

    def _next_time(self) -> Optional[float]:
        times = [c.held_until for c in self._connections if c.held_until is not None]
        if self._paused_until is not None:
            times.append(self._paused_until)
        if self._connections:
            times.append(self._look_at)
        return min(times) if times else None

    def _look(self, now: float) -> None:
        if self._paused_until is not None and now >= self._paused_until:
            self._paused_until = None
            self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        for connection in list(self._connections):
            if connection.held_until is not None and now >= connection.held_until:
                connection.serve()
                self._settle(connection)
        if now >= self._look_at:
            self._look_at = now + _LOOK
            for connection in list(self._connections):
                if connection.is_silent(now):
                    self._drop(connection)


def _uid_of(own: socket.socket) -> int:
    told = own.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    uid: int = _CREDENTIALS.unpack(told)[1]
    return uid


def _most_viewers() -> int:
    """At least 500, but never more than half of what the program itself may open."""
    try:
        import resource

        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    except Exception:
        return MOST_VIEWERS
    if soft < 0:
        return MOST_VIEWERS
    return max(1, min(MOST_VIEWERS, soft // 2))
