"""What is shown while long work is done."""

from __future__ import annotations

import argparse
import sys
from typing import Self, TextIO


class Progress:
    """The stage that runs now, on one line of a terminal, which is empty again in the end; nowhere else."""

    def __init__(self, stream: TextIO, *, shown: bool) -> None:
        self.stream = stream
        self.shown = shown

    @classmethod
    def of(cls, options: argparse.Namespace) -> Progress:
        return cls(sys.stderr, shown=not options.quiet and sys.stderr.isatty())

    def __call__(self, stage: str, detail: str = "") -> None:
        self._line(f"{stage} … {detail}".rstrip(" "))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line("")

    def _line(self, text: str) -> None:
        if self.shown:
            # Back to the beginning of the line, erase it (ECMA-48, CR and EL).
            self.stream.write(f"\r\x1b[K{text}")
            self.stream.flush()
