"""Replaces one set of files by another, again and again, with a fault at the first change, the second, and so on.

`stepped.py FOLDER FAULT`; the faults are those of `faulty.py`.

Prints a line of JSON for each step: how the process ended, what lay there then, what after the next run, and what the error said.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from faulty import in_child, strike

from publish.errors import CannotWrite
from publish.release import read_files, write_files
from publish.release.swap import PLACING, READY

OLD = {"a-1.epub": b"old", "a-1.pdf": b"old too", "gone-1.pdf": b"old alone"}
NEW = {"a-1.epub": b"new", "a-1.pdf": b"new too", "come-1.pdf": b"new alone"}
FINE, CANNOT_WRITE = 0, 5


def state(folder: Path) -> str:
    """Which set lies in the folder, whole and with its sums; "mixed" for neither."""
    if not folder.is_dir():
        return "nothing"
    files = (path for path in folder.iterdir() if path.is_file() and path.name not in {"notes.txt", PLACING})
    there = {path.name: path.read_bytes() for path in files}
    for name, files in ("old", OLD), ("new", NEW):
        sums = "".join(f"{hashlib.sha256(files[one]).hexdigest()}  {one}\n" for one in sorted(files))
        if there == {**files, "SHA256SUMS": sums.encode()}:
            return name
    return "mixed"


def write(folder: Path, said: Path) -> int:
    try:
        write_files(folder, NEW)
    except CannotWrite as error:
        with suppress(OSError):
            said.write_text(str(error), encoding="utf-8")
        return CANNOT_WRITE
    return FINE


def step(folder: Path, number: int, fault: str) -> dict[str, object]:
    """One step, from the old files on."""
    said = folder.with_name("said")
    said.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    write_files(folder, OLD)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")

    def work() -> int:
        strike(folder, number, fault)
        return write(folder, said)

    ended = in_child(work)
    at_once, ready = state(folder), state(folder / READY)
    read_files(folder)
    return {
        "ended": ended,
        "at once": at_once,
        "ready": ready,
        "after the next run": state(folder),
        "left over": sorted(path.name for path in folder.iterdir() if path.name.startswith(".")),
        "mine": (folder / "notes.txt").read_text(encoding="utf-8"),
        "said": said.read_text(encoding="utf-8") if said.exists() else "",
    }


if __name__ == "__main__":
    for number in count(1):
        found = step(Path(sys.argv[1]), number, sys.argv[2])
        sys.stdout.write(f"{json.dumps(found)}\n")
        if found["ended"] == FINE:
            break
