"""The guess where things will stand in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish import pipeline
from publish.load import load_book
from publish.make.cover import draw_cover
from publish.model import Document, Place, Project, Rendering
from publish.render.estimate import LETTERS_A_LINE, LETTERS_A_PAGE, estimate_pages

BOOKS = Path(__file__).parent / "books"


def rendering(xhtml: str) -> Rendering:
    return Rendering("print", (Document("book", "book", "book.html", "Book", xhtml),), (), (), (), {})


def test_a_section_begins_a_page_and_letters_fill_lines() -> None:
    some, page = "x" * (2 * LETTERS_A_LINE), "x" * LETTERS_A_PAGE
    found = estimate_pages(
        rendering(
            f'<section id="a"><p id="p">{some}</p><p id="q"><em class="id">{page}</em></p></section>'
            '<section class="page" id="b"><p id="r">y</p></section>'
        )
    )
    assert found.places == {
        "a": Place("1", 1),
        "p": Place("1", 1),
        "q": Place("1", 3),
        "b": Place("3", 1),
        "r": Place("3", 1),
    }


@pytest.mark.parametrize(("name", "most"), [("brief", 1), ("garden", 2)])
def test_with_the_guess_few_layouts_are_needed(name: str, most: int) -> None:
    """A book whose text names no pages is laid out once."""
    book, _ = load_book(Project.at(BOOKS / name))
    assert book is not None
    layouts: list[str] = []
    pipeline.settle(book, draw_cover(book, book.editions[0].trim), lambda _, detail="": layouts.append(detail))
    assert len(layouts) <= most
