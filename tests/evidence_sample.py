"""Evidence made by hand, of every kind of thing that it may hold.

Run as a program, it writes the golden files anew: `python tests/evidence_sample.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from ebook_sample import garden
from publish.diagnostics import Diagnostic, Location
from publish.model import QUESTIONS, Allowance, Answer, Artifact, Book, MadeWith, Review, Verdict
from publish.release.evidence_files import evidence_files

GOLDEN = Path(__file__).parent / "golden"
EPUB = Artifact("garden-1.0.0.epub", "epub", "application/epub+zip", b"words")
LOCATORS = Artifact("garden-1.0.0-locators.json", "locators", "application/json", b"{}")
TOOLS = MadeWith(
    {"publish": "1.2.3", "Python": "3.12.0", "Pango": "1.50.12", "EbookLib": "0.20"}, {"EB <Garamond>": "1.003"}
)
FORM = Location("book/accessibility.yaml", 3)
ESSAY = "book/text/essay.md"


def answer(question: str, said: str, date: str, remark: str = "") -> Answer:
    return Answer(question, said, "Ada & Co." if date else "", date, remark, FORM)  # type: ignore[arg-type]


def book() -> Book:
    """The garden, some of its questions answered, a finding allowed; its edition was last changed on 2 March 2026."""
    given = {
        "alternative-texts": answer("alternative-texts", "yes", "2026-03-02", "Read with NVDA."),
        "structure": answer("structure", "no", "2026-03-04", "A list in <i>chapter 2</i> is none."),
        "reading-order": answer("reading-order", "yes", "2026-03-01"),
    }
    answers = tuple(given.get(one, answer(one, "open", "")) for one in QUESTIONS)
    allowed = Allowance(ESSAY, "epubcheck-hint", "The map is drawn & meant so.", Location("book/allowed.yaml", 1))
    review = Review(answers, "The Hedge Press", "A badge", "https://example.org/report?a=1&b=2")
    sums = {name: hashlib.sha256(name.encode()).hexdigest() for name in (ESSAY, "book/book.yaml", "styles/base.css")}
    return replace(garden(), review=review, allowances=(allowed,), sums=sums)


def verdicts() -> tuple[Verdict, ...]:
    """Of the e-book: one that passed with findings, one that failed, one that proved, two that were not asked; and one of another file."""
    hint = Diagnostic("epubcheck-hint", Location(ESSAY, 9, 3), "EPUBCheck HTM-1: <svg> is large")
    other = Diagnostic("nu-warning", Location(""), "Nu HTML checker: a & b")
    left = {"OPF-097": "licences lie beside the fonts"}
    return (
        Verdict("EPUBCheck", "5.3.0", "EPUB 3.3", EPUB.name, "passed", "", (hint,), aside=left),
        Verdict("Nu HTML checker", "26", "HTML, WAI-ARIA", EPUB.name, "failed", "4 documents", (other,)),
        Verdict(
            "text proof",
            "1.2.3",
            "every word, in order",
            EPUB.name,
            "passed",
            "9 words in 1 pages",
            (),
            {"words": 9, "pages": 1},
        ),
        Verdict("profile of Kobo", "2026-11-25", "its pages", EPUB.name, "not run", "not asked for: --for kobo"),
        Verdict("people", "", "WCAG 2.2 AA", EPUB.name, "not run", "8 of 10 questions are open"),
        Verdict("preflight", "1.2.3", "own rules for print", "garden-1.0.0-print-a5.pdf", "passed"),
    )


def golden() -> dict[Path, bytes]:
    """The golden files and what should be in them."""
    files = evidence_files(book(), [(EPUB, TOOLS), (LOCATORS, replace(TOOLS, fonts={}))], verdicts())
    return {GOLDEN / name: data for name, data in files.items()}


if __name__ == "__main__":
    for path, data in golden().items():
        path.write_bytes(data)
