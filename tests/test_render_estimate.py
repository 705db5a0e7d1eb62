"""The guess where things will stand in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish import pipeline
from publish.load import load_book
from publish.make.cover import draw_cover
from publish.model import Book, Document, Pagination, Place, Project, Rendering
from publish.render import render_draft, render_print
from publish.render.estimate import LETTERS_A_LINE, LETTERS_A_PAGE, estimate_pages, up_to

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


def loaded(name: str) -> Book:
    book, _ = load_book(Project.at(BOOKS / name))
    assert book is not None
    return book


def test_a_draft_ends_with_the_last_section_of_which_a_page_is_named() -> None:
    sections = [f'<section class="page chapter" id="{name}">\n<p id="{name}-p">x</p>\n</section>\n' for name in "abc"]
    book = rendering(f"<html>\n<body>\n{''.join(sections)}</body>\n</html>\n")
    assert up_to({"a", "b-p"}, book) == rendering(f"<html>\n<body>\n{''.join(sections[:2])}</body>\n</html>\n")
    assert up_to({"c"}, book) == book


def test_a_book_that_names_no_pages_needs_no_draft() -> None:
    book = loaded("brief")
    assert render_draft(book, draw_cover(book, book.editions[0].trim)) is None


def test_the_draft_of_a_book_leaves_out_the_lists_behind_its_text_and_has_what_they_name() -> None:
    book = loaded("garden")
    cover = draw_cover(book, book.editions[0].trim)
    draft = render_draft(book, cover)
    assert draft is not None
    text, whole = draft.documents[0].xhtml, render_print(book, cover, Pagination()).documents[0].xhtml
    assert 'id="mention-' in text
    assert 'class="page index' in whole
    assert 'class="page index' not in text


@pytest.mark.parametrize(("name", "most"), [("brief", 1), ("garden", 2)])
def test_with_the_guess_few_layouts_are_needed(name: str, most: int) -> None:
    """A book whose text names no pages is laid out once."""
    book = loaded(name)
    layouts: list[str] = []
    pipeline.settle(book, draw_cover(book, book.editions[0].trim), lambda _, detail="": layouts.append(detail))
    assert len(layouts) <= most
