"""A page report made by hand, of every kind of thing that it may hold.

Run as a program, it writes the golden reports anew: `python tests/report_sample.py`.
"""

from __future__ import annotations

from pathlib import Path

import print_sample
from publish.diagnostics import Diagnostic, Location
from publish.model import (
    Cut,
    PageBudget,
    PageFigure,
    PageFinding,
    PagePicture,
    PageReport,
    Place,
    Rectangle,
    Saving,
    Shortening,
    Tightening,
)
from publish.release.page_report import page_report_files

GOLDEN = Path(__file__).parent / "golden"
ESSAY = "book/text/essay.md"


def finding(rule: str, message: str, place: Place, badness: float, rectangle: Rectangle) -> PageFinding:
    location = Location(ESSAY, 12 + place.line, 40)
    return PageFinding(Diagnostic(rule, location, message), place, "essay-p7", badness, int(place.page) - 1, rectangle)


LOOSE = finding(
    "page-loose-line", "the words of “a < b …” stand 0.41 em apart", Place("9", 4), 1.3, (60.0, 400.0, 340.0, 411.6)
)
WIDOW = finding(
    "page-widow", "the last line of a paragraph, “of it & all”, stands alone", Place("9", 4), 4.0, LOOSE.rectangle
)
SHORT = finding(
    "page-short-page", "the page ends 2 lines above its foot", Place("8", 31), 2.0, (57.0, 90.0, 340.0, 118.0)
)


def report() -> PageReport:
    return PageReport(
        file="garden-1.0.0.pdf",
        texts=("Introduction", "On <Gardens>", "All texts"),
        figures=(
            PageFigure("Pages", "—", (("4", True), ("9", True), ("13", True))),
            PageFigure("Word space, mean", "≤ 0.26 em", (("0.23 em", True), ("0.31 em", False), ("0.29 em", False))),
        ),
        counts=(PageFigure("page-widow", "0", (("0", True), ("1", False), ("1", False))),),
        measured={"introduction": {"pages": 4}, "essay": {"pages": 9}, "whole": {"pages": 13}},
        findings=(SHORT, LOOSE, WIDOW),
        pictures=(
            PagePicture("9", (46.0, 386.0, 354.0, 425.6), (642, 82), b"a picture", (WIDOW, LOOSE)),
            PagePicture("8", (43.0, 76.0, 354.0, 132.0), (648, 117), b"another", (SHORT,)),
        ),
        budget=PageBudget(
            pages=13,
            printed=16,
            savings=(
                Saving(2, (Cut("On <Gardens>", Location(ESSAY, 1), 3, "12"),)),
                Saving(2, (Cut("Glossary", Location("book/text/glossary.md", 1), 20, "13"),
                           Cut("On <Gardens>", Location(ESSAY, 1), 33, "12"))),
            ),
            blank=("2",),
            shortenings=(
                Shortening(Place("9", 4), Location(ESSAY, 16, 2), "of “it” & all", 7, Tightening(3.4, 0.81, 1.2)),
                Shortening(Place("8", 2), Location(ESSAY, 14, 2), "night.", 5, Tightening(-2.0, 0.9, 1.1)),
                Shortening(Place("8", 9), Location(ESSAY, 15, 2), "garden.", 6, None),
            ),
        ),
    )  # fmt: skip


def golden() -> dict[Path, bytes]:
    """The golden files and what should be in them."""
    files = page_report_files(print_sample.book(), report())
    return {GOLDEN / name: data for name, data in files.items()}


if __name__ == "__main__":
    for path, data in golden().items():
        path.write_bytes(data)
