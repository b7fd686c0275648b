"""Calling the program's own functions, wherever they want to be called."""

import inspect
from concurrent.futures import Future
from typing import Any, Callable

PATIENCE = 30.0


def call(function: Callable[..., Any], loop: Any, *args: Any) -> Any:
    """Calls a function here, or in an asyncio loop and waits for what it returns.

    A coroutine function needs a loop. What it raises is raised here.
    """
    if loop is None:
        return function(*args)
    if _is_in(loop):
        made = function(*args)
        return loop.create_task(_await(made)) and None if inspect.isawaitable(made) else made
    done: "Future[Any]" = Future()

    def run() -> None:
        if not done.set_running_or_notify_cancel():
            return
        try:
            made = function(*args)
            if inspect.isawaitable(made):
                task = loop.create_task(_await(made))
                task.add_done_callback(lambda ended: _pass_on(ended, done))
            else:
                done.set_result(made)
        except BaseException as error:
            done.set_exception(error)
            if not isinstance(error, Exception):
                raise

    loop.call_soon_threadsafe(run)
    return done.result(timeout=PATIENCE)


def said(error: BaseException) -> str:
    """An exception in a few words."""
    try:
        text = str(error)
    except Exception:
        text = ""
    kind = type(error).__name__
    return (kind + ": " + text if text else kind)[:300]


async def _await(made: Any) -> Any:
    return await made


def _pass_on(ended: Any, done: "Future[Any]") -> None:
    if ended.cancelled():
        done.set_exception(RuntimeError("cancelled"))
    elif ended.exception() is not None:
        done.set_exception(ended.exception())
    else:
        done.set_result(ended.result())


def _is_in(loop: Any) -> bool:
    import asyncio

    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False
