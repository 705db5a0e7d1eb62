"""Figures of pages: of lines made by hand, and of the book itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from publish.make.cover import draw_cover
from publish.make.pdf import Typesetter
from publish.make.weasyprint_plans import Planner
from publish.model import Pagination, Project
from publish.pipeline import check
from publish.prove.page_figures import Figures, measure
from publish.prove.page_lines import Gap, Line, Pages, Paragraph, read_lines
from publish.render import render_print

ROOT = Path(__file__).parents[1]


def line(
    text: str, baseline: float = 500.0, spaces: tuple[float, ...] = (2.0, 2.0), page: int = 0, word: float = 30.0
) -> Line:
    """A line of words that are so many points wide, in 10 point type, with such spaces between them."""
    gaps, x = [], 0.0
    for space in spaces:
        gaps.append(Gap(x + word, x + word + space))
        x += word + space
    return Line(page, baseline, 10.0, 0.0, x + word, text, tuple(gaps))


def figures(*paragraphs: list[Line], notes: dict[int, float] | None = None) -> Figures:
    pages = Pages(tuple(Paragraph(("s",), tuple(one)) for one in paragraphs), notes or {}, (1.0, 1.0))
    return measure(pages, "s")


def column(count: int, page: int = 0, **facts: str) -> list[Line]:
    return [line(facts.get(f"l{n}", "a few words"), 500 - 14.0 * n, page=page) for n in range(count)]


def test_word_spaces_are_measured_in_em_without_last_lines() -> None:
    lines = [
        line("one two three", spaces=(2.0, 2.0)),
        line("one two three", 486, (4.0, 4.0)),
        line("one", 472, (9.0, 9.0)),
    ]
    found = figures(lines).word_spaces
    assert (found.mean, found.stdev, found.least, found.most) == pytest.approx((0.3, 0.1, 0.2, 0.4))
    assert (found.loose, found.jump) == pytest.approx((0.5, 0.2))


def test_hyphens_are_counted_with_their_runs_and_places() -> None:
    lines = column(6, l0="one gar\u00ad", l1="den Lon\u00ad", l2="don gar\u00ad", l4="one gar\u00ad")
    lines[3] = replace(lines[3], page=1)
    found = figures(lines).hyphens
    assert found.share == pytest.approx(4 / 5)
    assert (found.runs_of_two, found.runs_of_three) == (1, 1)
    assert (found.at_page_ends, found.before_last_lines, found.names) == (1, 1, 1)


def test_a_divided_word_with_a_capital_is_no_name_when_its_ending_or_its_language_tells() -> None:
    def names(end: str, begin: str, language: str) -> int:
        lines = (line(f"of {end}\u00ad"), line(f"{begin}, and so", 486), line("on", 472))
        return measure(Pages((Paragraph(("s",), lines),), {}, (1.0, 1.0), language), "s").hyphens.names

    assert names("\u201cMolo", "tov", "en-US") == 1
    assert names("Commu", "nists", "en-US") == names("Amer", "ican", "en") == names("Gar", "ten", "de") == 0
    assert names("Bukha", "rine", "fr") == names("NA", "TO", "de") == 1


def test_a_river_is_spaces_over_each_other_and_a_wide_one_wide_spaces() -> None:
    narrow = figures(column(4)).rivers
    assert narrow.of_three == pytest.approx(100 * 2 / 4)
    assert (narrow.wide_of_three, narrow.wide_of_four) == (0, 0)
    wide = [line("a few words", 500 - 14.0 * n, (4.0, 4.0 + 3 * n)) for n in range(4)]
    assert figures(wide).rivers.wide_of_four == 2
    apart = [line("a few words", 500 - 14.0 * n, word=30.0 + 3 * n) for n in range(4)]
    assert figures(apart).rivers.of_three == 0


def test_lines_off_the_grid_and_short_pages_are_told() -> None:
    lines = column(10, 1) + column(10, 2) + column(8, 3) + column(10, 4) + column(2, 5)
    found = figures(lines)
    assert (found.on_grid, found.short_pages, found.uneven_spreads) == (1.0, {4: 2}, 1)
    assert figures(column(8, 1) + column(8, 2) + column(10, 3)).uneven_spreads == 0
    moved = [replace(one, baseline=one.baseline - 3) if n == 4 else one for n, one in enumerate(lines)]
    assert figures(moved).on_grid == pytest.approx(1 - 1 / len(lines))


def test_a_page_with_notes_is_short_by_the_lines_that_are_missing_above_them() -> None:
    lines = column(8, 1) + column(7, 2) + column(10, 3) + column(2, 4)
    last = min(one.baseline for one in column(8))
    assert figures(lines, notes={1: last - 25, 2: last - 25}).short_pages == {3: 1}
    assert figures(lines, notes={1: last - 25, 2: last - 24}).short_pages == {}  # less than a line is missing


def test_pages_of_smaller_type_do_not_tell_how_far_down_the_text_may_go() -> None:
    text = column(9, 1) + column(10, 2) + column(2, 3)
    glossary = [replace(one, size=8.0, baseline=one.baseline + 10) for one in column(30, 5)]
    pages = Pages(
        (Paragraph(("s",), tuple(text)), Paragraph(("glossary",), tuple(glossary))),
        {},
        (1.0, 1.0),
    )
    assert measure(pages, "s").short_pages == {2: 1}


def test_a_section_without_lines_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="no full lines"):
        figures([line("one")])


def test_the_figures_are_json() -> None:
    assert json.loads(figures(column(4)).json())["word_spaces"]["mean"] == 0.2


def set_book() -> Pages:
    """The book itself, as it is laid out first."""
    book, _ = check(Project.at(ROOT))
    cover = draw_cover(book, book.editions[0].trim)
    layout = Typesetter(book).lay_out(render_print(book, cover, Pagination()), cover)
    assert not [one for one in layout.diagnostics if one.rule == "line-unplanned"]
    return read_lines(layout.screen_pdf())


@pytest.fixture(scope="module")
def pages() -> Pages:
    return set_book()


@pytest.fixture(scope="module")
def best_lines() -> Pages:
    """The same with each paragraph in its best lines, whatever the pages would want."""
    ways = Planner.ways
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Planner, "ways", lambda planner, paragraph: ways(planner, paragraph)[:1])
        return set_book()


@pytest.fixture(scope="module")
def essay(pages: Pages) -> Figures:
    return measure(pages, "essay")


@pytest.fixture(scope="module")
def introduction(pages: Pages) -> Figures:
    return measure(pages, "introduction")


def test_the_essay_is_set_evenly(essay: Figures) -> None:
    spaces = essay.word_spaces
    assert essay.lines > 300
    assert spaces.mean <= 0.235
    assert spaces.stdev <= 0.04
    assert spaces.least >= 0.148
    assert spaces.most <= 0.36
    assert spaces.loose <= 0.036
    assert essay.right_edge <= 0.01
    assert 0.985 <= essay.glyph_scales[0] <= essay.glyph_scales[1] <= 1.015


def test_the_essay_has_few_hyphens_and_none_in_a_bad_place(essay: Figures) -> None:
    hyphens = essay.hyphens
    assert hyphens.share <= 0.06
    assert hyphens.runs_of_two <= 1
    assert (hyphens.runs_of_three, hyphens.at_page_ends, hyphens.before_last_lines, hyphens.names) == (0, 0, 0, 0)
    assert essay.shortest_last_line >= 2


def test_the_best_lines_of_the_essay_are_as_even_with_fewer_hyphens(best_lines: Pages) -> None:
    found = measure(best_lines, "essay")
    assert found.word_spaces.stdev <= 0.039
    assert found.word_spaces.loose <= 0.03
    assert found.hyphens.share <= 0.06
    assert found.hyphens.runs_of_two <= 1
    assert found.hyphens.before_last_lines == 0


def test_the_introduction_is_set_as_evenly(introduction: Figures) -> None:
    spaces, hyphens = introduction.word_spaces, introduction.hyphens
    assert introduction.lines > 200
    assert spaces.mean <= 0.235
    assert spaces.stdev <= 0.040
    assert spaces.least >= 0.148
    assert spaces.most <= 0.45
    assert spaces.loose <= 0.01
    assert hyphens.share <= 0.06
    assert hyphens.runs_of_two <= 1
    assert (hyphens.runs_of_three, hyphens.at_page_ends, hyphens.before_last_lines, hyphens.names) == (0, 0, 0, 0)


def test_the_essay_and_the_introduction_have_no_wide_rivers(essay: Figures, introduction: Figures) -> None:
    assert essay.on_grid == 1
    assert essay.rivers.wide_of_three == introduction.rivers.wide_of_three == 0


def test_the_pages_of_the_essay_are_full_and_facing_ones_even(essay: Figures, introduction: Figures) -> None:
    assert introduction.uneven_spreads <= 1
    assert sum(introduction.short_pages.values()) / introduction.pages <= 0.3
    assert essay.uneven_spreads <= 1
    assert sum(essay.short_pages.values()) / essay.pages <= 0.15  # one spread is a line short on both sides
    assert max(essay.short_pages.values(), default=0) <= 1
