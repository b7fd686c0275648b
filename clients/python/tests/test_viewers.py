"""Viewers that behave badly, or are many."""

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from unittest import mock

from perftop_link import _connection
from perftop_link._memory import resident

from .support import LinkCase, PlaceCase, named, wait_for


class ViewersTests(LinkCase):
    def test_D1_a_line_that_is_too_long_ends_the_connection(self) -> None:
        viewer = self.viewer()
        fits = b'{"op":"hello","x":"%s"}\n'
        viewer.socket.sendall(fits % (b"x" * (65536 - len(fits) + 2)))
        self.assertEqual(viewer.reply()["protocol"], 1)
        try:
            viewer.socket.sendall(b"x" * 10_000_000)
        except OSError:
            pass
        self.assertTrue(viewer.is_closed())
        self.assertIn("offers", self.viewer().poll())

    def test_D2_a_dribble_costs_its_buffer_and_is_closed_at_last(self) -> None:
        viewers = [self.viewer() for _ in range(200)]
        for byte in b'{"op':
            for viewer in viewers:
                viewer.socket.sendall(bytes([byte]))
        self.assertIn("offers", self.viewer().poll())
        server = self.link._server
        assert server is not None
        with mock.patch.object(_connection, "MOST_SILENCE", 0.05):
            time.sleep(0.1)
            server._look_at = 0.0
            server.wake()
            self.assertTrue(all(viewer.is_closed() for viewer in viewers))

    def test_D3_500_viewers_are_served_at_once(self) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < 1300:
            self.skipTest("needs 1300 descriptors")
        self.link.gauge("one", 1)
        viewers = [self.viewer() for _ in range(500)]
        for viewer in viewers:
            viewer.send(op="poll")
        for viewer in viewers:
            self.assertEqual(viewer.reply()["gauges"], {"one": 1})
        more = [self.viewer() for _ in range(110)]
        for viewer in more:
            with contextlib.suppress(BrokenPipeError):  # it was refused already
                viewer.send(op="poll")
        replies = [json.loads(viewer.line() or b"{}") for viewer in more]
        refused = [reply for reply in replies if reply.get("error") == "too many viewers"]
        self.assertTrue(5 <= len(refused) <= 15, len(refused))
        for viewer in viewers + more:
            viewer.close()
        self.assertTrue(wait_for(lambda: not self._connections()))

    def test_D3_a_storm_of_connections_leaves_nothing(self) -> None:
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(3000):
            one = socket.socket(socket.AF_UNIX)
            one.connect(self.link.path or "")
            one.close()
        self.assertTrue(wait_for(lambda: len(os.listdir("/proc/self/fd")) <= before + 1))
        self.assertIn("offers", self.viewer().poll())

    def test_D6_nonsense_is_counted_and_ends_the_connection_at_100(self) -> None:
        lines = [
            b"",
            b"[]",
            b"null",
            b"{",
            b'{"a":NaN}',
            b"\xff",
            b"\0",
            b"[" * 60000,
            b"9" * 60000,
        ]
        viewer = self.viewer()
        for place in range(100):
            viewer.socket.sendall(lines[place % len(lines)] + b"\n")
            self.assertEqual(viewer.reply(), {"error": "malformed"})
        self.assertTrue(viewer.is_closed())
        other = self.viewer()
        other.socket.sendall(b'{"op":"poll","op":"hello","x":1e400,"y":-0}\n')
        self.assertEqual(other.reply()["protocol"], 1)

    def test_D13_a_viewer_that_does_not_read_is_closed_at_1_mib(self) -> None:
        for place in range(1500):
            self.link.gauge("gauge number %d" % place, place)
        viewer = self.viewer()
        viewer.socket.setblocking(False)
        before = resident() or 0
        try:
            for _ in range(100):
                viewer.socket.sendall(b'{"op":"poll"}\n' * 10)
        except OSError:
            pass
        self.assertTrue(wait_for(lambda: not self._connections()))
        self.assertLess((resident() or 0) - before, 20_000_000)
        self.assertIn("offers", self.viewer().poll())

    def test_requests_without_end_do_not_take_the_program_over(self) -> None:
        viewer = self.viewer()
        viewer.socket.sendall(b'{"op":"hello"}\n' * 200)
        begun = time.monotonic()
        for _ in range(200):
            viewer.reply()
        self.assertTrue(0.25 < time.monotonic() - begun < 5)

    def test_a_request_may_come_in_pieces_and_several_at_once(self) -> None:
        viewer = self.viewer()
        for byte in b'{"op":"hello","id":1}\n{"op":"hel':
            viewer.socket.sendall(bytes([byte]))
        self.assertEqual(viewer.reply()["id"], 1)
        viewer.socket.sendall(b'lo","id":2}\n{"op":"hello","id":3}\n')
        self.assertEqual([viewer.reply()["id"], viewer.reply()["id"]], [2, 3])

    def _connections(self) -> int:
        server = self.link._server
        return len(server._connections) if server else 0


class BadDaysTests(PlaceCase):
    """Programs of their own, because of what is done to them."""

    BUSY = """
        import signal, sys, time, perftop_link
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        link = perftop_link.start("busy")
        for place in range(1900):
            link.gauge("a gauge with a long name, number %d" % place, place)
        print(link.path, flush=True)
        longest, count = 0.0, 0
        end = time.monotonic() + float(sys.stdin.readline())
        while time.monotonic() < end:
            begun = time.perf_counter()
            with link.operation("work"):
                pass
            longest = max(longest, time.perf_counter() - begun)
            count += 1
            if count % 100 == 0:
                time.sleep(0.001)
        print(longest, count, flush=True)
        sys.stdin.readline()
    """

    def test_D12_viewers_that_are_killed_do_not_kill_the_program(self) -> None:
        program = self.program(self.BUSY)
        assert program.stdin and program.stdout
        path = program.stdout.readline().strip()
        program.stdin.write("3\n")
        program.stdin.flush()
        flood = (
            "import socket, sys; own = socket.socket(socket.AF_UNIX)\n"
            "own.connect(sys.argv[1])\n"
            'while True: own.sendall(b\'{"op":"poll"}\\n\' * 3)'
        )
        for _ in range(15):
            viewer = subprocess.Popen(
                [sys.executable, "-S", "-c", flood, path], stderr=subprocess.DEVNULL
            )
            time.sleep(0.1)
            viewer.kill()
            viewer.wait()
        self.assertIn(" ", program.stdout.readline())
        self.assertIn("offers", self.connect(path).poll())
        program.stdin.write("\n")
        program.stdin.close()
        self.assertEqual(program.wait(10), 0)
        self.assertEqual(self.sockets(), [])

    def test_D13_a_viewer_that_is_stopped_does_not_hold_the_program_up(self) -> None:
        program = self.program(self.BUSY)
        assert program.stdin and program.stdout
        path = program.stdout.readline().strip()
        poll = (
            "import os, socket, sys, time; own = socket.socket(socket.AF_UNIX)\n"
            "own.connect(sys.argv[1]); lines = own.makefile('rb')\n"
            'while True:\n own.sendall(b\'{"op":"poll"}\\n\' * 40); print(1, flush=True)\n'
            " [lines.readline() for _ in range(40)]"
        )
        viewer = subprocess.Popen([sys.executable, "-c", poll, path], stdout=subprocess.PIPE)
        assert viewer.stdout
        viewer.stdout.readline()
        viewer.send_signal(signal.SIGSTOP)
        self.addCleanup(lambda: (viewer.kill(), viewer.communicate()))
        program.stdin.write("1.5\n")
        program.stdin.flush()
        longest, count = program.stdout.readline().split()
        self.assertLess(float(longest), 0.5)
        told = named(self.connect(path).poll()["operations"], "work")
        self.assertEqual(told["count"], int(count))

    def test_D4_without_a_descriptor_left_it_waits_and_does_not_spin(self) -> None:
        program = self.program("""
            import resource, sys, time, perftop_link
            resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
            link = perftop_link.start("narrow")
            held = [open("/dev/null") for _ in range(12)]
            print(link.path, flush=True)
            sys.stdin.readline()
            before = time.process_time()
            time.sleep(1)
            print(time.process_time() - before, link.problem, flush=True)
            del held
            sys.stdin.readline()
            """)
        assert program.stdin and program.stdout
        path = program.stdout.readline().strip()
        viewers = []
        for _ in range(100):
            one = socket.socket(socket.AF_UNIX)
            one.setblocking(False)
            self.addCleanup(one.close)
            if one.connect_ex(path) == 0:
                viewers.append(one)
        program.stdin.write("\n")
        program.stdin.flush()
        spent, _, why = program.stdout.readline().partition(" ")
        self.assertLess(float(spent), 0.2)
        self.assertIn("no viewer can be accepted", why)
        for one in viewers:
            one.close()
        self.assertIn("offers", self.connect(path).poll())
