"""What the system tells about this process's memory, and giving some of it back."""

import os
import time
from typing import Any, Optional

_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> Optional[int]:
    """Resident memory in bytes; None where it can not be read."""
    try:
        # Opened anew each time: a descriptor that stays open is inherited by forks, tells
        # of the parent there, and may be closed under us by a program that closes them all.
        handle = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        try:
            return int(os.read(handle, 128).split()[1]) * _PAGE
        finally:
            os.close(handle)
    except (OSError, ValueError, IndexError):
        return None


class Malloc:
    """The C library's heap, as far as it lets itself be asked."""

    # mallinfo2 walks the list of free chunks under malloc's own lock: 0.3 us as a rule,
    # 160 ms with a million of them. Once it was slow it is called only on demand.
    SLOW = 0.001

    def __init__(self) -> None:
        self._library: Any = None
        self._info: Any = None
        self._looked = False
        self._is_slow = False
        self._at = float("-inf")
        self._used: Optional[int] = None

    def used(self, at_any_price: bool = False) -> Optional[int]:
        """Bytes that malloc has given out, large mappings included; read once a second at most."""
        begun = time.monotonic()
        if begun - self._at < 1 and not at_any_price:
            return self._used
        self._look()
        if self._info is None or (self._is_slow and not at_any_price):
            return None
        self._at = begun
        worked = time.thread_time()
        told = self._info()
        self._is_slow = time.thread_time() - worked > Malloc.SLOW
        self._used = int(told.uordblks + told.hblkhd)
        return self._used

    def trim(self) -> bool:
        """Gives free memory back to the system, where the C library can."""
        self._look()
        trim = getattr(self._library, "malloc_trim", None)
        if trim is None:
            return False
        trim(0)
        self._at = float("-inf")
        return True

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        try:
            import ctypes

            fields = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"

            class Info(ctypes.Structure):
                _fields_ = [(name, ctypes.c_size_t) for name in fields.split()]

            self._library = ctypes.CDLL(None)
            if hasattr(self._library, "malloc_trim"):
                self._library.malloc_trim.argtypes = [ctypes.c_size_t]
            if hasattr(self._library, "mallinfo2"):
                self._library.mallinfo2.restype = Info
                self._info = self._library.mallinfo2
        except Exception:
            self._info = None
