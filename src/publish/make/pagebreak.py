"""Page ends by total fit: of all ways to break a text into pages, the one whose pages are the best together.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981): paragraphs that can be set
in more or in fewer lines are to a page what word spaces are to a line. Heights are whole numbers of any one unit.

Hard rules: no page is overfull; at its foot and at its head stand no fewer lines of a paragraph than that asks for; no divided word ends
it; what is kept with the next stands on the page of that; notes begin on the page of their call. The last note of a left page may go on at
the foot of the page that it faces, if it does not fit where it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

MOST_WHITE = 3  # lines that a page may be short by choice: it may be shorter only where what comes next does not fit
LAST_PAGE = 5  # lines that the last page of a text should have
# Costs, in those of linebreak.py, where a divided word has some 13.
_WHITE = 750.0  # of a line that a page is short, squared
_PART = 20.0  # of a line of which a part is left above the notes
_PAIR = 190.0  # of two facing pages that are both a line short, in the place of what they would cost alone
_UNEVEN = 750.0  # of facing pages of unequal depth
_FEW = 750.0  # of a last page with few lines
_DIVIDED = 560.0  # of a note that goes on on the facing page


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its height, that of the notes that it calls, and whether it ends in a divided word.

    `rests` are the heights of what may be left of its last note for the next page.
    """

    height: int
    notes: int = 0
    hyphen: bool = False
    rests: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to break a paragraph into lines, and how much worse it is than the best one."""

    lines: tuple[Line, ...]
    demerits: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or heading: the ways to set it, the natural one first, and the space above it, which vanishes at the head of a page.

    No page ends after fewer than `orphans` of its lines or begins with fewer than `widows`. With `keep` none ends behind it.
    """

    ways: tuple[Way, ...]
    margin: int = 0
    orphans: int = 2
    widows: int = 2
    keep: bool = False

    def may_end(self, way: Way, lines: int) -> bool:
        """Whether a page may end after so many of its lines, which are not all of them."""
        return self.orphans <= lines <= len(way.lines) - self.widows and not way.lines[lines - 1].hyphen


@dataclass(frozen=True, slots=True)
class Column:
    """What is to be broken into pages: the items, the depth of a page, the height of a line, and the space between text and notes.

    `recto` is whether it begins on a right page, `ends` whether the text ends with it: then its last page may be short.
    """

    items: tuple[Item, ...]
    depth: int
    leading: int
    notes_gap: int = 0
    recto: bool = True
    ends: bool = True

    def white(self, text: int, notes: int) -> int:
        """What a page with text and notes of these heights leaves free; below 0 it is overfull."""
        return self.depth - text - (notes + self.notes_gap if notes else 0)


class Place(NamedTuple):
    """Where a page begins: the item, the way that it is set in, and the line of that. Before an item this is line 0 of way 0.

    `rest` is the height of what is left of a note of the page before.
    """

    item: int
    way: int = 0
    line: int = 0
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """A text in pages: the way that each item is set in, where each page but the first begins, and what it costs."""

    ways: tuple[int, ...]
    begins: tuple[Place, ...]
    cost: float


class _Page(NamedTuple):
    """One page: where the next one begins, how many lines it is short, what it costs for itself, and the ways of the items begun on it."""

    next: Place
    short: int
    cost: float
    ways: tuple[int, ...]


class _Filled(NamedTuple):
    """A page as far as it is filled: the demerits and the ways of the items begun on it, and the last page that it could have been."""

    demerits: float
    ways: tuple[int, ...]
    last: _Page | None = None


_Heights: TypeAlias = tuple[int, int]  # of the text and of the notes of a page
_Found: TypeAlias = dict[tuple[Place, int], _Page]  # pages by where the next one begins and how short they are


def break_pages(column: Column) -> Pages | None:
    """The best pages; None if something does not fit on a page."""
    return _Search(column).best()


def fill_pages(column: Column) -> tuple[Place, ...] | None:
    """Where the pages but the first begin if each is filled as far as it goes, in the order of the text, and every item is set in its
    natural way; None if something does not fit on a page.
    """
    search = _Search(replace(column, items=tuple(_as_it_is(item) for item in column.items)))
    begins = [Place(0)]
    while begins[-1].item < len(column.items):
        pages = search.pages_from(begins[-1])
        if not pages:
            return None
        begins.append(max(page.next for page in pages))
    return tuple(begins[1:-1])


def _as_it_is(item: Item) -> Item:
    natural = item.ways[0]
    return replace(item, ways=(replace(natural, lines=tuple(replace(line, rests=()) for line in natural.lines)),))


def spread_cost(left: int, right: int) -> float:
    """What facing pages cost that are so many lines short, beside what each of them costs for itself."""
    if left != right:
        return _UNEVEN
    return _PAIR - 2 * _WHITE if left == 1 else 0.0


def page_cost(white: int, leading: int) -> float:
    """What a page costs for itself that leaves so much free."""
    short, part = divmod(white, leading)
    return _WHITE * short**2 + _PART * part / leading


class _Search:
    """The search for the cheapest way through the places where a page may end."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._end = Place(len(column.items))
        self._known: dict[Place, tuple[_Page, ...]] = {}

    def best(self) -> Pages | None:
        """Go on from page to page. Of all ways to a place only the cheapest goes on, for each depth of the page that is faced."""
        best: Pages | None = None
        ways: dict[tuple[Place, int | None], Pages] = {(Place(0), None): Pages((), (), 0.0)}
        recto = self._column.recto
        while ways:
            reached: dict[tuple[Place, int | None], Pages] = {}
            for (begin, facing), before in ways.items():
                for page in self.pages_from(begin):
                    if recto and page.next.rest:
                        continue
                    after = self._turn(before, page, facing)
                    key = page.next, None if recto else page.short
                    if page.next == self._end:
                        best = after if best is None or after.cost < best.cost else best
                    elif key not in reached or after.cost < reached[key].cost:
                        reached[key] = after
            ways, recto = reached, not recto
        return best

    def _turn(self, before: Pages, page: _Page, facing: int | None) -> Pages:
        """The pages with another one, which faces one that is so many lines short. A page that may be short is compared with none."""
        if page.next == self._end:
            compared = facing is not None and not self._column.ends
            begins = before.begins
        else:
            compared = facing is not None
            begins = (*before.begins, page.next)
        spread = spread_cost(facing or 0, page.short) if compared else 0.0
        return Pages((*before.ways, *page.ways), begins, before.cost + page.cost + spread)

    def pages_from(self, begin: Place) -> tuple[_Page, ...]:
        """The pages that can begin at a place: of those that end alike only the cheapest."""
        if begin not in self._known:
            found: _Found = {}
            filled: dict[_Heights, _Filled] = {(0, begin.rest): _Filled(0.0, ())}
            for index in range(begin.item, len(self._column.items)):
                filled = self._add_item(index, begin, filled, found)
            self._known[begin] = tuple(found.values())
        return self._known[begin]

    def _add_item(
        self, index: int, begin: Place, filled: dict[_Heights, _Filled], found: _Found
    ) -> dict[_Heights, _Filled]:
        """Fill the pages on with an item, in each of its ways. Returns those that have room for the whole of it."""
        after: dict[_Heights, _Filled] = {}
        resumed = begin.line > 0 and index == begin.item
        item = self._column.items[index]
        for (text, notes), page in filled.items():
            margin = item.margin if text else 0
            for number in (begin.way,) if resumed else range(len(item.ways)):
                demerits = page.demerits + (0.0 if resumed else item.ways[number].demerits)
                ways = page.ways if resumed else (*page.ways, number)
                place = Place(index, number, begin.line if resumed else 0)
                start = _Filled(demerits, ways, page.last)
                for heights, end in self._add_lines(place, (text + margin, notes), start, found):
                    if heights not in after or end.demerits < after[heights].demerits:
                        after[heights] = end
        return after

    def _add_lines(
        self, place: Place, heights: _Heights, page: _Filled, found: _Found
    ) -> Iterator[tuple[_Heights, _Filled]]:
        """Fill a page on with lines of an item. Yields it if there is room for all of them, and ends it where there is no more."""
        item = self._column.items[place.item]
        way = item.ways[place.way]
        text, notes = heights
        for number, line in enumerate(way.lines[place.line :], place.line + 1):
            text, notes = text + line.height, notes + line.notes
            end = self._end_of(place, number)
            white = self._column.white(text, notes)
            if white < 0:
                rest = min((one for one in line.rests if one + white >= 0), default=0)
                if end and rest and end != self._end:
                    self._end_page(end._replace(rest=rest), (text, notes - rest), page, found)
                if page.last:
                    _keep(found, page.last)
                return
            if end:
                page = self._end_page(end, (text, notes), page, found)
        yield (text, notes), page

    def _end_of(self, place: Place, lines: int) -> Place | None:
        """Where the next page begins after so many lines of an item; None if no page may end there."""
        item = self._column.items[place.item]
        way = item.ways[place.way]
        if lines < len(way.lines):
            return Place(place.item, place.way, lines) if item.may_end(way, lines) else None
        end = Place(place.item + 1)
        return end if end == self._end or not item.keep else None

    def _end_page(self, place: Place, heights: _Heights, page: _Filled, found: _Found) -> _Filled:
        """Let a page end before a place. It is kept if it is not too short."""
        column = self._column
        white = column.white(*heights)
        is_last = place == self._end and column.ends
        few = _FEW if heights[0] < LAST_PAGE * column.leading else 0.0
        cost = few if is_last else page_cost(white, column.leading) + (_DIVIDED if place.rest else 0.0)
        ended = _Page(place, white // column.leading, page.demerits + cost, page.ways)
        if place == self._end or white < (MOST_WHITE + 1) * column.leading:
            _keep(found, ended)
        return page._replace(last=ended)


def _keep(found: _Found, page: _Page) -> None:
    key = page.next, page.short
    if key not in found or page.cost < found[key].cost:
        found[key] = page
