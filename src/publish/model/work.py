"""What the pipeline has in hand between its stages: more than one value of them at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from publish.diagnostics import Diagnostic, Report
from publish.model.book import Book
from publish.model.made import Artifact, Pagination, Rendering, Verdict
from publish.model.page import PAGE_REPORT, Leeway, PageReport


@dataclass(frozen=True, slots=True)
class Printed:
    """The files of one layout, where its pages begin, what could be laid out otherwise, and what is wrong."""

    artifacts: tuple[Artifact, ...]
    pagination: Pagination
    leeway: Leeway
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The finished files, the values that their judges need beside them, and what was found while they were made."""

    artifacts: tuple[Artifact, ...]
    rendering: Rendering
    pagination: Pagination
    report: Report
    leeway: Leeway = field(default_factory=Leeway)


@dataclass(frozen=True, slots=True)
class Proved:
    """What was made and judged, and what of it is ready to be written. `page` is what was found on the pages; None if nobody looked."""

    book: Book
    made: Made
    artifacts: tuple[Artifact, ...]
    verdicts: tuple[Verdict, ...]
    report: Report
    page: Report | None = None

    @property
    def found(self) -> Report:
        """Everything that was found since the book was checked, also what it allows."""
        return Report.of(self.made.report, *(one.diagnostics for one in self.verdicts), self.page or ())

    @property
    def judges(self) -> frozenset[str]:
        """Who was asked, as rules name them (`Rule.judge`)."""
        asked = {one.judge for one in self.verdicts if one.result != "not run"}
        return frozenset(asked if self.page is None else asked | {PAGE_REPORT})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the files that were written, what the judges said, and every finding.

    `kept` are the files of an earlier build that were not made anew, and so may not have the words of the source any more; `page` is what
    editors are told of the printed pages.
    """

    paths: tuple[Path, ...]
    verdicts: tuple[Verdict, ...]
    report: Report
    kept: tuple[Path, ...] = ()
    page: PageReport | None = None
