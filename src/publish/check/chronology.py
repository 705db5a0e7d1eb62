"""The chronology: what its rows name must be there, and it must have its page."""

from __future__ import annotations

from collections.abc import Iterator

from publish.check.places import place_of
from publish.diagnostics import Diagnostic, Location, did_you_mean
from publish.model import Book, Event


def unknown_entry(book: Book) -> Iterator[Diagnostic]:
    """Rows about entries that the glossary does not have, or with the birth or death of what is no person of it."""
    entries = {entry.id for entry in book.glossary}
    persons = {entry.id for entry in book.glossary if entry.kind == "person"}
    for event in book.chronology:
        yield from _unknown(book, event, "about", event.about, entries)
        yield from _unknown(book, event, "born", event.born, persons)
        yield from _unknown(book, event, "died", event.died, persons)


def _unknown(book: Book, event: Event, key: str, names: tuple[str, ...], known: set[str]) -> Iterator[Diagnostic]:
    for name in names:
        if name not in known:
            wanted = "entry" if key == "about" else "person"
            message = f"the glossary has no {wanted} “{name}”, which the row “{event.id}” names"
            place = place_of(book, event.location, key, name)
            yield Diagnostic("unknown-entry", place, message, did_you_mean(name, known))


def chronology_missing(book: Book) -> Iterator[Diagnostic]:
    """A page for a chronology that has no rows."""
    for page in book.pages:
        if page.role == "chronology" and not book.chronology:
            message = "the contents has a page for the chronology, but the chronology has no rows"
            hint = "write book/chronology.yaml, or take the page out of contents"
            yield Diagnostic("chronology-missing", page.location, message, hint)


def chronology_not_listed(book: Book) -> Iterator[Diagnostic]:
    """A chronology that has no page in the contents."""
    if book.chronology and all(page.role != "chronology" for page in book.pages):
        place = place_of(book, Location("book/book.yaml"), "contents")
        message = "the book has a chronology, but its contents has no page for it"
        yield Diagnostic("chronology-not-listed", place, message, "add “- role: chronology” to contents")
