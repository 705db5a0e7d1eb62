"""Holds a run to its time and its memory, and says so in one sentence when it wants more.

While it lasts a timer of the processor's time looks at both. What no timer sees, one call of a library in C that wants too much at
once, the system refuses (setrlimit(2)): memory as an error of Python's, time by ending the process.
"""

from __future__ import annotations

import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publish.errors import LimitExceeded
from publish.model import Limits

_TICK = 0.25  # seconds between two looks
_GRACE = 60  # seconds after which a call that does not come back is ended
_MEGABYTE = 1 << 20
_MEMORY = Path("/proc/self/statm")  # Linux: size and resident set, in pages (proc_pid_statm(5))


class _Exceeded(BaseException):
    """Raised wherever the work is; no `except Exception` of a library may take it for its own."""


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Do what is done within these limits of time and memory. Raises `LimitExceeded`. Of a thread it is the main one's."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, lambda *_: _look(limits, begun))
    begun = time.process_time()
    old = _set_backstops(limits, begun)
    signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
    try:
        yield
    except _Exceeded as exceeded:
        raise LimitExceeded(str(exceeded)) from None
    except RecursionError:
        raise LimitExceeded(
            "something in the book is nested deeper than can be followed; nothing was written"
        ) from None
    except MemoryError:
        raise LimitExceeded(_told("memory", limits.memory, "megabytes")) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        for which, limit in old.items():
            resource.setrlimit(which, limit)


def _look(limits: Limits, begun: float) -> None:
    if time.process_time() - begun > limits.time:
        raise _Exceeded(_told("time", limits.time, "seconds of the processor"))
    if _resident() > limits.memory * _MEGABYTE:
        raise _Exceeded(_told("memory", limits.memory, "megabytes"))


def _told(name: str, number: int, unit: str) -> str:
    return (
        f"the book needs more than {number} {unit}, the limit of {name}; nothing was written; "
        f"if you trust the book: --limit {name}={2 * number}"
    )


def _resident() -> int:
    """The bytes of memory that this process has now; 0 where the system does not tell."""
    with suppress(OSError):
        return int(_MEMORY.read_bytes().split()[1]) * resource.getpagesize()
    return 0


def _set_backstops(limits: Limits, begun: float) -> dict[int, tuple[int, int]]:
    """Lower the system's own limits; returns those that were.

    RLIMIT_DATA counts what is written to, not what is only reserved, as Java and chromium do.
    """
    wanted = {
        resource.RLIMIT_CPU: int(begun) + limits.time + _GRACE,
        resource.RLIMIT_DATA: 2 * limits.memory * _MEGABYTE,
    }
    old = {which: resource.getrlimit(which) for which in wanted}
    for which, number in wanted.items():
        soft, hard = old[which]
        lowest = min(one for one in (number, soft, hard) if one != resource.RLIM_INFINITY)
        resource.setrlimit(which, (lowest, hard))
    return old
