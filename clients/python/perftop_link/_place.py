"""Where the socket lies, and who may lie there."""

import errno
import os
import socket
import stat
from typing import Optional, Tuple

MOST_PATH = 107
_MOST_SWEPT = 1000


class Refused(Exception):
    """Why nothing is done at a place, in words."""


def directory(pid: int) -> str:
    """The directory of this process's socket, made and checked; or Refused."""
    user = os.geteuid()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    path = os.path.join(runtime, "perftop")
    longest = os.fsencode("%s/%d.sock.tmp" % (path, pid))
    if os.path.isabs(runtime) and len(longest) <= MOST_PATH and _is_own(runtime, user):
        if _make(path) is None:
            return _checked(path, user)
    path = "/tmp/perftop-%d" % user
    error = _make(path)
    if error is not None:
        raise Refused("%s: %s" % (path, error))
    return _checked(path, user)


def listen(path: str) -> Tuple[socket.socket, Tuple[int, int]]:
    """A listening socket at a path, and what it is known by on the disk."""
    _clear(path)
    _clear(path + ".tmp")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.setblocking(False)
        os.fchmod(listener.fileno(), 0o600)
        listener.bind(path + ".tmp")
        os.chmod(path + ".tmp", 0o600)
        listener.listen(1024)
        found = os.lstat(path + ".tmp")
        os.rename(path + ".tmp", path)
        return listener, (found.st_dev, found.st_ino)
    except BaseException:
        listener.close()
        raise


def remove(path: str, known: Optional[Tuple[int, int]]) -> None:
    """Removes the socket at a path, if it is still the one that is known."""
    try:
        found = os.lstat(path)
        if (found.st_dev, found.st_ino) == known:
            os.unlink(path)
    except OSError:
        pass


def sweep(folder: str) -> None:
    """Removes sockets of our user that processes left behind which are no more."""
    try:
        names = os.listdir(folder)[:_MOST_SWEPT]
    except OSError:
        return
    for name in names:
        number = name.split(".", 1)[0]
        if name in (number + ".sock", number + ".sock.tmp") and number.isdigit():
            path = os.path.join(folder, name)
            try:
                if _is_gone(int(number)) and _is_stale(path):
                    os.unlink(path)
            except (OSError, OverflowError):
                pass


def _is_own(path: str, user: int) -> bool:
    try:
        found = os.stat(path)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user


def _make(path: str) -> Optional[str]:
    """Makes a directory, or finds that something is there; else tells why not."""
    try:
        os.mkdir(path, 0o700)
        # A umask may have taken away what the owner needs.
        os.chmod(path, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        return error.strerror or str(error)
    return None


def _checked(path: str, user: int) -> str:
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode):
        raise Refused("%s is no directory" % path)
    if found.st_uid != user:
        raise Refused("%s belongs to user %d" % (path, found.st_uid))
    if stat.S_IMODE(found.st_mode) != 0o700:
        mode = stat.S_IMODE(found.st_mode)
        raise Refused("%s has mode %o and not 700" % (path, mode))
    return path


def _clear(path: str) -> None:
    """Removes a stale socket; refuses the place if something else lies there."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return
    if not _is_stale(path):
        raise Refused("%s is taken" % path)
    os.unlink(path)


def _is_stale(path: str) -> bool:
    """Whether a socket of our user lies there at which nobody listens."""
    found = os.lstat(path)
    if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.geteuid():
        return False
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        asking.setblocking(False)
        return asking.connect_ex(path) == errno.ECONNREFUSED
    finally:
        asking.close()


def _is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False
