"""A release that somebody downloaded, held against its `SHA256SUMS` and against files that were made anew."""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publish.errors import NoProject
from publish.model import Artifact
from publish.release.files import SUMS

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64}) [ *](?P<name>.+)")  # as `sha256sum` writes it
# What was downloaded may be no zip file, a damaged one, or one that is packed or locked in a way that nothing here undoes.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file of a release, and what is wrong with it; nothing is if `wrong` is empty."""

    name: str
    wrong: str = ""


def check_sums(folder: Path) -> tuple[Checked, ...]:
    """Each file that the sums of a release name, and each that they do not. Raises `NoProject` where there are no sums that can be read."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoProject(f"there is no release to verify: {folder / SUMS} cannot be read") from error
    sums = dict(map(_sum_in, lines))
    if not sums:
        raise NoProject(f"there is no release to verify: {folder / SUMS} names no file")
    there = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {SUMS}
    named = (Checked(name, _wrong_with(folder / name, digest)) for name, digest in sums.items())
    return (*named, *(Checked(name, f"not in {SUMS}") for name in sorted(there - sums.keys())))


def _sum_in(line: str) -> tuple[str, str]:
    found = _LINE.fullmatch(line)
    if not found or Path(found["name"]).name != found["name"]:  # a path could lead anywhere
        raise NoProject(f"{SUMS} has a line that is no sum and name of a file: {line[:100]!r}")
    return found["name"], found["digest"]


def _wrong_with(path: Path, digest: str) -> str:
    if path.is_symlink() or not path.is_file():
        return "missing" if not path.exists() and not path.is_symlink() else "no file"
    return "" if hashlib.sha256(path.read_bytes()).hexdigest() == digest else "changed: it has another sum"


def compare(folder: Path, made: Iterable[Artifact]) -> Iterator[Checked]:
    """Each file that was made anew from the source, and where that of the release differs from it."""
    for artifact in made:
        path = folder / artifact.name
        if not path.is_file():
            yield Checked(artifact.name, "made from the source, but not in the release")
        else:
            yield Checked(artifact.name, _difference(artifact, path.read_bytes()))


def _difference(made: Artifact, released: bytes) -> str:
    if made.data == released:
        return ""
    place = _member(made.data, released) if made.kind == "epub" else ""
    return f"differs from what the source makes, {place or f'from byte {_same(made.data, released)} on'}"


def _same(one: bytes, other: bytes) -> int:
    """How many bytes two files have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (byte, its) in pairs if byte != its), min(len(one), len(other)))


def _member(made: bytes, released: bytes) -> str:
    """The first member of an e-book that differs; nothing where that cannot be told."""
    with (
        suppress(*_UNREADABLE),
        zipfile.ZipFile(io.BytesIO(made)) as one,
        zipfile.ZipFile(io.BytesIO(released)) as other,
    ):
        both = set(one.namelist()) & set(other.namelist())
        for name in [*one.namelist(), *other.namelist()]:
            if name not in both or one.read(name) != other.read(name):
                return f"first in {name}"
    return ""
