"""Citations and the lists of sources: what is listed, in which order, and what leads there."""

from __future__ import annotations

import re

import pytest

from publish.model import Book, Pagination, Rendering, Term
from publish.model.walk import walk_inlines
from publish.render import render_epub, render_print
from publish.render.bibliography import view_further_reading, view_sources
from publish.render.prepare import prepare
from render_book import COVER, book, cited, entry, inlines, page, paragraph, source, whole_book

SOURCES = page("sources", role="sources")
TEXT = page("essay", paragraph("essay-p1", "So says ", cited("Rose, Beds", "rose"), ", or Rose."))
ROSE = (source("rose", "Rose. Beds."),)


def both(made: Book) -> list[Rendering]:
    return [render_epub(made, Pagination()), render_print(made, COVER, Pagination())]


def xhtml(rendering: Rendering) -> str:
    return "".join(document.xhtml for document in rendering.documents)


def test_cited_sources_are_listed_and_further_reading_by_itself() -> None:
    assert [view.id for view in view_sources(whole_book())] == ["source-ash", "source-rose"]
    assert [view.id for view in view_further_reading(whole_book())] == ["source-ash-further", "source-oak-further"]


def test_a_source_is_put_in_order_by_its_sort_and_then_by_its_key() -> None:
    made = book(
        bibliography=(source("b", "x", sort="same"), source("a", "x", sort="same"), source("c", "x", sort="rest"))
    )
    assert [view.source.id for view in view_sources(made)] == ["c", "a", "b"]


@pytest.mark.parametrize("number", [0, 1], ids=["epub", "print"])
def test_a_citation_leads_to_its_source_where_there_is_a_list(number: int) -> None:
    listed = xhtml(both(book(TEXT, SOURCES, bibliography=ROSE))[number])
    assert re.findall(r'<a class="citation" href="([^"]*)"', listed) == [
        "#source-rose" if number else "sources.xhtml#source-rose"
    ]
    assert listed.count('id="source-rose"') == 1
    unlisted = xhtml(both(book(TEXT, bibliography=ROSE))[number])
    assert "citation" not in unlisted
    assert "So says Rose, Beds, or Rose." in unlisted


def test_a_citation_says_what_it_is_in_the_ebook_alone() -> None:
    epub, printed = map(xhtml, both(book(TEXT, SOURCES, bibliography=ROSE)))
    assert epub.count('epub:type="biblioref" role="doc-biblioref"') == 1
    assert "biblioref" not in printed


def test_the_words_of_a_citation_are_no_mention() -> None:
    made = prepare(book(TEXT, page("glossary", role="glossary"), glossary=(entry("rose", "Rose"),)))
    block = made.book.pages[0].blocks[0]
    mentions = [node for node in walk_inlines(block.children) if isinstance(node, Term)]  # type: ignore[union-attr]
    assert [mention.children for mention in mentions] == [inlines("Rose")]
    assert len(made.mentions["rose"]) == 1
