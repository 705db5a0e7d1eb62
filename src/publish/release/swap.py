"""A set of files put into a folder whole, whatever happens meanwhile: the power fails, the disk is full, somebody kills the program.

The new files are first written aside, in `.unfinished`. When all of them lie there, that folder is renamed to `.ready`: from then on they
are the ones that count. They are put in place one by one, each by rename, which a file system does whole or not at all (POSIX rename(2)),
and their `SHA256SUMS` last; only then does `.ready` go. So at any moment one whole set is there, and who comes next finishes what an
earlier run did not come to. Only one run at a time does any of this.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from publish.errors import CannotWrite

UNFINISHED = ".unfinished"
READY = ".ready"
PLACING = ".placing"
PATIENCE = 60  # seconds for which another run may be putting its files in place; it takes less than one
_PAUSE = 0.05

Place = Callable[[Path, Path], None]  # puts the files of a ready folder into the one that it lies in


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While this lasts no other run changes the folder. The lock goes with the process, so a killed one leaves none.

    Raises `CannotWrite` when another run does not come to an end, an `OSError` when there is no such folder.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, folder: Path) -> None:
    for _ in range(int(PATIENCE / _PAUSE)):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        else:
            return
    raise CannotWrite(f"another run of publish is writing into {folder}; try again when it has ended")


def swap(folder: Path, files: Mapping[str, bytes], place: Place) -> None:
    """Write the files and put them in place. Raises `CannotWrite`, with the old files or the new ones whole, when that cannot be done."""
    unfinished = folder / UNFINISHED
    try:
        _write_aside(unfinished, files)
        unfinished.rename(folder / READY)
    except OSError as error:
        with suppress(OSError):
            shutil.rmtree(unfinished)
        raise CannotWrite(_told(error, folder, "what was there is still whole")) from error
    finish(folder, place)


def finish(folder: Path, place: Place) -> None:
    """Put in place what an earlier run had ready, and take away what it had not. Raises `CannotWrite` when that cannot be done."""
    ready = folder / READY
    try:
        for path in (ready, folder / UNFINISHED):
            if path.is_symlink():  # somebody else's: no run makes one, and what it leads to is nobody's to move
                path.unlink()
        if ready.is_dir():
            place(ready, folder)
            (folder / PLACING).unlink(missing_ok=True)
            shutil.rmtree(ready)
        if (folder / UNFINISHED).is_dir():
            shutil.rmtree(folder / UNFINISHED)
        _sync(folder)
    except OSError as error:
        raise CannotWrite(
            _told(error, folder, f"the new files lie in {ready}, and the next run puts them here")
        ) from error


def put(path: Path, target: Path) -> None:
    """Put a ready file in the place of another one, and leave it where it is as well."""
    again = target.with_name(PLACING)
    again.unlink(missing_ok=True)
    try:
        again.hardlink_to(path)
    except OSError:  # not every file system knows two names of a file
        shutil.copyfile(path, again)
    again.replace(target)


def _told(error: OSError, folder: Path, outcome: str) -> str:
    return f"cannot write {error.filename or folder}: {error.strerror}; {outcome}"


def _write_aside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files so that they are on the disk, not only on their way there."""
    folder.mkdir()
    for name, data in files.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _sync(folder)


def _sync(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the file system can do that (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
