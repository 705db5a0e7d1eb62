"""Lines by total fit: against all ways there are, against a line at a time, and at the edges."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.make import linebreak
from publish.make.linebreak import EVEN, Break, Extent, Measure, break_paragraph, ends_of, fit, lines_of, natural_width

SPACE = 2.0
HYPHEN = 3.0


def paragraph(words: list[tuple[float, bool]]) -> list[Break]:
    """Words of these widths with spaces between; those that are said to be divisible have a hyphen in their midst."""
    found = [Break(Extent(), Extent())]
    width = space = 0.0
    for word, divisible in words:
        if divisible:
            half = width + word / 2
            found.append(Break(Extent(half + HYPHEN, space), Extent(half, space), 50.0, hyphen=True))
        width += word
        found.append(Break(Extent(width, space), Extent(width + SPACE, space + SPACE)))
        width, space = width + SPACE, space + SPACE
    last = found.pop()
    return [*found, Break(last.end, last.end)]


def demerits(breaks: list[Break], measure: Measure, ends: tuple[int, ...]) -> float:
    """The cost of these lines, added up the simple way; infinite if one of them does not fit."""
    total = 0.0
    for number, (begin, end) in enumerate(lines_of(ends)):
        before, here, last = breaks[begin], breaks[end], end == len(breaks) - 1
        line = fit(natural_width(before, here), measure.of(number))
        if not line.fits:
            return math.inf
        total += linebreak._cost(min(line.space, EVEN) if last else line.space) + here.penalty
        if last:
            total += linebreak._HYPHEN_BEFORE_LAST * before.hyphen
            total += linebreak._SHORT_LAST * (natural_width(before, here).width < measure.last)
        else:
            total += linebreak._TWO_HYPHENS * (before.hyphen and here.hyphen)
    return total


def greedy(breaks: list[Break], measure: Measure) -> tuple[int, ...]:
    """Each line filled as far as it goes, its spaces narrowed if need be."""
    ends, begin = [], 0
    while begin < len(breaks) - 1:
        fitting = [
            end
            for end in range(begin + 1, len(breaks))
            if fit(natural_width(breaks[begin], breaks[end]), measure.of(len(ends))).fits
        ]
        begin = max(fitting, default=begin + 1)
        ends.append(begin)
    return tuple(ends)


WORDS = st.lists(st.tuples(st.integers(2, 14).map(float), st.booleans()), min_size=1, max_size=60)
MEASURES = st.builds(
    Measure,
    st.sampled_from([40.0, 48.0, 55.0]),
    st.sampled_from([50.0, 70.0]),
    st.sampled_from([0.0, 8.0]),
    st.lists(st.sampled_from([35.0, 44.0, 60.0]), max_size=3).map(tuple),
)


@given(WORDS.filter(lambda words: len(words) <= 7), MEASURES)
def test_no_way_at_all_is_better(words: list[tuple[float, bool]], measure: Measure) -> None:
    breaks = paragraph(words)
    inner = range(1, len(breaks) - 1)
    every = [(*some, len(breaks) - 1) for count in range(len(breaks) - 1) for some in combinations(inner, count)]
    widest = min(widest_of(breaks, measure, one) for one in every)
    allowed = next(one for one in linebreak.WIDEST if widest <= one)
    best = min(demerits(breaks, measure, one) for one in every if widest_of(breaks, measure, one) <= allowed)
    assert demerits(breaks, measure, ends_of(breaks, measure)) == pytest.approx(best)


def widest_of(breaks: list[Break], measure: Measure, ends: tuple[int, ...]) -> float:
    """The widest spaces of all lines but the last; infinite if a line does not fit."""
    *lines, _last = lines_of(ends)
    spaces = [
        fit(natural_width(breaks[begin], breaks[end]), measure.of(number)).space
        for number, (begin, end) in enumerate(lines)
    ]
    return math.inf if demerits(breaks, measure, ends) == math.inf else max(spaces, default=0.0)


@given(WORDS, MEASURES)
def test_a_line_at_a_time_is_never_better(words: list[tuple[float, bool]], measure: Measure) -> None:
    breaks = paragraph(words)
    found, simple = ends_of(breaks, measure), greedy(breaks, measure)
    if widest_of(breaks, measure, simple) <= linebreak.WIDEST[0]:
        assert demerits(breaks, measure, found) <= demerits(breaks, measure, simple) + 1e-6


@given(WORDS, MEASURES)
def test_every_line_goes_on_where_the_last_one_ended(words: list[tuple[float, bool]], measure: Measure) -> None:
    breaks = paragraph(words)
    ends = ends_of(breaks, measure)
    assert ends[-1] == len(breaks) - 1
    assert all(one < other for one, other in pairwise((0, *ends)))


@given(WORDS, MEASURES)
def test_each_number_of_lines_has_a_way_of_that_many_lines_and_the_best_is_first(
    words: list[tuple[float, bool]], measure: Measure
) -> None:
    breaks = paragraph(words)
    ways = break_paragraph(breaks, measure)
    assert all(len(one.ends) == count for count, one in ways.items())
    costs = [one.demerits for one in ways.values()]
    assert costs == sorted(costs)
    assert costs == pytest.approx([demerits(breaks, measure, one.ends) for one in ways.values()])


@given(st.floats(10, 400), st.floats(0.05, 0.3), st.floats(0.9, 1.1))
def test_a_line_that_is_fitted_has_the_measure(width: float, part: float, factor: float) -> None:
    natural, measure = Extent(width, width * part), width * factor
    found = fit(natural, measure)
    set_width = found.scale * (width - natural.space) + found.space * natural.space
    assert set_width == pytest.approx(measure)
    assert abs(found.scale - 1) <= linebreak.EXPANSION + 1e-9


def test_spaces_are_even_where_the_glyphs_can_give() -> None:
    assert fit(Extent(100.0, 10.0), 102.0).space == fit(Extent(100.0, 10.0), 100.0).space == pytest.approx(EVEN)
    assert fit(Extent(100.0, 10.0), 103.0).space > EVEN > fit(Extent(100.0, 10.0), 99.0).space


def test_spaces_are_narrowed_so_far_and_no_farther() -> None:
    narrow = 90 * (1 - linebreak.EXPANSION) + 10 * linebreak.NARROWEST
    assert fit(Extent(100.0, 10.0), narrow + 0.01).fits
    assert not fit(Extent(100.0, 10.0), narrow - 0.01).fits


def test_a_line_costs_more_the_less_even_it_is_and_much_more_when_it_is_loose() -> None:
    costs = [linebreak._cost(EVEN + step / 10) for step in range(12)]
    rises = [after - before for before, after in pairwise(costs)]
    assert rises == sorted(rises)
    assert costs[0] == 0
    assert linebreak._cost(linebreak.LOOSE + 0.3) > 20 * linebreak._cost(linebreak.LOOSE - 0.3)


def test_a_word_that_is_wider_than_the_line_stands_alone() -> None:
    breaks = paragraph([(5.0, False), (90.0, False), (5.0, False)])
    assert ends_of(breaks, Measure(50.0, 50.0)) == (1, 2, 3)


def test_the_lines_beside_an_initial_are_as_wide_as_each_is() -> None:
    measure = Measure(40.0, 60.0, beside=(45.0, 50.0))
    assert [measure.of(line) for line in range(5)] == [40.0, 45.0, 50.0, 60.0, 60.0]
    assert [measure.behind(2).of(line) for line in range(3)] == [50.0, 60.0, 60.0]
    assert measure.behind(9).of(0) == 60.0
    assert measure.behind(0) is measure


def test_a_line_without_spaces_is_too_loose_or_too_tight_or_fits() -> None:
    assert fit(Extent(50.0), 60.0).space == math.inf
    assert not fit(Extent(60.0), 50.0).fits
    assert fit(Extent(50.0), 50.0) == (EVEN, 1.0)


def test_a_division_before_the_last_line_is_avoided() -> None:
    words = [(10.0, False)] * 4 + [(14.0, True), (9.0, False)]
    breaks = paragraph(words)
    *_, before_last, _ = ends_of(breaks, Measure(55.0, 55.0))
    assert not breaks[before_last].hyphen
