"""Programs built on asyncio."""

import asyncio
import threading
from typing import Any, Dict, List

import perftop_link

from .support import LinkCase, PlaceCase, Viewer


class LoopTests(LinkCase):
    def test_functions_are_called_in_the_loop_that_was_named(self) -> None:
        seen: List[Any] = []

        async def drop() -> int:
            await asyncio.sleep(0)
            seen.append(threading.current_thread())
            return 5

        def apply(settings: Dict[str, Any]) -> None:
            asyncio.get_running_loop()
            seen.append(settings["level"])

        async def main() -> None:
            loop = asyncio.get_running_loop()
            self.link.cache("frames", size=lambda: len(seen), evict=drop, loop=loop)
            self.link.quality(apply=apply, level="high", loop=loop)

            def watch() -> List[Dict[str, Any]]:
                viewer = self.viewer()
                viewer.poll()
                return [
                    viewer.do("evict"),
                    viewer.do("quality", level="low"),
                    viewer.poll(),
                ]

            evicted, applied, told = await loop.run_in_executor(None, watch)
            self.assertEqual((evicted["bytes"], applied["ok"]), (5, True))
            self.assertEqual(seen, [threading.main_thread(), "low"])
            self.assertEqual(told["caches"][0]["bytes"], 2)

        asyncio.run(main())

    def test_what_is_raised_in_the_loop_is_told_and_a_closed_loop_too(self) -> None:
        async def drop() -> None:
            raise KeyError("frames")

        loop = asyncio.new_event_loop()
        self.link.cache("frames", evict=drop, loop=loop)
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        viewer = self.viewer()
        self.assertIn("KeyError: 'frames'", viewer.do("evict")["error"])
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        self.assertIn("closed", viewer.do("evict")["error"])


class ReaderTests(PlaceCase):
    def test_a_loop_serves_viewers_without_any_thread(self) -> None:
        link = perftop_link.start("reader", thread=False)
        self.addCleanup(link.stop)
        called: List[str] = []
        link.quality(apply=lambda settings: called.append(threading.current_thread().name))

        def watch() -> List[Any]:
            viewer = Viewer(link.path or "")
            told = [viewer.do("quality", level="low"), viewer.do("gc")]
            viewer.socket.sendall(b'{"op":"hello"}\n' * 120)
            told += [viewer.reply() for _ in range(120)]
            viewer.close()
            return told

        async def main() -> None:
            loop = asyncio.get_running_loop()
            loop.add_reader(link.fileno(), link.poll)
            told = await asyncio.wait_for(loop.run_in_executor(None, watch), 20)
            self.assertEqual([told[0]["ok"], told[1]["ok"], len(told)], [True, True, 122])
            loop.remove_reader(link.fileno())

        asyncio.run(main())
        self.assertEqual(called, ["MainThread"])
