"""What Python knows of its own heap."""

import gc
import sys
import time
from typing import Any, Dict, Optional

from ._memory import Malloc


class Heap:
    """Reads the heap for a viewer, and times collections while one is watching."""

    WATCHED_SECONDS = 60.0

    def __init__(self) -> None:
        self.malloc = Malloc()
        self._until = 0.0
        self._is_watching = False
        self._begun = 0.0
        self._seconds = 0.0
        self._after: Optional[int] = None

    def read(self, with_objects: bool = False) -> Dict[str, Any]:
        """The member `heap` of a reply."""
        self.watch()
        told: Dict[str, Any] = {"collections": sum(s["collections"] for s in gc.get_stats())}
        told["collection_seconds"] = round(self._seconds, 6)
        blocks = getattr(sys, "getallocatedblocks", None)
        if blocks is not None:
            told["blocks"] = blocks()
        used = self._used(with_objects)
        if used is not None:
            told["used_bytes"] = used
            told["used_of"] = "tracemalloc" if self._traced() else "malloc"
        if self._after is not None:
            told["used_after_collection_bytes"] = self._after
        if with_objects:
            told["objects"] = len(gc.get_objects())
            traced = self._traced()
            if traced:
                told["traced_bytes"], told["traced_peak_bytes"] = traced
        return told

    def watch(self) -> None:
        """Times collections from now on for a minute."""
        self._until = time.monotonic() + Heap.WATCHED_SECONDS
        if not self._is_watching:
            self._is_watching = True
            self._begun = 0.0
            gc.callbacks.append(self._collecting)

    def rest(self, now: float) -> Optional[float]:
        """Stops timing where nobody watched for a minute; else says when to look again."""
        if self._is_watching and now >= self._until:
            self.stop()
        return self._until if self._is_watching else None

    def stop(self) -> None:
        """Leaves the collector alone."""
        self._is_watching = False
        try:
            gc.callbacks.remove(self._collecting)
        except ValueError:
            pass

    def _collecting(self, phase: str, info: Dict[str, Any]) -> None:
        try:
            if phase == "start":
                self._begun = time.perf_counter()
            elif self._begun:
                self._seconds += time.perf_counter() - self._begun
                self._begun = 0.0
                if info.get("generation") == 2:
                    self._after = self._used()
        except Exception:
            pass

    def _used(self, at_any_price: bool = False) -> Optional[int]:
        traced = self._traced()
        return traced[0] if traced else self.malloc.used(at_any_price)

    @staticmethod
    def _traced() -> Any:
        tracing = sys.modules.get("tracemalloc")
        if tracing is not None and tracing.is_tracing():
            return tracing.get_traced_memory()
        return None
