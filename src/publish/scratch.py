"""Folders for a while, outside of the book: for fonts that a library reads from files, and for the programs that judge."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publish.errors import CannotWrite

_PREFIX = "publish-"
_OLD = 60  # seconds after which a folder that no process holds was left behind by one that was killed


class Scratch:
    """A folder that goes when it is closed. One that a killed process left behind goes when the next is made.

    Raises `CannotWrite` where no folder can be made.
    """

    def __init__(self) -> None:
        try:
            _sweep()
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._held = _hold(self.path)
        except OSError as error:
            raise CannotWrite(
                f"no temporary folder can be made: {error.strerror}; TMPDIR can name another place"
            ) from error

    def close(self) -> None:
        os.close(self._held)
        shutil.rmtree(self.path, ignore_errors=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder as long as this lasts. Raises `CannotWrite` where none can be made."""
    made = Scratch()
    try:
        yield made.path
    finally:
        made.close()


def _hold(folder: Path) -> int:
    """Hold a folder as long as this process lives, or the descriptor is open."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def _sweep() -> None:
    """Take away folders that nobody holds any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another one's, or gone meanwhile
            facts = folder.lstat()
            if facts.st_uid == os.getuid() and time.time() - facts.st_mtime > _OLD and not folder.is_symlink():
                os.close(_hold(folder))
                shutil.rmtree(folder)
