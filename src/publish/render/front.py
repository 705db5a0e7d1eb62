"""The words of the half-title, of the title page and of the back cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from publish.model import Book, Contributor, Page, Role

AUTHOR = "aut"  # MARC relator code


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a made page: what it is (its class), its id, its words."""

    kind: str
    id: str
    words: str


def made_lines(book: Book, page: Page) -> list[Line]:
    """What stands on such a page, the title first; what the metadata does not have is left out."""
    return [Line(kind, f"{page.id}-{part}", words) for kind, part, words in _LINES[page.role](book) if words]


def _half_title(book: Book) -> list[tuple[str, str, str]]:
    """The title alone (Chicago Manual of Style, 1.17)."""
    return [("title", "title", book.metadata.title)]


def _title_page(book: Book) -> list[tuple[str, str, str]]:
    facts = book.metadata
    return [
        *_head(book),
        ("publisher", "publisher", facts.publisher),
        ("place", "place", facts.place),
        ("date", "date", facts.published[:4]),  # ISO 8601: the year
    ]


def _back_cover(book: Book) -> list[tuple[str, str, str]]:
    facts = book.metadata
    return [
        *_head(book),
        ("description", "description", facts.description),
        ("publisher", "publisher", facts.publisher),
    ]


def _head(book: Book) -> list[tuple[str, str, str]]:
    facts = book.metadata
    authors = [who for who in facts.contributors if who.role == AUTHOR]
    return [
        ("title", "title", facts.title),
        ("subtitle", "subtitle", facts.subtitle),
        *(("contributor", f"contributor-{n}", worded(who, book)) for n, who in enumerate(authors, start=1)),
    ]


_LINES: dict[Role, Callable[[Book], list[tuple[str, str, str]]]] = {
    "half-title": _half_title,
    "titlepage": _title_page,
    "back-cover": _back_cover,
}


def worded(contributor: Contributor, book: Book) -> str:
    """The name, after the words that say how sure the authorship is ("attributed to …")."""
    return f"{book.labels[contributor.qualifier]} {contributor.name}" if contributor.qualifier else contributor.name
