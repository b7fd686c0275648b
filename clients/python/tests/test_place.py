"""Where the socket lies: who may be there, and what is left behind."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import unittest
from typing import Any

import perftop_link
from perftop_link import _place

from .support import LinkCase, PlaceCase, wait_for

NOBODY = 65534
IS_ROOT = os.geteuid() == 0


class PlaceTests(PlaceCase):
    def start(self) -> Any:
        link = perftop_link.start("test")
        self.addCleanup(link.stop)
        return link

    def test_directory_and_socket_are_for_their_user_alone(self) -> None:
        before = os.umask(0)
        try:
            link = self.start()
        finally:
            os.umask(before)
        self.assertEqual(link.path, "%s/%d.sock" % (self.folder, os.getpid()))
        self.assertEqual(stat.S_IMODE(os.lstat(self.folder).st_mode), 0o700)
        self.assertEqual(stat.S_IMODE(os.lstat(link.path).st_mode), 0o600)
        self.assertEqual(self.sockets(), ["%d.sock" % os.getpid()])
        link.stop()
        self.assertEqual(self.sockets(), [])

    def test_the_strictest_umask_changes_nothing(self) -> None:
        before = os.umask(0o777)
        try:
            self.assertIsNone(self.start().problem)
        finally:
            os.umask(before)

    def test_D8_a_stale_socket_of_our_own_is_replaced(self) -> None:
        os.mkdir(self.folder, 0o700)
        for end in (".sock", ".sock.tmp"):
            left = socket.socket(socket.AF_UNIX)
            left.bind("%s/%d%s" % (self.folder, os.getpid(), end))
            left.close()
        link = self.start()
        self.assertIsNone(link.problem)
        self.assertIn("offers", self.connect(link.path).poll())
        self.assertEqual(len(self.sockets()), 1)

    def test_D8_what_is_no_stale_socket_is_left_as_it_is(self) -> None:
        os.mkdir(self.folder, 0o700)
        path = "%s/%d.sock" % (self.folder, os.getpid())
        live = socket.socket(socket.AF_UNIX)
        self.addCleanup(live.close)
        target = os.path.join(self.runtime, "target")
        makers = [
            lambda: open(path, "w").close(),
            lambda: os.symlink(target, path),
            lambda: os.mkfifo(path),
            lambda: os.mkdir(path),
            lambda: (live.bind(path), live.listen(1)),
        ]
        for make in makers:
            make()
            before = os.lstat(path).st_ino
            link = self.start()
            self.assertIsNone(link.path)
            self.assertEqual(link.problem, path + " is taken")
            self.assertEqual(os.lstat(path).st_ino, before)
            link.stop()
            (os.rmdir if os.path.isdir(path) else os.unlink)(path)
        self.assertFalse(os.path.exists(target))

    def test_D8_at_the_end_only_what_is_ours_is_removed(self) -> None:
        link = self.start()
        path = link.path
        os.unlink(path)
        successor = socket.socket(socket.AF_UNIX)
        self.addCleanup(successor.close)
        successor.bind(path)
        successor.listen(1)
        link.stop()
        self.assertTrue(os.path.exists(path))

    def test_D8_sockets_that_others_left_are_swept(self) -> None:
        os.mkdir(self.folder, 0o700)
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        held = []
        for name in (
            "%d.sock" % gone.pid,
            "%d.sock.tmp" % gone.pid,
            "1.sock",
            "other.sock",
        ):
            one = socket.socket(socket.AF_UNIX)
            one.bind(os.path.join(self.folder, name))
            one.close()
        # A number that no process has here may be one of another namespace, if somebody listens.
        live = socket.socket(socket.AF_UNIX)
        self.addCleanup(live.close)
        live.bind(os.path.join(self.folder, "%d.sock" % 4194304))
        live.listen(1)
        held.append(live)
        open(os.path.join(self.folder, "%d.sock" % 4194303), "w").close()
        self.start()
        left = [
            "%d.sock" % os.getpid(),
            "1.sock",
            "other.sock",
            "4194304.sock",
            "4194303.sock",
        ]
        self.assertEqual(self.sockets(), sorted(left))

    def test_D9_a_directory_that_others_may_enter_is_refused(self) -> None:
        os.mkdir(self.folder)
        os.chmod(self.folder, 0o755)
        link = self.start()
        self.assertIsNone(link.path)
        self.assertIn("has mode 755 and not 700", link.problem)
        with link.operation("goes on"):
            link.gauge("as ever", 1)
        self.assertEqual(self.sockets(), [])

    def test_D9_a_symbolic_link_is_refused(self) -> None:
        elsewhere = os.path.join(self.runtime, "elsewhere")
        os.mkdir(elsewhere, 0o700)
        os.symlink(elsewhere, self.folder)
        self.assertIn("is no directory", self.start().problem)
        self.assertEqual(os.listdir(elsewhere), [])

    @unittest.skipUnless(IS_ROOT, "needs root, to make a directory of another user")
    def test_D9_a_directory_of_another_user_is_refused(self) -> None:
        os.mkdir(self.folder, 0o700)
        os.chown(self.folder, NOBODY, NOBODY)
        self.assertIn("belongs to user %d" % NOBODY, self.start().problem)
        self.assertEqual(self.sockets(), [])

    def test_D15_a_path_that_is_too_long_is_left_for_the_second_place(self) -> None:
        long = tempfile.mkdtemp(prefix="x" * 100)
        self.addCleanup(shutil.rmtree, long)
        for given in (
            long,
            os.path.join(self.runtime, "missing"),
            "relative",
            "",
            "/proc",
        ):
            os.environ["XDG_RUNTIME_DIR"] = given
            link = self.start()
            if link.path is None:
                self.skipTest("/tmp/perftop-UID can not be used here: %s" % link.problem)
            self.assertEqual(os.path.dirname(link.path), "/tmp/perftop-%d" % os.geteuid())
            link.stop()
        self.assertEqual(os.listdir(long), [])

    @unittest.skipUnless(IS_ROOT, "needs root, to make a directory of another user")
    def test_a_runtime_directory_of_another_user_is_not_used(self) -> None:
        os.chown(self.runtime, NOBODY, NOBODY)
        self.assertEqual(_place.directory(os.getpid()), "/tmp/perftop-%d" % os.geteuid())


@unittest.skipUnless(IS_ROOT, "needs root, to become another user")
class StrangerTests(LinkCase):
    """D10: another user of the machine."""

    TRY = (
        "import os, socket, sys; os.setgid(65534); os.setuid(65534)\n"
        "own = socket.socket(socket.AF_UNIX); own.settimeout(10)\n"
        "own.connect(sys.argv[1])\n"
        'own.sendall(b\'{"op":"poll"}\\n\')\n'
        "print(own.recv(100))"
    )

    def stranger(self) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", self.TRY, self.link.path or ""],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            cwd="/",
        )

    def test_D10_another_user_does_not_get_at_the_socket(self) -> None:
        self.assertIn("PermissionError", self.stranger().stderr)

    def test_D10_another_user_who_gets_there_is_refused(self) -> None:
        for path, mode in (
            (self.runtime, 0o755),
            (self.folder, 0o755),
            (self.link.path, 0o666),
        ):
            os.chmod(path or "", mode)
        answer = self.stranger()
        self.assertTrue("b''" in answer.stdout or "Error" in answer.stderr, answer)
        self.assertTrue(wait_for(lambda: self.link.problem))
        self.assertEqual(self.link.problem, "a viewer of user 65534 was refused")
