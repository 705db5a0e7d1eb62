"""What ends a run from outside: a signal, a full disk, a reader of the output who has gone."""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

# Conditions of the machine, not faults of the program: no room, no right to write, no more memory or open files, a broken disk.
_OF_THE_MACHINE = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOMEM,
        errno.EMFILE, errno.ENFILE,
    }
)  # fmt: skip


class Terminated(BaseException):
    """Somebody asked the process to end (SIGTERM). Like an interruption it is no error, and nothing but the end of a run may catch it."""


_AGAIN = 0.5  # seconds after which it is asked again: an exception in a callback of a library in C is lost


@contextmanager
def terminating() -> Iterator[None]:
    """While this lasts, SIGTERM raises `Terminated`, so that what was made for a while is taken away, and SIGINT `KeyboardInterrupt`, both
    until they are heard. Of a thread it is the main one's; an interruption that is ignored, as in the background, stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ends: dict[int, type[BaseException]] = {signal.SIGTERM: Terminated}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        ends[signal.SIGINT] = KeyboardInterrupt
    last: type[BaseException] = Terminated

    def end(number: int, _: object) -> None:
        nonlocal last
        last = ends.get(number, last)
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        raise last

    before = {number: signal.signal(number, end) for number in (*ends, signal.SIGALRM)}
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def is_of_the_machine(error: OSError) -> bool:
    return error.errno in _OF_THE_MACHINE


def silence(stream: TextIO) -> None:
    """Write no more to a stream: the interpreter would complain when it closes what cannot be written (documentation of `signal`)."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
