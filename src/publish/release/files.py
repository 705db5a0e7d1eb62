"""Writing the outputs: all of them or none, whatever happens in between.

Everything is first written to a folder beside the goal; only when all of it lies there does each file replace the one of its name, by
rename, which the file system does whole or not at all (POSIX rename(2)). An old file that is not made any more is taken away last.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from publish.errors import CannotWrite, NoProject
from publish.model import Artifact, Kind

SUMS = "SHA256SUMS"
MEDIA_TYPES = {".epub": "application/epub+zip", ".pdf": "application/pdf", ".json": "application/json"}
NAMES: tuple[tuple[str, Kind], ...] = (
    (r"\.epub$", "epub"),
    (r"-print-(?P<edition>[a-z0-9-]+)\.pdf$", "print"),
    (r"-booklet-(?P<edition>[a-z0-9-]+)-on-[a-z0-9-]+\.pdf$", "booklet"),
    (r"-wrap-(?P<edition>[a-z0-9-]+)\.pdf$", "wrap"),
    (r"-locators\.json$", "locators"),
    (r"-screen-(?P<edition>[a-z0-9-]+)\.pdf$", "screen"),
    (r"\.pdf$", "screen"),
)
UNFINISHED = ".unfinished"


def write_files(folder: Path, files: Mapping[str, bytes], *, complete: bool = True) -> tuple[Path, ...]:
    """Write the files and their `SHA256SUMS` into the folder; returns their paths.

    When they are `complete`, files that an earlier run wrote (they are named in its `SHA256SUMS`) and this one did not are removed;
    otherwise those are left, and stay in the sums. Other people's files are never touched. Raises `CannotWrite`, with the folder as it
    was, when the new files cannot all be written.
    """
    unfinished = folder / UNFINISHED
    try:
        make_folder(folder, files)
        before = sums_in(folder / SUMS)
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        whole = {**files, SUMS: sums_text(sums if complete else {**before, **sums})}
        write_aside(unfinished, whole)
        for name in whole:
            (unfinished / name).replace(folder / name)
    except OSError as error:
        raise CannotWrite(
            f"cannot write {error.filename or folder}: {error.strerror}; what was there is still whole"
        ) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(unfinished)
    for name in before.keys() - whole.keys() if complete else ():
        (folder / name).unlink(missing_ok=True)
    return tuple(folder / name for name in whole)


def make_folder(folder: Path, files: Iterable[str]) -> None:
    """Make the folder if it is not there. Raises an `OSError` for what stands in the way of it or of one of the files."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file of this name is in the way", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder of this name is in the way", str(folder / name))


def write_aside(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def sums_text(sums: Mapping[str, str]) -> bytes:
    """The lines of `SHA256SUMS`, as `sha256sum --check` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def sums_in(path: Path) -> dict[str, str]:
    """The sums that lie there, of files still there; only plain names, so that nothing outside the folder can be meant."""
    if not path.is_file():
        return {}
    lines = (line.split("  ", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    sums = {parts[1]: parts[0] for parts in lines if len(parts) == 2}
    return {name: digest for name, digest in sums.items() if Path(name).name == name and (path.parent / name).is_file()}


def read_files(folder: Path, files: tuple[Path, ...] = ()) -> tuple[Artifact, ...]:
    """The finished files in the folder, or those that are named. Raises `NoProject` where there are none or one is not a file."""
    if not files:
        found = (artifact(path) for path in named_in_sums(folder))
        made = tuple(one for one in found if one is not None)
        if not made:
            raise NoProject(f"nothing to judge: {folder} holds no finished files; run: publish build")
        return made
    return tuple(map(named_artifact, files))


def named_artifact(path: Path) -> Artifact:
    """The file that somebody names. Raises `NoProject` if there is none, or if it is of no kind that is made."""
    if not path.is_file():
        raise NoProject(f"there is no file {path}")
    made = artifact(path)
    if made is None:
        raise NoProject(f"{path} is no file that can be judged; those that can end with .epub or .pdf")
    return made


def named_in_sums(folder: Path) -> tuple[Path, ...]:
    """The files in the folder that a build wrote, by its `SHA256SUMS`, and that are still there."""
    return tuple(folder / name for name in sums_in(folder / SUMS))


def artifact(path: Path) -> Artifact | None:
    """What a file is, told by the name that its maker gave it; None for one that no maker makes."""
    for pattern, kind in NAMES:
        if match := re.search(pattern, path.name):
            edition = match.groupdict().get("edition") or ""
            return Artifact(path.name, kind, MEDIA_TYPES[path.suffix], path.read_bytes(), edition)
    return None
