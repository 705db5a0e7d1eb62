"""The written form of a `Pagination`: `locators.json`, where every block of the text stands in print.

A release carries it, so that a page number can be looked up, and a finished book judged, without laying it out again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from publish.diagnostics import NOWHERE, Diagnostic
from publish.errors import ToolFailed
from publish.make.fingerprint import fingerprint
from publish.model import Artifact, Book, Pagination, Place, PrintedPage

FORM = 3
NO_PAGES = Diagnostic(
    "epub-without-pages",
    NOWHERE,
    "the e-book does not tell the printed pages: there is no layout of the book as it is now",
    "run: publish build",
)


def make_locators(pagination: Pagination, book: Book) -> Artifact:
    """Write the pagination as JSON: its pages in order and, by id, the page and line of every place; and what it was made `of`."""
    written = {
        "form": FORM,
        "of": fingerprint(book),
        "pages": [asdict(page) for page in pagination.pages],
        "places": {key: [place.page, place.line] for key, place in sorted(pagination.places.items())},
    }
    data = json.dumps(written, ensure_ascii=False, indent=1).encode() + b"\n"
    name = f"{book.metadata.file_name}-{book.metadata.version}-locators.json"
    return Artifact(name, "locators", "application/json", data)


def known_pages(data: bytes, book: Book) -> Pagination:
    """Written locators as a pagination, if the book would have the same pages now; one without pages if not, or if nothing is written.

    Raises `ToolFailed` as `read_locators` does.
    """
    if not data:
        return Pagination()
    try:
        written = json.loads(data)
        if written.get("of") != fingerprint(book):
            return Pagination()
    except (ValueError, AttributeError):
        return Pagination()
    return _pagination(written)


def read_locators(data: bytes) -> Pagination:
    """Read a pagination back. Raises `ToolFailed` for anything that `make_locators` did not write."""
    try:
        return _pagination(json.loads(data))
    except ValueError as error:
        raise ToolFailed("locators.json cannot be read: build the book again") from error


def _pagination(written: Any) -> Pagination:  # noqa: ANN401 - what JSON says
    try:
        if written["form"] != FORM:
            raise ToolFailed(f"locators.json has form {written['form']}, not {FORM}: build the book again")
        pages = tuple(PrintedPage(**page) for page in written["pages"])
        places = {key: Place(page, line) for key, (page, line) in written["places"].items()}
        pagination = Pagination(pages, places)
        known = {place.page for place in places.values()} <= pagination.order.keys()
    except (ValueError, KeyError, TypeError) as error:
        raise ToolFailed("locators.json cannot be read: build the book again") from error
    if not known:
        raise ToolFailed("locators.json has places on pages that it does not have: build the book again")
    return pagination
