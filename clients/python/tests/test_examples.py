"""The examples, watched as any program is."""

import os
import signal
import subprocess
import sys
import time
import unittest
from typing import Any, Dict, List

from .support import PACKAGE, PlaceCase, Viewer, named, wait_for

EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "examples")


@unittest.skipUnless(os.path.isdir(EXAMPLES), "the examples are in the project's own tree only")
class ExampleTests(PlaceCase):
    def watched(self, name: str, *options: str) -> Viewer:
        directory = os.path.join(self.runtime, "temporary")
        os.mkdir(directory)
        self.example = subprocess.Popen(
            [sys.executable, os.path.join(EXAMPLES, name), *options],
            env=dict(os.environ, TMPDIR=directory),
            stdout=subprocess.PIPE,
            universal_newlines=True,
            cwd="/",
        )
        self.addCleanup(lambda: (self.example.kill(), self.example.communicate()))
        assert self.example.stdout
        self.assertIn("process %d" % self.example.pid, self.example.stdout.readline())
        return self.connect("%s/%d.sock" % (self.folder, self.example.pid))

    def ended(self) -> None:
        """Asks it to end, and looks whether anything is left."""
        self.example.send_signal(signal.SIGTERM)
        self.assertEqual(self.example.wait(10), 0)
        self.assertEqual(self.sockets(), [])
        self.assertEqual(os.listdir(os.path.join(self.runtime, "temporary")), [])

    def test_the_collector_tells_of_episodes_batches_and_files(self) -> None:
        viewer = self.watched("collector.py")
        seen: List[Dict[str, Any]] = []

        def batches() -> bool:
            seen.append(viewer.poll())
            return sum(told.get("batches", {}).get("count", 0) for told in seen) >= 3

        self.assertTrue(wait_for(lambda: time.sleep(0.1) or batches()))
        count = sum(named(t.get("operations"), "collect_episode").get("count", 0) for t in seen)
        self.assertGreaterEqual(count, 30)
        self.assertIn(
            seen[-1].get("writes", seen[0].get("writes"))[0]["format"],
            ("csv", "parquet"),
        )
        self.assertGreater(named(seen[-1]["caches"], "frames")["bytes"], 100_000)
        self.assertEqual(viewer.do("evict", names=["frames"])["outcome"], "evicted frames")
        self.assertTrue(viewer.do("batch", size=5)["ok"])

        def sizes() -> List[float]:
            return [one["size"] for one in viewer.poll().get("batches", {}).get("recent", [])]

        self.assertTrue(wait_for(lambda: 5 in sizes()))
        self.ended()

    def test_the_lane_follower_gets_smaller_and_faster_at_a_lower_level(self) -> None:
        viewer = self.watched("lane_follower.py")

        def after_frames(count: int) -> Dict[str, float]:
            taken = 0
            while taken < count:
                time.sleep(0.1)
                told = viewer.poll()
                taken += named(told.get("operations"), "frame").get("count", 0)
            operation = named(told["operations"], "frame")
            gauges = dict(told["gauges"], took=operation["seconds"] / operation["count"])
            gauges["parts"] = len(told["components"])
            return gauges

        high = after_frames(10)
        self.assertTrue(viewer.do("quality", level="ultra_low")["ok"])
        after_frames(2)
        low = after_frames(5)
        self.assertLess(low["frame_bytes"] * 4, high["frame_bytes"])
        self.assertLess(low["took"] * 2, high["took"])
        self.assertTrue(viewer.do("quality", level="high", mode="auto")["ok"])
        after_frames(3)
        self.assertGreater(after_frames(5)["frame_bytes"], low["frame_bytes"] * 4)
        self.ended()
