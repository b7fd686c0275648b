"""Names and numbers from the program, made fit to be sent."""

import math
import operator
import re
from typing import Optional, Set, Tuple, Union

from ._locks import Lock

Number = Union[int, float]

MOST_NAMES = 2000
MOST_BYTES = 128
OVERFLOW = "\u2026"
_EXACT = 1 << 63
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def clean(name: object, most: int = MOST_BYTES) -> str:
    """A name as text of at most so many bytes of UTF-8, without control characters."""
    text = name if isinstance(name, str) else str(name)
    if not text.isprintable():
        text = _CONTROL.sub("\u00b7", text[:most])
    if len(text) * 4 <= most and text.isascii():
        return text
    raw = text[:most].encode("utf-8", "replace")
    return raw[:most].decode("utf-8", "ignore")


def number(value: object) -> Optional[Number]:
    """A finite number that every reader of JSON can hold, or None."""
    if type(value) is float:
        return value if math.isfinite(value) else None
    try:
        whole = operator.index(value)  # type: ignore[arg-type]
        return whole if -_EXACT <= whole < _EXACT else float(whole)
    except (TypeError, OverflowError):
        pass
    try:
        real = float(value)  # type: ignore[arg-type]
    except Exception:
        return None
    return real if math.isfinite(real) else None


def amount(value: object) -> Number:
    """A number to be added up: 0 where it is none."""
    found = number(value)
    return 0 if found is None else found


def whole(value: object) -> Optional[int]:
    """A count or a size: whole and not below 0, or None."""
    found = number(value)
    return None if found is None else max(0, int(found))


class Names:
    """Which names there are, so that there are never too many of them."""

    def __init__(self) -> None:
        self.overflow = 0
        self._known: Set[Tuple[str, str]] = set()
        self._lock = Lock()

    def admit(self, kind: str, name: object) -> str:
        """The name under which to count; `…` where there are too many already."""
        text = clean(name)
        key = (kind, text)
        if key in self._known:
            return text
        with self._lock:
            if text != OVERFLOW and len(self._known) < MOST_NAMES:
                self._known.add(key)
                return text
            self.overflow += 1
            return OVERFLOW
