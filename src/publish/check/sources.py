"""The bibliography: what is cited must be there, what is there be cited, and what is to be listed have a page."""

from __future__ import annotations

from collections.abc import Iterator

from publish.check.places import place_of
from publish.check.words import book_spans
from publish.diagnostics import Diagnostic, Location, did_you_mean
from publish.model import Book, Entry, Event

_MOST_NAMED = 10


def unknown_source(book: Book) -> Iterator[Diagnostic]:
    """Sources of an entry, of a row, of a citation, and wholes of a part, that the bibliography does not have."""
    known = {source.id for source in book.bibliography}
    for place, said, key in (*_of_records(book, known), *_of_citations(book, known), *_of_parts(book, known)):
        message = f"{said} “{key}”, which the bibliography does not have"
        yield Diagnostic("unknown-source", place, message, did_you_mean(key, known))


def source_unused(book: Book) -> Iterator[Diagnostic]:
    """Records of the bibliography that are nowhere printed, told once: they are often many, and one decision mends them all."""
    unused = [source for source in book.bibliography if not source.cited and not source.further]
    if unused:
        named = ", ".join(source.id for source in unused[:_MOST_NAMED]) + (" …" if len(unused) > _MOST_NAMED else "")
        message = f"nothing cites {len(unused)} of the {len(book.bibliography)} records: {named}"
        yield Diagnostic("source-unused", unused[0].location, message)


def sources_empty(book: Book) -> Iterator[Diagnostic]:
    """A page for the sources of a book that cites none."""
    for page in book.pages:
        if page.role == "sources" and not any(source.cited for source in book.bibliography):
            message = "the contents has a page for the sources, but nothing cites one"
            yield Diagnostic("sources-empty", page.location, message, "cite one, or take the page out of contents")


def further_reading_empty(book: Book) -> Iterator[Diagnostic]:
    """A page for further reading without any."""
    for page in book.pages:
        if page.role == "further-reading" and not any(source.further for source in book.bibliography):
            message = "the contents has a page for further reading, but no source has “further”"
            yield Diagnostic("further-reading-empty", page.location, message, "write why a source is worth reading")


def further_reading_not_listed(book: Book) -> Iterator[Diagnostic]:
    """Words about a source for further reading that no page prints."""
    told = next((source for source in book.bibliography if source.further), None)
    if told and all(page.role != "further-reading" for page in book.pages):
        message = "the bibliography has further reading, but the contents has no page for it"
        place = place_of(book, Location("book/book.yaml"), "contents")
        yield Diagnostic("further-reading-not-listed", place, message, "add “- role: further-reading” to contents")


def _of_records(book: Book, known: set[str]) -> Iterator[tuple[Location, str, str]]:
    """Each unknown source of a glossary entry or a row of the chronology: its place, who names it, its key."""
    records: tuple[Entry | Event, ...] = (*book.glossary, *book.chronology)
    for record in records:
        for key in record.sources:
            if key not in known:
                yield place_of(book, record.location, "sources", key), f"“{record.id}” cites", key


def _of_citations(book: Book, known: set[str]) -> Iterator[tuple[Location, str, str]]:
    for span in book_spans(book):
        yield from ((span.location, "a citation names", key) for key in span.cites if key not in known)


def _of_parts(book: Book, known: set[str]) -> Iterator[tuple[Location, str, str]]:
    for source in book.bibliography:
        if source.part_of and source.part_of not in known:
            place = place_of(book, source.location, "part-of", source.part_of)
            yield place, f"“{source.id}” is a part of", source.part_of
