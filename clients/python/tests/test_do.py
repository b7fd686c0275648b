"""Orders: what a viewer has done, and what it costs the program."""

import gc
import threading
import time
import unittest
from unittest import mock
from functools import lru_cache
from typing import Any, Dict, List

from perftop_link import _orders
from perftop_link._orders import Order, Orders

from .support import LinkCase, wait_for


class DoTests(LinkCase):
    def test_gc_collects(self) -> None:
        class Knot:
            pass

        gone: List[int] = []
        gc.disable()
        self.addCleanup(gc.enable)
        knot = Knot()
        knot.self = knot  # type: ignore[attr-defined]
        import weakref

        weakref.finalize(knot, gone.append, 1)
        del knot
        viewer = self.viewer()
        self.assertEqual(viewer.ask(op="do", id=7, action="gc"), {"id": 7, "started": True})
        reply = viewer.reply()
        self.assertEqual((reply["id"], reply["ok"], gone), (7, True, [1]))
        self.assertRegex(reply["outcome"], r"^collected \d+ objects$")

    def test_an_event_carries_the_id_by_which_who_asked_knows_it(self) -> None:
        self.viewer().do("gc", id="mine-7")
        self.viewer().do("gc", id=8)
        events = self.viewer().poll(events=True)["events"]
        self.assertEqual([event.get("id") for event in events], ["mine-7", None])

    def test_evict_empties_the_caches_that_are_named(self) -> None:
        held = {"frames": bytearray(50_000_000), "other": bytearray(1000)}
        for name in list(held):
            self.link.cache(
                name,
                size=lambda n=name: len(held[n]),
                evict=lambda n=name: len(held.pop(n, b"")),
            )
        self.link.cache("fixed", size=5)
        viewer = self.viewer()
        self.assertIn("evict", viewer.poll()["offers"])
        reply = viewer.do("evict", names=["frames"])
        self.assertEqual((reply["ok"], reply["bytes"], list(held)), (True, 50_000_000, ["other"]))
        self.assertEqual(viewer.do("evict", names=["fixed"])["error"], "no cache of that name")
        self.assertEqual(viewer.do("evict", names=["none"])["error"], "no cache of that name")
        self.assertEqual(viewer.do("evict", names="frames")["error"], "names is not a list")
        self.assertTrue(viewer.do("evict")["ok"])
        self.assertEqual(held, {})

    def test_a_function_with_an_lru_cache_is_told_and_emptied(self) -> None:
        @lru_cache(maxsize=None)
        def square(of: int) -> int:
            return of * of

        square(2), square(2), square(3)
        self.link.cache("squares", of=square)
        viewer = self.viewer()
        told = viewer.poll()["caches"][0]
        self.assertEqual((told["entries"], told["hits"], told["misses"]), (2, 1, 2))
        self.assertTrue(viewer.do("evict", names=["squares"])["ok"])
        self.assertEqual(square.cache_info().currsize, 0)

    def test_an_evictor_that_raises_costs_only_its_own_reply(self) -> None:
        gone: List[str] = []
        self.link.cache("rude", evict=lambda: 1 // 0)
        self.link.cache("good", evict=lambda: gone.append("good"))
        viewer = self.viewer()
        reply = viewer.do("evict")
        self.assertEqual((reply["ok"], gone), (False, ["good"]))
        self.assertIn("rude: ZeroDivisionError", reply["error"])
        self.link.cache("worse", evict=lambda: exec("raise SystemExit(3)"))
        self.assertEqual(viewer.do("evict", names=["worse"])["error"], "SystemExit: 3")
        self.assertTrue(viewer.do("gc")["ok"])

    def test_quality_is_obeyed(self) -> None:
        got: List[Dict[str, Any]] = []
        viewer = self.viewer()
        refused = viewer.do("quality", level="low")
        self.assertEqual(refused["error"], "the program obeys no levels")
        self.link.quality(apply=got.append, level="high")
        told = viewer.poll()
        self.assertEqual(told["quality"], {"level": "high", "mode": "auto"})
        self.assertIn("quality", told["offers"])
        self.assertTrue(viewer.do("quality", level="low")["ok"])
        self.assertEqual((got[0]["level"], got[0]["frame_skip"]), ("low", 2))
        self.assertEqual(viewer.poll()["quality"], {"level": "low", "mode": "manual"})
        self.assertEqual(self.link.settings["resolution_scale"], 0.5)
        viewer.do("quality", level="medium", mode="auto", settings={"features": ["lanes"]})
        self.assertEqual(got[1], {"level": "medium", "features": ["lanes"]})
        self.assertEqual(viewer.poll()["quality"], {"level": "medium", "mode": "auto"})
        for wrong in (
            {"level": "great"},
            {},
            {"level": 5},
            {"level": "low", "mode": "x"},
        ):
            self.assertIn("error", viewer.do("quality", **wrong))
        self.assertEqual(len(got), 2)

    def test_a_level_that_could_not_be_applied_does_not_hold(self) -> None:
        self.link.quality(apply=lambda settings: 1 // 0, level="high")
        viewer = self.viewer()
        self.assertFalse(viewer.do("quality", level="low")["ok"])
        self.assertEqual(viewer.poll()["quality"]["level"], "high")

    def test_the_size_of_batches_is_what_was_applied_or_the_default(self) -> None:
        viewer = self.viewer()
        self.assertIn("error", viewer.do("batch", size=32))
        self.assertEqual(self.link.batch_size(default=10), 10)
        self.assertTrue(viewer.do("batch", size=32)["ok"])
        self.assertEqual(self.link.batch_size(default=10), 32)
        self.assertEqual(viewer.poll()["batch_size"], {"default": 10, "applied": 32})
        for wrong in (0, -1, 1.5, "3", True, 10**30):
            self.assertIn("error", viewer.do("batch", size=wrong), wrong)
        self.assertTrue(viewer.do("batch", size=None)["ok"])
        self.assertEqual(self.link.batch_size(default=12), 12)

    def test_a_poll_is_answered_while_an_action_runs(self) -> None:
        release = threading.Event()
        self.addCleanup(release.set)
        self.link.cache("slow", evict=release.wait)
        viewer = self.viewer()
        viewer.ask(op="do", id=1, action="evict")
        self.assertIn("offers", viewer.poll())
        release.set()
        self.assertTrue(viewer.reply()["ok"])

    def test_an_action_that_hangs_is_given_up_and_the_next_is_done(self) -> None:
        release = threading.Event()
        self.addCleanup(release.set)
        self.link.cache("stuck", evict=release.wait)
        viewer = self.viewer()
        with mock.patch.object(_orders, "PATIENCE", 0.2):
            viewer.ask(op="do", id=1, action="evict")
            viewer.send(op="do", id=2, action="gc")
            replies = [viewer.reply() for _ in range(3)]
        self.assertIn("not done within", replies[0]["error"])
        self.assertEqual([reply["id"] for reply in replies], [1, 2, 2])
        self.assertTrue(replies[2]["ok"])

    def test_the_thread_for_orders_is_there_only_while_there_are_some(self) -> None:
        def names() -> List[str]:
            return [thread.name for thread in threading.enumerate()]

        with mock.patch.object(_orders, "_IDLE_SECONDS", 0.05):
            self.viewer().do("gc")
            self.assertTrue(wait_for(lambda: "perftop-link-orders" not in names()))
            self.assertTrue(self.viewer().do("gc")["ok"])


class OrdersTests(unittest.TestCase):
    """The queue, run by hand."""

    def setUp(self) -> None:
        self.replies: List[Any] = []
        self.orders = Orders(False, lambda order, outcome: None)

    def put(self, mark: int, action: str) -> None:
        order = Order(action, "me", lambda: {"outcome": "done"})
        order.reply = lambda document: self.replies.append((mark, document))
        self.orders.put(order)

    def test_only_the_newest_level_that_waits_is_done(self) -> None:
        for mark, action in enumerate(["quality", "batch", "quality", "gc", "quality"]):
            self.put(mark, action)
        overtaken = [mark for mark, told in self.replies if told.get("error") == "overtaken"]
        self.assertEqual(overtaken, [0, 2])
        self.orders.run()
        done = [mark for mark, told in self.replies if told.get("ok")]
        self.assertEqual(done, [1, 3, 4])

    def test_64_may_wait(self) -> None:
        for mark in range(70):
            self.put(mark, "gc")
        busy = [mark for mark, told in self.replies if told.get("error") == "busy"]
        self.assertEqual(busy, list(range(64, 70)))
        self.orders.run()
        self.assertEqual(sum(1 for _, told in self.replies if told.get("ok")), 64)

    def test_waiting_does_not_cost_time_of_the_processor(self) -> None:
        orders = Orders(True, lambda order, outcome: None)
        order = Order("gc", "me", lambda: {})
        order.reply = lambda document: self.replies.append(document)
        orders.put(order)
        self.assertTrue(wait_for(lambda: len(self.replies) == 2))
        before = time.process_time()
        time.sleep(0.2)
        self.assertLess(time.process_time() - before, 0.05)
        orders.stop()
