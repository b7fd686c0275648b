"""All that a program has told of itself."""

import time
from collections import deque
from typing import Any, Deque, Dict, Optional, Tuple

from ._batches import Batches
from ._caches import Caches
from ._cells import Book
from ._locks import Lock
from ._names import Names


class Records:
    """One process's records; a forked child begins new ones."""

    def __init__(self, caches: Caches) -> None:
        self.names = Names()
        self.book = Book(self.names)
        self.batches = Batches()
        self.caches = caches
        self.components: Dict[str, Tuple[Dict[str, Any], float]] = {}
        self.gauges: Dict[str, Any] = {}
        self.events: Deque[Tuple[int, Dict[str, Any]]] = deque(maxlen=256)
        self._events = 0
        self._lock = Lock()

    def happened(self, who: str, action: str, outcome: str, mark: Optional[str] = None) -> None:
        """Keeps what a viewer had done, for the others."""
        event = {
            "at": round(time.time(), 3),
            "who": who,
            "action": action,
            "outcome": outcome,
        }
        if mark is not None:
            event["id"] = mark
        with self._lock:
            self._events += 1
            self.events.append((self._events, event))

    def events_since(self, seen: int) -> Tuple[int, Optional[Any]]:
        """The number of the newest event, and those after the one that was seen."""
        with self._lock:
            newer = [(place, event) for place, event in self.events if place > seen]
        if not newer:
            return seen, None
        return newer[-1][0], [event for _, event in newer]
