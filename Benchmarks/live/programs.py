"""Programs whose memory rises for one reason each; `programs.py NAME` is one of them, until it is killed."""

import mmap
import os
import random
import sys
import time

MEGABYTE = 1_000_000


def pause(seconds):
    time.sleep(seconds)


def leak(per_minute):
    """Keeps a little more every second."""
    kept = []
    while True:
        kept.append(os.urandom(int(per_minute * MEGABYTE / 60)))
        pause(1)


def mapped():
    """Loses 20 MB a minute in one mapping, beside a cache that fills and a saw-tooth."""
    arena, used = mmap.mmap(-1, 2000 * MEGABYTE), 0
    cache, waste = [], []
    while True:
        step = 20 * MEGABYTE // 60
        arena[used : used + step] = os.urandom(step)
        used += step
        if len(cache) < 200:
            cache.append(os.urandom(MEGABYTE // 2))
        waste.append(os.urandom(MEGABYTE))
        if len(waste) >= 25:
            waste.clear()
        pause(1)


def cache():
    """An LRU cache that fills up to its cap and then replaces."""
    entries, cap, number = {}, 600, 0
    while True:
        for _ in range(2):
            number += 1
            entries[number] = os.urandom(MEGABYTE // 4)
            if len(entries) > cap:
                del entries[next(iter(entries))]
        pause(1)


def model():
    """Loads a model once, in parts, and then works with it."""
    pause(20)
    parts = []
    for _ in range(40):
        parts.append(os.urandom(10 * MEGABYTE))
        pause(1)
    while True:
        scratch = bytearray(random.randrange(1, 8) * MEGABYTE)
        del scratch
        pause(0.5)


def descriptors():
    """Opens a file every ten seconds and never closes it."""
    kept = []
    while True:
        kept.append(os.open(os.devnull, os.O_RDONLY))
        pause(10)


def sawtooth():
    """Garbage that is collected when there is enough of it."""
    waste = []
    while True:
        waste.append(os.urandom(2 * MEGABYTE))
        if len(waste) >= random.randrange(60, 90):
            waste.clear()
        pause(0.5)


if __name__ == "__main__":
    {
        "slow": lambda: leak(1),
        "mapped": mapped,
        "cache": cache,
        "model": model,
        "descriptors": descriptors,
        "sawtooth": sawtooth,
    }[sys.argv[1]]()
