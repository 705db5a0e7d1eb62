"""The index: its headings in one alphabet, what refers to what, and the pages that it lists."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.model import (
    Block,
    Book,
    Cell,
    Code,
    CodeBlock,
    Division,
    Figure,
    Image,
    IndexHeading,
    ItemList,
    Page,
    Pagination,
    Paragraph,
    Place,
    PrintedPage,
    Quotation,
    Rule,
    Span,
    Table,
    Term,
)
from publish.model.walk import walk_inlines
from publish.render import render_epub, render_print
from publish.render.alphabet import filed
from publish.render.index import plan_index
from publish.render.index_lines import IndexLine, by_letter, every_line
from publish.render.locators import Locator, Spot, locators
from publish.render.passages import PassageMarker
from publish.render.prepare import prepare
from publish.render.walk import plain, texts
from render_book import (
    COVER,
    at,
    book,
    call,
    cited,
    emphasis,
    entry,
    heading,
    index_heading,
    inlines,
    link,
    marked,
    note,
    page,
    paragraph,
    span,
)

# ---------------------------------------------------------------------------------------------------------------- locators


def said(found: list[Locator]) -> str:
    return ", ".join(
        f"{one.page}–{one.last}" if one.last else f"{one.page}n{one.note}" if one.note else str(one.page)
        for one in found
    )


@pytest.mark.parametrize(
    ("spots", "listed"),
    [
        ([Spot.on(7, "a")], "7"),
        ([Spot.on(7, "a"), Spot.on(7, "b")], "7"),
        ([Spot.on(9, "a"), Spot.on(10, "b")], "9, 10"),
        ([Spot.on(11, "c"), Spot.on(9, "a"), Spot.on(10, "b"), Spot.on(13, "d")], "9–11, 13"),
        ([Spot(9, "a", 10, "b")], "9–10"),
        ([Spot(9, "a", 9, "b")], "9"),
        ([Spot(9, "a", 10, "b"), Spot.on(11, "c")], "9–11"),
        ([Spot(108, "a", 112, "b"), Spot.on(110, "c")], "108–112"),
        ([Spot.on(47, "a", note=12)], "47n12"),
        ([Spot.on(47, "a", note=12), Spot.on(47, "b", note=13), Spot.on(47, "c", note=12)], "47n12, 47n13"),
        ([Spot.on(47, "a", note=12), Spot.on(47, "b"), Spot.on(49, "c", note=14)], "47, 49n14"),
        ([Spot.on(46, "a"), Spot.on(47, "b", note=12), Spot(46, "c", 48, "d")], "46–48"),
        ([], ""),
    ],
)
def test_pages_are_listed_once_and_in_runs(spots: list[Spot], listed: str) -> None:
    assert said(locators(spots)) == listed


def test_each_end_of_a_range_is_what_stands_first_on_its_page() -> None:
    spots = [Spot.on(9, "b"), Spot.on(9, "c"), Spot(10, "d", 11, "e"), Spot.on(11, "f")]
    assert locators(spots) == [Locator(9, "b", last=11, end="e")]


pages = st.integers(1, 40)
spots_of_text = st.builds(
    lambda first, more: Spot(first, f"a{first}", first + more, f"b{first + more}"), pages, st.integers(0, 3)
)
spots_of_notes = st.builds(lambda page, note: Spot.on(page, f"n{page}", note), pages, st.integers(1, 9))


@given(st.lists(st.one_of(spots_of_text, spots_of_notes)))
def test_all_pages_are_listed_and_no_others(spots: list[Spot]) -> None:
    found = locators(spots)
    listed = [page for one in found if not one.note for page in range(one.page, (one.last or one.page) + 1)]
    wanted = {page for one in spots if not one.note for page in range(one.first, one.last + 1)}
    assert listed == sorted(wanted)
    notes = [(one.page, one.note) for one in found if one.note]
    assert notes == sorted({(one.first, one.note) for one in spots if one.note and one.first not in wanted})
    assert [one.page for one in found] == sorted(one.page for one in found)


@given(st.lists(spots_of_text, min_size=1))
def test_every_link_leads_to_its_page(spots: list[Spot]) -> None:
    ends = {(one.first, one.target) for one in spots} | {(one.last, one.end) for one in spots}
    for one in locators(spots):
        assert (one.page, one.target) in ends
        assert not one.last or (one.last, one.end) in ends


@given(st.lists(spots_of_text))
def test_the_order_in_which_they_are_found_changes_no_page(spots: list[Spot]) -> None:
    assert said(locators(spots)) == said(locators(spots[::-1]))


# ---------------------------------------------------------------------------------------------------------------- alphabet


def test_a_heading_stands_before_those_that_begin_with_its_words() -> None:
    headings = [
        "Stalinism",
        "Stalin icons",
        "Stalin, Iosif",
        "“stale”",
        "C.P.S.U. elections",
        "C.P.S.U.",
        "cult",
        "Ébb",
        "Eb",
    ]
    assert sorted(headings, key=filed) == [
        *(
            "C.P.S.U.",
            "C.P.S.U. elections",
            "cult",
            "Eb",
            "Ébb",
            "“stale”",
            "Stalin, Iosif",
            "Stalin icons",
            "Stalinism",
        ),
    ]


@given(st.lists(st.text("aÁb .,(-", min_size=1, max_size=8)), st.randoms())
def test_the_alphabet_does_not_depend_on_the_order_before(words: list[str], random: Random) -> None:
    mixed = list(words)
    random.shuffle(mixed)
    assert list(map(filed, sorted(mixed, key=filed))) == list(map(filed, sorted(words, key=filed)))


# ---------------------------------------------------------------------------------------------------------------- headings

ENTRIES = (
    entry("pyatakov", "Piatakov", "Pyatakov", index_as="Pyatakov, Georgi (Yuri)", modern="Georgi Pyatakov"),
    entry("bukharin", "Bucharin", "Bukharin", index_as="Bukharin, Nikolai", modern="Nikolai Bukharin"),
    entry("party", "C.P.", kind="organisation", modern="Communist Party (CP)"),
    entry("stalin", "Stalin", index_as="Stalin, Iosif"),
    entry("icons", "Stalin icons", kind="term"),
    entry("quiet", "Quiet", index="none"),
    entry("never", "Never"),
)
HEADINGS = (
    index_heading("cult", "cult of", under="stalin", see=("icons", "purge")),
    index_heading("character", "character of", under="stalin", sort="1"),
    index_heading("purge", "purge, ", emphasis("great"), see_also=("character", "gone")),
    index_heading("hero", "hero", see=("cult",)),
    index_heading("corn", "corn", see=("icons",)),
)


def essay(*more: IndexHeading) -> Book:
    words = "Piatakov, Bucharin, the C.P., Stalin and the Stalin icons, Quiet."
    return book(
        page("essay", paragraph("p1", words), paragraph("p2", marked("He", index=("character", "purge")), " purged.")),
        page("glossary", role="glossary"),
        page("index", role="index"),
        glossary=ENTRIES,
        index=(*HEADINGS, *more),
    )


def lines(made: Book) -> list[str]:
    """Every line: its heading, and "see" or "also" with the headings that it refers to; one step in for each that it stands under."""
    found: list[str] = []

    def tell(line: IndexLine, depth: int) -> None:
        also = [("see", line.see), ("also", line.see_also)]
        told = [f"{sign} {', '.join(plain(one.heading) for one in others)}" for sign, others in also if others]
        found.append("> " * depth + " ".join([plain(line.heading), *told]))
        for one in line.under:
            tell(one, depth + 1)

    for line in plan_index(prepare(made)):
        tell(line, 0)
    return found


def test_persons_institutions_and_subjects_stand_in_one_alphabet() -> None:
    assert lines(essay()) == [
        "Bukharin, Nikolai (Bucharin)",
        "Communist Party see C.P.",
        "corn see Stalin icons",
        "C.P.",
        "hero see Stalin, Iosif: cult of",
        "Piatakov see Pyatakov, Georgi",
        "purge, great also Stalin, Iosif: character of",
        "Pyatakov, Georgi (Yuri) (Piatakov)",
        "Stalin, Iosif",
        "> character of",
        "> cult of see Stalin icons, purge, great",
        "Stalin icons",
    ]


def test_another_name_that_a_heading_has_already_is_not_said_again() -> None:
    made = essay(index_heading("see-party", "Communist Party", see=("party",)))
    assert [line for line in lines(made) if line.startswith("Communist")] == ["Communist Party see C.P."]


def test_lines_are_grouped_by_their_first_letter() -> None:
    groups = by_letter(plan_index(prepare(essay(index_heading("n", "1937, year", see=("purge",))))))
    assert ["".join(plain(line.heading)[0] for line in group) for group in groups] == [
        "1",
        "B",
        "CcC",
        "h",
        "PpP",
        "SS",
    ]


def test_every_line_has_an_id_of_its_own() -> None:
    ids = [line.id for line in every_line(plan_index(prepare(essay())))]
    assert len(set(ids)) == len(ids)


# ------------------------------------------------------------------------------------------------------------------- words


def told(xhtml: str) -> dict[str, str]:
    """The words of every line of the index, by its id."""
    found = re.findall(r'<p id="(index-[^"]*)">(.*?)</p>', xhtml)
    return {
        name.removeprefix("index-"): html.unescape(re.sub("<[^>]*>", "", words)).replace("\u00a0", " ")
        for name, words in found
    }


PAGES = Pagination(
    pages=tuple(PrintedPage(str(number), "", 0) for number in range(1, 10)),
    places={
        **{f"mention-{name}-1": Place("7", 1) for name in ("pyatakov", "bukharin", "party", "stalin")},
        "mention-icons-1": Place("8", 1),
        "passage-1": Place("8", 1),
        "passage-1-end": Place("9", 1),
    },
)


def test_a_line_lists_pages_and_then_what_to_see() -> None:
    more = (
        index_heading("year", "June 18, 1937", see_also=("purge",)),
        index_heading("usa", "U.S.", see_also=("hero", "icons")),
    )
    made = told(render_print(essay(*more), COVER, PAGES).documents[0].xhtml)
    assert made["stalin"] == "Stalin, Iosif, 7"
    assert made["character"] == "character of, 8–9"
    assert made["cult"] == "cult of, see Stalin icons; purge, great"
    assert made["purge"] == "purge, great, 8–9. See also Stalin, Iosif: character of"
    assert made["year"] == "June 18, 1937. See also purge, great"
    assert made["usa"] == "U.S. See also hero; Stalin icons"


def test_behind_a_number_the_pages_stand_after_a_colon() -> None:
    made = essay(index_heading("year", "June 18, 1937"))
    text = made.pages[0].blocks[1]
    assert isinstance(text, Paragraph)
    dated = replace(text, children=(marked("then", index=("year",)), *text.children))
    pages = (replace(made.pages[0], blocks=(made.pages[0].blocks[0], dated)), *made.pages[1:])
    places = PAGES.places | {"passage-2": Place("9", 1), "passage-2-end": Place("9", 1)}
    xhtml = render_print(replace(made, pages=pages), COVER, replace(PAGES, places=places)).documents[0].xhtml
    assert told(xhtml)["year"] == "June 18, 1937: 8–9"  # the first passage is now the year's


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en-US", "“dizzy,” see Stalin icons"),
        ("en-GB", "“dizzy”, see Stalin icons"),
        ("de-DE", "“dizzy”, see Stalin icons"),
    ],
)
def test_a_comma_stands_before_a_closing_quotation_mark_where_the_language_has_it_there(
    language: str, line: str
) -> None:
    made = essay(index_heading("dizzy", "“dizzy”", see=("icons",)))
    made = replace(made, metadata=replace(made.metadata, language=language))
    assert told(render_print(made, COVER, PAGES).documents[0].xhtml)["dizzy"] == line


def test_in_an_ebook_without_pages_sections_are_listed() -> None:
    made = book(
        page(
            "essay", paragraph("p1", "Stalin"), heading("h", "Later"), paragraph("p2", "Stalin, Stalin"), title="First"
        ),
        page("glossary", role="glossary"),
        page("index", role="index"),
        glossary=ENTRIES,
    )
    (index,) = (one.xhtml for one in render_epub(made, Pagination()).documents if one.id == "index")
    assert told(index)["stalin"] == "Stalin, Iosif, First, Later"


def test_a_reference_to_what_has_no_line_is_no_link() -> None:
    made = essay(index_heading("blind", "blind", see=("never", "stalin")))
    xhtml = render_print(made, COVER, PAGES).documents[0].xhtml
    assert told(xhtml)["blind"] == "blind, see Never; Stalin, Iosif"
    assert 'href="#index-stalin"' in xhtml
    assert 'href="#index-never"' not in xhtml


# ---------------------------------------------------------------------------------------------------------------- mentions


def counted(*pages: Page, index: str = "all", indexed: bool = True) -> list[tuple[str, bool, int]]:
    """The mentions of Rose that the index lists: their words, whether they are links, the note that they stand in."""
    more = (page("index", role="index"),) if indexed else ()
    made = prepare(
        book(
            *pages, page("glossary", role="glossary"), *more, glossary=(entry("rose", "Rose", "the Rose", index=index),)
        )
    )
    nodes = {
        node.id: node
        for one in made.book.pages
        for blocks in (one.blocks, *(note.blocks for note in one.notes))
        for node in walk_inlines((*one.title, *(node for _, words in texts(blocks) for node in words)))
        if isinstance(node, Term | Span)
    }
    return [(plain(nodes[one.id].children), one.linked, one.note) for one in made.mentions["rose"] if one.indexed]


def test_every_mention_in_running_text_and_notes_is_listed() -> None:
    essay = page(
        "essay",
        paragraph(
            "p1",
            "Rose, ",
            link("#p1", "the Rose"),
            ", ",
            span("Rose", classes=("noterm",)),
            Code("Rose", at()),
            call("a"),
        ),
        heading("h", "Rose"),
        paragraph(
            "p2", emphasis("Ro"), "se, Ro", emphasis("se"), ", the ", emphasis("Rose"), ", ", span("she", term="rose")
        ),
        CodeBlock("c", "Rose", at()),
        notes=[note("a", 1, "Of Rose, ", cited("Rose"), span(" Rose", term="gone"))],
        title="Rose",
    )
    assert counted(essay) == [
        ("Rose", False, 0),
        ("Rose", True, 0),
        ("the Rose", False, 0),
        ("Rose", False, 0),
        ("Ro", False, 0),
        ("Ro", False, 0),
        ("the", False, 0),
        ("she", True, 0),
        ("Rose", False, 1),
    ]


def test_what_is_no_running_text_is_not_listed() -> None:
    imprint = page("imprint", paragraph("p1", "Rose, ", span("she", term="rose")), role="imprint", title="Rose")
    assert counted(imprint) == []


def test_an_entry_may_list_the_first_mention_of_each_section_or_none() -> None:
    essay = page(
        "essay",
        paragraph("p1", "Rose, Rose", call("a")),
        heading("h", "Later"),
        paragraph("p2", "Rose"),
        paragraph("p3", "Rose"),
        notes=[note("a", 1, "Rose and Rose")],
    )
    assert counted(essay, index="sections") == [("Rose", True, 0), ("Rose", True, 0), ("Rose", False, 1)]
    assert counted(essay, index="none") == []


def test_without_an_index_nothing_is_marked() -> None:
    assert counted(page("essay", paragraph("p1", "Rose, Rose")), indexed=False) == []
    made = prepare(book(page("essay", paragraph("p1", marked("that", index=("x",))))))
    assert made.passages == ()


# ---------------------------------------------------------------------------------------------------------------- passages


def test_a_passage_is_marked_where_it_begins_and_where_it_ends() -> None:
    marker = PassageMarker(indexing=True)
    marker.note = 3
    made = marker.inlines(
        inlines("a ", emphasis(marked("b ", marked("c", index=("y",)), index=("x",), identifier="own")))
    )
    assert [(one.id, plain(one.children)) for one in walk_inlines(made) if isinstance(one, Span)] == [
        ("own", "b c"),
        ("passage-2", "c"),
        ("passage-2-end", ""),
        ("passage-1-end", ""),
    ]
    assert [(one.headings, one.first, one.last, one.note) for one in marker.passages()] == [
        (("x",), "own", "passage-1-end", 3),
        (("y",), "passage-2", "passage-2-end", 3),
    ]


P, Q = paragraph("p", "first"), paragraph("q", "last")
CELLS = tuple(Cell(f"c{number}", inlines(str(number))) for number in range(4))


@pytest.mark.parametrize(
    ("blocks", "last"),
    [
        ((P, Q), "last"),
        ((P, Quotation((Q,))), "last"),
        ((P, ItemList(((P,), (P, Q)))), "last"),
        ((P, Division((Q,), at())), "last"),
        ((P, Table(CELLS[:2], (CELLS[2:],), at())), "3"),
        ((Q, heading("h", "end")), "end"),
    ],
)
def test_a_container_is_marked_behind_its_last_words(blocks: tuple[Block, ...], last: str) -> None:
    marker = PassageMarker(indexing=True)
    (made,) = marker.blocks((Division(blocks, at(), indexed=("x",)),))
    assert isinstance(made, Division)
    assert made.id == "passage-1"
    ends = [words for _, words in texts((made,)) if any(isinstance(one, Span) for one in words)]
    assert [plain(words) for words in ends] == [last]
    assert isinstance(ends[0][-1], Span)
    assert (ends[0][-1].id, marker.passages()[0].last) == ("passage-1-end", "passage-1-end")


@pytest.mark.parametrize(
    ("block", "last"),
    [
        (CodeBlock("code", "x", at()), "code"),
        (Figure("figure", Image("a.png", "A", at())), "figure"),
        (Rule(), "p"),
    ],
)
def test_a_container_that_ends_in_no_words_ends_where_its_last_block_begins(block: Block, last: str) -> None:
    marker = PassageMarker(indexing=True)
    marker.blocks((Division((P, block), at(), indexed=("x",), id="own"),))
    assert [(one.first, one.last) for one in marker.passages()] == [("own", last)]
