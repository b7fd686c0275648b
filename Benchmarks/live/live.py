"""Lets perftop watch six programs at once and says what it called a leak, and when.

    live.py PERFTOP [MINUTES]
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = [sys.executable, os.path.join(HERE, "programs.py")]
JAVA = ["java", "-Xmx64m", os.path.join(HERE, "Saw.java")]

# What is lost, in bytes a minute; 0 is nothing, None is no memory but descriptors.
PROGRAMS = [
    ("20 MB/min in one mapping", PYTHON + ["mapped"], 20e6),
    ("1 MB/min", PYTHON + ["slow"], 1e6),
    ("a cache up to its cap", PYTHON + ["cache"], 0),
    ("a model, loaded once", PYTHON + ["model"], 0),
    ("a saw-tooth", JAVA if shutil.which("java") else PYTHON + ["sawtooth"], 0),
    ("descriptors", PYTHON + ["descriptors"], None),
]


def watch(perftop, minutes, folder):
    """Starts everything, waits, and leaves the readings in the folder."""
    started = []
    try:
        for number, (_, command, _) in enumerate(PROGRAMS):
            program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            started.append(program)
        time.sleep(3)
        viewers = []
        for number, program in enumerate(list(started)):
            count = str(int(minutes * 60))
            output = open(os.path.join(folder, str(number)), "w")
            viewers.append(
                subprocess.Popen(
                    [perftop, "snapshot", "-p", str(program.pid), "--jsonl", "--count", count],
                    stdout=output,
                )
            )
        started += viewers
        for viewer in viewers:
            viewer.wait()
    finally:
        for process in started:
            process.kill()


def judged(path, rate):
    """What was said of one program: when a leak was, how fast, where, and whether the forecast held."""
    seconds, first, suspected, counted, last = 0, None, None, None, None
    for line in open(path):
        reading = json.loads(line)
        seconds += 1
        memory = reading["memory"]
        leak = memory.get("leak") or {}
        if leak.get("verdict") == "leak" and first is None:
            first = (seconds, leak, memory)
        if leak.get("suspected") and suspected is None:
            suspected = seconds
        if (memory.get("descriptor_leak") or {}).get("verdict") == "leak" and counted is None:
            counted = seconds
        last = leak.get("verdict")
    words = []
    if suspected:
        words.append("suspected after %.1f min" % (suspected / 60))
    if first:
        at, leak, memory = first
        place = (leak.get("place") or {}).get("mapping") or leak.get("mapping") or ""
        words.append("LEAK after %.1f min, %.2f MB/min %s" % (at / 60, leak["slope_bytes_per_s"] * 60 / 1e6, place))
        end = memory.get("exhaustion") or {}
        if rate and end.get("in_s") is not None and memory.get("limit_bytes"):
            left = memory.get("left_bytes") or memory["limit_bytes"] - (memory.get("owned_bytes") or 0)
            true = left / rate * 60
            words.append("forecast %s" % ("holds" if end["low_s"] <= true <= end["high_s"] else "FAILS"))
    if counted:
        words.append("descriptors leak after %.1f min" % (counted / 60))
    right = bool(first) == bool(rate) and bool(counted) == (rate is None)
    return right, ", ".join(words + ["in the end: %s" % last])


def main():
    perftop = sys.argv[1]
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 45
    print("Six programs, watched for %g minutes" % minutes, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        watch(perftop, minutes, folder)
        results = [
            (name, judged(os.path.join(folder, str(number)), rate))
            for number, (name, _, rate) in enumerate(PROGRAMS)
        ]
    for name, (right, words) in results:
        print("  %-5s %-26s %s" % ("right" if right else "WRONG", name, words))
    return 0 if all(right for _, (right, _) in results) else 1


if __name__ == "__main__":
    sys.exit(main())
