"""A finished PDF that was measured, and where its lines stand: in print, and in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from publish.diagnostics import NOWHERE, Location
from publish.model import Artifact, Book, Pagination, Place
from publish.prove.page_lines import Line, Pages, Paragraph, read_lines
from publish.prove.page_source import locate
from publish.prove.page_texts import SetText, texts_of


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished PDF that was read glyph by glyph, and the running texts of the book in it."""

    artifact: Artifact
    book: Book
    pagination: Pagination
    locations: Mapping[str, Location]
    pages: Pages
    texts: tuple[SetText, ...]

    def place_of(self, line: Line) -> Place:
        """The label of a line's page, and which line it is there."""
        baselines = self.pages.baselines[line.page]
        nearest = min(range(len(baselines)), key=lambda at: abs(baselines[at] - line.baseline))
        return Place(self.pagination.pages[line.page].label, nearest + 1)

    def location_of(self, block: Paragraph, line: Line) -> Location:
        """Where the words of a line stand in the source, or its block where they cannot be found."""
        place = self.locations.get(block.id, NOWHERE)
        if place.file not in self.book.sources:
            return place
        before = "".join(one.text for one in block.lines[: block.lines.index(line)])
        return locate(self.book.sources[place.file], place, line.words, sum(map(str.isalnum, before)))


def measure_pages(screen: Artifact, book: Book, pagination: Pagination, locations: Mapping[str, Location]) -> Measured:
    """Read a finished PDF of the book. `locations` are the places of its blocks in the source, by their ids."""
    pages = read_lines(screen)
    return Measured(screen, book, pagination, locations, pages, texts_of(book, pages))
