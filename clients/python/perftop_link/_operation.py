"""One piece of work that is timed."""

import functools
import inspect
from threading import get_ident
from time import perf_counter_ns as clock
from typing import Any, Callable, TypeVar, cast

from ._memory import resident
from ._names import amount

Function = TypeVar("Function", bound=Callable[..., Any])

# So many of one name may be under way in one thread; further ones count, but have no age.
_MOST_ACTIVE = 65536


class Operation:
    """Times a `with` block, an `async with` block or, as a decorator, every call of a function.

    An exception that passes through counts as an error, and goes on as if nothing were here.
    """

    # What few runs have - a failure, a reading of memory - shares one slot: each costs time.
    __slots__ = ("_link", "_name", "_type", "_cell", "_begun", "_items", "_rare")

    def __init__(self, link: Any, name: object, type: object = "") -> None:
        self._link = link
        self._name = name
        self._type = type
        self._items: Any = 0
        self._rare: Any = None

    def items(self, count: float) -> None:
        """Says how many items this run has dealt with; several calls add up."""
        self._items += count if type(count) is int else amount(count)

    def fail(self, reason: object = "") -> None:
        """Counts this run as an error, though no exception passes through it."""
        self._rare = (True, self._rare[1] if self._rare else None)

    def __enter__(self) -> "Operation":
        try:
            link = self._link
            try:
                cell = link._mine.operations[self._name]
            except Exception:
                cell = link._new_operation(self._name, self._type)
            self._cell = cell
            begun = clock()
            if begun >= link._memory_due:
                self._rare = (False, link._sample_memory(begun))
                begun = clock()
            self._begun = begun
            active = cell.active
            if len(active) < _MOST_ACTIVE:
                active[self] = begun
        except Exception:
            self._cell = None
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        ended = clock()
        try:
            cell = self._cell
            if cell is None:
                return
            cell.active.pop(self, None)
            if cell.owner != get_ident():
                cell = self._link._new_operation(self._name, self._type)
            taken = ended - self._begun
            if taken >= 8:
                bits = taken.bit_length()
                place = (bits << 3) - 24 + (taken >> (bits - 4) & 7)
                if place > 335:
                    place = 335
            else:
                place = taken
            buckets = cell.buckets
            if place in buckets:
                buckets[place] += 1
            else:
                buckets[place] = 1
            cell.nanoseconds += taken
            failed = kind is not None and kind is not GeneratorExit  # left early: no error
            if self._rare is not None:
                failed = self._settle(cell) or failed
            if failed:
                cell.errors += 1
            if self._items:
                cell.items += self._items
                self._items = 0
            cell.count += 1
        except Exception:
            pass

    async def __aenter__(self) -> "Operation":
        return self.__enter__()

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        self.__exit__(kind, error, trace)

    def __call__(self, function: Function) -> Function:
        """Times each call; of a coroutine or generator function, the whole run of what it makes."""
        link, name, type = self._link, self._name, self._type
        wrapped: Any
        if inspect.iscoroutinefunction(function):

            async def wrapped(*args: Any, **named: Any) -> Any:
                with link.operation(name, type):
                    return await function(*args, **named)

        elif inspect.isgeneratorfunction(function):

            def wrapped(*args: Any, **named: Any) -> Any:
                with link.operation(name, type):
                    return (yield from function(*args, **named))

        else:

            def wrapped(*args: Any, **named: Any) -> Any:
                with link.operation(name, type):
                    return function(*args, **named)

        return cast(Function, functools.wraps(function)(wrapped))

    def _settle(self, cell: Any) -> bool:
        """Counts a reading of memory, if there was one; tells whether the run failed."""
        (failed, before), self._rare = self._rare, None
        after = resident() if before is not None else None
        if after is not None:
            cell.memory += after - before
            cell.samples += 1
        return bool(failed)


class NoOperation:
    """What an operation is where the link is switched off."""

    def items(self, count: float) -> None:
        """Does nothing."""

    def fail(self, reason: object = "") -> None:
        """Does nothing."""

    def __enter__(self) -> "NoOperation":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        return None

    async def __aenter__(self) -> "NoOperation":
        return self

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> None:
        return None

    def __call__(self, function: Function) -> Function:
        return function
