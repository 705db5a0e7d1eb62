"""The running texts of a book as its finished PDF sets them: what the page report reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from publish.model import RUNNING_TEXT, Book
from publish.prove.page_figures import Figures, body_of, measure
from publish.prove.page_lines import Pages, Paragraph

FEW = 8  # full lines: fewer have no mean that says anything
WHOLE = "whole"  # the name under which all texts are measured together


@dataclass(frozen=True, slots=True)
class SetText:
    """A text as it is set: its title, and its blocks in the order of reading, headings and notes among them.

    `figures` are None where the text has too few lines to be measured.
    """

    id: str
    title: str
    blocks: tuple[Paragraph, ...]
    figures: Figures | None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(one for one in self.blocks if one.kind == "P")

    @property
    def notes(self) -> tuple[Paragraph, ...]:
        return tuple(one for one in self.blocks if one.kind == "Note")

    @property
    def pages(self) -> list[int]:
        """The pages that it stands on, from 0."""
        return sorted({line.page for block in self.blocks for line in block.lines})

    def indent(self) -> float:
        """How far most of its paragraphs are indented, in points; 0 where none is."""
        indents = Counter(
            round(one.lines[0].left - one.lines[1].left, 1)
            for one in self.paragraphs
            if len(one.lines) > 1 and one.lines[0].page == one.lines[1].page
        )
        return max((one for one in indents if one > 1), key=lambda one: indents[one], default=0.0)


def texts_of(book: Book, pages: Pages) -> tuple[SetText, ...]:
    """The running texts of the book, in its order, as far as they stand on the pages."""
    found = (_text(page.id, pages) for page in book.pages if page.role in RUNNING_TEXT)
    return tuple(one for one in found if one.blocks)


def _text(section: str, pages: Pages) -> SetText:
    blocks = tuple(one for one in pages.blocks if section in one.sections)
    paragraphs = tuple(one for one in blocks if one.kind == "P")
    full = sum(len(one.lines) - 1 for one in body_of(paragraphs))
    figures = measure(pages, section, pages.space) if full >= FEW else None
    return SetText(section, title_of(section, pages), blocks, figures)


def title_of(section: str, pages: Pages) -> str:
    """The title of a page of the contents as it is printed, or its id where none is."""
    titles = (one for one in pages.blocks if one.kind == "H1" and section in one.sections)
    return next((" ".join(line.text for line in one.lines) for one in titles), section)


def whole(texts: tuple[SetText, ...], pages: Pages) -> Figures:
    """The figures of all texts that can be measured, as of one. Raises `ValueError` where there is none."""
    measured = [one for one in texts if one.figures]
    paragraphs = tuple(replace(one, sections=(WHOLE,)) for text in measured for one in text.paragraphs)
    figures = measure(replace(pages, paragraphs=paragraphs), WHOLE, pages.space)
    # The last page of each text may be short, which a text of all texts does not know.
    own = [one.figures for one in measured if one.figures]
    short = {page: lines for one in own for page, lines in one.short_pages.items()}
    return replace(figures, short_pages=short, uneven_spreads=sum(one.uneven_spreads for one in own))
