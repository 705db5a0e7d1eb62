"""Writing the outputs: all of them or none, whatever happens in between (`swap.py`), and reading them again."""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from publish.errors import CannotWrite, NoProject
from publish.model import Artifact, Kind
from publish.release.swap import READY, UNFINISHED, alone, finish, put, swap

SUMS = "SHA256SUMS"
MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
}
NAMES: tuple[tuple[str, Kind], ...] = (
    (r"\.epub$", "epub"),
    (r"-print-(?P<edition>[a-z0-9-]+)\.pdf$", "print"),
    (r"-booklet-(?P<edition>[a-z0-9-]+)-on-[a-z0-9-]+\.pdf$", "booklet"),
    (r"-wrap-(?P<edition>[a-z0-9-]+)\.pdf$", "wrap"),
    (r"-locators\.json$", "locators"),
    (r"-onix\.xml$", "onix"),
    (r"-book\.jsonld$", "jsonld"),
    (r"-screen-(?P<edition>[a-z0-9-]+)\.pdf$", "screen"),
    (r"\.pdf$", "screen"),
)


def write_files(folder: Path, files: Mapping[str, bytes], *, complete: bool = True) -> tuple[Path, ...]:
    """Write the files and their `SHA256SUMS` into the folder; returns their paths.

    When they are `complete`, files that an earlier run wrote (they are named in its `SHA256SUMS`) and this one did not are removed;
    otherwise those are left, and stay in the sums. Other people's files are never touched. Raises `CannotWrite`, with the old files or the
    new ones whole, when the new ones cannot all be put in place.
    """
    try:
        make_folder(folder, files)
        with alone(folder):
            finish(folder, put_in_place)
            sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
            kept = {} if complete else sums_in(folder / SUMS)
            whole = {**files, SUMS: sums_text(kept | sums)}
            swap(folder, whole, put_in_place)
    except OSError as error:
        raise CannotWrite(
            f"cannot write {error.filename or folder}: {error.strerror}; what was there is still whole"
        ) from error
    return tuple(folder / name for name in whole)


def put_in_place(ready: Path, folder: Path) -> None:
    """Put finished files into their folder, take away those of an earlier run that are not made any more, and then change the sums.

    It can be broken off at any moment and begun anew.
    """
    for path in sorted(ready.iterdir()):
        if path.name != SUMS:
            put(path, folder / path.name)
    if (ready / SUMS).is_file():
        for name in sums_in(folder / SUMS).keys() - names_in(ready / SUMS).keys():
            (folder / name).unlink(missing_ok=True)
        put(ready / SUMS, folder / SUMS)


def make_folder(folder: Path, files: Iterable[str]) -> None:
    """Make the folder if it is not there. Raises an `OSError` for what stands in the way of it or of one of the files."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "a file of this name is in the way", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder of this name is in the way", str(folder / name))


def sums_text(sums: Mapping[str, str]) -> bytes:
    """The lines of `SHA256SUMS`, as `sha256sum --check` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def sums_in(path: Path) -> dict[str, str]:
    """The sums that lie there, of files still there; a link is none of them, for it may lead anywhere."""
    there = (
        {one.name for one in path.parent.iterdir() if one.is_file() and not one.is_symlink()}
        if path.is_file()
        else set()
    )
    return {name: digest for name, digest in names_in(path).items() if name in there}


def names_in(path: Path) -> dict[str, str]:
    """The sums that lie there, by the names of the files; only plain names, so that nothing outside the folder can be meant."""
    if not path.is_file():
        return {}
    lines = (line.split("  ", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    sums = {parts[1]: parts[0] for parts in lines if len(parts) == 2}
    return {name: digest for name, digest in sums.items() if Path(name).name == name}


def read_files(folder: Path, files: tuple[Path, ...] = ()) -> tuple[Artifact, ...]:
    """The finished files in the folder, or those that are named. Raises `NoProject` where there are none or one is not a file."""
    if not files:
        finish_earlier(folder)
        found = (artifact(path) for path in named_in_sums(folder))
        made = tuple(one for one in found if one is not None)
        if not made:
            raise NoProject(f"nothing to judge: {folder} holds no finished files; run: publish build")
        return made
    return tuple(map(named_artifact, files))


def finish_earlier(folder: Path) -> None:
    """Finish what an earlier run was killed in, if there is such a folder. Raises `CannotWrite` when that cannot be done."""
    if any((folder / name).is_dir() for name in (READY, UNFINISHED)):
        with alone(folder):
            finish(folder, put_in_place)


def named_artifact(path: Path) -> Artifact:
    """The file that somebody names. Raises `NoProject` if there is none, or if it is of no kind that is made."""
    if not path.is_file():
        raise NoProject(f"there is no file {path}")
    made = artifact(path)
    if made is None:
        raise NoProject(f"{path} is no file that can be judged; those that can end with .epub or .pdf")
    return made


def earlier(folder: Path, kind: Kind) -> bytes:
    """The file of that kind that an earlier build wrote; nothing where there is none, or it is not as it was written."""
    for name, digest in sums_in(folder / SUMS).items():
        if any(known == kind and re.search(pattern, name) for pattern, known in NAMES):
            data = (folder / name).read_bytes()
            return data if hashlib.sha256(data).hexdigest() == digest else b""
    return b""


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
