"""Page ends by total fit: the rules that no page breaks, and that there are no better pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.make import pagebreak
from publish.make.pagebreak import (
    MOST_WHITE,
    Column,
    Item,
    Line,
    Pages,
    Place,
    Way,
    break_pages,
    fill_pages,
    page_cost,
    spread_cost,
)

LEADING = 10
NOTE = 8  # the height of a line of a note
Ways = tuple[int, ...]


def way(*lines: Line, demerits: float = 0.0) -> Way:
    return Way(lines, demerits)


def plain(count: int, more: int = 0) -> Item:
    """A paragraph of so many lines, and perhaps one that can be set in more, which costs something."""
    ways = [way(*[Line(LEADING)] * count)]
    return Item((*ways, way(*[Line(LEADING)] * (count + more), demerits=100.0)) if more else tuple(ways))


def column(*items: Item, lines: int = 10, recto: bool = True, ends: bool = True) -> Column:
    return Column(items, lines * LEADING, LEADING, LEADING, recto, ends)


HEADING = Item((way(Line(LEADING)),), margin=2 * LEADING, keep=True)


@st.composite
def some_lines(draw: st.DrawFn) -> Line:
    note = draw(st.sampled_from((0, 0, 0, 2, 4, 5)))
    rests = tuple(NOTE * left for left in range(2, note - 1))
    return Line(LEADING, NOTE * note, draw(st.sampled_from((False, False, True))), rests)


@st.composite
def some_items(draw: st.DrawFn) -> Item:
    keep = draw(st.sampled_from((False, False, True)))
    if keep:
        return HEADING
    counts = draw(st.sampled_from(((1,), (4,), (3, 4), (5, 4), (7, 8))))
    ways = []
    for number, count in enumerate(counts):
        *lines, last = [draw(some_lines()) for _ in range(count)]
        last = Line(last.height, last.notes, hyphen=False, rests=last.rests)
        ways.append(way(*lines, last, demerits=number * draw(st.sampled_from((10.0, 1e6)))))
    return Item(tuple(ways), draw(st.sampled_from((0, LEADING))), draw(st.integers(1, 2)), draw(st.integers(1, 2)))


COLUMNS = st.builds(
    Column,
    st.lists(some_items(), min_size=1, max_size=4).map(tuple),
    st.integers(6, 9).map(lambda lines: lines * LEADING),
    st.just(LEADING),
    st.just(LEADING),
    st.booleans(),
    st.booleans(),
)


# ------------------------------------------------------------------------------------------------- told in another way


def heights(text: Column, ways: Ways, begin: Place, end: Place) -> tuple[int, int]:
    """The heights of the text and of the notes of a page, whatever it may hold."""
    height, notes = 0, begin.rest - end.rest
    for index in range(begin.item, min(end.item + 1, len(text.items))):
        item = text.items[index]
        lines = item.ways[ways[index]].lines
        first = begin.line if index == begin.item else 0
        last = end.line if index == end.item else len(lines)
        if height and last > first:
            height += item.margin
        height += sum(line.height for line in lines[first:last])
        notes += sum(line.notes for line in lines[first:last])
    return height, notes


def white(text: Column, ways: Ways, begin: Place, end: Place) -> int:
    return text.white(*heights(text, ways, begin, end))


def ends(text: Column, ways: Ways) -> list[Place]:
    """Every place where some page may end, in order."""
    found = []
    for index, item in enumerate(text.items):
        lines = item.ways[ways[index]].lines
        for count in range(1, len(lines)):
            inside = item.orphans <= count <= len(lines) - item.widows
            if inside and not lines[count - 1].hyphen:
                found.append(Place(index, ways[index], count))
        if not item.keep or index + 1 == len(text.items):
            found.append(Place(index + 1))
    return found


def last_line(text: Column, ways: Ways, end: Place) -> Line:
    index, way = (end.item, end.way) if end.line else (end.item - 1, ways[end.item - 1])
    return text.items[index].ways[way].lines[end.line - 1]


def pages_at(text: Column, ways: Ways, begin: Place) -> Iterator[Place]:
    """Where the page after one may begin: all that it has room for, if that is not too little; or else as much as it has room for."""
    fitting = [one for one in ends(text, ways) if one[:3] > begin[:3] and white(text, ways, begin, one) >= 0]
    for end in fitting:
        short = white(text, ways, begin, end) // text.leading
        if end.item == len(text.items) or short <= MOST_WHITE or is_stopped(text, ways, begin, end):
            yield end
    for end in ends(text, ways):
        if end[:3] > begin[:3] and end.item < len(text.items) and white(text, ways, begin, end) < 0:
            rests = [one for one in last_line(text, ways, end).rests if white(text, ways, begin, end) + one >= 0]
            if rests and fits_before(text, ways, begin, end):
                yield end._replace(rest=min(rests))


def fits_before(text: Column, ways: Ways, begin: Place, end: Place) -> bool:
    """Whether the page has room for all lines but the last one."""
    index = end.item if end.line else end.item - 1
    before = Place(index, ways[index], (end.line or len(text.items[index].ways[ways[index]].lines)) - 1)
    return before[:3] <= begin[:3] or white(text, ways, begin, before) >= 0


def is_stopped(text: Column, ways: Ways, begin: Place, end: Place) -> bool:
    """Whether what comes next does not fit, in any of the ways that it can be set in there."""
    choices = [
        (ways[index],) if index < end.item or (index == end.item and end.line) else range(len(item.ways))
        for index, item in enumerate(text.items)
    ]
    for other in product(*choices):
        following = next(one for one in ends(text, other) if one[:3] > end[:3])
        if white(text, other, begin, following) < 0:
            return True
    return False


def price(text: Column, ways: Ways, begins: tuple[Place, ...]) -> float:
    """What pages cost."""
    cost = sum(item.ways[one].demerits for item, one in zip(text.items, ways, strict=True))
    places = [Place(0), *begins, Place(len(text.items))]
    shorts = []
    for begin, end in pairwise(places):
        left = white(text, ways, begin, end)
        shorts.append(left // text.leading)
        if end == places[-1] and text.ends:
            height, _ = heights(text, ways, begin, end)
            cost += pagebreak._FEW if height < pagebreak.LAST_PAGE * text.leading else 0.0
        else:
            cost += page_cost(left, text.leading) + (pagebreak._DIVIDED if end.rest else 0.0)
    compared = shorts[:-1] if text.ends else shorts
    first = 1 if text.recto else 0
    return cost + sum(spread_cost(*compared[left : left + 2]) for left in range(first, len(compared) - 1, 2))


def every_way(text: Column) -> Iterator[tuple[Ways, tuple[Place, ...]]]:
    for ways in product(*(range(len(item.ways)) for item in text.items)):
        yield from ((ways, begins) for begins in every_break(text, ways, Place(0), recto=text.recto))


def every_break(text: Column, ways: Ways, begin: Place, *, recto: bool) -> Iterator[tuple[Place, ...]]:
    for end in pages_at(text, ways, begin):
        if end.item == len(text.items):
            yield ()
        elif not (recto and end.rest):
            yield from ((end, *rest) for rest in every_break(text, ways, end, recto=not recto))


# ---------------------------------------------------------------------------------------------------------------- rules


@given(COLUMNS)
def test_there_are_no_better_pages(text: Column) -> None:
    found = break_pages(text)
    prices = [price(text, ways, begins) for ways, begins in every_way(text)]
    assert (found is None) == (not prices)
    if found:
        assert found.cost == pytest.approx(min(prices))
        assert found.cost == pytest.approx(price(text, found.ways, found.begins))


@given(COLUMNS)
def test_pages_are_never_worse_than_those_filled_one_after_the_other(text: Column) -> None:
    found, natural = break_pages(text), fill_pages(text)
    if natural is not None:
        assert found is not None
        assert found.cost <= price(text, (0,) * len(text.items), natural) + 1e-6


@given(COLUMNS)
def test_no_page_breaks_a_rule(text: Column) -> None:
    found = break_pages(text)
    if found is None:
        return
    allowed = ends(text, found.ways)
    for begin, end in pairwise([Place(0), *found.begins, Place(len(text.items))]):
        assert white(text, found.ways, begin, end) >= 0
        assert end._replace(rest=0) in allowed
        assert not end.rest or end.rest in last_line(text, found.ways, end).rests


@given(COLUMNS)
def test_notes_go_on_from_left_pages_only(text: Column) -> None:
    found = break_pages(text)
    for number, begin in enumerate(found.begins if found else ()):
        assert not begin.rest or (number % 2 == 0) != text.recto


def pages(text: Column) -> Pages:
    found = break_pages(text)
    assert found is not None
    return found


def test_a_paragraph_is_set_in_a_line_more_to_fill_a_page() -> None:
    text = column(plain(9, more=1), HEADING, plain(9), plain(6))
    assert fill_pages(text) == (Place(1), Place(3))
    assert pages(text).ways == (1, 0, 0, 0)


def test_of_two_paragraphs_that_would_do_the_cheaper_is_set_in_more_lines() -> None:
    dear = Item((way(*[Line(LEADING)] * 4), way(*[Line(LEADING)] * 5, demerits=200.0)))
    assert pages(column(dear, plain(5, more=1), HEADING, plain(9))).ways == (0, 1, 0, 0)
    assert pages(column(plain(5, more=1), dear, HEADING, plain(9))).ways == (1, 0, 0, 0)


def test_facing_pages_are_rather_both_a_line_short_than_one_of_them() -> None:
    text = column(plain(9), HEADING, plain(3), plain(12), recto=False)
    assert fill_pages(text) == (Place(1), Place(3, 0, 6))
    assert pages(text).begins == (Place(1), Place(3, 0, 5))


def test_a_heading_stands_with_two_lines_of_its_text() -> None:
    assert pages(column(plain(6), HEADING, plain(8))).begins == (Place(1),)
    assert pages(column(plain(5), HEADING, plain(8))).begins == (Place(2, 0, 2),)


def test_a_margin_vanishes_at_the_head_of_a_page() -> None:
    assert pages(column(plain(10), HEADING, plain(9))).begins == (Place(1),)


def test_a_note_goes_on_on_the_facing_page_where_it_does_not_fit() -> None:
    calling = Item((way(*[Line(LEADING)] * 3, Line(LEADING, 6 * NOTE, rests=(2 * NOTE, 3 * NOTE, 4 * NOTE))),))
    text = column(plain(2), calling, plain(9), recto=False)
    assert pages(text).begins[0] == Place(2, rest=3 * NOTE)
    assert all(not begin.rest for begin in pages(column(plain(2), calling, plain(9))).begins)


def test_what_is_higher_than_a_page_cannot_be_broken() -> None:
    too_high = column(Item((way(Line(20 * LEADING)),)))
    assert break_pages(too_high) is None
    assert fill_pages(too_high) is None
