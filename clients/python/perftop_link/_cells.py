"""Counting without a lock.

Each thread counts in cells of its own, so that recording never waits: a lock would cost 0.1 us
more, would be held through a switch of threads now and then, and could not be taken in a signal
handler. Cells of threads that have ended are added to those of no thread.
"""

import threading
from collections import deque
from typing import Any, Deque, Dict, List

from ._locks import Lock
from ._names import Names


class Cell:
    """What one thread did under one name of an operation. `count` is written last."""

    __slots__ = (
        "name", "type", "owner", "count", "errors", "items", "nanoseconds",
        "memory", "samples", "buckets", "active",
    )  # fmt: skip

    def __init__(self, name: str, owner: int) -> None:
        self.name = name
        self.type = ""
        self.owner = owner
        self.count = self.errors = self.nanoseconds = self.memory = self.samples = 0
        self.items: Any = 0
        self.buckets: Dict[int, int] = {}
        self.active: Dict[Any, int] = {}

    def add(self, other: "Cell") -> None:
        """Takes over what another one counted."""
        self.errors += other.errors
        self.items += other.items
        self.nanoseconds += other.nanoseconds
        self.memory += other.memory
        self.samples += other.samples
        for bucket, count in other.buckets.items():
            self.buckets[bucket] = self.buckets.get(bucket, 0) + count
        self.type = self.type or other.type
        self.count += other.count


class Written:
    """What one thread wrote in one format. `count` is written last."""

    __slots__ = ("name", "count", "bytes", "seconds")

    def __init__(self, name: str, owner: int) -> None:
        self.name = name
        self.count = self.bytes = 0
        self.seconds = 0.0

    def add(self, other: "Written") -> None:
        """Takes over what another one counted."""
        self.bytes += other.bytes
        self.seconds += other.seconds
        self.count += other.count


class Shelf:
    """The cells of one thread."""

    def __init__(self) -> None:
        self.operations: Dict[object, Cell] = {}
        self.writes: Dict[object, Written] = {}


class _Holder:
    """Goes with its thread, and leaves what it held to be added up by somebody else."""

    def __init__(self, shelf: Shelf, left: Deque[Shelf]) -> None:
        self._shelf = shelf
        self._left = left

    def __del__(self) -> None:
        # Runs wherever it happens to: no lock may be taken here.
        self._left.append(self._shelf)


class Cells(threading.local):
    """This thread's cells by name: `operations` and `writes`."""

    def __init__(self, shelves: List[Shelf], left: Deque[Shelf], lock: Any) -> None:
        shelf = Shelf()
        with lock:
            shelves.append(shelf)
        self.operations = shelf.operations
        self.writes = shelf.writes
        self._holder = _Holder(shelf, left)


class Book:
    """All that was counted since the program linked itself, or was forked."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._lock = Lock()
        self._ended = Shelf()
        self._shelves: List[Shelf] = []
        self._left: Deque[Shelf] = deque()
        self.mine = Cells(self._shelves, self._left, self._lock)

    def operation(self, name: object, type: object) -> Cell:
        """This thread's cell of an operation."""
        cell: Cell = self._cell("operation", self.mine.operations, Cell, name)
        if type and not cell.type:
            cell.type = self._kind(type)
        return cell

    def format(self, name: object) -> Written:
        """This thread's cell of a format."""
        cell: Written = self._cell("format", self.mine.writes, Written, name)
        return cell

    def operations(self) -> Dict[str, List[Cell]]:
        """The cells of all threads, by name; those that come after one another are one name's."""
        return self._gathered(lambda shelf: shelf.operations)

    def writes(self) -> Dict[str, List[Written]]:
        """The cells of all threads, by format."""
        return self._gathered(lambda shelf: shelf.writes)

    def _cell(self, kind: str, cells: Dict[Any, Any], make: Any, name: object) -> Any:
        text = self.names.admit(kind, name)
        cell = cells.get(text)
        if cell is None:
            with self._lock:
                self._tidy()
                cell = cells[text] = make(text, threading.get_ident())
        return cell

    @staticmethod
    def _kind(type: object) -> str:
        from ._names import clean

        return clean(type)

    def _gathered(self, part: Any) -> Dict[str, List[Any]]:
        found: Dict[str, List[Any]] = {}
        with self._lock:
            self._tidy()
            for shelf in [self._ended] + self._shelves:
                for cell in part(shelf).copy().values():
                    found.setdefault(cell.name, []).append(cell)
        return found

    def _tidy(self) -> None:
        while self._left:
            shelf = self._left.popleft()
            if shelf in self._shelves:
                self._shelves.remove(shelf)
                self._fold(shelf.operations, self._ended.operations, Cell)
                self._fold(shelf.writes, self._ended.writes, Written)

    @staticmethod
    def _fold(cells: Dict[Any, Any], ended: Dict[Any, Any], make: Any) -> None:
        for cell in cells.values():
            if cell.name not in ended:
                ended[cell.name] = make(cell.name, 0)
            ended[cell.name].add(cell)
