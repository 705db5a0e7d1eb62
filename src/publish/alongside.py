"""Does two things at once, where the machine has a second processor for it."""

from __future__ import annotations

import io
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, cast

Answer = TypeVar("Answer")
# Whoever interrupts a run means the parent, and the parent ends its child.
_THE_PARENTS = (signal.SIGINT, signal.SIGALRM)
_SEVERAL = 2  # of so many names and more an `attrgetter` gives a tuple


@contextmanager
def alongside(work: Callable[[], Answer], *, worth: bool = True) -> Iterator[Callable[[], Answer]]:
    """Do `work` in a process of its own while the block runs, which asks for the answer by calling what it is given.

    The work sees everything as it is now, and nothing of it but its answer comes back. An exception in it is raised where the answer is
    asked for; nobody need ask, and who leaves the block ends the work. Where there is no second process to be had, or it is not `worth`
    one, it is done at once.
    """
    child = _forked(work) if worth and _can_fork() else None
    if child is None:
        answer = work()
        yield lambda: answer
        return
    process, pipe = child
    told = cache(lambda: _told(pipe, work))  # asked twice, it says the same
    try:
        yield lambda: _answer(*told())
    finally:
        os.close(pipe)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _can_fork() -> bool:
    """Whether this is a Linux with processors to spare, and a process of one thread: of several, one would live on, and find locks held by
    the others (fork(2)). What macOS calls in its own libraries does not outlive a fork either.
    """
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return processors > 1 and threading.active_count() == 1


def _forked(work: Callable[[], Answer]) -> tuple[int, int] | None:
    """The process that does the work, and the end of a pipe that its answer can be read from; None where the system has no room for it."""
    here, there = os.pipe()
    ticks = signal.getitimer(signal.ITIMER_PROF)[1]
    # Until the child has its own answers to them: raised in it, an interruption would end in the parent's hands.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {*_THE_PARENTS, signal.SIGTERM})
    try:
        process = os.fork()
        if process == 0:
            _live(work, there, ticks, blocked)
    except OSError:
        os.close(here)
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        os.close(there)
    return process, here


def _live(work: Callable[[], Answer], pipe: int, ticks: float, blocked: Iterable[int]) -> NoReturn:
    """The life of the child. It ends here, whatever happens, for all that stands behind the work is its parent's to do."""
    try:
        for number in _THE_PARENTS:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        # By these ticks the limits of a run are looked after, and a child has none (setitimer(2)).
        signal.setitimer(signal.ITIMER_PROF, ticks, ticks)
        # Whole before the first of it is said: a pipe holds little, and the parent may have something else to do yet.
        said = io.BytesIO()
        _Pickler(said, pickle.HIGHEST_PROTOCOL).dump(_done(work))
        with os.fdopen(pipe, "wb") as out:
            out.write(said.getbuffer())
    finally:
        os._exit(0)


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How each class of values is told: a dataclass by its fields, as whoever makes one tells them. By its own way it takes three times as
    long, and a book is some hundred thousand of them.
    """

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        told = fields(kind) if is_dataclass(kind) else ()
        if len(told) < _SEVERAL or not all(one.init for one in told):
            raise KeyError(kind)
        values = attrgetter(*(one.name for one in told))
        self[kind] = lambda value: (kind, values(value))
        return self[kind]


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers()


def _done(work: Callable[[], Answer]) -> tuple[Answer | None, BaseException | None]:
    try:
        return work(), None
    except BaseException as raised:  # noqa: BLE001 - it is raised again, by the parent
        from traceback import format_exc

        raised.add_note(f"in a process alongside:\n{format_exc()}")
        return None, raised


def _told(pipe: int, work: Callable[[], Answer]) -> tuple[Answer | None, BaseException | None]:
    """What the child says. If it says nothing, killed by the system or by what it could not say, the work is done here after all."""
    with os.fdopen(pipe, "rb", closefd=False) as said:
        data = said.read()
    try:
        return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301 - by this very program
    except Exception:  # noqa: BLE001 - half an answer, or an exception that cannot be made anew
        return _done(work)


def _answer(answer: Answer | None, raised: BaseException | None) -> Answer:
    if raised is not None:
        raise raised
    return cast("Answer", answer)
