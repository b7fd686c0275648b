"""Polls: what a viewer is told, and that several are told the same."""

import gc
import json
import math
import tracemalloc

from .support import LinkCase, named


class PollTests(LinkCase):
    def test_hello_says_who_it_is(self) -> None:
        told = self.viewer().ask(op="hello", protocol=7, viewer="x", who="pi", id="first")
        self.assertEqual((told["id"], told["protocol"], told["name"]), ("first", 1, "test"))
        with open("/proc/self/stat") as file:
            self.assertEqual(told["started"], int(file.read().rsplit(")", 1)[1].split()[19]))
        self.assertEqual(told["offers"], ["gc"])

    def test_the_first_poll_tells_all_and_the_next_what_was_added(self) -> None:
        early = self.viewer()
        early.poll()
        self.link.wrote("parquet", bytes=100, seconds=0.5)
        self.assertEqual(named(early.poll()["writes"], "parquet", "format")["bytes"], 100)
        self.link.wrote("parquet", bytes=20, seconds=0.25)
        late = named(self.viewer().poll()["writes"], "parquet", "format")
        self.assertEqual((late["count"], late["bytes"], late["seconds"]), (2, 120, 0.75))
        added = named(early.poll()["writes"], "parquet", "format")
        self.assertEqual((added["count"], added["bytes"], added["seconds"]), (1, 20, 0.25))
        self.assertNotIn("writes", early.poll())

    def test_batches_are_added_up_and_the_newest_told(self) -> None:
        viewer = self.viewer()
        for place in range(300):
            self.link.batch(size=10, seconds=0.5, items=place, memory_mb=1.5, ok=place % 3 > 0)
        told = viewer.poll()["batches"]
        self.assertEqual((told["count"], told["failed"], len(told["recent"])), (300, 100, 256))
        self.assertEqual((told["items"], told["seconds"]), (44850, 150.0))
        self.assertEqual([told["recent"][place]["items"] for place in (0, -1)], [44, 299])
        self.assertEqual(told["recent"][-1]["memory_bytes"], 1_500_000)
        self.link.batch(10, 1.0, ok=False, oom=True)
        told = viewer.poll()["batches"]
        self.assertEqual((told["count"], told["recent"][0]["oom"]), (1, True))
        self.assertNotIn("batches", viewer.poll())

    def test_gauges_components_caches_and_pools_are_told_as_they_are(self) -> None:
        self.link.gauge("episodes", 12)
        self.link.component("lane", priority=1, fps=28.0, latency_ms=35.0, queue=2)
        held = {"a": b"123"}
        self.link.cache("frames", size=lambda: sum(map(len, held.values())), hits=3, misses=1)
        self.link.pool("buffers", size=8, in_use=lambda: 5)
        told = self.viewer().poll()
        self.assertEqual(told["gauges"], {"episodes": 12})
        lane = told["components"][0]
        self.assertEqual((lane["fps"], lane["latency_ms"], lane["queue"]), (28.0, 35.0, 2))
        self.assertLess(lane["age_s"], 5)
        frames = named(told["caches"], "frames")
        self.assertEqual((frames["bytes"], frames["hits"], frames["evictable"]), (3, 3, False))
        buffers = named(told["caches"], "buffers")
        self.assertEqual((buffers["entries"], buffers["in_use"]), (8, 5))

    def test_a_number_that_is_none_is_told_as_null(self) -> None:
        for value in (math.nan, math.inf, "no", None, 10**400):
            self.link.gauge("odd", value)  # type: ignore[arg-type]
            self.assertEqual(self.viewer().poll()["gauges"], {"odd": None})
        self.link.wrote("csv", bytes=math.inf, seconds=math.nan)
        self.assertEqual(named(self.viewer().poll()["writes"], "csv", "format")["bytes"], 0)

    def test_a_figure_that_raises_or_hangs_costs_only_itself(self) -> None:
        import threading

        release = threading.Event()
        self.addCleanup(release.set)
        self.link.cache("rude", size=lambda: 1 // 0, entries=2)
        self.assertEqual(self.viewer().poll()["caches"][0]["entries"], 2)
        self.link.cache("slow", size=lambda: release.wait() and 1)
        viewer = self.viewer()
        for _ in range(5):
            self.assertIn("caches", viewer.poll())
        self.assertNotIn("bytes", named(viewer.poll()["caches"], "slow"))

    def test_the_heap_is_told_and_the_dear_part_of_it_on_request(self) -> None:
        viewer = self.viewer()
        told = viewer.poll()["heap"]
        self.assertNotIn("objects", told)
        self.assertGreaterEqual(told["collections"], 1)
        gc.collect()
        self.assertGreater(viewer.poll()["heap"]["collection_seconds"], 0)
        told = viewer.poll(objects=True)["heap"]
        self.assertGreater(told["objects"], 1000)
        self.assertNotIn("traced_bytes", told)
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        held = bytearray(1_000_000)
        told = viewer.poll(objects=True)["heap"]
        self.assertGreaterEqual(told["traced_bytes"], len(held))
        self.assertEqual(told["used_of"], "tracemalloc")

    def test_collections_are_no_longer_timed_when_nobody_watches(self) -> None:
        heap = self.link._heap
        self.viewer().poll()
        self.assertIn(heap._collecting, gc.callbacks)
        self.assertIsNone(heap.rest(heap._until + 1))
        self.assertNotIn(heap._collecting, gc.callbacks)

    def test_2000_names_are_kept_apart_and_the_rest_together(self) -> None:
        for place in range(2500):
            with self.link.operation("name %d" % place):
                pass
        self.link.gauge("one too many", 1)
        viewer = self.viewer()
        told, overflow = [], 0
        while True:
            reply = viewer.poll()
            told += reply.get("operations", [])
            overflow += reply.get("overflow", 0)
            if not reply.get("more"):
                break
        self.assertEqual(len(told), 2001)
        self.assertEqual(sum(one["count"] for one in told), 2500)
        self.assertEqual((named(told, "\u2026")["count"], overflow), (500, 501))
        self.assertEqual(reply["gauges"], {"\u2026": 1})

    def test_a_reply_of_more_than_1_mib_goes_on_in_the_next(self) -> None:
        for place in range(2000):
            # Beyond ASCII a character of two bytes takes six.
            name = ("%04d" % place).ljust(66, "\u00e9")
            if place % 2:
                self.link.gauge(name, place)
            else:
                for _ in range(3):
                    with self.link.operation(name, type="\u00e9" * 64):
                        pass
        viewer = self.viewer()
        count, gauges, lines = 0, set(), 0
        while True:
            viewer.send(op="poll")
            line = viewer.line()
            self.assertLessEqual(len(line), 1 << 20)
            reply = json.loads(line)
            count += sum(one["count"] for one in reply.get("operations", []))
            gauges |= set(reply.get("gauges", {}))
            lines += 1
            if not reply.get("more") or lines > 20:
                break
        self.assertEqual((count, len(gauges)), (3000, 1000))
        self.assertTrue(1 < lines < 5, lines)
        self.link.gauge(("%04d" % 1).ljust(66, "\u00e9"), -1)
        for _ in range(3):
            if -1 in viewer.poll().get("gauges", {}).values():
                return
        self.fail("a list that is always cut must get round")

    def test_what_a_viewer_had_done_is_told_to_the_others(self) -> None:
        viewer, other = self.viewer(), self.viewer()
        viewer.ask(op="hello", who="pi (SSH from 10.0.0.5)")
        self.assertTrue(viewer.do("gc")["ok"])
        (event,) = other.poll(events=True)["events"]
        self.assertEqual((event["who"], event["action"]), ("pi (SSH from 10.0.0.5)", "gc"))
        self.assertRegex(event["outcome"], r"^collected \d+ objects$")
        self.assertNotIn("events", other.poll(events=True))
        self.assertNotIn("events", self.viewer().poll())

    def test_strange_ids_and_requests_get_an_answer(self) -> None:
        viewer = self.viewer()
        for mark in (1, 1.5, "x", "\ud800", -(2**60)):
            self.assertEqual(viewer.ask(op="hello", id=mark)["id"], mark)
        for mark in (None, True, [], {}, 10**400):
            self.assertNotIn("id", viewer.ask(op="hello", id=mark))
        self.assertEqual(viewer.ask(op="dance", id=3), {"id": 3, "error": "unknown request"})
        self.assertEqual(viewer.ask(op=["poll"])["error"], "unknown request")
        self.assertNotIn("error", viewer.ask(op="hello", protocol="x", who=5, viewer=[]))
