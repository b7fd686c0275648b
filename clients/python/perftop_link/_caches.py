"""The program's caches and pools: what they hold, and emptying them."""

import threading
import time
from typing import Any, Callable, Dict, List, Optional, Union

from ._calls import call
from ._names import whole
from ._threads import start_thread

Figure = Union[None, int, float, Callable[[], Any]]

_FIGURES = ("bytes", "entries", "hits", "misses", "in_use")


class Cache:
    """A cache or a pool under one name. Each figure is a number or a function that tells one."""

    def __init__(self, name: str, figures: Dict[str, Figure], evict: Any, loop: Any) -> None:
        self.name = name
        self.figures = figures
        self.evict = evict
        self.loop = loop
        self.told: Dict[str, Any] = {}

    def measure(self) -> None:
        """Asks for the figures; one that can not be told is left out."""
        told: Dict[str, Any] = {}
        for key in _FIGURES:
            figure = self.figures.get(key)
            try:
                told[key] = whole(call(figure, self.loop) if callable(figure) else figure)
            except Exception:
                told[key] = None
        self.told = told

    def empty(self) -> Optional[int]:
        """Empties it; tells what the program says was freed."""
        return whole(call(self.evict, self.loop))

    def document(self) -> Dict[str, Any]:
        """The figures as they were told last."""
        document: Dict[str, Any] = {
            "name": self.name,
            "evictable": self.evict is not None,
        }
        document.update((key, value) for key, value in self.told.items() if value is not None)
        return document


def of_lru(function: Any) -> Dict[str, Figure]:
    """The figures of a function that functools.lru_cache wraps."""
    return {
        "entries": lambda: function.cache_info().currsize,
        "hits": lambda: function.cache_info().hits,
        "misses": lambda: function.cache_info().misses,
    }


class Caches:
    """All caches. Their figures are asked for on a thread of their own.

    A function of the program may hang, and must not keep a poll from being answered: after
    `PATIENCE` the figures told last do.
    """

    PATIENCE = 0.1

    def __init__(self, with_thread: bool) -> None:
        self._all: Dict[str, Cache] = {}
        self._with_thread = with_thread
        self._wanted = threading.Event()
        self._measured = threading.Event()
        self._thread: Optional[threading.Thread] = None
        self._is_late = False
        self._is_over = False

    def add(self, cache: Cache) -> None:
        """Takes a cache in, in place of another of its name."""
        self._all[cache.name] = cache
        if not any(callable(figure) for figure in cache.figures.values()):
            cache.measure()

    def named(self, name: object) -> Optional[Cache]:
        """The cache of that name, if it can be emptied."""
        cache = self._all.get(name) if isinstance(name, str) else None
        return cache if cache is not None and cache.evict is not None else None

    def evictable(self) -> List[Cache]:
        """Those that can be emptied."""
        return [cache for cache in self.all() if cache.evict is not None]

    def all(self) -> List[Cache]:
        """All of them, in the order in which they were named."""
        return list(self._all.copy().values())

    def refresh(self) -> None:
        """Asks for all figures, and waits a little for them."""
        if not any(callable(f) for cache in self.all() for f in cache.figures.values()):
            return
        if not self._with_thread:
            self._measure()
            return
        if self._is_late and not self._measured.is_set():
            return
        self._measured.clear()
        if self._thread is None:
            self._thread = start_thread(self._run, "perftop-link-caches")
        self._wanted.set()
        self._is_late = not self._measured.wait(Caches.PATIENCE)

    def stop(self) -> None:
        """Ends the thread, once it is idle."""
        self._is_over = True
        self._wanted.set()

    def copy(self) -> "Caches":
        """The same caches for a forked child, in which there is no such thread."""
        copy = Caches(self._with_thread)
        copy._all = dict(self._all)
        return copy

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._is_over:
                return
            self._measure()
            self._measured.set()

    def _measure(self) -> None:
        for cache in self.all():
            cache.measure()


def emptied(caches: List[Cache]) -> "Emptied":
    """Empties caches one after the other; one that raises does not spare the next."""
    result = Emptied()
    for cache in caches:
        begun = time.monotonic()
        try:
            freed = cache.empty()
            result.names.append(cache.name)
            if freed is not None:
                result.bytes = (result.bytes or 0) + freed
        except Exception as error:
            from ._calls import said

            late = time.monotonic() - begun
            result.errors.append("%s: %s after %.1f s" % (cache.name, said(error), late))
    return result


class Emptied:
    """What became of emptying."""

    def __init__(self) -> None:
        self.names: List[str] = []
        self.errors: List[str] = []
        self.bytes: Optional[int] = None
