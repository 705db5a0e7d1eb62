"""Runs `watched.py COMMAND …` of `publish` on each project that it is told, and tells what it did that is not its business.

It may read the project's `book/` and `styles/`, itself and Python, and write into `build/` and temporary folders of its own; and nothing
else: no other file, no socket, no program. Projects come in
by a line each, and for each goes out a JSON object: `status`, `said`, and `acts`, what it did beyond.
Python tells of each such act (`sys.addaudithook`, PEP 578); libraries in C open their fonts unseen.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import site
import sys
import sysconfig
import tempfile
from pathlib import Path
from types import FrameType

import publish
from publish.cli import main

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.fork",
    "urllib.",
    "ftplib.",
    "http.",
)
WRITING = {
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.chmod", "os.chown", "os.truncate", "os.utime",
    "shutil.rmtree", "shutil.move", "shutil.copyfile",
}  # fmt: skip
PYTHONS_OWN = ("ctypes/util.py", "importlib/resources/readers.py")
HARMLESS = (
    "/dev/null",
    "/dev/urandom",
    "/proc/self/",
    "/etc/mime.types",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/etc/apache2/mime.types",
)


def real(path: object) -> str:
    return os.path.realpath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""


def is_known() -> bool:
    """Whether this is Python looking for Pango (it asks ldconfig, gcc and ld), or, from 3.13 on, for a package in each folder that it would
    import from; or what is in a folder whose removal was seen itself."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename.endswith(PYTHONS_OWN) or frame.f_code.co_name == "_rmtree_safe_fd":
            return True
        frame = frame.f_back
    return False


class Watch:
    """What is done while a project is the one that is worked on."""

    def __init__(self) -> None:
        paths = sysconfig.get_paths().values()
        own = {
            str(Path(publish.__file__).parent),
            sys.prefix,
            sys.base_prefix + "/lib",
            *paths,
            *site.getsitepackages(),
        }
        self.own = tuple(map(real, own))
        self.acts: list[str] = []
        self.written: tuple[str, ...] = ()
        self.readable: tuple[str, ...] = ()
        sys.addaudithook(self.hook)

    def begin(self, project: Path) -> None:
        """Watch what is done from now on. The links of the project are followed now: what they lead to is not the project's."""
        mine = os.path.realpath(project)
        self.acts = []
        self.written = (f"{mine}/build", real(Path(tempfile.gettempdir()) / "publish-"))
        self.readable = (*self.own, *self.written, f"{mine}/book", f"{mine}/styles")

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.readable and self.is_foreign(event, arguments) and not is_known():
            self.acts.append(f"{event} {arguments!r}")

    def is_foreign(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event.startswith(FORBIDDEN):
            return True
        if event in WRITING:
            return not real(arguments[0]).startswith(self.written)
        if event != "open" or isinstance(arguments[0], int) or str(arguments[0]).startswith(HARMLESS):
            return False
        mode, flags = str(arguments[1] or ""), int(str(arguments[2] or 0))
        writes = any(sign in mode for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return not real(arguments[0]).startswith(self.written if writes else self.readable)


def run(watch: Watch, command: list[str], project: Path) -> dict[str, object]:
    watch.begin(project)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main([*command, str(project)])
    return {"status": status, "said": said.getvalue(), "acts": watch.acts}


if __name__ == "__main__":
    # All of it in this process, on one processor: what a second one did would be seen by nobody here.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    whole = Watch()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(whole, sys.argv[1:], Path(line.rstrip("\n")))) + "\n")
        sys.stdout.flush()
