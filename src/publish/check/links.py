"""Cross-references."""

from __future__ import annotations

from collections.abc import Iterator

from publish.check.quotations import quoting_divisions
from publish.check.sections import sections_of
from publish.check.words import book_passages, book_spans
from publish.diagnostics import Diagnostic, did_you_mean
from publish.model import Book, Division, Figure, Heading, Link, Page, Paragraph, Span, Table
from publish.model.walk import all_passages, walk_blocks, walk_inlines


def unknown_reference(book: Book) -> Iterator[Diagnostic]:
    """Cross-references to an id that nothing in the book has."""
    named = _named_ids(book)
    known = named | _other_ids(book)
    for link in _links(book):
        target = link.target.removeprefix("#")
        if link.target.startswith("#") and target not in known:
            hint = did_you_mean(target, named)
            yield Diagnostic("unknown-reference", link.location, f"nothing in the book has the id “{target}”", hint)


def unknown_quoted(book: Book) -> Iterator[Diagnostic]:
    """Words that are said to be quoted from what is no page, section, or container of the book."""
    known = sections_of(book).keys()
    marked: tuple[Span | Division, ...] = (*book_spans(book), *quoting_divisions(book))
    for one in marked:
        if one.quoted and one.quoted not in known:
            message = f"nothing that words can be quoted from has the id “{one.quoted}”"
            hint = did_you_mean(one.quoted, known) or "from takes the id of a page, a heading, or a container"
            yield Diagnostic("unknown-reference", one.location, message, hint)


def _links(book: Book) -> Iterator[Link]:
    for passage in book_passages(book):
        for inline in walk_inlines(passage):
            if isinstance(inline, Link):
                yield inline


def _named_ids(book: Book) -> set[str]:
    """The ids that an editor can know: of pages, headings, pictures, containers, named words, glossary entries and rows."""
    ids = {f"term-{entry.id}" for entry in book.glossary} | {f"event-{event.id}" for event in book.chronology}
    for page in book.pages:
        ids.add(page.id)
        ids.update(_named_in(page))
    return ids


def _named_in(page: Page) -> Iterator[str]:
    for group in (page.blocks, *(note.blocks for note in page.notes)):
        for block in walk_blocks(group):
            if isinstance(block, Heading | Figure | Division) and block.id:
                yield block.id
    for passage in all_passages(page):
        for inline in walk_inlines(passage):
            if isinstance(inline, Span) and inline.id:
                yield inline.id


def _other_ids(book: Book) -> set[str]:
    """The ids that the machine gives: of paragraphs and table cells."""
    ids: set[str] = set()
    for page in book.pages:
        for block in walk_blocks(page.blocks):
            if isinstance(block, Paragraph):
                ids.add(block.id)
            elif isinstance(block, Table):
                ids.update(cell.id for row in (block.header, *block.rows) for cell in row)
    return ids
