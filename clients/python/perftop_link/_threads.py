"""Threads that never get in the program's way."""

import signal
import threading
from typing import Callable

# What a thread itself has caused must stay deliverable, for faulthandler's sake.
_OWN_FAULTS = {
    signal.SIGSEGV,
    signal.SIGBUS,
    signal.SIGFPE,
    signal.SIGILL,
    signal.SIGABRT,
    signal.SIGTRAP,
    signal.SIGSYS,
}


def start_thread(work: Callable[[], None], name: str) -> threading.Thread:
    """Starts a daemon thread that receives none of the program's signals.

    A signal taken by this thread would not wake the program's own, and one that the program
    waits for with sigwait would end the process; so all are blocked before it exists.
    """
    thread = threading.Thread(target=work, name=name, daemon=True)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals() - _OWN_FAULTS)
    try:
        thread.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return thread
