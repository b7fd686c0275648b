"""Switched off, misused, idle, installed."""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

from .support import PACKAGE, PlaceCase


class OffTests(PlaceCase):
    USE = """
        import asyncio, threading, perftop_link
        link = perftop_link.start("off", memory_limit_gb=8)
        with link.operation("work", type="health_check") as op:
            op.items(1); op.fail("x")
        @link.operation("call")
        def call(): return 5
        assert call() == 5
        async def main():
            async with link.operation("x") as op: op.items(2)
        asyncio.run(main())
        link.wrote("parquet", bytes=1, seconds=1); link.batch(size=1, seconds=1, items=1)
        link.cache("c", size=1, evict=print); link.pool("p", size=1, in_use=1)
        link.quality(apply=print, level="high"); link.component("c", priority=1); link.gauge("g", 1)
        assert link.batch_size(default=10) == 10 and link.settings["level"] == "high"
        link.poll()
        print(link.path, link.problem, threading.active_count(), link.fileno())
        link.stop()
    """

    def test_a_variable_switches_all_of_it_off(self) -> None:
        out = self.output(self.USE, "-W", "error", environment={"PERFTOP_LINK": "0"})
        self.assertEqual(out, "None switched off by PERFTOP_LINK 1 -1")
        self.assertFalse(os.path.exists(self.folder))

    def test_the_same_program_works_when_it_is_on(self) -> None:
        path, problem, threads, _ = self.output(self.USE, "-W", "error", "-bb").split()
        self.assertTrue(path.startswith(self.folder))
        self.assertEqual((problem, threads), ("None", "2"))

    def test_nonsense_raises_nothing(self) -> None:
        out = self.output("""
            import perftop_link
            odd = [None, object(), [], {}, "x", b"y", float("nan"), 10**400, lambda: 1 // 0]
            for one in odd:
                link = perftop_link.start(one, memory_limit_gb=one, thread=True)
                for method in (link.wrote, link.batch, link.cache, link.pool, link.quality,
                               link.component, link.gauge):
                    method(); method(one); method(one, one); method(one, one, one); method(no=one)
                    method(one, one, one, one, one, one, one, one, one, one)
                assert link.batch_size(one) is one
                link.poll(one)
                link.stop()
            print("alive")
            """)
        self.assertEqual(out, "alive")

    def test_idle_it_costs_nothing(self) -> None:
        out = self.output("""
            import os, time, perftop_link
            def switches():
                total = 0
                for task in os.listdir("/proc/self/task"):
                    with open("/proc/self/task/%s/status" % task) as file:
                        total += sum(int(l.split()[1]) for l in file if "ctxt_switches" in l)
                return total
            link = perftop_link.start("idle")
            time.sleep(0.2)
            before = switches()
            time.sleep(1)
            print(switches() - before <= 3)
            """)
        self.assertEqual(out, "True")


class PackageTests(unittest.TestCase):
    def test_it_is_installed_without_anything_else(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            make = "import build_wheel; print(build_wheel.build_wheel(%r))" % folder
            name = subprocess.check_output(
                [sys.executable, "-c", make], cwd=os.path.join(PACKAGE, "backend"),
                universal_newlines=True,
            ).strip()  # fmt: skip
            self.assertRegex(name, r"^perftop_link-[0-9.]+-py3-none-any\.whl$")
            with zipfile.ZipFile(os.path.join(folder, name)) as wheel:
                names = wheel.namelist()
                self.assertIsNone(wheel.testzip())
            self.assertIn("perftop_link/py.typed", names)
            self.assertIn("perftop_link/_server.py", names)
            self.assertEqual(len([one for one in names if one.endswith("/METADATA")]), 1)
