"""Runs `publish` with a fault: `faulty.py FOLDER STEP FAULT ARGUMENT …`.

At the STEP-th time that something is about to be changed in FOLDER (a file opened for writing, a folder made, a name changed or taken
away) the process is killed (FAULT is `kill`) or the change fails (FAULT is the name of an error, such as ENOSPC), and so do all after it.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

CHANGES = {"os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def changed(event: str, arguments: tuple[object, ...]) -> str:
    """The path that an audited event is about to change; nothing if it changes none."""
    if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
        path = arguments[0]
        return os.fsdecode(path) if isinstance(path, str | bytes) else ""
    return ""


def strike(folder: Path, step: int, fault: str) -> None:
    """Let the fault come. A hook cannot be taken away again, so this is for a process of its own."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if not changed(event, arguments).startswith(str(folder)):
            return
        count += 1
        if count >= step:
            happen(fault)

    sys.addaudithook(hook)


def happen(fault: str) -> None:
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    number = getattr(errno, fault)
    raise OSError(number, os.strerror(number))


def in_child(work: Callable[[], int]) -> int:
    """Do the work in a process of its own; the result is what `waitstatus_to_exitcode` says."""
    child = os.fork()
    if child == 0:
        os._exit(work())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    from publish.cli import main

    strike(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    sys.exit(main(sys.argv[4:]))
