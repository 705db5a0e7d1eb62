"""Judges that are programs of their own: how they are run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from publish.errors import ToolFailed

TIME_LIMIT = 600  # seconds; a book of a thousand pages takes less than one


class Answer(NamedTuple):
    """What a program said, and its exit status."""

    status: int
    output: str
    errors: str


Run: TypeAlias = Callable[[Sequence[str], Mapping[str, str]], Answer]


def run_program(command: Sequence[str], environment: Mapping[str, str]) -> Answer:
    """Run a program to its end, with `environment` added to this one's.

    Raises FileNotFoundError when there is no such program, ToolFailed when it takes longer than `TIME_LIMIT`.
    """
    try:
        done = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"{command[0]} did not end within {TIME_LIMIT} seconds") from error
    return Answer(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
