#!/usr/bin/env python3
"""A simulated lane follower: a camera loop at 30 frames a second, linked to perftop.

Frames are made up and need nothing installed. How large they are, how well they are kept, how many
are left out and what is looked for in them follows the level of quality: press < and > in
`perftop -n lane_follower.py`, and frames and loop get smaller and faster, or better and slower.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
import zlib
from typing import Any, Dict, List

try:
    import perftop_link
except ImportError:
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.join(here, os.pardir, "clients", "python"))
    import perftop_link

WIDTH, HEIGHT = 640, 360
RATE = 30.0
KEPT = 30

# What is looked for at each level, where nobody says otherwise; lanes always.
FEATURES = {
    "ultra_low": ["lanes"],
    "low": ["lanes"],
    "medium": ["lanes", "objects"],
    "high": ["lanes", "objects", "signs"],
    "ultra_high": ["lanes", "objects", "signs", "map"],
}
COMPONENTS = {
    "lanes": ("lane_detector", 1),
    "objects": ("object_detector", 3),
    "signs": ("sign_reader", 4),
    "map": ("mapper", 5),
}


class Meter:
    """How often something happened of late, and how long it took."""

    def __init__(self) -> None:
        self._ends: List[float] = []
        self.latency_ms = 0.0

    def ran(self, begun: float, ended: float) -> None:
        """Takes in one run."""
        self._ends = [at for at in self._ends if at > ended - 2] + [ended]
        self.latency_ms = 0.8 * self.latency_ms + 0.2 * (ended - begun) * 1e3

    def rate(self) -> float:
        """Runs a second, over the last two seconds."""
        now = time.monotonic()
        recent = [at for at in self._ends if at > now - 2]
        span = now - recent[0] if len(recent) > 1 else 0.0
        return len(recent) / span if span > 0 else 0.0


class Camera:
    """Makes frames up: a road with two lanes that wind, and some noise."""

    def __init__(self) -> None:
        self._noise = os.urandom(1 << 16)

    def frame(self, number: int, width: int, height: int) -> List[bytes]:
        """The rows of a picture, a byte a point."""
        rows = []
        for line in range(height):
            begin = (number * 7919 + line * 104729) % (len(self._noise) - width)
            row = bytearray(self._noise[begin : begin + width])
            for lane in (0.35, 0.65):
                bend = 0.02 * ((number + line) % 50) / 50
                place = int(width * (lane + bend))
                row[place : place + 3] = b"\xff\xff\xff"
            rows.append(bytes(row))
        return rows


class LaneFollower:
    """The loop: take a frame, look into it, keep it."""

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self.link = perftop_link.start("lane_follower", memory_limit_gb=1)
        self.link.quality(apply=self.apply, level="high")
        self._camera = Camera()
        self._settings: Dict[str, Any] = self.link.settings
        self._meters = {feature: Meter() for feature in COMPONENTS}
        self.frames = 0
        self.kept_bytes = 0
        self.queue = 0.0

    def apply(self, settings: Dict[str, Any]) -> None:
        """Takes a new level over; the next frame obeys it."""
        self._settings = settings

    def step(self, number: int) -> None:
        """One frame of the camera, or none if this one is left out."""
        settings = self._settings
        if number % (int(settings.get("frame_skip", 0)) + 1):
            return
        with self.link.operation("frame", type="model_operation") as op:
            frame = self._take(number, settings)
            for feature in self._features(settings):
                self._detect(feature, frame)
            op.items(1)
        self._keep(frame, settings)
        self.frames += 1

    def _features(self, settings: Dict[str, Any]) -> List[str]:
        wanted = settings.get("features") or FEATURES.get(settings.get("level", ""), ["lanes"])
        return [feature for feature in wanted if feature in COMPONENTS]

    def _take(self, number: int, settings: Dict[str, Any]) -> List[bytes]:
        scale = float(settings.get("resolution_scale", 1.0))
        frame = self._camera.frame(number, max(16, int(WIDTH * scale)), max(9, int(HEIGHT * scale)))
        # Region of interest: the sky has no lanes.
        return frame[len(frame) // 2 :] if settings.get("roi") else frame

    def _detect(self, feature: str, frame: List[bytes]) -> None:
        begun = time.monotonic()
        name, priority = COMPONENTS[feature]
        with self.link.operation(name, type="model_operation"):
            for row in frame:
                row.find(b"\xff\xff\xff")
                sum(row[::8])
        meter = self._meters[feature]
        meter.ran(begun, time.monotonic())
        self.link.component(
            name,
            priority=priority,
            fps=round(meter.rate(), 1),
            latency_ms=round(meter.latency_ms, 2),
            queue=round(self.queue, 1),
        )

    def _keep(self, frame: List[bytes], settings: Dict[str, Any]) -> None:
        """Keeps a frame as a codec would: the lower the quality, the fewer shades it has."""
        quality = float(settings.get("compression_quality", 95))
        shades = max(2, int(256 * quality / 100))
        table = bytes(value * shades // 256 for value in range(256))
        begun = time.monotonic()
        packed = zlib.compress(b"".join(frame).translate(table), 1)
        path = os.path.join(self._directory, "frame-%02d.z" % (self.frames % KEPT))
        with open(path, "wb") as file:
            file.write(packed)
        self.kept_bytes += len(packed)
        self.link.gauge("frame_bytes", len(packed))
        self.link.wrote("frame", bytes=len(packed), seconds=time.monotonic() - begun)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (60)")
    parser.add_argument("--directory", help="where the newest frames lie; kept, if it is given")
    return parser.parse_args()


def run(follower: LaneFollower, seconds: float) -> None:
    """Takes 30 frames a second, as far as there is time for them; late ones are left out."""
    begun = time.monotonic()
    loop = Meter()
    number = 0
    while time.monotonic() < begun + seconds:
        started = time.monotonic()
        follower.step(number)
        ended = time.monotonic()
        loop.ran(started, ended)
        follower.link.gauge("loop_ms", round(loop.latency_ms, 2))
        number += 1
        follower.queue = max(0.0, (ended - begun) * RATE - number)
        if follower.queue > 5:
            number += int(follower.queue)
        time.sleep(max(0.0, begun + number / RATE - time.monotonic()))


def leave(number: int, frame: Any) -> None:
    """A request to end ends as usual, so that everything is cleaned up."""
    raise KeyboardInterrupt


def main() -> int:
    """Follows lanes, then tells how many frames there were, and how large."""
    given = arguments()
    signal.signal(signal.SIGTERM, leave)
    directory = given.directory or tempfile.mkdtemp(prefix="lane-follower-")
    os.makedirs(directory, exist_ok=True)
    follower = LaneFollower(directory)
    print("lane follower: process %d writes to %s" % (os.getpid(), directory), flush=True)
    try:
        run(follower, given.seconds)
    except KeyboardInterrupt:
        pass
    finally:
        follower.link.stop()
        if not given.directory:
            shutil.rmtree(directory, ignore_errors=True)
    mean = follower.kept_bytes / max(1, follower.frames)
    print("lane follower: %d frames of %.0f bytes" % (follower.frames, mean))
    return 0


if __name__ == "__main__":
    sys.exit(main())
