"""How much a book may be: bounds that whoever runs the machine can move, and the book itself only lower.

A book may be a stranger's, in a pull request that a server builds. What is beyond a bound is refused before it costs anything; what passes
all of them is held to time and memory (`bounds.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a book may have of each. Far more than a real one has, and little enough to be read in seconds.

    `time` is of the processor, in seconds, `memory` in megabytes, `text` and `data` are of one file, in kilobytes; `paragraph` is in
    characters, and any value of a YAML file is one; `marks` are the brackets and quotation marks of one paragraph.
    """

    time: int = 1800
    memory: int = 4096
    files: int = 5000
    text: int = 20_000
    data: int = 200_000
    paragraph: int = 100_000
    marks: int = 5000
    cells: int = 20_000
    notes: int = 10_000
    records: int = 10_000
    pages: int = 500
    editions: int = 20

    def lowered(self, wanted: Mapping[str, int]) -> Limits:
        """These limits with the lower ones that a book wants."""
        return replace(self, **{name: min(number, getattr(self, name)) for name, number in wanted.items()})


STANDARD = Limits()

LIMITS: Mapping[str, str] = {
    "time": "Time of the processor for one run, in seconds.",
    "memory": "Memory of one run, in megabytes.",
    "files": "Files in book/, and as many in styles/.",
    "text": "The largest file of text, in kilobytes.",
    "data": "The largest other file, in kilobytes.",
    "paragraph": "Characters of one paragraph, or of one value of a YAML file.",
    "marks": "Brackets and quotation marks of one paragraph.",
    "cells": "Cells of one table.",
    "notes": "Notes of the whole book.",
    "records": "Records of one YAML file.",
    "pages": "Pages of the contents.",
    "editions": "Editions.",
}
# Those of a whole run, which begins before a book is read.
RUN = frozenset({"time", "memory"})


def limit(setting: str) -> tuple[str, int]:
    """The name and the number of a limit that somebody typed, `time=3600`. Raises ValueError for anything else."""
    name, _, number = setting.partition("=")
    if name not in LIMITS or not number.isascii() or not number.isdecimal() or not int(number):
        raise ValueError(setting)
    return name, int(number)


assert set(LIMITS) == {one.name for one in fields(Limits)}  # noqa: S101 - two lists of the same things
