"""The reply to a poll: what one viewer has not been told yet."""

import json
import time
from functools import partial
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from ._names import number

MOST_BYTES = 1 << 20
_RESERVE = 4096

# A list's name, a member's name, and what there is to be told of it: a document, and what to do
# once it was told.
Unit = Tuple[str, str, Callable[[], Optional[Tuple[Any, Callable[[], None]]]]]


def line(document: Dict[str, Any]) -> bytes:
    """One line of JSON, in plain ASCII."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"


class Cursor:
    """What one viewer has been told."""

    def __init__(self) -> None:
        self.operations: Dict[str, Tuple[Any, ...]] = {}
        self.writes: Dict[str, Tuple[Any, ...]] = {}
        self.batches: Any = (0, 0, 0.0, 0)
        self.overflow = 0
        self.event = 0
        self.cut: Optional[Tuple[str, str]] = None


class Poll:
    """Puts together a reply of at most 1 MiB, and moves the cursor by what is in it."""

    def __init__(self, records: Any, cursor: Cursor) -> None:
        self._records = records
        self._cursor = cursor

    def lists(self, small: Dict[str, Any]) -> bytes:
        """The whole reply: the small members, then of the lists what has room."""
        small.update(self._sums())
        room = MOST_BYTES - len(line(small)) - _RESERVE
        lists: Dict[str, List[str]] = {}
        before = self._cursor.cut
        self._cursor.cut = None
        for section, name, make in self._from(before, list(self._units())):
            made = make()
            if made is None:
                continue
            text = self._text(section, name, made[0])
            if text is None:
                continue
            if len(text) + 1 > room:
                self._cursor.cut = (section, name)
                break
            room -= len(text) + 1
            lists.setdefault(section, []).append(text)
            made[1]()
        if self._cursor.cut is not None:
            small["more"] = True
        return self._joined(small, lists)

    def _sums(self) -> Dict[str, Any]:
        cursor = self._cursor
        found: Dict[str, Any] = {}
        cursor.batches, batches = self._records.batches.since(cursor.batches)
        if batches is not None:
            found["batches"] = batches
        overflow = self._records.names.overflow
        if overflow != cursor.overflow:
            found["overflow"] = overflow - cursor.overflow
            cursor.overflow = overflow
        return found

    @staticmethod
    def _joined(small: Dict[str, Any], lists: Dict[str, List[str]]) -> bytes:
        parts = [line(small)[1:-2].decode("ascii")]
        for section, texts in lists.items():
            opening, closing = "{}" if section == "gauges" else "[]"
            parts.append('"%s":%s%s%s' % (section, opening, ",".join(texts), closing))
        return ("{" + ",".join(part for part in parts if part) + "}\n").encode("ascii")

    @staticmethod
    def _text(section: str, name: str, document: Any) -> Optional[str]:
        try:
            text = json.dumps(document, separators=(",", ":"), allow_nan=False)
        except (TypeError, ValueError, OverflowError):
            return None
        return json.dumps(name) + ":" + text if section == "gauges" else text

    @staticmethod
    def _from(cut: Optional[Tuple[str, str]], units: List[Unit]) -> List[Unit]:
        """Begins where the reply before was cut, so that every list gets its turn."""
        if cut is None:
            return units
        for place, unit in enumerate(units):
            if unit[:2] == cut:
                return units[place:] + units[:place]
        return units

    def _units(self) -> Iterator[Unit]:
        records = self._records
        for name, cells in records.book.operations().items():
            yield "operations", name, partial(self._operation, name, cells)
        for name, cells in records.book.writes().items():
            yield "writes", name, partial(self._written, name, cells)
        now = time.monotonic()
        for name, (told, at) in records.components.copy().items():
            document = dict(told, age_s=round(now - at, 3))
            yield "components", name, partial(_anew, document)
        for cache in records.caches.all():
            yield "caches", cache.name, partial(_anew, cache.document())
        for name, value in records.gauges.copy().items():
            yield "gauges", name, partial(_anew, value)

    def _operation(self, name: str, cells: List[Any]) -> Optional[Tuple[Any, Callable[[], None]]]:
        seen = self._cursor.operations.get(name, (0, 0, 0, 0, 0, 0, {}))
        count = sum(cell.count for cell in cells)
        begun = [start for cell in cells for start in cell.active.copy().values()]
        if count == seen[0] and not begun:
            return None
        buckets: Dict[int, int] = {}
        for cell in cells:
            for bucket, held in cell.buckets.copy().items():
                buckets[bucket] = buckets.get(bucket, 0) + held
        now = (
            count,
            sum(cell.errors for cell in cells),
            sum(cell.items for cell in cells),
            sum(cell.nanoseconds for cell in cells),
            sum(cell.memory for cell in cells),
            sum(cell.samples for cell in cells),
            buckets,
        )
        added = [one - other for one, other in zip(now[:6], seen[:6])]
        document = {
            "name": name,
            "type": next((cell.type for cell in cells if cell.type), ""),
            "count": added[0],
            "errors": added[1],
            "items": number(added[2]),
            "seconds": number(added[3] / 1e9),
            "active": len(begun),
            "memory_bytes": added[4],
            "memory_samples": added[5],
            "buckets": {
                str(bucket): held - seen[6].get(bucket, 0)
                for bucket, held in sorted(buckets.items())
                if held != seen[6].get(bucket, 0)
            },
        }
        if begun:
            document["oldest_s"] = round((time.perf_counter_ns() - min(begun)) / 1e9, 6)
        return document, lambda: self._cursor.operations.__setitem__(name, now)

    def _written(self, name: str, cells: List[Any]) -> Optional[Tuple[Any, Callable[[], None]]]:
        seen = self._cursor.writes.get(name, (0, 0, 0.0))
        count = sum(cell.count for cell in cells)
        if count == seen[0]:
            return None
        now = (
            count,
            sum(cell.bytes for cell in cells),
            sum(cell.seconds for cell in cells),
        )
        document = {
            "format": name,
            "count": count - seen[0],
            "bytes": number(now[1] - seen[1]),
            "seconds": number(now[2] - seen[2]),
        }
        return document, lambda: self._cursor.writes.__setitem__(name, now)


def _anew(told: Any) -> Tuple[Any, Callable[[], None]]:
    """What is told anew each time: nothing remains to be done for it."""
    return told, _nothing


def _nothing() -> None:
    """Does nothing."""
