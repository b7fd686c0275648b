"""Answers requests: what the lines of a viewer mean."""

import gc
import platform
import sys
import time
from typing import Any, Callable, Dict, List, Optional

from ._caches import Cache, emptied
from ._calls import call
from ._levels import LEVELS, settings_of
from ._memory import resident
from ._names import clean, number
from ._orders import Order, Refusal
from ._reply import Cursor, Poll, line
from ._version import VERSION

PROTOCOL = 1


class Viewer:
    """What is known of the one who asks, beside the connection."""

    def __init__(self, uid: int) -> None:
        self.who = "uid %d" % uid
        self.cursor = Cursor()


class Control:
    """Between the viewers and what the program recorded and offers."""

    def __init__(self, link: Any) -> None:
        self._link = link

    def answer(
        self, request: Dict[str, Any], viewer: Viewer, later: Callable[[bytes], None]
    ) -> Optional[bytes]:
        """The reply to a request, or None where it comes later."""
        mark = _mark(request)
        kind = request.get("op")
        try:
            if kind == "poll":
                return self._poll(request, viewer, mark)
            if kind == "hello":
                return line(dict(self._hello(request, viewer), **mark))
            if kind == "do":
                self._do(request, viewer, mark, later)
                return None
        except Refusal as refusal:
            return line(dict(mark, ok=False, error=str(refusal)))
        except Exception as error:
            return line(dict(mark, error="can not be told: " + type(error).__name__))
        return line(dict(mark, error="unknown request"))

    def offers(self) -> List[str]:
        """What `do` takes."""
        link = self._link
        offers = ["gc"]
        if link._records.caches.evictable():
            offers.append("evict")
        if link._quality.is_offered:
            offers.append("quality")
        if link._batch_size.is_offered:
            offers.append("batch")
        return offers

    def _hello(self, request: Dict[str, Any], viewer: Viewer) -> Dict[str, Any]:
        viewer.who = _who(request) or viewer.who
        version = number(request.get("protocol", PROTOCOL))
        link = self._link
        return {
            "protocol": min(PROTOCOL, max(1, int(version or PROTOCOL))),
            "name": link.name,
            "pid": link._pid,
            "started": _started(),
            "client": "perftop_link " + VERSION,
            "runtime": "%s %s" % (sys.implementation.name.replace("cpython", "python"), platform.python_version()),
            "memory_limit_bytes": link._memory_limit,
            "offers": self.offers(),
        }  # fmt: skip

    def _poll(self, request: Dict[str, Any], viewer: Viewer, mark: Dict[str, Any]) -> bytes:
        link = self._link
        records = link._records
        records.caches.refresh()
        small: Dict[str, Any] = dict(mark, offers=self.offers())
        small["heap"] = link._heap.read(request.get("objects") is True)
        if link._batch_size.is_offered:
            small["batch_size"] = link._batch_size.document()
        if link._quality.is_offered:
            small["quality"] = link._quality.document()
        if request.get("events") is True:
            viewer.cursor.event, events = records.events_since(viewer.cursor.event)
            if events is not None:
                small["events"] = events
        return Poll(records, viewer.cursor).lists(small)

    def _do(
        self,
        request: Dict[str, Any],
        viewer: Viewer,
        mark: Dict[str, Any],
        later: Callable[[bytes], None],
    ) -> None:
        works = {
            "gc": self._collect,
            "evict": self._evict,
            "quality": self._quality,
            "batch": self._batch,
        }
        action = request.get("action")
        prepare = works.get(action) if isinstance(action, str) else None
        if not isinstance(action, str) or prepare is None:
            raise Refusal("unknown action")
        order = Order(action, _who(request) or viewer.who, prepare(request))
        own = mark.get("id")
        order.mark = clean(own) if isinstance(own, str) else None
        order.reply = lambda document: later(line(dict(mark, **document)))
        self._link._orders.put(order)

    def _collect(self, request: Dict[str, Any]) -> Callable[[], Dict[str, Any]]:
        def work() -> Dict[str, Any]:
            before = resident()
            count = gc.collect()
            self._link._heap.malloc.trim()
            return _freed(before, {"outcome": "collected %d objects" % count})

        return work

    def _evict(self, request: Dict[str, Any]) -> Callable[[], Dict[str, Any]]:
        caches = self._link._records.caches
        names = request.get("names")
        chosen: List[Cache] = caches.evictable() if names is None else []
        if names is not None:
            if not isinstance(names, list):
                raise Refusal("names is not a list")
            found = [caches.named(name) for name in names]
            chosen = [cache for cache in found if cache is not None]
            if len(chosen) < len(names):
                raise Refusal("no cache of that name")
        if not chosen:
            raise Refusal("no cache that can be emptied")

        def work() -> Dict[str, Any]:
            before = resident()
            result = emptied(chosen)
            gc.collect()
            self._link._heap.malloc.trim()
            if result.errors:
                raise Refusal("; ".join(result.errors)[:1000])
            told: Dict[str, Any] = {"outcome": "evicted " + ", ".join(result.names)[:1000]}
            if result.bytes is not None:
                return dict(told, bytes=result.bytes)
            return _freed(before, told)

        return work

    def _quality(self, request: Dict[str, Any]) -> Callable[[], Dict[str, Any]]:
        quality = self._link._quality
        level, mode = request.get("level"), request.get("mode", "manual")
        if not quality.is_offered:
            raise Refusal("the program obeys no levels")
        if mode not in ("manual", "auto"):
            raise Refusal("mode is neither manual nor auto")
        if level is None and mode == "auto":
            level = quality.level
        if level not in LEVELS:
            raise Refusal("no level of that name")
        settings = settings_of(level)
        if isinstance(request.get("settings"), dict):
            settings = dict(request["settings"], level=level)
        return lambda: quality.obey(level, mode, settings)

    def _batch(self, request: Dict[str, Any]) -> Callable[[], Dict[str, Any]]:
        size = request.get("size")
        if size is not None and (type(size) is not int or not 1 <= size < 1 << 53):
            raise Refusal("size is not a whole number of at least 1")
        if not self._link._batch_size.is_offered:
            raise Refusal("the program asks for no size")
        return lambda: self._link._batch_size.obey(size)


class Quality:
    """The level at which the program runs, and the function that changes it."""

    def __init__(self) -> None:
        self.level = "high"
        self.mode = "auto"
        self.settings = settings_of("high")
        self.apply: Any = None
        self.loop: Any = None
        self.is_offered = False

    def document(self) -> Dict[str, Any]:
        """The member `quality`."""
        return {"level": self.level, "mode": self.mode}

    def obey(self, level: str, mode: str, settings: Dict[str, Any]) -> Dict[str, Any]:
        """Applies a level; it holds once the program's function has returned."""
        if self.apply is not None:
            call(self.apply, self.loop, dict(settings))
        self.level, self.mode, self.settings = level, mode, settings
        return {"outcome": "set %s" % level + (" (auto)" if mode == "auto" else "")}


class BatchSize:
    """The size of batches: the program's own, and what an operator applied."""

    def __init__(self) -> None:
        self.default: Optional[int] = None
        self.applied: Optional[int] = None
        self.is_offered = False

    def document(self) -> Dict[str, Any]:
        """The member `batch_size`."""
        return {"default": self.default, "applied": self.applied}

    def obey(self, size: Optional[int]) -> Dict[str, Any]:
        """What the program gets at its next question."""
        self.applied = size
        return {"outcome": "applied %s" % ("the default" if size is None else size)}


def _mark(request: Dict[str, Any]) -> Dict[str, Any]:
    """The request's id, for its reply, if it is one that can be given back."""
    mark = request.get("id")
    if isinstance(mark, str):
        return {"id": mark}
    if isinstance(mark, bool) or not isinstance(mark, (int, float)) or number(mark) is None:
        return {}
    return {"id": number(mark)}


def _who(request: Dict[str, Any]) -> str:
    who = request.get("who")
    return clean(who) if isinstance(who, str) else ""


def _freed(before: Optional[int], told: Dict[str, Any]) -> Dict[str, Any]:
    """What was freed, by resident memory; more of it in use than before is not told as freed."""
    after = resident()
    if before is not None and after is not None:
        told["bytes"] = max(0, before - after)
    return told


def _started() -> Optional[int]:
    try:
        with open("/proc/self/stat", "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None
