"""The page report for the editors of a book: a page for their browser, and the same as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

import publish
from publish.model import Book, PageBudget, PageFinding, PageReport, Saving, Shortening
from publish.release.page_html import page_html


def page_report_files(book: Book, report: PageReport) -> dict[str, bytes]:
    """The files of the report by their names, which are those of the book's other files."""
    name = f"{book.metadata.file_name}-{book.metadata.version}-page-report"
    return {f"{name}.html": page_html(book, report).encode(), f"{name}.json": page_json(book, report)}


def page_json(book: Book, report: PageReport) -> bytes:
    """The report as one JSON object; lengths in points from the lower left of the page, word spaces in em."""
    written = {
        "title": book.metadata.title,
        "version": book.metadata.version,
        "made-by": f"publish {publish.__version__}",
        "file": report.file,
        "figures": report.measured,
        "findings": [finding_json(one) for one in report.findings],
        "budget": budget_json(report.budget),
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode() + b"\n"


def finding_json(one: PageFinding) -> dict[str, object]:
    """A finding of the report."""
    return {
        "rule": one.diagnostic.rule,
        "page": one.place.page,
        "line": one.place.line,
        "source": asdict(one.diagnostic.location),
        "block": one.block,
        "message": one.diagnostic.message,
        "badness": round(one.badness, 2),
        "rectangle": [round(length, 1) for length in one.rectangle],
    }


def budget_json(budget: PageBudget) -> dict[str, object]:
    """What would save pages."""
    return {
        "pages": budget.pages,
        "printed": budget.printed,
        "savings": [saving_json(one) for one in budget.savings],
        "blank": budget.blank,
        "paragraphs": [shortening_json(one) for one in budget.shortenings],
    }


def saving_json(one: Saving) -> dict[str, object]:
    """A saving with its cuts."""
    return {"pages": one.pages, "lines": one.lines, "cuts": [asdict(cut) for cut in one.cuts]}


def shortening_json(one: Shortening) -> dict[str, object]:
    """A paragraph that could give a line."""
    return {
        "page": one.place.page,
        "line": one.place.line,
        "source": asdict(one.location),
        "last-line": one.last_line,
        "letters": one.letters,
        "tightening": {key: round(value, 2) for key, value in asdict(one.tightening).items()}
        if one.tightening
        else None,
    }
