"""Sockets of ours, in a program that may close any descriptor.

A program that closes all descriptors, as daemons do, closes these too, and opens others under
their numbers. What is no longer ours must not be written to, and not be closed.
"""

import os
import socket
from typing import Any, List, Tuple

# An epoll object closes its number when it goes; one that lost its number must stay.
_lost: List[Any] = []


class Own:
    """A socket, and what it is known by."""

    __slots__ = ("socket", "_known")

    def __init__(self, own: socket.socket) -> None:
        self.socket = own
        self._known = _identity(own.fileno())

    @property
    def is_ours(self) -> bool:
        """Whether the number still stands for this socket."""
        try:
            return self.socket.fileno() >= 0 and _identity(self.socket.fileno()) == self._known
        except OSError:
            return False

    def close(self) -> None:
        """Closes it, or forgets it where it is not ours any more."""
        if self.is_ours:
            self.socket.close()
        else:
            self.socket.detach()


def close_selector(selector: Any) -> None:
    """Closes a selector, unless its number stands for something else by now."""
    try:
        name = os.readlink("/proc/self/fd/%d" % selector.fileno())
    except (OSError, ValueError):
        name = ""
    if "eventpoll" in name:
        selector.close()
    else:
        _lost.append(selector)


def _identity(number: int) -> Tuple[int, int]:
    found = os.fstat(number)
    return found.st_dev, found.st_ino
