"""Why a file cannot be read, in words that can be shown: the same for the same bytes, and without the inside of the machine."""

from __future__ import annotations

import re

_OBJECT = re.compile(
    r"<[^<>]* at 0x[0-9A-Fa-f]+>:?\s*"
)  # a stream in memory, which the libraries name before the fault


def reason(error: BaseException) -> str:
    """What the error says, without the objects that it names; its kind where it says nothing else."""
    return _OBJECT.sub("", str(error)).strip() or type(error).__name__
