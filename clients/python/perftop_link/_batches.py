"""The batches a program reports: their sums, and the newest of them."""

from collections import deque
from typing import Any, Deque, Dict, List, Optional, Tuple

from ._locks import Lock
from ._names import amount, number, whole

_RECENT = 256

Sums = Tuple[int, Any, Any, int]


class Batches:
    """Counts batches, and keeps the newest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sums: Sums = (0, 0, 0.0, 0)
        self._recent: Deque[Dict[str, Any]] = deque(maxlen=_RECENT)

    def add(self, size: Any, seconds: Any, items: Any, memory_mb: Any, ok: bool, oom: bool) -> None:
        """Counts one."""
        told = {
            "size": number(size),
            "seconds": number(seconds),
            "items": number(items),
            "ok": bool(ok),
            "oom": bool(oom),
        }
        memory = number(memory_mb) if memory_mb is not None else None
        if memory is not None:
            told["memory_bytes"] = whole(memory * 1e6)
        with self._lock:
            count, total, taken, failed = self._sums
            self._sums = (
                count + 1,
                total + amount(items),
                taken + amount(seconds),
                failed + (not ok),
            )
            self._recent.append(told)

    def since(self, seen: Sums) -> Tuple[Sums, Optional[Dict[str, Any]]]:
        """The sums now, and what came since those that were seen."""
        with self._lock:
            sums = self._sums
            added = sums[0] - seen[0]
            recent: List[Dict[str, Any]] = list(self._recent)[-added:] if added > 0 else []
        if added <= 0:
            return sums, None
        return sums, {
            "count": added,
            "items": number(sums[1] - seen[1]),
            "seconds": number(round(sums[2] - seen[2], 9)),
            "failed": sums[3] - seen[3],
            "recent": recent,
        }
