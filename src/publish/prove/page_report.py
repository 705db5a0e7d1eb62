"""The page report: what an editor may want to mend on the printed pages, measured on the glyphs of the finished PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.diagnostics import Diagnostic, Location, catalogue
from publish.model import Artifact, Book, PageFinding, PageReport, Pagination, Place
from publish.prove.page_aims import against_aims, counts
from publish.prove.page_ends import page_marks
from publish.prove.page_lines import Line, Pages, Paragraph, read_lines
from publish.prove.page_marks import Mark, marks_of
from publish.prove.page_pictures import draw
from publish.prove.page_source import locate
from publish.prove.page_texts import WHOLE, SetText, texts_of, whole

FACTS = Location("book/book.yaml")
FAMILY = "page-"  # what the slugs of the rules of this report begin with


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished PDF that was read glyph by glyph, and the running texts of the book in it."""

    artifact: Artifact
    book: Book
    pagination: Pagination
    locations: dict[str, Location]
    pages: Pages
    texts: tuple[SetText, ...]

    def place_of(self, line: Line) -> Place:
        """The label of a line's page, and which line it is there."""
        baselines = self.pages.baselines[line.page]
        nearest = min(range(len(baselines)), key=lambda at: abs(baselines[at] - line.baseline))
        return Place(self.pagination.pages[line.page].label, nearest + 1)

    def location_of(self, block: Paragraph, line: Line) -> Location:
        """Where the words of a line stand in the source, or its block where they cannot be found."""
        place = self.locations.get(block.id, FACTS)
        if place.file not in self.book.sources:
            return place
        before = "".join(one.text for one in block.lines[: block.lines.index(line)])
        return locate(self.book.sources[place.file], place, line.text, sum(map(str.isalnum, before)))


def measure_pages(screen: Artifact, book: Book, pagination: Pagination, locations: dict[str, Location]) -> Measured:
    """Read a finished PDF of the book. `locations` are the places of its blocks in the source, by their ids."""
    pages = read_lines(screen)
    return Measured(screen, book, pagination, locations, pages, texts_of(book, pages))


# -------------------------------------------------------------------------------------------------------------- findings


def find(measured: Measured) -> tuple[PageFinding, ...]:
    """Everything that is wrong with the pages of the running texts, in their order."""
    return tuple(finding for text in measured.texts for finding in _of_text(measured, text))


def _of_text(measured: Measured, text: SetText) -> list[PageFinding]:
    found = (_finding(measured, mark) for mark in _marks(measured.pages, text))
    return sorted(found, key=lambda one: (one.page, one.place.line, one.diagnostic.rule))


def _marks(pages: Pages, text: SetText) -> Iterator[Mark]:
    indent = text.indent()
    for block in (*text.paragraphs, *text.notes):
        yield from marks_of(block, pages.space, indent, pages.language)
    yield from page_marks(text, pages)


def _finding(measured: Measured, mark: Mark) -> PageFinding:
    diagnostic = Diagnostic(mark.rule, measured.location_of(mark.block, mark.line), mark.message)
    place = measured.place_of(mark.line)
    return PageFinding(diagnostic, place, mark.block.id, mark.badness, mark.line.page, mark.rectangle)


# ---------------------------------------------------------------------------------------------------------------- report


def report(measured: Measured, findings: Sequence[PageFinding]) -> PageReport:
    """The figures of each text and of all together, and the findings with their pictures."""
    texts = [one for one in measured.texts if one.figures]
    figures = {one.id: one.figures for one in texts if one.figures}
    titles = [one.title for one in texts]
    groups = [[one for one in findings if one.block in {block.id for block in text.blocks}] for text in texts]
    if len(texts) > 1:
        figures[WHOLE] = whole(measured.texts, measured.pages)
        titles.append("All texts")
        groups.append(list(findings))
    rows = (*against_aims(tuple(figures.values())), *counts(groups, rule_titles()))
    as_json = {name: json.loads(one.json()) for name, one in figures.items()}
    pictures = draw(measured.artifact, findings) if findings else ()
    return PageReport(measured.artifact.name, tuple(titles), rows, as_json, tuple(findings), pictures)


def rule_titles() -> dict[str, str]:
    """The rules of the report with their names as a heading has them: "page-loose-line" is "Loose line"."""
    slugs = (slug for slug in catalogue() if slug.startswith(FAMILY) and slug != "page-marker")
    return {slug: slug.removeprefix(FAMILY).replace("-", " ").capitalize() for slug in slugs}
