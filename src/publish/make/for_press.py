"""All that an edition is printed from: its single pages, and made from them its booklet and its wrap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.make.booklet import make_booklet
from publish.make.printing import fill_sheets, make_print, without_covers
from publish.make.wrap import make_wrap

if TYPE_CHECKING:
    from publish.make.cover import DrawnCover
    from publish.model import Artifact, Book, Edition


def make_for_press(
    screen: Artifact, cover: DrawnCover, book: Book, edition: Edition, only: str | None = None
) -> Iterator[Artifact]:
    """The files of an edition from the screen PDF that has its pages; `only` names one kind of them beside the single pages.

    What is glued into the wrap has no covers itself. Raises `BookHasErrors` if the sheet of the booklet is too small.
    """
    printed = make_print(screen, book, edition)
    yield without_covers(printed) if book.has_both_covers and edition.glued else printed
    if edition.sheet and only in {None, "booklet"}:
        yield make_booklet(fill_sheets(printed, book, edition), book, edition)
    if book.has_both_covers and only in {None, "wrap"}:
        yield make_wrap(printed, cover, book, edition)
