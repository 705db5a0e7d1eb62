"""The documents of the two media, whole: their form, their links, and that they hold the words of the book and no others."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import tinyhtml5

from publish.load import load_book
from publish.model import Book, CodeBlock, Note, Pagination, Project, Rendering
from publish.render import render_epub, render_print
from render_book import COVER, LABELS, PAGINATION, at, book, call, golden, link, note, page, paragraph, whole_book

BOOKS = Path(__file__).parent / "books"
ROOT = Path(__file__).parents[1]
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def loaded(name: str) -> Book:
    made, report = load_book(Project.at(BOOKS / name))
    assert made is not None, list(report)
    return made


@pytest.fixture(params=["whole", "garden", "brief"])
def some_book(request: pytest.FixtureRequest) -> Book:
    return whole_book() if request.param == "whole" else loaded(request.param)


def renderings(made: Book) -> list[Rendering]:
    return [render_epub(made, PAGINATION), render_epub(made, Pagination()), render_print(made, COVER, PAGINATION)]


def parsed(xhtml: str) -> ET.Element:
    return ET.fromstring(xhtml)  # noqa: S314 - made by the test


# --------------------------------------------------------------------------------------------------------------- the whole


def test_the_documents_are_as_they_were_approved() -> None:
    for path, xhtml in golden().items():
        assert xhtml == path.read_text(encoding="utf-8"), f"{path}: if this is wanted, run tests/render_book.py"


def test_a_rendering_is_the_same_every_time(some_book: Book) -> None:
    assert renderings(some_book) == renderings(some_book)


def html_name(name: str) -> str:
    return name.replace(XHTML, "").replace(EPUB, "epub:").replace(XML, "xml:")


def shape(element: ET.Element) -> tuple[object, ...]:
    """An element as a value, its names as an HTML parser gives them."""
    attributes = {html_name(name): value for name, value in element.attrib.items() if not name.startswith("xmlns")}
    children = tuple(shape(child) for child in element if isinstance(child.tag, str))
    return (
        html_name(element.tag),
        attributes,
        (element.text or "").strip("\n"),
        (element.tail or "").strip("\n"),
        children,
    )


def test_what_is_read_as_xml_and_as_html_is_the_same(some_book: Book) -> None:
    for rendering in renderings(some_book):
        for document in rendering.documents:
            html = document.xhtml.partition("<!DOCTYPE html>\n")[2]
            as_html = tinyhtml5.parse(f"<!DOCTYPE html>\n{html}", namespace_html_elements=False)
            assert shape(parsed(html)) == shape(as_html)


def test_no_element_but_a_void_one_is_self_closed(some_book: Book) -> None:
    for rendering in renderings(some_book):
        for document in rendering.documents:
            assert set(re.findall(r"<(\w+)[^<>]*/>", document.xhtml)) <= {"meta", "link", "img", "br", "hr"}
            assert not re.search(r"<(meta|link|img|br|hr)\b[^<>]*[^/]>", document.xhtml)


def ids_of(root: ET.Element) -> Iterator[str]:
    return (element.attrib["id"] for element in root.iter() if "id" in element.attrib)


def targets_of(root: ET.Element, path: str) -> Iterator[str]:
    for element in root.iter(f"{XHTML}a"):
        href = element.attrib["href"]
        if "://" not in href:
            file, _, fragment = href.partition("#")
            yield f"{posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path}#{fragment}"


def test_every_id_is_there_once_and_every_link_leads_to_one(some_book: Book) -> None:
    for rendering in renderings(some_book):
        roots = {document.path: parsed(document.xhtml) for document in rendering.documents}
        for path, root in roots.items():
            assert not [one for one, times in Counter(ids_of(root)).items() if times > 1], path
        known = {f"{path}#{one}" for path, root in roots.items() for one in ("", *ids_of(root))}
        targets = {target for path, root in roots.items() for target in targets_of(root, path)}
        told = [entry.target for entry in rendering.toc] + [target for _, _, target in rendering.landmarks]
        told += [mark.target for mark in rendering.page_breaks]
        if rendering.medium == "print":
            told = [f"book.html{target}" for target in told]
        assert targets | {target if "#" in target else f"{target}#" for target in told} <= known


def test_what_stands_in_the_source_has_its_place_there(some_book: Book) -> None:
    made = re.compile(r"page-|noteref-|notes|nav|landmarks|contents-")
    for rendering in renderings(some_book):
        for document in rendering.documents:
            ids = set(ids_of(parsed(document.xhtml)))
            assert {one for one in ids if not made.match(one)} <= set(rendering.locations)


def test_each_block_begins_a_line(some_book: Book) -> None:
    for rendering in renderings(some_book):
        for document in rendering.documents:
            assert not re.search(
                r"[^\n]<(p|h[1-6]|li|dt|dd|td|th|aside|section|blockquote|figure|pre)\b", document.xhtml
            )


def test_headings_go_down_one_level_at_a_time(some_book: Book) -> None:
    for document in render_epub(some_book, Pagination()).documents:
        levels = [int(level) for level in re.findall(r"<h([1-6])", document.xhtml)]
        assert not levels or levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


# ------------------------------------------------------------------------------------------------------------ the e-book


def paths(rendering: Rendering) -> list[str]:
    return [document.path for document in rendering.documents]


def test_the_documents_stand_in_reading_order() -> None:
    rendering = render_epub(whole_book(), PAGINATION)
    assert paths(rendering) == [
        "text/cover.xhtml",
        "text/titlepage.xhtml",
        "text/imprint.xhtml",
        "nav.xhtml",
        "text/introduction.xhtml",
        "text/essay.xhtml",
        "text/notes.xhtml",
        "text/glossary.xhtml",
        "text/emendations.xhtml",
        "text/chronology.xhtml",
        "text/further-reading.xhtml",
        "text/sources.xhtml",
        "text/index.xhtml",
    ]
    assert [document.properties for document in rendering.documents if document.properties] == [("nav",)]


def test_without_a_glossary_the_notes_follow_the_last_page_that_has_some() -> None:
    notes = [note("a", 1, "Words.")]
    made = book(
        page("one", paragraph("p1", "One", call("a")), title="One", notes=notes),
        page("notes", paragraph("p2", "Two"), title="Two", role="afterword"),
    )
    assert paths(render_epub(made, Pagination())) == [
        "text/one.xhtml",
        "text/notes-.xhtml",
        "text/notes.xhtml",
        "nav.xhtml",
    ]


def test_a_book_without_notes_has_no_document_for_them() -> None:
    made = book(page("one", paragraph("p1", "One"), title="One"))
    assert paths(render_epub(made, Pagination())) == ["text/one.xhtml", "nav.xhtml"]


def test_a_note_that_is_called_twice_has_one_way_back() -> None:
    made = book(page("one", paragraph("p1", "One", call("a"), call("a")), title="One", notes=[note("a", 1, "Words.")]))
    assert render_epub(made, Pagination()).documents[0].xhtml.count('id="noteref-1"') == 1
    assert render_print(made, COVER, Pagination()).documents[0].xhtml.count("Words.") == 1


def test_a_note_in_print_may_call_itself_without_end() -> None:
    made = book(page("one", paragraph("p1", "One", call("a")), title="One", notes=[note("a", 1, "Words", call("a"))]))
    assert '<span class="note" id="note-1">Words<a class="noteref" href="#note-1">1</a></span>' in printed(made)


def test_the_blocks_of_a_note_in_print_stand_in_their_order() -> None:
    blocks = (paragraph("note-1-p1", "One"), CodeBlock("note-1-code1", "two", at()), paragraph("note-1-p2", "three"))
    made = book(
        page("one", paragraph("p1", "One", call("a")), title="One", notes=[Note("note-1", "a", 1, blocks, at())])
    )
    assert re.findall(r'<span class="note-paragraph">(.*?)</span>', printed(made)) == [
        "One",
        "<code>two</code>",
        "three",
    ]


def printed(made: Book, pagination: Pagination = PAGINATION) -> str:
    return render_print(made, COVER, pagination).documents[0].xhtml


def test_a_link_to_what_the_ebook_lacks_is_its_words() -> None:
    made = book(
        page("one", paragraph("p1", "See ", link("#back-cover", "the back"), "."), title="One"),
        page("back-cover", role="back-cover"),
    )
    assert "See the back." in render_epub(made, Pagination()).documents[0].xhtml
    assert 'See <a href="#back-cover">the back</a>.' in printed(made)


def test_the_last_resort_for_the_start_of_the_text_is_the_first_page_of_text() -> None:
    made = book(page("titlepage", role="titlepage"), page("one", paragraph("p1", "One"), title="One", role="appendix"))
    assert ("bodymatter", "Start of the text", "text/one.xhtml") in render_epub(made, Pagination()).landmarks


def test_words_from_the_facts_are_escaped() -> None:
    hostile = {**LABELS, "contents": '<"&>'}
    made = book(page("contents", role="contents"), labels=hostile)
    assert '<h1 class="page-title" id="contents-title">&lt;' in render_epub(made, Pagination()).documents[0].xhtml
    assert 'data-title="&lt;&quot;&amp;&gt;"' in printed(made)


def test_a_day_keeps_to_its_month_on_the_title_page_too() -> None:
    whole = whole_book()
    made = replace(whole, metadata=replace(whole.metadata, subtitle="Notes of June 18, 1871"))
    for rendering in renderings(made):
        assert any(">Notes of June\u00a018, 1871</p>" in one.xhtml for one in rendering.documents)


def test_a_text_that_bears_the_title_of_the_book_is_told_apart_in_print() -> None:
    named = loaded("garden")
    facts = replace(named.metadata, title="Another", short_title="Another")
    for one, classes in ((replace(named, metadata=facts), "page chapter"), (named, "page chapter namesake")):
        (document,) = render_print(one, COVER, PAGINATION).documents
        assert f'<section class="{classes}" id="essay"' in document.xhtml
        assert not any("namesake" in each.xhtml for each in render_epub(one, PAGINATION).documents)
