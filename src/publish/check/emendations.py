"""The list that is made from the marks in an edited text."""

from __future__ import annotations

from collections.abc import Iterator

from publish.check.places import place_of
from publish.diagnostics import Diagnostic, Location
from publish.model import Book, Emendation, Page
from publish.model.walk import text_passages, walk_inlines


def emendations_not_listed(book: Book) -> Iterator[Diagnostic]:
    """Emendations of which the reader is told nothing."""
    if any(page.role == "emendations" for page in book.pages):
        return
    if any(next(_marks(page), None) for page in book.pages):
        place = place_of(book, Location("book/book.yaml"), "contents")
        message = "the text is emended, but the contents has no page for the list of emendations"
        yield Diagnostic("emendations-not-listed", place, message, "add “- role: emendations” to contents")


def emendations_empty(book: Book) -> Iterator[Diagnostic]:
    """A list of emendations that has none to list."""
    marked = any(next(_marks(page), None) for page in book.pages)
    for page in book.pages:
        if page.role == "emendations" and not marked:
            message = "the contents has a page for the list of emendations, but no text is emended"
            yield Diagnostic("emendations-empty", page.location, message, "take the page out of contents")


def _marks(page: Page) -> Iterator[Emendation]:
    for passage in text_passages(page):
        for inline in walk_inlines(passage):
            if isinstance(inline, Emendation):
                yield inline
