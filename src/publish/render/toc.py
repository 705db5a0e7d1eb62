"""The table of contents and the landmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publish.model import Book, Heading, Page, TocEntry
from publish.render.prepare import TOP_SECTION
from publish.render.roles import SEMANTICS, UNLISTED
from publish.render.survey import title_of
from publish.render.walk import plain

Address = Callable[[str], str]
"""What gives the place of an id, from the root of the rendering."""


def table_of_contents(book: Book, address: Address) -> tuple[TocEntry, ...]:
    """The pages that are listed, each with its headings of level 2; of the back matter, which is looked up, the pages alone."""
    return tuple(
        TocEntry(title_of(page, book), address(page.id), tuple(_headings(page, address)))
        for page in book.pages
        if page.role not in UNLISTED
    )


def _headings(page: Page, address: Address) -> Iterator[TocEntry]:
    for block in page.blocks if SEMANTICS[page.role].matter != "backmatter" else ():
        if isinstance(block, Heading) and block.level == TOP_SECTION:
            yield TocEntry(plain(block.children), address(block.id))


def landmarks(book: Book, address: Address, notes: str = "") -> tuple[tuple[str, str, str], ...]:
    """The main places as (epub:type, title, target); `notes` is the target of the notes, "" if they stand elsewhere."""
    return tuple(_landmarks(book, address, notes))


def _landmarks(book: Book, address: Address, notes: str) -> Iterator[tuple[str, str, str]]:
    wanted = ("cover", "titlepage", "contents", "glossary", "index")
    start = _start_of_text(book)
    for page in book.pages:
        if page.role in wanted:
            kind = "toc" if page.role == "contents" else page.role
            label = "title-page" if page.role == "titlepage" else page.role
            yield kind, book.labels[label], address(page.id)
        elif page is start:
            yield "bodymatter", book.labels["text-start"], address(page.id)
    if notes:
        yield "footnotes", book.labels["notes"], notes


def _start_of_text(book: Book) -> Page | None:
    """The first chapter; in a book without chapters, its first page of text."""
    chapters = (page for page in book.pages if SEMANTICS[page.role].matter == "bodymatter")
    return next(chapters, next((page for page in book.pages if page.blocks), None))
