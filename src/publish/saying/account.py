"""What there is to say of a run, whoever it is said to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from publish.diagnostics import Diagnostic, Report
from publish.model import PageFinding, PagePicture, PageReport, Verdict

Sources: TypeAlias = Mapping[str, str]

_WIDTH = 100  # characters of a source line that are shown around a place


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What surrounds a place in its source line: what stands before it, and what from it on."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Account:
    """Every finding of a run, with the texts of the files that they are told of, and what was made, judged and measured.

    `name` is that of the project. `kept` are files of an earlier build. Notes are many, and those who read line by line are told how many
    there are, unless they ask for them (`with_notes`); programs and browsers have all of them. `budget` is a number of pages that was
    asked about, and who `is_quiet` is told the findings alone.
    """

    report: Report
    sources: Sources = field(default_factory=dict)
    name: str = ""
    files: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    page: PageReport | None = None
    budget: int | None = None
    with_notes: bool = False
    is_quiet: bool = False

    @property
    def told(self) -> Report:
        """The findings that are told line by line."""
        return self.report if self.with_notes else Report.of(one for one in self.report if one.severity != "note")

    def source_line(self, one: Diagnostic) -> str:
        """The line that a finding is told of; "" where there is none."""
        lines = _lines(self.sources.get(one.location.file, ""))
        return lines[one.location.line - 1] if 0 < one.location.line <= len(lines) else ""

    def excerpt(self, one: Diagnostic) -> Excerpt | None:
        """The source line of a finding, cut to what surrounds its place."""
        line = self.source_line(one)
        if not line.strip():
            return None
        at = min(max(one.location.column - 1, 0), len(line))
        start = max(0, min(at - _WIDTH // 2, len(line) - _WIDTH))
        after = visible(line[at : start + _WIDTH]) + ("…" if start + _WIDTH < len(line) else "")
        return Excerpt(("…" if start else "") + visible(line[start:at]), after)

    def pictures(self) -> dict[Diagnostic, PagePicture]:
        """Of each finding that has a place in print a picture, on which it alone is marked."""
        drawn = (*self.page.pictures, *self.page.others) if self.page else ()
        return {one.diagnostic: replace(picture, findings=(one,)) for picture in drawn for one in picture.findings}

    def places(self) -> dict[Diagnostic, PageFinding]:
        """Where those findings stand in print."""
        return {diagnostic: picture.findings[0] for diagnostic, picture in self.pictures().items()}


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    """The lines of a file, of which there may be thousands of findings."""
    # Not splitlines(), which also parts a line at signs that an editor of text shows as one.
    return text.replace("\r\n", "\n").split("\n")


def visible(text: str) -> str:
    """Text that cannot move the cursor, colour the terminal or turn the direction of writing."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\t\n\r":
        return " "
    return (
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(char) in {"Cc", "Cf", "Cn", "Co", "Cs"} and char != "\u00ad"
        else char
    )
