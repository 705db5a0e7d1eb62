"""The e-book's notes: all in one document, under the titles of their pages, numbered through the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.model import Book, Note, Page, Paragraph
from publish.render.survey import title_of
from publish.render.templates import Markup, fill
from publish.render.walk import notes_by_slug
from publish.render.xhtml import Writer, attributes


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as it is to be written; `name` is said to those who listen."""

    id: str
    name: str
    text: Markup


def write_notes(book: Book, pages: Iterable[Page], writer: Writer, calls: dict[str, str]) -> Markup:
    """The notes of the pages. `calls` are the addresses, from the notes' document, of the documents that call them, by page id."""
    groups = [
        {
            "id": f"notes-{page.id}",
            "title": title_of(page, book),
            "notes": list(_notes(page, book, writer, calls[page.id])),
        }
        for page in pages
        if page.notes
    ]
    return fill("notes", groups=groups)


def _notes(page: Page, book: Book, writer: Writer, calls: str) -> Iterator[NoteView]:
    writer.use_notes(notes_by_slug(page))
    for note in page.notes:
        back = _back(note, book, calls)
        yield NoteView(note.id, f"{book.labels['note']} {note.number}", Markup(_text(note, writer, back).strip("\n")))


def _back(note: Note, book: Book, calls: str) -> str:
    written = attributes(
        class_="back", role="doc-backlink", href=f"{calls}#{note.call_id}", title=book.labels["back-to-text"]
    )
    return f"<a{written}>{note.number}</a>"


def _text(note: Note, writer: Writer, back: str) -> str:
    """The note's blocks; the way back stands at the beginning of the first paragraph, or of one of its own."""
    first, rest = note.blocks[:1], note.blocks[1:]
    if first and isinstance(first[0], Paragraph):
        words = writer.inlines(first[0].children)
        return f"<p{attributes(id=first[0].id)}>{back} {words}</p>{writer.blocks(rest)}"
    return f"<p>{back}</p>{writer.blocks(note.blocks)}"
