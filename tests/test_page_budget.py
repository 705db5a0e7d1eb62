"""What would save pages: proved by really taking the lines away, and by trying every way."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import print_sample as sample
import report_sample
from page_sample import ROW
from press import page
from publish.diagnostics import Location
from publish.make.linebreak import Extent
from publish.make.paragraph import Paragraph as Planned
from publish.make.paragraph import PlannedLine, PlannedWay
from publish.make.pdf import Layout, Typesetter
from publish.model import Book, Cut, Leeway, PageBudget, Saving, Tightening
from publish.prove.page_budget import Stretch, all_savings, page_budget, savings_in
from publish.prove.page_measured import Measured, measure_pages

HERE = Location("book/text/essay.md", 1)


def stretch(*lines: int, blanks: int = 0, bound: bool = False, title: str = "Essay") -> Stretch:
    return Stretch(title, HERE, lines, blanks, "9", bound)


def told(*stretches: Stretch) -> list[tuple[int, int]]:
    """Each saving as its pages and lines."""
    return [(one.pages, one.lines) for one in all_savings(stretches)]


# ----------------------------------------------------------------------------------------------------------- arithmetic


def test_a_text_saves_a_page_for_the_lines_of_its_last_one() -> None:
    assert told(stretch(24, 33, 5)) == [(1, 5), (1, 33)]
    assert told(stretch(24)) == []


def test_before_what_is_bound_to_a_side_pages_go_by_two() -> None:
    assert told(stretch(24, 33, 33, 5, bound=True), stretch(24)) == [(2, 38)]
    assert told(stretch(24, 33, 5, blanks=1, bound=True), stretch(24)) == [(2, 5)]
    assert told(stretch(24, 33, 33, 5, blanks=1, bound=True), stretch(24)) == [(2, 5), (2, 66)]


def test_neighbours_save_together() -> None:
    essay, notes = stretch(24, 33, 5, title="Essay"), stretch(20, 4, title="Notes", bound=True)
    (saving,) = all_savings((essay, notes, stretch(24)))
    assert [(cut.title, cut.lines) for cut in saving.cuts] == [("Notes", 4), ("Essay", 5)]
    assert saving.pages == 2


pages_of_lines = st.lists(st.integers(1, 33), min_size=1, max_size=4)


@given(st.lists(pages_of_lines, min_size=1, max_size=3), st.integers(0, 1), st.booleans())
def test_no_other_cuts_save_as_much_for_less(texts: list[list[int]], blanks: int, bound: bool) -> None:  # noqa: FBT001
    neighbours = [
        stretch(*lines, blanks=blanks * (last := number == len(texts) - 1), bound=bound and last)
        for number, lines in enumerate(texts)
    ]
    savings = list(savings_in(neighbours))
    ways = list(product(*(range(len(lines)) for lines in texts)))
    for count in range(1, len(savings) + 1):
        lines, saved = sum(one.lines for one in savings[:count]), sum(one.pages for one in savings[:count])
        cheapest = min(
            sum(cost(text, gone) for text, gone in zip(texts, way, strict=True))
            for way in ways
            if moved(sum(way) + blanks, bound=bound) >= saved
        )
        assert lines == cheapest


def cost(lines: list[int], gone: int) -> int:
    """The lines that go with so many pages of a text."""
    return lines[-1] + (gone - 1) * max(lines) if gone else 0


def moved(pages: int, *, bound: bool) -> int:
    return pages - pages % 2 if bound else pages


@given(st.integers(1, 80), st.lists(st.integers(1, 2), max_size=9), st.integers(0, 90))
def test_savings_are_taken_until_the_pages_are_reached(pages: int, saved: list[int], wanted: int) -> None:
    savings = tuple(Saving(one, (Cut("Essay", HERE, number, "9"),)) for number, one in enumerate(saved))
    taken = PageBudget(pages, pages, savings, (), ()).savings_for(wanted)
    if taken is None:
        assert pages - sum(saved) > wanted
    else:
        assert pages - sum(one.pages for one in taken) <= wanted
        assert not taken or pages - sum(one.pages for one in taken[:-1]) > wanted
        assert taken == savings[: len(taken)]


# ----------------------------------------------------------------------------------------------------- on pages really made


def chapters(*lines: int) -> tuple[Book, Layout]:
    """Chapters of so many lines each, which begin on rectos."""
    names = [f"chapter{number}" for number in range(len(lines))]
    sections = (
        sample.section(name, *(sample.paragraph(f"{name}-{n}", ROW) for n in range(count)))
        for name, count in zip(names, lines, strict=True)
    )
    book = replace(sample.book(), pages=tuple(page("chapter", name) for name in names))
    return book, Typesetter(book).lay_out(sample.rendering(*sections), sample.COVER)


def measured(*lines: int) -> tuple[Measured, Leeway]:
    book, layout = chapters(*lines)
    return measure_pages(layout.screen_pdf(), book, layout.pagination, {}), layout.leeway


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # WeasyPrint 70 leaves the file of its colour profile open
@pytest.mark.parametrize("lines", [(60, 10), (93, 10), (10, 26)])
def test_the_first_saving_saves_what_it_says(lines: tuple[int, ...]) -> None:
    """A text of 24 lines on its first page and 33 on the others loses the lines that are told, and the book the pages."""
    budget = page_budget(*measured(*lines))
    saving = budget.savings[0]
    number = int(saving.cuts[0].title[-1])
    shorter = list(lines)
    shorter[number] -= saving.lines
    assert len(chapters(*shorter)[1].pagination.pages) == budget.pages - saving.pages
    shorter[number] += 1
    assert len(chapters(*shorter)[1].pagination.pages) == budget.pages


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_page_before_a_recto_is_not_saved_for_it_would_be_blank() -> None:
    assert page_budget(*measured(26, 10)).savings == ()
    assert len(chapters(24, 10)[1].pagination.pages) == len(chapters(26, 10)[1].pagination.pages)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_blank_pages_and_what_is_bound_to_a_side_are_told() -> None:
    made, leeway = measured(10, 10)
    assert leeway.sided == {"chapter0", "chapter1"}
    assert page_budget(made, leeway).blank == ("2",)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_paragraphs_come_with_the_cheapest_first() -> None:
    book = replace(sample.book(), pages=(page("chapter", "one"),), sources={"essay.md": sample.prose(1, 200)})
    blocks = [sample.paragraph(f"p{n}", sample.prose(n, 60 + 2 * n)) for n in range(40)]
    layout = Typesetter(book).lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)
    made = measure_pages(layout.screen_pdf(), book, layout.pagination, {})
    found = page_budget(made, layout.leeway).shortenings
    assert len(found) == 40
    costs = [one.tightening.cost for one in found if one.tightening]
    assert costs
    assert costs == sorted(costs)
    others = [one.letters for one in found if not one.tightening]
    assert others == sorted(others)
    assert [one.tightening is None for one in found] == [False] * len(costs) + [True] * len(others)
    texts = {one.lines[-1].text for one in made.pages.paragraphs}
    assert {one.last_line for one in found} <= texts


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_paragraph_that_could_be_tightened_is_a_line_longer_than_it_need_be() -> None:
    """The lines that it is said to have room for are there: its words, as narrow as they may be, fit into one less."""
    blocks = [sample.paragraph(f"p{n}", sample.prose(n, 60 + 2 * n)) for n in range(40)]
    layout = Typesetter(sample.book()).lay_out(sample.rendering(sample.section("one", *blocks)), sample.COVER)
    made = measure_pages(layout.screen_pdf(), sample.book(), layout.pagination, {})
    lines = {one.id: one.lines for one in made.pages.paragraphs}
    assert layout.leeway.tightenings
    for name, one in layout.leeway.tightenings.items():
        room = sum(0.26 * gap.width for line in lines[name][:-1] for gap in line.gaps)
        assert lines[name][-1].right - lines[name][-1].left <= room + 288 * 0.015 * len(lines[name])
        assert 0.74 <= one.narrowest <= one.widest


# ------------------------------------------------------------------------------------------------------ one paragraph


def way(demerits: float, *widths: tuple[float, float]) -> PlannedWay:
    """Lines by their width and how much of it is spaces."""
    lines = (
        PlannedLine(n, n + 1, n + 1, False, Extent(*one), 0, 0, n == len(widths) - 1, n, 100.0)  # noqa: FBT003
        for n, one in enumerate(widths)
    )
    return PlannedWay(tuple(lines), demerits)


PARAGRAPH = Planned((), frozenset(), 100.0, 100.0)
STANDING = way(2.0, (90.0, 20.0), (90.0, 20.0), (30.0, 5.0))


def test_tightening_is_what_a_line_less_costs_and_how_its_spaces_would_be() -> None:
    found = PARAGRAPH.tightened([STANDING, way(7.0, (104.0, 24.0), (90.0, 20.0))], 3)
    assert found is not None
    assert found.cost == 5.0
    assert found.narrowest == found.widest == pytest.approx((100 - 80 * 0.985) / 24)


@pytest.mark.parametrize(
    "shorter",
    [
        (),
        (way(7.0, (110.0, 20.0), (90.0, 20.0)),),  # does not fit
        (way(7.0, (90.0, 20.0)),),  # has two lines less
    ],
)
def test_a_paragraph_that_cannot_give_a_line_has_no_tightening(shorter: tuple[PlannedWay, ...]) -> None:
    assert PARAGRAPH.tightened([STANDING, *shorter], 3) is None


# --------------------------------------------------------------------------------------------------------------- words


def test_savings_and_paragraphs_say_themselves() -> None:
    budget = report_sample.report().budget
    assert [str(one) for one in budget.savings] == [
        "2 pages for 3 lines: On <Gardens> 3 (last page 12)",
        "2 pages for 53 lines: Glossary 20 (last page 13), On <Gardens> 33 (last page 12)",
    ]
    assert [str(one) for one in budget.shortenings] == [
        "“of ‘it’ & all” could end the line before, at a cost of 3; word spaces 0.81 to 1.20 times the font's own",
        "“night.” could end the line before, at no cost; word spaces 0.90 to 1.10 times the font's own",
        "“garden.” is its last line: 6 letters",
    ]


def test_dear_tightenings_are_not_told() -> None:
    dear = Tightening(51.0, 0.8, 1.2)
    book = replace(sample.book(), pages=(page("chapter", "one"),))
    layout = Typesetter(book).lay_out(
        sample.rendering(sample.section("one", sample.paragraph("p", sample.prose(1, 60)))), sample.COVER
    )
    made = measure_pages(layout.screen_pdf(), book, layout.pagination, {})
    (found,) = page_budget(made, Leeway({"p": dear})).shortenings
    assert found.tightening is None
    (found,) = page_budget(made, Leeway({"p": replace(dear, cost=49.0)})).shortenings
    assert found.tightening is not None
