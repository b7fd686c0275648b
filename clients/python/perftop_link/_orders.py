"""What viewers ask to be done: one after the other, beside the polls."""

import threading
import time
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional

from ._calls import PATIENCE, said
from ._locks import Lock
from ._threads import start_thread

MOST_WAITING = 64
_MOST_HUNG = 4
_IDLE_SECONDS = 5.0


class Refusal(Exception):
    """Why an order is not done, in words for a viewer."""


class Order:
    """One action, and where its reply goes."""

    def __init__(self, action: str, who: str, work: Callable[[], Dict[str, Any]]) -> None:
        self.action = action
        self.who = who
        self.work = work
        self.reply: Callable[[Dict[str, Any]], None] = lambda document: None
        self.mark: Optional[str] = None
        self.begun: Optional[float] = None
        self.is_over = False


class Orders:
    """A queue, and a thread that is there only while there is something to do."""

    def __init__(self, with_thread: bool, done: Callable[[Order, str], None]) -> None:
        self._with_thread = with_thread
        self._done = done
        self._lock = Lock()
        self._new = threading.Condition(self._lock)
        self._waiting: Deque[Order] = deque()
        self._running: Optional[Order] = None
        self._worker = 0
        self._has_worker = False
        self._hung = 0
        self._is_over = False

    def put(self, order: Order) -> None:
        """Takes an order in; of quality and batch only the newest that waits is done."""
        passed: List[Order] = []
        with self._lock:
            if order.action in ("quality", "batch"):
                passed = [old for old in self._waiting if old.action == order.action]
                for old in passed:
                    self._waiting.remove(old)
            if len(self._waiting) >= MOST_WAITING or self._hung >= _MOST_HUNG:
                self._end(order, {"ok": False, "error": "busy"}, "")
            else:
                self._take(order)
        for old in passed:
            self._end(old, {"ok": False, "error": "overtaken"}, "")

    @property
    def are_waiting(self) -> bool:
        """Whether there is something to do."""
        return bool(self._waiting)

    def run(self) -> None:
        """Does what waits, here; for a program that polls the link itself."""
        while self._waiting:
            self._do(self._waiting.popleft())

    def look(self, now: float) -> Optional[float]:
        """Gives up an action that hangs, so that the next has its turn; says when to look again."""
        with self._lock:
            order = self._running
            if order is None or order.begun is None:
                return None
            if now < order.begun + PATIENCE:
                return order.begun + PATIENCE
            self._running = None
            self._has_worker = False
            self._worker += 1
            self._hung += 1
        error = "not done within %d s" % PATIENCE
        self._end(order, {"ok": False, "error": error}, "failed: " + error)
        with self._lock:
            if self._waiting and self._hung < _MOST_HUNG:
                self._call_worker()
        return None

    def stop(self) -> None:
        """Ends the thread once it is idle."""
        with self._lock:
            self._is_over = True
            self._waiting.clear()
            self._new.notify_all()

    def _take(self, order: Order) -> None:
        self._waiting.append(order)
        try:
            self._call_worker()
        except Exception as error:
            self._waiting.remove(order)
            self._end(order, {"ok": False, "error": said(error)}, "")

    def _call_worker(self) -> None:
        if not self._with_thread:
            return
        self._new.notify()
        if not self._has_worker:
            number = self._worker
            start_thread(lambda: self._work(number), "perftop-link-orders")
            self._has_worker = True

    def _work(self, number: int) -> None:
        while True:
            order = self._next(number)
            if order is None:
                return
            self._do(order)
            with self._lock:
                if number != self._worker:
                    self._hung -= 1
                    if self._waiting:
                        self._call_worker()
                    return
                self._running = None

    def _next(self, number: int) -> Optional[Order]:
        with self._lock:
            while not self._waiting and not self._is_over:
                if not self._new.wait(_IDLE_SECONDS) and not self._waiting:
                    break
            if self._is_over or not self._waiting:
                self._has_worker = False
                return None
            self._running = self._waiting.popleft()
            return self._running

    def _do(self, order: Order) -> None:
        order.begun = begun = time.monotonic()
        order.reply({"started": True})
        try:
            told = order.work()
            outcome = told.get("outcome", "done")
            reply: Dict[str, Any] = {
                "ok": True,
                "seconds": round(time.monotonic() - begun, 6),
            }
            reply.update(told)
        except Exception as error:
            text = str(error) if isinstance(error, Refusal) else said(error)
            outcome = "failed: " + text
            reply = {"ok": False, "error": text}
        except BaseException as error:
            self._end(order, {"ok": False, "error": said(error)}, "failed: " + said(error))
            if not self._with_thread:
                raise
            return
        self._end(order, reply, outcome)

    def _end(self, order: Order, reply: Dict[str, Any], outcome: str) -> None:
        with self._lock:
            if order.is_over:
                return
            order.is_over = True
        if outcome:
            self._done(order, outcome)
        order.reply(reply)
