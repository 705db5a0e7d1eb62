"""When the interpreter looks for what nobody holds any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, kept: bool = False) -> Iterator[None]:
    """Pause the collection of cycles: what these stages make lives to their end, and to look it over takes a tenth of their time.

    What is `kept` lives to the end of the run, and is not looked over afterwards either.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if kept:
            gc.freeze()
        if paused:
            gc.enable()
