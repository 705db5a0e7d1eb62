"""Where pages begin and ids stand: the offsets cut the source's words where the pages are cut."""

from __future__ import annotations

from itertools import accumulate, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import print_sample as sample
from publish.make.pdf import Layout, Typesetter
from publish.make.pdf_boxes import Line, Walk
from publish.model import Place, PrintedPage, Rendering

BLOCKS = {f"{{http://www.w3.org/1999/xhtml}}{name}" for name in ("h1", "h2", "p", "td", "th", "dt")}


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(sample.book())


def kept(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def source_blocks(rendering: Rendering) -> dict[str, str]:
    """The letters and digits of each block, notes aside, read from the XHTML as XML."""
    root = ET.fromstring(rendering.documents[0].xhtml)  # noqa: S314 - our own
    return {one.get("id", ""): kept("".join(_words(one))) for one in root.iter() if one.tag in BLOCKS and one.get("id")}


def _words(element: ET.Element) -> list[str]:
    if element.get("class") == "note":
        return []
    inner = [piece for child in element for piece in (*_words(child), child.tail or "")]
    return [element.text or "", *inner]


def set_pages(layout: Layout) -> list[str]:
    """The letters and digits that stand on each page."""
    walk = Walk(set())
    return [
        kept("".join(run.text for event in walk.text(page) if isinstance(event, Line) for run in event.runs))
        for page in layout._pages.document.pages
    ]


def cut_pages(layout: Layout, blocks: dict[str, str]) -> list[str]:
    """The source's letters and digits, cut where the pagination says that pages begin."""
    starts = dict(zip(blocks, accumulate((len(text) for text in blocks.values()), initial=0), strict=False))
    whole = "".join(blocks.values())
    places = [starts[page.block] + page.offset if page.block else None for page in layout.pagination.pages]
    cuts = [*places, len(whole)]
    for index in reversed(range(len(places))):  # a page without words ends where it begins
        cuts[index] = cuts[index + 1] if cuts[index] is None else cuts[index]
    return [whole[start:end] for start, end in pairwise(cuts)]


def check(typesetter: Typesetter, *sections: str) -> Layout:
    rendering = sample.rendering(*sections)
    layout = typesetter.lay_out(rendering, sample.COVER)
    assert cut_pages(layout, source_blocks(rendering)) == set_pages(layout)
    return layout


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), lengths=st.lists(st.integers(1, 260), min_size=1, max_size=12))
def test_offsets_and_words_are_the_pages(typesetter: Typesetter, seed: int, lengths: list[int]) -> None:
    words = (sample.prose(seed + number, length) for number, length in enumerate(lengths))
    blocks = (f"{text}{sample.note(n, 'Noted.')}—<em>{text[:40]}</em>" for n, text in enumerate(words, 1))
    check(typesetter, sample.section("one", *(sample.paragraph(f"p-{n}", text) for n, text in enumerate(blocks))))


def test_tables_lists_and_entries_are_cut_as_well(typesetter: Typesetter) -> None:
    imprint, one, glossary = list(sample.whole())[3], *list(sample.whole())[5:7]
    layout = check(typesetter, imprint, one, glossary)
    assert layout.pagination.pages[-1].block.startswith("term-")


def test_a_table_header_that_is_said_again_is_counted_once() -> None:
    repeated = {"print.css": sample.styles()["print.css"].data.decode() + "thead { display: table-header-group }"}
    check(Typesetter(sample.book(repeated)), sample.section("one", *sample.blocks()))


def test_pages_without_words_have_no_block(typesetter: Typesetter) -> None:
    layout = typesetter.lay_out(sample.rendering(*sample.whole()), sample.COVER)
    assert layout.pagination.pages[:3] == (
        PrintedPage("1", "", 0),
        PrintedPage("2", "", 0),
        PrintedPage("3", "titlepage-title", 0),
    )


def test_places_are_pages_and_lines(typesetter: Typesetter) -> None:
    blocks = (
        sample.paragraph("a", 'First <span id="in-a">words</span>'),
        '<table><tr><td id="left">One</td><td id="right">Two</td></tr></table>',
        sample.paragraph("b", f'Second <span class="emendation" id="empty"></span>words{sample.note(1, "Noted.")}'),
        '<figure id="plate"><img src="cover.svg" alt="x" style="height: 14pt"/></figure>',
    )
    places = typesetter.lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER).pagination.places
    assert {name: places[name] for name in ("one", "one-title", "a", "in-a", "left", "right", "b", "empty", "note-1")} == {
        "one": Place("1", 1), "one-title": Place("1", 1), "a": Place("1", 2), "in-a": Place("1", 2),
        "left": Place("1", 3), "right": Place("1", 3), "b": Place("1", 4), "empty": Place("1", 4),
        "note-1": Place("1", 5),
    }  # fmt: skip
    assert places["plate"] == Place("1", 4)  # no words follow: the last line before


def test_every_id_has_a_place(typesetter: Typesetter) -> None:
    rendering = sample.rendering(*sample.whole())
    layout = typesetter.lay_out(rendering, sample.COVER)
    root = ET.fromstring(rendering.documents[0].xhtml)  # noqa: S314 - our own
    assert {one.get("id") for one in root.iter() if one.get("id")} <= set(layout.pagination.places)
