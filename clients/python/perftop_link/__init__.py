"""Links a program to perftop, the live monitor for the terminal.

    import perftop_link
    link = perftop_link.start("collector", memory_limit_gb=8)
    with link.operation("collect_episode") as op:
        op.items(1000)

Nothing here raises into the program or makes it wait, and next to nothing is spent while nobody
watches. `PERFTOP_LINK=0` in the environment switches all of it off.
"""

import atexit
import os
from typing import Any, Optional, cast

from ._calls import said
from ._levels import LEVELS
from ._link import Link, label, limit_of
from ._locks import Lock
from ._nothing import NoLink
from ._operation import Operation
from ._version import VERSION as __version__

__all__ = ["LEVELS", "Link", "Operation", "__version__", "start"]

_link: Optional[Link] = None
_lock = Lock()
_held: Any = None


def start(
    name: Optional[str] = None,
    memory_limit_gb: Optional[float] = None,
    thread: bool = True,
) -> Link:
    """Links this process; a second call gives the link that is there.

    Without `thread`, viewers are served by `link.poll()`, which the program calls now and then.
    """
    global _link
    try:
        if os.environ.get("PERFTOP_LINK", "").strip().lower() in (
            "0",
            "off",
            "no",
            "false",
        ):
            return cast(Link, NoLink("switched off by PERFTOP_LINK"))
        with _lock:
            if _link is None or _link._is_over:
                _link = Link(label(name), limit_of(memory_limit_gb), bool(thread))
            link = _link
        link._wake()
        return link
    except Exception as error:
        return cast(Link, NoLink(said(error)))


def _stop() -> None:
    if _link is not None:
        _link.stop()


def _before_fork() -> None:
    """Lets a viewer that is just being accepted in, so that no child inherits it unknown."""
    global _held
    server = _link._server if _link is not None else None
    _held = None
    # Never for long: a fork must not wait for what the program does in a finaliser.
    if server is not None and server.lock.acquire(timeout=0.05):
        _held = server.lock


def _after_fork_in_parent() -> None:
    global _held
    if _held is not None:
        held, _held = _held, None
        held.release()


def _after_fork_in_child() -> None:
    global _held, _lock
    _held = None
    _lock = Lock()
    if _link is not None:
        try:
            _link._forked()
        except Exception as error:
            _link._trouble("after fork: " + said(error))


atexit.register(_stop)
os.register_at_fork(
    before=_before_fork,
    after_in_parent=_after_fork_in_parent,
    after_in_child=_after_fork_in_child,
)
