"""The link that is switched off."""

from typing import Any, Dict, Optional

from ._levels import settings_of
from ._operation import NoOperation


class NoLink:
    """Has all methods of a link, and does nothing."""

    name = ""
    path: Optional[str] = None

    def __init__(self, problem: str) -> None:
        self.problem: Optional[str] = problem
        self._operation = NoOperation()

    def operation(self, name: str = "", type: str = "") -> NoOperation:
        """Times nothing."""
        return self._operation

    def batch_size(self, default: int = 10) -> int:
        """The default."""
        return default

    @property
    def settings(self) -> Dict[str, Any]:
        """What the level `high` means."""
        return settings_of("high")

    def fileno(self) -> int:
        """There is no descriptor."""
        return -1

    def _nothing(self, *args: Any, **named: Any) -> None:
        """Does nothing."""

    wrote = batch = cache = pool = quality = component = gauge = poll = stop = _nothing
