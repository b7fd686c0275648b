"""Measures what recording costs: `python3 bench.py`."""

import gc
import os
import platform
import subprocess
import sys
import threading
import time
from typing import Callable, List, Optional

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import perftop_link  # noqa: E402
from perftop_link._memory import resident  # noqa: E402

ROUNDS = 200_000


VIEWER = """
import socket, sys, time
own = socket.socket(socket.AF_UNIX)
own.connect(sys.argv[1])
lines = own.makefile("rb")
while True:
    own.sendall(b'{"op":"poll"}\\n')
    lines.readline()
    time.sleep(0.1)
"""


def each_time(work: Callable[[], None], rounds: int = ROUNDS) -> List[int]:
    """How long each call took, in nanoseconds, less what measuring costs."""
    clock = time.perf_counter_ns
    taken = [0] * rounds
    for place in range(rounds):
        begun = clock()
        work()
        taken[place] = clock() - begun
    empty = sorted(clock() * -1 + clock() for _ in range(10_000))[5_000]
    return sorted(max(0, one - empty) for one in taken)


def told(title: str, taken: List[int]) -> None:
    """Prints median and p99."""
    middle, tail = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    print("%-44s median %6.2f us   p99 %6.2f us" % (title, middle / 1e3, tail / 1e3))


def growth(link: perftop_link.Link, rounds: int = 1_000_000) -> None:
    """Prints what a million operations of 20 names add to resident memory."""
    names = ["name %d" % place for place in range(20)]
    with link.operation("before"):
        pass
    gc.collect()
    before = resident() or 0
    for place in range(rounds):
        with link.operation(names[place % 20]) as op:
            op.items(1)
    print("%-44s %.0f kB" % ("growth by 1,000,000 operations of 20 names", ((resident() or 0) - before) / 1e3))  # fmt: skip


def threads(link: perftop_link.Link, count: int = 4, rounds: int = 50_000) -> None:
    """Prints how fast several threads record together."""

    def work() -> None:
        for _ in range(rounds):
            with link.operation("together"):
                pass

    all_of_them = [threading.Thread(target=work) for _ in range(count)]
    begun = time.perf_counter()
    for one in all_of_them:
        one.start()
    for one in all_of_them:
        one.join()
    taken = (time.perf_counter() - begun) / (count * rounds)
    print("%-44s %6.2f us each" % ("%d threads, %d operations" % (count, count * rounds), taken * 1e6))  # fmt: skip


def main() -> Optional[int]:
    print("Python %s, %s" % (platform.python_version(), platform.machine()))
    link = perftop_link.start("bench")
    if link.path is None:
        print("not linked: %s" % link.problem)
        return 1

    def one() -> None:
        with link.operation("one"):
            pass

    def with_items() -> None:
        with link.operation("one") as op:
            op.items(1)

    lock = threading.Lock()

    def locked() -> None:
        with lock:
            pass

    growth(link)
    each_time(one, 20_000)
    told("an operation, nobody watching", each_time(one))
    viewer = subprocess.Popen([sys.executable, "-c", VIEWER, link.path])
    time.sleep(0.5)
    told("an operation, polled 10 times a second", each_time(one))
    viewer.kill()
    viewer.wait()
    told("an operation that tells its items", each_time(with_items))
    told("wrote()", each_time(lambda: link.wrote("parquet", bytes=1, seconds=0.1)))
    told("batch()", each_time(lambda: link.batch(10, 1.0, 10, 100.0), 50_000))
    told("gauge()", each_time(lambda: link.gauge("one", 1), 50_000))
    told("batch_size()", each_time(lambda: link.batch_size(10) and None))
    told("for comparison: a lock, taken and released", each_time(locked))
    threads(link)
    link.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
