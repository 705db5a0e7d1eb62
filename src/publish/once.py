"""What is asked of the same part of a book many times, by rules or for each layout, is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Part = TypeVar("Part")
Found = TypeVar("Found")

_answers: list[dict[int, Any]] = []


def once(work: Callable[[Part], Found]) -> Callable[[Part], Found]:
    """Remember the answers of a function of one value that is never changed. Values are told apart by identity: to compare two passages
    would take as long as to read them."""
    known: dict[int, tuple[Part, Found]] = {}
    _answers.append(known)

    @wraps(work)
    def ask(part: Part) -> Found:
        answer = known.get(id(part))
        if answer is None:  # the part is kept with its answer, so no other can have its number
            answer = known[id(part)] = part, work(part)
        return answer[1]

    return ask


def forget() -> None:
    """Let go of all answers: a process that checks book after book does not keep them."""
    for known in _answers:
        known.clear()
