#!/usr/bin/env python3
"""A simulated collector of episodes, linked to perftop.

It runs episodes of a made-up highway in batches, keeps their frames in a cache, and writes them to
a directory of its own: as parquet where pyarrow is installed, as csv elsewhere. Watch it with
`perftop -n collector.py`, empty its cache with E, apply a size of batches with B.
"""

import argparse
import csv
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import OrderedDict
from typing import Any, Dict, List, Optional

try:
    import perftop_link
except ImportError:
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.join(here, os.pardir, "clients", "python"))
    import perftop_link

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:
    pyarrow = None

Episode = List[Dict[str, float]]

STEPS = 40
FRAME_BYTES = 64 * 36 * 3


class FrameCache:
    """The newest frames, up to a number of bytes; its methods may be called from any thread."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._frames: "OrderedDict[int, bytes]" = OrderedDict()
        self.hits = 0
        self.misses = 0

    def frame(self, number: int) -> bytes:
        """A frame, drawn anew if it is not held."""
        held = self._frames.get(number)
        if held is not None:
            self.hits += 1
            return held
        self.misses += 1
        drawn = self._frames[number] = random.getrandbits(8 * FRAME_BYTES).to_bytes(
            FRAME_BYTES, "little"
        )
        while self.size() > self._most:
            try:
                self._frames.popitem(last=False)
            except KeyError:
                break
        return drawn

    def size(self) -> int:
        """How many bytes are held."""
        return len(self._frames) * FRAME_BYTES

    def count(self) -> int:
        """How many frames are held."""
        return len(self._frames)

    def clear(self) -> int:
        """Gives all of them up; tells how many bytes that was."""
        freed = self.size()
        self._frames.clear()
        return freed


def simulate(cache: FrameCache, seed: int) -> Episode:
    """One episode: a car among others, until it crashes or the road ends."""
    dice = random.Random(seed)
    speed, gap = 25.0, 40.0
    episode = []
    for step in range(STEPS):
        frame = cache.frame(dice.randrange(2000))
        speed = max(0.0, speed + dice.gauss(0, 1))
        gap += dice.gauss(0, 3)
        episode.append(
            {
                "seed": seed,
                "step": step,
                "speed": speed,
                "gap": gap,
                "light": frame[step],
            }
        )
        if gap < 5:
            raise ArithmeticError("crashed in step %d" % step)
    return episode


def write(path: str, episodes: List[Episode]) -> str:
    """Writes episodes to a file; tells its name."""
    rows = [row for episode in episodes for row in episode]
    columns = ["seed", "step", "speed", "gap", "light"]
    if pyarrow is not None:
        table = pyarrow.table({name: [row[name] for row in rows] for name in columns})
        pyarrow.parquet.write_table(table, path + ".parquet")
        return path + ".parquet"
    with open(path + ".csv", "w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path + ".csv"


class Collector:
    """Collects batch after batch until its time is over."""

    def __init__(self, directory: str, batch: int, memory_limit_gb: float) -> None:
        self.link = perftop_link.start("collector", memory_limit_gb=memory_limit_gb)
        self.cache = FrameCache(most_bytes=8_000_000)
        self.link.cache(
            "frames",
            size=self.cache.size,
            evict=self.cache.clear,
            entries=self.cache.count,
            hits=lambda: self.cache.hits,
            misses=lambda: self.cache.misses,
        )
        self._directory = directory
        self._batch = batch
        self.episodes = 0
        self.files: List[str] = []

    def batch(self) -> None:
        """One batch, of the size that an operator applied or of our own."""
        size = self.link.batch_size(default=self._batch)
        begun = time.monotonic()
        kept = [episode for episode in map(self._episode, range(size)) if episode]
        rows = sum(map(len, kept))
        if kept:
            self._write(kept)
        self.link.batch(
            size=size,
            seconds=time.monotonic() - begun,
            items=rows,
            memory_mb=rows * sys.getsizeof({}) / 1e6,
            ok=len(kept) * 2 > size,
        )

    def _episode(self, place: int) -> Optional[Episode]:
        self.episodes += 1
        self.link.gauge("episodes", self.episodes)
        try:
            with self.link.operation("collect_episode", type="download_operation") as op:
                time.sleep(random.uniform(0.005, 0.02))
                episode = simulate(self.cache, self.episodes)
                op.items(len(episode))
                return episode
        except ArithmeticError:
            return None

    def _write(self, episodes: List[Episode]) -> None:
        path = os.path.join(self._directory, "batch-%05d" % len(self.files))
        with self.link.operation("write_batch", type="analytics_collection") as op:
            begun = time.monotonic()
            self.files.append(write(path, episodes))
            taken = time.monotonic() - begun
            op.items(len(episodes))
        written = os.path.getsize(self.files[-1])
        self.link.wrote(self.files[-1].rsplit(".", 1)[1], bytes=written, seconds=taken)
        self.link.gauge("files", len(self.files))


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    parser.add_argument("--directory", help="where to write; kept, if it is given")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (60)")
    parser.add_argument("--batch", type=int, default=10, help="episodes a batch (10)")
    parser.add_argument("--memory-limit-gb", type=float, default=8.0, help="(8)")
    return parser.parse_args()


def leave(number: int, frame: Any) -> None:
    """A request to end ends as usual, so that everything is cleaned up."""
    raise KeyboardInterrupt


def main() -> int:
    """Collects, then tells what was collected and removes what nobody asked to keep."""
    given = arguments()
    signal.signal(signal.SIGTERM, leave)
    directory = given.directory or tempfile.mkdtemp(prefix="collector-")
    os.makedirs(directory, exist_ok=True)
    collector = Collector(directory, given.batch, given.memory_limit_gb)
    print("collector: process %d writes to %s" % (os.getpid(), directory), flush=True)
    end = time.monotonic() + given.seconds
    try:
        while time.monotonic() < end:
            collector.batch()
    except KeyboardInterrupt:
        pass
    finally:
        collector.link.stop()
        if not given.directory:
            shutil.rmtree(directory, ignore_errors=True)
    print("collector: %d episodes in %d files" % (collector.episodes, len(collector.files)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
