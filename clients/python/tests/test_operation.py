"""Operations: what is counted, and that nothing else happens."""

import asyncio
import threading
import time
import unittest
from typing import Any, Dict, Iterator

from perftop_link._memory import resident

from .support import LinkCase, named


def floor_of(bucket: int) -> int:
    """The shortest time of a bucket, as docs/LINK.md has it."""
    return bucket if bucket < 8 else (8 + bucket % 8) << (bucket // 8 - 1)


class OperationTests(LinkCase):
    def told(self, name: str) -> Dict[str, Any]:
        return named(self.viewer().poll().get("operations"), name)

    def test_count_items_and_time_are_told(self) -> None:
        for _ in range(3):
            with self.link.operation("work", type="download_operation") as op:
                op.items(10)
                op.items(5)
        told = self.told("work")
        self.assertEqual((told["count"], told["items"], told["errors"]), (3, 45, 0))
        self.assertEqual((told["type"], told["active"]), ("download_operation", 0))
        self.assertEqual(sum(told["buckets"].values()), 3)
        self.assertTrue(0 < told["seconds"] < 1)

    def test_an_exception_passes_through_and_is_counted(self) -> None:
        with self.assertRaises(KeyError):
            with self.link.operation("work"):
                raise KeyError("mine")
        with self.link.operation("work") as op:
            op.fail("no frames")
        with self.link.operation("work"):
            pass
        told = self.told("work")
        self.assertEqual((told["count"], told["errors"]), (3, 2))

    def test_a_function_is_timed_at_every_call(self) -> None:
        @self.link.operation("call", type="health_check")
        def add(one: int, two: int = 2) -> int:
            """Adds."""
            return one + two

        self.assertEqual((add(1), add(1, two=5), add.__doc__), (3, 6, "Adds."))
        self.assertEqual(self.told("call")["count"], 2)

    def test_D6_a_name_with_control_characters_has_dots_in_their_place(self) -> None:
        for _ in range(3):
            with self.link.operation("a\0b\x1b[2J\n"):
                pass
        self.assertEqual(self.told("a\u00b7b\u00b7[2J\u00b7")["count"], 3)

    def test_recursion_counts_every_call(self) -> None:
        @self.link.operation("recursion")
        def down(left: int) -> int:
            return down(left - 1) if left else 0

        down(4)
        self.assertEqual(self.told("recursion")["count"], 5)

    def test_a_generator_is_timed_until_it_ends(self) -> None:
        @self.link.operation("frames")
        def frames() -> Iterator[int]:
            for place in range(3):
                time.sleep(0.01)
                yield place

        self.assertEqual(list(frames()), [0, 1, 2])
        left = frames()
        next(left)
        left.close()
        told = self.told("frames")
        self.assertEqual((told["count"], told["errors"]), (2, 0))
        self.assertGreater(told["seconds"], 0.03)

    def test_coroutines_are_timed_until_they_end(self) -> None:
        @self.link.operation("wait")
        async def wait() -> int:
            await asyncio.sleep(0.02)
            return 7

        async def main() -> None:
            async with self.link.operation("outer") as op:
                op.items(2)
                self.assertEqual(await asyncio.gather(wait(), wait()), [7, 7])

        asyncio.run(main())
        told = self.told("wait")
        self.assertEqual(told["count"], 2)
        self.assertGreater(told["seconds"], 0.03)
        self.assertEqual(self.told("outer")["items"], 2)

    def test_what_is_under_way_is_told_with_its_age(self) -> None:
        with self.link.operation("long"):
            time.sleep(0.05)
            with self.link.operation("long"):
                told = self.told("long")
        self.assertEqual((told["active"], told["count"]), (2, 0))
        self.assertTrue(0.05 <= told["oldest_s"] < 5)
        self.assertNotIn("oldest_s", self.told("long"))

    def test_threads_are_added_up_also_when_they_have_ended(self) -> None:
        def work() -> None:
            for _ in range(1000):
                with self.link.operation("threads") as op:
                    op.items(1)

        for _ in range(5):
            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        told = self.told("threads")
        self.assertEqual((told["count"], told["items"]), (20000, 20000))
        self.assertEqual(sum(told["buckets"].values()), 20000)

    def test_cells_of_ended_threads_do_not_pile_up(self) -> None:
        def work() -> None:
            with self.link.operation("short"):
                pass

        for _ in range(200):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
        self.assertEqual(self.told("short")["count"], 200)
        self.assertLess(len(self.link._book._shelves), 10)

    def test_one_that_ends_in_another_thread_counts_once(self) -> None:
        op = self.link.operation("handed over")
        op.__enter__()
        thread = threading.Thread(target=op.__exit__, args=(None, None, None))
        thread.start()
        thread.join()
        told = self.told("handed over")
        self.assertEqual((told["count"], told["active"]), (1, 0))

    def test_durations_fall_into_the_buckets_of_the_page(self) -> None:
        self.assertEqual(floor_of(145), 1179648)
        with self.link.operation("timed"):
            time.sleep(0.002)
        told = self.told("timed")
        (bucket,) = (int(key) for key in told["buckets"])
        nanoseconds = round(told["seconds"] * 1e9)
        self.assertTrue(floor_of(bucket) <= nanoseconds < floor_of(bucket + 1))

    def test_memory_is_measured_seldom_and_rightly(self) -> None:
        held = []
        with self.link.operation("allocate"):
            held.append(bytearray(b"x") * 30_000_000)
        told = self.told("allocate")
        self.assertEqual(told["memory_samples"], 1)
        self.assertTrue(25e6 < told["memory_bytes"] < 60e6, told["memory_bytes"])
        begun = time.monotonic()
        for _ in range(20000):
            with self.link.operation("many"):
                pass
        most = 2 + (time.monotonic() - begun) * 20
        self.assertLessEqual(self.told("many")["memory_samples"], most)

    def test_a_million_operations_need_no_more_memory_than_a_few(self) -> None:
        names = ["name %d" % place for place in range(20)]
        for name in names:
            with self.link.operation(name):
                pass
        before = resident() or 0
        for place in range(200_000):
            with self.link.operation(names[place % 20]):
                pass
        self.assertLess((resident() or 0) - before, 1_000_000)

    def test_misuse_does_nothing_worse_than_nothing(self) -> None:
        class Rude:
            def __str__(self) -> str:
                raise RuntimeError("rude")

        odd: Any
        for odd in (None, 5, [], {}, "x" * 1000, "\ud800", b"\xff", Rude()):
            with self.link.operation(odd, type=odd) as op:
                op.items(odd)
                op.fail(odd)
        op = self.link.operation("left without entering")
        op.__exit__(None, None, None)
        self.assertEqual(self.told("left without entering"), {})
        self.assertEqual(self.told("x" * 128)["errors"], 1)


if __name__ == "__main__":
    unittest.main()
