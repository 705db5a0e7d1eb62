"""The part of constraints.txt that installs some groups of pyproject.toml, to be installed with its hashes: `python locked.py GROUP …`.

The group `publish` is the program itself. Written for the standard library alone: `./run` asks before anything is installed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

LOCK = Path(__file__).with_name("constraints.txt")
# A package of the lock: its name and version, its hashes, and in comments what wants it.
PACKAGE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==.*\n(?: .*\n?)*", re.MULTILINE)
WANTED_BY = re.compile(r"^    # +(?:via )?(\S+(?: \(pyproject\.toml(?::\S+)?\))?)$", re.MULTILINE)


def locked(groups: Iterable[str], lock: str) -> str:
    """The packages of a lock that groups need, and what those need, as pip reads them."""
    packages = {found["name"]: found[0] for found in PACKAGE.finditer(lock)}
    wanted_by = {name: set(WANTED_BY.findall(text)) for name, text in packages.items()}
    wanted = {f"publish (pyproject.toml{'' if group == 'publish' else f':{group}'})" for group in groups}
    found: set[str] = set()
    while more := {name for name in packages.keys() - found if wanted_by[name] & wanted}:
        found |= more
        wanted |= more
    return "".join(text for name, text in packages.items() if name in found)


if __name__ == "__main__":
    sys.stdout.write(locked(sys.argv[1:], LOCK.read_text(encoding="utf-8")))
