"""Where the modules of the stage put what they find wrong."""

from __future__ import annotations

from collections.abc import Iterable

from publish.diagnostics import Diagnostic, Location


class Problems:
    """The diagnostics of the stage, as they are found."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(self, rule: str, location: Location, message: str, hint: str = "") -> None:
        self.found.append(Diagnostic(rule, location, message, hint))


def one_of(words: Iterable[str]) -> str:
    """The words that may stand in a place, as a hint."""
    return "one of: " + ", ".join(words)
