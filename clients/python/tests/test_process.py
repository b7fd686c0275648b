"""What processes do: fork, become another program, receive signals, and end."""

import os
import signal
import time
from typing import List

from .support import PlaceCase, named, wait_for

# Python 3.12 and later warn of every fork beside a thread.
WITHOUT_WARNING = ("-W", "ignore::DeprecationWarning")


class ForkTests(PlaceCase):
    def test_D14_a_forked_child_has_a_socket_and_counts_of_its_own(self) -> None:
        program = self.program("""
            import os, sys, perftop_link
            link = perftop_link.start("parent")
            link.cache("frames", size=lambda: 7)
            for _ in range(5):
                with link.operation("mine"): pass
            pid = os.fork()
            if pid == 0:
                for _ in range(3):
                    with link.operation("child's"): pass
                print("child", os.getpid(), flush=True)
                sys.stdin.readline()
                sys.exit(0)
            print("parent", os.getpid(), flush=True)
            os.waitpid(pid, 0)
            print("waited", 0, flush=True)
            sys.stdin.readline()
            """)
        assert program.stdin and program.stdout
        pids = dict(program.stdout.readline().split() for _ in range(2))
        child, parent = (
            self.connect("%s/%s.sock" % (self.folder, pids[name])) for name in ("child", "parent")
        )
        told = child.poll()
        self.assertEqual([one["name"] for one in told["operations"]], ["child's"])
        self.assertEqual((told["operations"][0]["count"], told["caches"][0]["bytes"]), (3, 7))
        self.assertEqual(str(child.ask(op="hello")["pid"]), pids["child"])
        self.assertEqual(named(parent.poll()["operations"], "mine")["count"], 5)
        program.stdin.write("\n")
        program.stdin.flush()
        program.stdout.readline()
        self.assertTrue(child.is_closed())
        self.assertEqual(self.sockets(), [pids["parent"] + ".sock"])
        self.assertIn("offers", parent.poll())
        program.stdin.close()
        program.wait(10)
        self.assertEqual(self.sockets(), [])

    def test_D14_a_child_that_records_nothing_opens_nothing(self) -> None:
        out = self.output(
            """
            import os, socket, perftop_link
            link = perftop_link.start("parent")
            viewer = socket.socket(socket.AF_UNIX)
            viewer.connect(link.path)
            viewer.sendall(b'{"op":"poll"}\\n')
            viewer.recv(10)
            folder = os.path.dirname(link.path)
            pid = os.fork()
            if pid == 0:
                viewer.close()
                files = ["/proc/self/fd/" + name for name in os.listdir("/proc/self/fd")]
                names = [os.readlink(file) for file in files if os.path.lexists(file)]
                left = [name for name in names if "socket" in name or "eventpoll" in name]
                os._exit(len(left) + 10 * len(os.listdir(folder)))
            print(os.WEXITSTATUS(os.waitpid(pid, 0)[1]))
            viewer.close()
            """,
            *WITHOUT_WARNING,
        )
        # No descriptor is left in the child, and there is one socket: the parent's.
        self.assertEqual(out, "10")

    def test_D14_forks_under_load(self) -> None:
        out = self.output(
            """
            import os, socket, threading, perftop_link
            link = perftop_link.start("parent")
            over = threading.Event()
            def work():
                while not over.is_set():
                    with link.operation("load"): pass
            def watch():
                own = socket.socket(socket.AF_UNIX)
                own.connect(path)
                lines = own.makefile("rb")
                while not over.is_set():
                    own.sendall(b'{"op":"poll"}\\n')
                    assert lines.readline()
                lines.close(); own.close()
            path = link.path
            threads = [threading.Thread(target=t) for t in (work, work, watch)]
            for t in threads: t.start()
            bad = 0
            for _ in range(60):
                pid = os.fork()
                if pid == 0:
                    try:
                        with link.operation("child"): pass
                        ok = link.path.endswith("/%d.sock" % os.getpid())
                        link.stop()
                    finally:
                        os._exit(0 if ok else 1)
                bad += os.waitpid(pid, 0)[1] != 0
            over.set()
            for t in threads: t.join()
            print(bad, link.problem, len(os.listdir(os.path.dirname(path))))
            """,
            *WITHOUT_WARNING,
        )
        self.assertEqual(out, "0 None 1")

    POOL = """
        import multiprocessing, os, socket, sys, time
        import perftop_link
        link = perftop_link.start("pool")
        def work(_):
            with link.operation("work"): pass
            own = socket.socket(socket.AF_UNIX)
            own.connect("%%s/perftop/%%d.sock" %% (os.environ["XDG_RUNTIME_DIR"], os.getpid()))
            own.sendall(b'{"op":"hello"}\\n')
            ok = (b'"pid":%%d,' %% os.getpid()) in own.recv(4096)
            own.close()
            time.sleep(0.05)
            return ok and os.getpid()
        if __name__ == "__main__":
            with multiprocessing.get_context(%r).Pool(3) as pool:
                pids = pool.map(work, range(8), 1)
                pool.close()
                pool.join()
            print(all(pids) and os.getpid() not in pids)
    """

    def test_D14_workers_of_every_kind_have_their_own_sockets(self) -> None:
        for kind in ("fork", "spawn", "forkserver"):
            with self.subTest(kind):
                self.assertEqual(self.output(self.POOL % kind, *WITHOUT_WARNING), "True")
                # The process that multiprocessing keeps for forkserver ends a little later.
                self.assertTrue(wait_for(lambda: not self._living()), self.sockets())

    def _living(self) -> List[str]:
        return [name for name in self.sockets() if os.path.exists("/proc/" + name.split(".")[0])]

    def test_D14_without_a_thread_a_fork_warns_of_none(self) -> None:
        out = self.output(
            """
            import os, perftop_link
            link = perftop_link.start("quiet", thread=False)
            pid = os.fork()
            if pid == 0:
                with link.operation("child"): pass
                link.poll()
                link.stop()
                os._exit(0 if link.problem is None else 1)
            print(os.waitpid(pid, 0)[1], link.problem)
            """,
            "-W", "error",
        )  # fmt: skip
        self.assertEqual(out, "0 None")

    def test_a_program_that_polls_itself_serves_in_its_own_thread(self) -> None:
        program = self.program(
            """
            import select, sys, threading, perftop_link
            link = perftop_link.start("own", thread=False)
            link.quality(apply=lambda s: print(threading.current_thread().name, s["level"]))
            print(link.path, flush=True)
            waiting = [sys.stdin.fileno(), link.fileno()]
            while sys.stdin.fileno() not in select.select(waiting, [], [])[0]:
                link.poll()
            print(threading.active_count(), link.problem)
            """,
            "-W", "error",
        )  # fmt: skip
        assert program.stdin and program.stdout
        viewer = self.connect(program.stdout.readline().strip())
        self.assertIn("offers", viewer.poll())
        self.assertTrue(viewer.do("quality", level="low")["ok"])
        program.stdin.close()
        self.assertEqual(program.stdout.read().split(), ["MainThread", "low", "1", "None"])
        self.assertEqual(self.sockets(), [])


class EndTests(PlaceCase):
    def test_nothing_is_left_however_the_program_ends(self) -> None:
        endings = {
            "pass": 0,
            "sys.exit(3)": 3,
            "raise KeyError": 1,
            "raise KeyboardInterrupt": -2,
            "threading.Thread(target=time.sleep, args=(0.2,)).start()": 0,
            "link.stop(); link.stop(); link.gauge('x', 1)": 0,
            "perftop_link.start('again'); link.stop(); perftop_link.start('anew')": 0,
            "watch(); sys.exit(0)": 0,
        }
        for ending, status in endings.items():
            program = self.program("""
                import socket, sys, threading, time, perftop_link
                link = perftop_link.start("ends")
                def watch():
                    global own
                    own = socket.socket(socket.AF_UNIX)
                    own.connect(link.path)
                    own.sendall(b'{"op":"do","action":"gc"}\\n{"op":"poll"}\\n')
                assert link.path, link.problem
                %s
                """ % ending)
            _, errors = program.communicate(timeout=20)
            self.assertEqual((program.returncode, self.sockets()), (status, []), errors)

    def test_a_program_with_a_stuck_evictor_ends_all_the_same(self) -> None:
        program = self.program("""
            import sys, threading, perftop_link
            link = perftop_link.start("stuck")
            link.cache("stuck", size=threading.Event().wait, evict=threading.Event().wait)
            print(link.path, flush=True)
            sys.stdin.readline()
            """)
        assert program.stdin and program.stdout
        viewer = self.connect(program.stdout.readline().strip())
        viewer.poll()
        viewer.ask(op="do", action="evict")
        begun = time.monotonic()
        program.stdin.close()
        self.assertEqual(program.wait(10), 0)
        self.assertLess(time.monotonic() - begun, 3)
        self.assertEqual(self.sockets(), [])

    def test_D8_what_a_signal_left_is_swept_by_the_next(self) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            program = self.program("""
                import sys, perftop_link
                print(perftop_link.start("killed").path, flush=True)
                sys.stdin.readline()
                """)
            assert program.stdout
            program.stdout.readline()
            program.send_signal(number)
            self.assertEqual(program.wait(10), -number)
            self.assertEqual(self.sockets(), ["%d.sock" % program.pid])
            self.output("import perftop_link; assert perftop_link.start('next').path")
            self.assertEqual(self.sockets(), [])

    def test_a_program_that_becomes_another_takes_its_place_again(self) -> None:
        out = self.output("""
            import os, sys, perftop_link
            link = perftop_link.start("again")
            if len(sys.argv) < 2:
                os.execv(sys.executable, [sys.executable, __file__, "again"])
            names = [os.readlink("/proc/self/fd/" + n) for n in os.listdir("/proc/self/fd")
                     if os.path.lexists("/proc/self/fd/" + n)]
            print(link.problem, sum("socket" in name for name in names))
            """)
        self.assertEqual(out, "None 3")
        self.assertEqual(self.sockets(), [])

    def test_a_program_that_closes_all_descriptors_keeps_its_own_and_is_linked_again(
        self,
    ) -> None:
        out = self.output("""
            import os, socket, time, perftop_link
            from perftop_link import _server
            _server._IDLE_LOOK = 1.0
            link = perftop_link.start("closes")
            viewer = socket.socket(socket.AF_UNIX)
            viewer.connect(link.path)
            viewer.detach()
            os.closerange(3, 200)
            files = [open("/dev/zero", "rb", 0) for _ in range(20)]
            end = time.monotonic() + 10
            path = link.path
            while link.path == path and time.monotonic() < end: time.sleep(0.01)
            link.gauge("again", 1)
            assert link.path, link.problem
            viewer = socket.socket(socket.AF_UNIX)
            viewer.connect(link.path)
            viewer.sendall(b'{"op":"poll"}\\n')
            print(b'"again":1' in viewer.recv(65536))
            viewer.close()
            link.stop()
            print(all(file.read(1) == b"\\0" for file in files))
            """)
        self.assertEqual(out.split(), ["True", "True"])
        self.assertEqual(self.sockets(), [])

    def test_a_child_that_is_run_inherits_nothing(self) -> None:
        out = self.output("""
            import subprocess, perftop_link
            link = perftop_link.start("runs")
            list_them = ["sh", "-c", "ls -l /proc/self/fd | grep -c -e socket -e eventpoll"]
            print(subprocess.run(list_them, stdout=subprocess.PIPE).stdout.decode().strip())
            run = subprocess.run(list_them, stdout=subprocess.PIPE, preexec_fn=lambda: None)
            print(run.stdout.decode().strip(), link.problem)
            """)
        self.assertEqual(out.split(), ["0", "0", "None"])
        self.assertEqual(self.sockets(), [])


class SignalTests(PlaceCase):
    def test_a_signal_the_program_waits_for_reaches_it(self) -> None:
        out = self.output("""
            import os, signal, subprocess, perftop_link
            link = perftop_link.start("waits")
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            kill = "sleep 0.2; kill -TERM %d" % os.getpid()
            child = subprocess.Popen(["sh", "-c", kill])
            print(signal.sigwait({signal.SIGTERM}) == signal.SIGTERM)
            child.wait()
            """)
        self.assertEqual(out, "True")

    def test_a_handler_that_records_in_the_middle_of_a_record_does_not_hang(
        self,
    ) -> None:
        out = self.output("""
            import signal, time, perftop_link
            link = perftop_link.start("handler")
            seen = 0
            def handle(number, frame):
                global seen
                seen += 1
                with link.operation("signal %d" % seen): pass
                link.gauge("seen %d" % seen, seen)
                link.batch(1, 1.0)
            signal.signal(signal.SIGALRM, handle)
            signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
            end = time.monotonic() + 1
            place = 0
            while time.monotonic() < end:
                place += 1
                with link.operation("name %d" % (place % 3000)): pass
                link.batch(1, 1.0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            print(seen > 50, link.problem)
            """)
        self.assertEqual(out, "True None")

    def test_ctrl_c_reaches_the_program_at_once(self) -> None:
        program = self.program("""
            import perftop_link, time
            try:
                print(perftop_link.start("sleeps").path, flush=True)
                time.sleep(60)
            except KeyboardInterrupt:
                print("interrupted")
            """)
        assert program.stdout
        program.stdout.readline()

        def is_asleep() -> bool:
            with open("/proc/%d/stat" % program.pid) as file:
                return file.read().rpartition(")")[2].split()[0] == "S"

        # A signal that comes just before the sleep is seen after it, with and without a link.
        time.sleep(0.2)
        self.assertTrue(wait_for(is_asleep))
        begun = time.monotonic()
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.stdout.readline().strip(), "interrupted")
        self.assertLess(time.monotonic() - begun, 2)
