"""What a program holds in its hands: one object, none of whose methods raises or waits."""

import functools
import os
import sys
import threading
import time
from typing import Any, Callable, Dict, Optional, TypeVar, Union, cast

from . import _place
from ._caches import Cache, Caches, Figure, of_lru
from ._calls import said
from ._cells import Cell
from ._control import BatchSize, Control, Quality
from ._heap import Heap
from ._levels import LEVELS, settings_of
from ._locks import Lock
from ._memory import resident
from ._names import OVERFLOW, amount, clean, number
from ._operation import Operation
from ._orders import Order, Orders
from ._records import Records
from ._server import Server
from ._threads import start_thread

Method = TypeVar("Method", bound=Callable[..., Any])

_MEMORY_INTERVAL = 50_000_000


def _quiet(method: Method) -> Method:
    """Keeps whatever goes wrong in a method from the program; `problem` tells of it."""

    @functools.wraps(method)
    def guarded(self: "Link", *args: Any, **named: Any) -> Any:
        try:
            if self._is_asleep:
                self._wake()
            return method(self, *args, **named)
        except Exception as error:
            self._trouble("%s: %s" % (method.__name__, said(error)))
            return None

    return cast(Method, guarded)


class Link:
    """The link of this process. Made by `perftop_link.start`."""

    def __init__(self, name: str, memory_limit: Optional[int], with_thread: bool) -> None:
        self.name = name
        self.problem: Optional[str] = None
        self._memory_limit = memory_limit
        self._with_thread = with_thread
        self._first_pid = os.getpid()
        self._is_over = False
        self._quality = Quality()
        self._batch_size = BatchSize()
        self._control = Control(self)
        self._begin(Caches(with_thread))

    def operation(self, name: str, type: str = "") -> Operation:
        """Times one piece of work: with `with`, `async with`, or as a decorator.

        `type` is one of download_operation, health_check, fallback_strategy,
        analytics_collection, system_resource, model_operation, or a word of your own.
        """
        return Operation(self, name, type)

    @_quiet
    def wrote(self, format: str, bytes: float = 0, seconds: float = 0.0) -> None:
        """Tells of something written: how many bytes of which format, and how long it took."""
        try:
            cell = self._mine.writes[format]
        except Exception:
            cell = self._book.format(format)
        cell.bytes += int(amount(bytes))
        cell.seconds += amount(seconds)
        cell.count += 1

    @_quiet
    def batch(
        self,
        size: float,
        seconds: float,
        items: float = 0,
        memory_mb: Optional[float] = None,
        ok: bool = True,
        oom: bool = False,
    ) -> None:
        """Tells of one batch: its size, time, items, memory, and whether it succeeded."""
        self._records.batches.add(size, seconds, items, memory_mb, ok, oom)

    def batch_size(self, default: int = 10) -> int:
        """The size that an operator applied, or the default."""
        try:
            own = self._batch_size
            if own.default != default or not own.is_offered:
                own.default = cast(Optional[int], number(default))
                own.is_offered = True
            if self._is_asleep:
                self._wake()
            return default if own.applied is None else own.applied
        except Exception:
            return default

    @_quiet
    def cache(
        self,
        name: str,
        size: Figure = None,
        evict: Optional[Callable[[], Any]] = None,
        entries: Figure = None,
        hits: Figure = None,
        misses: Figure = None,
        of: Any = None,
        loop: Any = None,
    ) -> None:
        """Names a cache. Figures are numbers or functions; `evict` empties it and tells the bytes.

        `of` is a function wrapped by functools.lru_cache, in place of all the others.
        The functions are called on a thread of the link's own, so they must be safe there; with
        `loop` they are called in that asyncio loop, and may be coroutine functions.
        """
        figures = {"bytes": size, "entries": entries, "hits": hits, "misses": misses}
        if of is not None:
            figures.update(of_lru(of))
            evict = evict or of.cache_clear
        self._add(name, figures, evict, loop)

    @_quiet
    def pool(
        self,
        name: str,
        size: Figure = None,
        in_use: Figure = None,
        bytes: Figure = None,
        evict: Optional[Callable[[], Any]] = None,
        loop: Any = None,
    ) -> None:
        """Names a pool of buffers: how many there are, and how many of them are in use."""
        self._add(name, {"bytes": bytes, "entries": size, "in_use": in_use}, evict, loop)

    @_quiet
    def quality(
        self,
        apply: Optional[Callable[[Dict[str, Any]], Any]] = None,
        level: Optional[str] = None,
        loop: Any = None,
    ) -> None:
        """Obeys levels of quality from now on: `apply` gets the settings of each new level.

        Without `apply`, read `settings` wherever they matter. `level` is the one that the program
        runs at now: ultra_low, low, medium, high or ultra_high.
        """
        own = self._quality
        if level is not None and level not in LEVELS:
            raise ValueError("no level of that name")
        own.apply, own.loop = (apply, loop) if apply is not None else (own.apply, own.loop)
        if level is not None:
            own.level, own.settings = level, settings_of(level)
        own.is_offered = True

    @property
    def settings(self) -> Dict[str, Any]:
        """What the level of quality means now; a dictionary that is yours."""
        return dict(self._quality.settings)

    @_quiet
    def component(
        self,
        name: str,
        priority: int = 1,
        fps: Optional[float] = None,
        latency_ms: Optional[float] = None,
        queue: Optional[float] = None,
    ) -> None:
        """Tells how a part of the program does; priority 1 matters most."""
        told = {
            "priority": priority,
            "fps": fps,
            "latency_ms": latency_ms,
            "queue": queue,
        }
        document: Dict[str, Any] = {
            key: number(value) for key, value in told.items() if value is not None
        }
        document["name"] = text = self._records.names.admit("component", name)
        self._records.components[text] = (document, time.monotonic())

    @_quiet
    def gauge(self, name: str, value: float) -> None:
        """Sets a number of your own."""
        self._records.gauges[self._records.names.admit("gauge", name)] = number(value)

    @property
    def path(self) -> Optional[str]:
        """Where the socket lies; None where there is none, and then `problem` says why."""
        server = self._server
        return None if server is None or server.is_over else server.path

    def poll(self, timeout: float = 0.0) -> None:
        """Serves viewers now: what a program does now and then that started without a thread."""
        try:
            if self._is_asleep:
                self._wake()
            if not self._with_thread and not self._is_over:
                self._step(time.monotonic() + max(0.0, timeout))
                # What is sent here may bring the next order.
                while self._orders.are_waiting:
                    self._orders.run()
                    self._step(time.monotonic())
                if self._server is not None:
                    self._server.call_again()
        except Exception as error:
            self._trouble("poll: " + said(error))

    def fileno(self) -> int:
        """A descriptor that is readable when `poll` has something to do; -1 where there is none."""
        server = self._server
        return -1 if server is None or server.is_over else server.fileno()

    def stop(self) -> None:
        """Ends the link: the socket is gone afterwards. Recording stays harmless."""
        try:
            self._is_over = True
            self._is_asleep = False
            self._heap.stop()
            self._orders.stop()
            self._records.caches.stop()
            self._end_server()
        except Exception as error:
            self._trouble("stop: " + said(error))

    def _begin(self, caches: Caches) -> None:
        """Begins anew: at the start, and in a forked child."""
        self._pid = os.getpid()
        self._records = Records(caches)
        self._book = self._records.book
        self._mine = self._book.mine
        self._heap = Heap()
        self._orders = Orders(self._with_thread, self._did)
        self._lock = Lock()
        self._memory_due = 0
        self._server: Optional[Server] = None
        self._thread: Any = None
        self._is_asleep = True

    def _wake(self) -> None:
        """Listens, if this process does not yet."""
        with self._lock:
            if not self._is_asleep or self._is_over:
                return
            self._is_asleep = False
            try:
                folder = _place.directory(self._pid)
                _place.sweep(folder)
                path = os.path.join(folder, "%d.sock" % self._pid)
                self._server = Server(path, self._control.answer, self._trouble)
                if self._with_thread:
                    self._thread = start_thread(self._serve, "perftop-link")
            except Exception as error:
                self._trouble(str(error) if isinstance(error, _place.Refused) else said(error))
                self._end_server()
            self._end_with_worker()

    def _end_with_worker(self) -> None:
        """A worker of multiprocessing ends without what is registered with atexit."""
        util = sys.modules.get("multiprocessing.util")
        if util is not None and self._pid != self._first_pid:
            util.Finalize(None, self.stop, exitpriority=1)

    def _serve(self) -> None:
        server, failures = self._server, 0
        while server is not None and not server.is_over and failures < 100:
            try:
                self._step(None)
                failures = 0
            except Exception as error:
                if server.is_over:
                    return
                if server.is_lost:
                    self._lost(server)
                    return
                failures += 1
                self._trouble("the link's thread: " + said(error))
                time.sleep(0.1)

    def _step(self, until: Optional[float]) -> None:
        server = self._server
        if server is None or server.is_over:
            return
        now = time.monotonic()
        times = [self._heap.rest(now), self._orders.look(now), until]
        known = [at for at in times if at is not None]
        server.step(min(known) if known else None)

    def _end_server(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        server.is_over = True
        _place.remove(server.path, server._known)
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            server.wake()
            thread.join(0.5)
        if thread is None or not thread.is_alive():
            server.close()
        _place.sweep(os.path.dirname(server.path))

    def _lost(self, server: Server) -> None:
        """Lets go of descriptors that the program has closed; its next record listens anew."""
        with self._lock:
            if self._server is server and not self._is_over:
                self._is_asleep = True
                self._server = self._thread = None
            server.close()

    def _forked(self) -> None:
        """Runs in a child right after the fork: forgets the parent's, and waits to be used."""
        server, was_over = self._server, self._is_over
        self._heap.stop()
        if server is not None:
            server.abandon()
        self._begin(self._records.caches.copy())
        self._is_asleep = not was_over

    def _did(self, order: Order, outcome: str) -> None:
        self._records.happened(order.who, order.action, outcome, order.mark)

    def _add(self, name: object, figures: Dict[str, Figure], evict: Any, loop: Any) -> None:
        text = self._records.names.admit("cache", name)
        if text != OVERFLOW:
            self._records.caches.add(Cache(text, figures, evict, loop))

    def _new_operation(self, name: object, type: object) -> Cell:
        if self._is_asleep:
            self._wake()
        return self._book.operation(name, type)

    def _sample_memory(self, now: int) -> Optional[int]:
        self._memory_due = now + _MEMORY_INTERVAL
        return resident()

    def _trouble(self, text: str) -> None:
        self.problem = text


def name_of_program() -> str:
    """What a program is called that gives itself no name."""
    given = sys.argv[0] if getattr(sys, "argv", None) else ""
    return os.path.splitext(os.path.basename(given))[0] or "python"


def limit_of(gigabytes: Union[None, int, float]) -> Optional[int]:
    """A limit in bytes; None where there is none that makes sense."""
    found = number(gigabytes) if gigabytes is not None else None
    return int(found * 1e9) if found is not None and 0 < found < 1e9 else None


def label(name: object) -> str:
    """The program's name, fit to be sent."""
    return clean(name) if name else name_of_program()
