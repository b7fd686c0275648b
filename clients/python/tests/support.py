"""What the tests share: a place of their own, a link, a viewer, and programs to run."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from typing import Any, Callable, Dict, List, Optional

import perftop_link

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(perftop_link.__file__)))
PATIENCE = 20.0


class Viewer:
    """Speaks docs/LINK.md, and nothing else."""

    def __init__(self, path: str) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(path)
        self._lines = self.socket.makefile("rb")

    def send(self, **request: Any) -> None:
        self.socket.sendall(json.dumps(request).encode() + b"\n")

    def line(self) -> bytes:
        return self._lines.readline()

    def reply(self) -> Dict[str, Any]:
        found = self.line()
        if not found:
            raise EOFError("closed")
        reply: Dict[str, Any] = json.loads(found)
        return reply

    def ask(self, **request: Any) -> Dict[str, Any]:
        self.send(**request)
        return self.reply()

    def poll(self, **request: Any) -> Dict[str, Any]:
        return self.ask(op="poll", **request)

    def do(self, action: str, **request: Any) -> Dict[str, Any]:
        reply = self.ask(op="do", action=action, **request)
        return self.reply() if reply.get("started") else reply

    def close(self) -> None:
        self._lines.close()
        self.socket.close()

    def is_closed(self) -> bool:
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        return True


def wait_for(condition: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Waits until a condition holds, and gives what it gave."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.01)


class PlaceCase(unittest.TestCase):
    """A test with a runtime directory of its own."""

    def setUp(self) -> None:
        self.runtime = tempfile.mkdtemp(prefix="perftop-link-")
        os.chmod(self.runtime, 0o700)
        self.folder = os.path.join(self.runtime, "perftop")
        self._before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = self.runtime
        os.environ.pop("PERFTOP_LINK", None)
        self.addCleanup(self._restore)

    def _restore(self) -> None:
        if self._before is None:
            os.environ.pop("XDG_RUNTIME_DIR", None)
        else:
            os.environ["XDG_RUNTIME_DIR"] = self._before
        shutil.rmtree(self.runtime, ignore_errors=True)

    def connect(self, path: Optional[str]) -> Viewer:
        """A viewer, that is closed in the end."""
        viewer = Viewer(path or "")
        self.addCleanup(viewer.close)
        return viewer

    def sockets(self) -> List[str]:
        """What lies in the socket directory."""
        return sorted(os.listdir(self.folder)) if os.path.isdir(self.folder) else []

    def program(self, text: str, *options: str, **more: Any) -> "subprocess.Popen[str]":
        """Starts a Python program that can import the package."""
        environment = dict(os.environ, PYTHONPATH=PACKAGE, PYTHONWARNINGS="")
        environment.update(more.pop("environment", {}))
        name = os.path.join(self.runtime, "program.py")
        with open(name, "w") as file:
            file.write(textwrap.dedent(text))
        started = subprocess.Popen(
            [sys.executable, *options, name],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            **more,
        )
        self.addCleanup(_end, started)
        return started

    def output(self, text: str, *options: str, **more: Any) -> str:
        """Runs a program to its end; it must end well, and say nothing on standard error."""
        started = self.program(text, *options, **more)
        out, errors = started.communicate(timeout=60)
        self.assertEqual((started.returncode, errors), (0, ""), out)
        return out.strip()


class LinkCase(PlaceCase):
    """A test with a link in this process."""

    def setUp(self) -> None:
        super().setUp()
        self.link = perftop_link.start("test")
        self.addCleanup(self.link.stop)
        self.assertIsNone(self.link.problem)

    def viewer(self) -> Viewer:
        return self.connect(self.link.path)


def _end(started: "subprocess.Popen[str]") -> None:
    if started.poll() is None:
        started.kill()
    started.wait()
    for stream in (started.stdin, started.stdout, started.stderr):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                pass


def named(things: Optional[List[Dict[str, Any]]], name: str, key: str = "name") -> Dict[str, Any]:
    """The one of that name in a list of a reply."""
    return next((thing for thing in things or [] if thing[key] == name), {})
