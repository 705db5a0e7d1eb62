"""Judges that are programs of their own: how they are run."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, TypeAlias

from publish.errors import ToolFailed

TIME_LIMIT = 600  # seconds; a book of a thousand pages takes less than one


class Answer(NamedTuple):
    """What a program said, and its exit status."""

    status: int
    output: str
    errors: str


Run: TypeAlias = Callable[[Sequence[str], Mapping[str, str]], Answer]

_running: set[subprocess.Popen[bytes]] = set()
_starting = threading.Lock()  # so that none runs of which nobody knows


def run_program(command: Sequence[str], environment: Mapping[str, str], time_limit: float = TIME_LIMIT) -> Answer:
    """Run a program to its end, with `environment` added to this one's.

    It has a group of processes of its own, so that what it starts (a browser) ends with it. Raises FileNotFoundError when there is no such
    program, ToolFailed when it cannot be run, or takes longer than `time_limit`, in seconds.
    """
    with _start(command, environment) as running:
        try:
            output, errors = running.communicate(timeout=time_limit)
        except subprocess.TimeoutExpired as error:
            _end(running)
            raise ToolFailed(f"{command[0]} did not end within {time_limit:g} seconds") from error
        finally:
            _running.discard(running)
    return Answer(running.returncode, output.decode(errors="replace"), errors.decode(errors="replace"))


def _start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    try:
        with _starting:
            running = subprocess.Popen(
                command,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            _running.add(running)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ToolFailed(f"{command[0]} cannot be run: {error.strerror}") from error
    return running


def end_programs() -> None:
    """End all programs that run: nobody waits for their answers any more."""
    with _starting:
        for running in tuple(_running):
            _end(running)


def _end(running: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it has started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
