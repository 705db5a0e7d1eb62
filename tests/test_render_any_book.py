"""Random books: the words that go in come out of both media, and the printed pages' markers stand at their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from publish.model import (
    Block,
    Book,
    Break,
    Cell,
    Code,
    CodeBlock,
    Division,
    Emendation,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    ItemList,
    NoteRef,
    Page,
    Pagination,
    Paragraph,
    PrintedPage,
    Quotation,
    Rendering,
    Rule,
    Span,
    Table,
    Text,
)
from publish.render import render_epub, render_print
from publish.render.breaks import positions
from publish.render.walk import leaves, page_texts, words_of
from render_book import COVER, at, book, entry, note, page

XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(xhtml: str) -> ET.Element:
    return ET.fromstring(xhtml)  # noqa: S314 - made by the test


WORDS = st.text('aé1Z .,—–-’“”&<>"\u0301_Stalin', min_size=1, max_size=14)
NAMES = st.sampled_from(["Stalin", "of Stalin’s", "the U.S.S.R. ", " June 18", "p. 12"])
SAID = WORDS | NAMES


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A book with random text; ids are counted."""
    numbers = count(1)

    def emendation(words: tuple[str, str]) -> Emendation:
        return Emendation(f"emendation-{next(numbers)}", "replace", words[0], words[1], (), at())

    leaf: st.SearchStrategy[Inline] = st.one_of(
        SAID.map(lambda said: Text(said, at())),
        st.tuples(SAID, SAID | st.just("")).map(emendation),
        SAID.map(lambda said: Code(said, at())),
        st.just(Break()),
        st.just(NoteRef("a", at())),
        st.just(Image("images/a.png", "A", at())),
    )
    nodes = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(st.lists(inner, max_size=3).map(tuple), st.booleans()).map(lambda made: Emphasis(*made)),
            st.lists(inner, max_size=3).map(lambda made: Span(tuple(made), at(), ("smallcaps",))),
            st.lists(inner, max_size=3).map(lambda made: Span(tuple(made), at(), term="stalin")),
        ),
        max_leaves=4,
    )
    texts = st.lists(nodes, max_size=5).map(tuple)
    blocks: st.SearchStrategy[Block] = st.recursive(
        st.one_of(
            texts.map(lambda words: Paragraph(f"b{next(numbers)}", words, at())),
            texts.map(lambda words: Heading(f"b{next(numbers)}", 2, words, at())),
            texts.map(lambda words: Figure(f"b{next(numbers)}", Image("images/a.png", "A", at()), words)),
            SAID.map(lambda said: CodeBlock(f"b{next(numbers)}", said, at())),
            texts.map(
                lambda words: Table(
                    (Cell(f"b{next(numbers)}", words),), ((Cell(f"b{next(numbers)}", words[:1]),),), at()
                )
            ),
            st.just(Rule()),
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2).map(lambda made: Quotation(tuple(made))),
            st.lists(inner, max_size=2).map(lambda made: ItemList((tuple(made),))),
            st.lists(inner, max_size=2).map(lambda made: Division(tuple(made), at(), ("letter",))),
        ),
        max_leaves=4,
    )
    pages = [
        Page(
            f"page{number}x",
            "chapter",
            draw(texts),
            tuple(draw(st.lists(blocks, max_size=4))),
            (note("a", 1, "W1"),),
            at(),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    ends = [page("cover", role="cover"), page("contents", role="contents"), *pages, page("glossary", role="glossary")]
    return book(*ends, glossary=[entry("stalin", "Stalin")])


def source_words(made: Book) -> dict[str, str]:
    """The words of each block, as the model has them; a line break and a picture have none."""
    found: dict[str, str] = {}
    for one in made.pages:
        found.update((name, spoken(nodes)) for name, nodes in page_texts(one) if name not in MADE_TITLES)
    return found


MADE_TITLES = {"cover-title", "contents-title", "glossary-title"}


def spoken(nodes: tuple[Inline, ...]) -> str:
    return "".join(words_of(leaf) for leaf in leaves(nodes) if not isinstance(leaf, Break | Image))


def read_words(element: ET.Element) -> str:
    """The words in an element, but for the calls of notes and what a note says, without the signs that `render` adds."""
    if element.get("class") in {"note", "noteref"}:
        return ""
    inner = "".join(read_words(child) + (child.tail or "") for child in element)
    return ((element.text or "") + inner).replace("\u2060", "").replace("\u00a0", " ")


def written_words(rendering: Rendering, wanted: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for document in rendering.documents:
        for element in parsed(document.xhtml).iter():
            name = element.get("id", "")
            if name in wanted:
                assert name not in found
                found[name] = read_words(element)
    return {
        name: found.get(name, "").strip("\n") if name in figures(rendering, wanted) else found[name] for name in wanted
    }


def figures(rendering: Rendering, wanted: dict[str, str]) -> set[str]:
    roots = [parsed(document.xhtml) for document in rendering.documents]
    return {element.get("id", "") for root in roots for element in root.iter(f"{XHTML}figure")} & set(wanted)


@settings(max_examples=60, deadline=None)
@given(books())
def test_the_words_that_go_in_come_out(made: Book) -> None:
    wanted = source_words(made)
    assert written_words(render_epub(made, Pagination()), wanted) == wanted
    assert written_words(render_print(made, COVER, Pagination()), wanted) == wanted


@settings(max_examples=60, deadline=None)
@given(books(), st.data())
def test_each_printed_page_has_its_marker_at_its_word(made: Book, data: st.DataObject) -> None:
    pages = tuple(draw_pages(made, data))
    rendering = render_epub(made, Pagination(pages))
    assert written_words(rendering, source_words(made)) == source_words(made)
    assert [mark.label for mark in rendering.page_breaks] == [one.label for one in pages]
    met = [f"{document.path}#{element.get('id')}" for document, element in markers(rendering)]
    assert met == [mark.target for mark in rendering.page_breaks]
    nav = next(document for document in rendering.documents if document.path == "nav.xhtml")
    assert re.findall(r'<li><a href="([^"]*)">[^<]*</a></li>\n', nav.xhtml.partition('id="page-list"')[2]) == met
    for one in pages:
        if one.block in source_words(made):
            check_marker(rendering, one)


def test_a_quotation_mark_that_is_spaced_goes_with_its_word() -> None:
    text = "il dit\u00a0: «\u00a0Patience\u00a0! »"
    assert list(positions(text, [5])) == [text.index("«")]


def draw_pages(made: Book, data: st.DataObject) -> Iterator[PrintedPage]:
    """Printed pages as a layout would tell them: at rising places of blocks with words, others without any words between."""
    labels = map(str, count(1))
    yield PrintedPage(next(labels), "", 0)
    if data.draw(st.booleans()):
        yield PrintedPage(next(labels), "contents-list", 5)
    for block, words in source_words(made).items():
        letters = sum(map(str.isalnum, words))
        for offset in sorted(data.draw(st.sets(st.integers(0, letters - 1), max_size=2))) if letters else ():
            if data.draw(st.booleans()):
                yield PrintedPage(next(labels), data.draw(st.sampled_from(["", "back-cover-title"])), 0)
            yield PrintedPage(next(labels), block, offset)
    yield PrintedPage(next(labels), "", 0)


def markers(rendering: Rendering) -> Iterator[tuple[object, ET.Element]]:
    for document in rendering.documents:
        for element in parsed(document.xhtml).iter():
            if element.get("class") == "page-break":
                yield document, element


def check_marker(rendering: Rendering, one: PrintedPage) -> None:
    """The marker stands before the word of the letter with that number, or behind it if the word began on the page before."""
    before, words = around(rendering, one)
    ends = [0]
    for part in re.split(r"[\s—–]", words):
        ends.append(ends[-1] + sum(map(str.isalnum, part)))
    assert sum(map(str.isalnum, before)) == min(end for end in ends if end >= one.offset)


def around(rendering: Rendering, one: PrintedPage) -> tuple[str, str]:
    """The words of the page's block that stand before its marker, and all its words."""
    for document in rendering.documents:
        for element in parsed(document.xhtml).iter():
            if element.get("id") == one.block:
                before, met = before_marker(element, one.label)
                return before if met else "", read_words(mark_breaks(element))
    raise AssertionError(one)


def before_marker(element: ET.Element, label: str) -> tuple[str, bool]:
    """The words before the marker, and whether it was met: if not, it stands before the block."""
    if element.get("id") == f"page-{label}":
        return "", True
    words = element.text or "" if element.get("class") not in {"note", "noteref"} else ""
    for child in element:
        inner, met = before_marker(child, label)
        words += inner
        if met:
            return words, True
        words += child.tail or ""
    return words, False


def mark_breaks(element: ET.Element) -> ET.Element:
    for one in element.iter(f"{XHTML}br"):
        one.tail = f" {one.tail or ''}"
    return element
