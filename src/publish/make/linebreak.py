"""Lines by total fit: of all ways to break a paragraph, the one whose lines are the best together.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981), with the usual
refinements: fitness classes, costs of hyphens and of two in a row, of a hyphen before the last line and of a short last line; glyphs that
widen and narrow a little with the spaces (Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system", 2000).

The boxes, glue and discretionary hyphens of the paper come summed: a `Break` knows what stands before it if a line ends there, and if
a line begins there. So the natural width of a line is a difference of two sums. Lengths are in any one unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SHRINK = 0.26  # of its width that a word space may lose: 0.2 em, EB Garamond's, becomes 0.148 em
STRETCH = 0.5  # of its width that it gains at a ratio of 1
EXPANSION = 0.015  # by which glyphs may be widened or narrowed: nobody sees it (Thành, 2000, chapter 3)

LOOSEST = (
    3.0,
    6.0,
    12.0,
    math.inf,
)  # ratios beyond which no line is set, each if it cannot be done with those before it
_LINE = 10.0  # the cost of a line, as in TeX (The TeXbook, chapter 14): fewer lines are better
_TWO_HYPHENS = 50_000.0
_HYPHEN_BEFORE_LAST = 200_000.0
_UNEVEN = 2_000.0  # a tight line beside a loose one
_SHORT_LAST = 50_000.0
_OVERFULL = 1e12
_NOTHING = 1e-9  # of the measure: what rounding leaves over


class Extent(NamedTuple):
    """A natural width, and how much of it is word spaces."""

    width: float = 0.0
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end and the next begin.

    `end` is what stands between the beginning of the paragraph and the end of a line here, its hyphen included; `begin` what stands
    before the beginning of the next line, the space at the break included. What hangs out of the line is no part of its width.
    `penalty` is the cost of a break here, as in TeX.
    """

    end: Extent
    begin: Extent
    penalty: float = 0.0
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """How a line is set to its measure: the scale of its glyphs, and how much of their stretch or (below 0) shrinkage its spaces take."""

    ratio: float
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The width of the first line, that of the others, and the least width of a last line that looks right."""

    first: float
    rest: float
    last: float = 0.0

    def of(self, begin: int) -> float:
        """The width of a line by the break that it begins at: 0 is the beginning of the paragraph."""
        return self.rest if begin else self.first


class _Key(NamedTuple):
    """What the rest of the paragraph has to know of the lines up to a break."""

    lines: int
    fitness: int


class _Way(NamedTuple):
    """The best way to a break: its cost, and the break and key that it came from."""

    cost: float
    source: int = -1
    key: _Key = _Key(0, 1)


def fit(natural: Extent, measure: float) -> Fit:
    """How a line of that natural width is set to the measure. A ratio below -1 is a line that does not fit.

    The glyphs give first, for what they give is not seen; the spaces give what is left.
    """
    missing = measure - natural.width
    letters = natural.width - natural.space
    given = max(-EXPANSION * letters, min(EXPANSION * letters, missing))
    scale = 1 + given / letters if letters > 0 else 1.0
    left = missing - given
    if abs(left) <= _NOTHING * measure:
        return Fit(0.0, scale)
    elastic = (SHRINK if left < 0 else STRETCH) * natural.space
    return Fit(left / elastic if elastic > 0 else math.copysign(math.inf, left), scale)


def natural_width(begin: Break, end: Break) -> Extent:
    """The extent of a line from one break to another."""
    return Extent(end.end.width - begin.begin.width, end.end.space - begin.begin.space)


class Broken(NamedTuple):
    """A paragraph in lines: the indices of the breaks at their ends, and what they cost."""

    ends: tuple[int, ...]
    demerits: float


def break_paragraph(breaks: Sequence[Break], measure: Measure) -> dict[int, Broken]:
    """The best way to break a paragraph into each number of lines that it can have, the best of all first.

    `breaks` begins with the beginning of the paragraph and ends with its end, where nothing hyphenates. There is always a way; a line
    that cannot be set at all is in it where nothing else helps.
    """
    searches = (_Search(breaks, measure, loosest) for loosest in LOOSEST)
    return next(search.best() for search in searches if search.succeeds())


class _Search:
    """The search for the cheapest way through the breaks of a paragraph. No line has a ratio above `loosest`."""

    def __init__(self, breaks: Sequence[Break], measure: Measure, loosest: float) -> None:
        self._breaks = breaks
        self._measure = measure
        self._loosest = loosest
        self._ways: list[dict[_Key, _Way]] = [{_Key(0, 1): _Way(0.0)}]

    def succeeds(self) -> bool:
        """Find the best ways to each break; say whether there is one to the end."""
        active = [0]  # breaks that a line may still begin at
        for end in range(1, len(self._breaks)):
            found, ended = self._ways_to(end, active)
            if len(ended) == len(active) and not found:
                if self._loosest < math.inf:
                    return False
                self._force(found, active[-1])
            active = [one for one in active if one not in ended]
            if found:
                active.append(end)
            self._ways.append(found)
        return bool(self._ways[-1])

    def best(self) -> dict[int, Broken]:
        """The best way for each number of lines, the cheapest first."""
        best: dict[int, tuple[float, _Key]] = {}
        for key, way in self._ways[-1].items():
            if key.lines not in best or way.cost < best[key.lines][0]:
                best[key.lines] = (way.cost, key)
        ordered = sorted(best.items(), key=lambda one: one[1][0])
        return {lines: Broken(tuple(self._trace(key))[::-1], cost) for lines, (cost, key) in ordered}

    def _trace(self, key: _Key) -> Iterator[int]:
        place = len(self._ways) - 1
        while place > 0:
            yield place
            _, place, key = self._ways[place][key]

    def _ways_to(self, end: int, active: Sequence[int]) -> tuple[dict[_Key, _Way], list[int]]:
        """The best ways to a break, and the breaks from which no line reaches as far as this any more."""
        found: dict[_Key, _Way] = {}
        ended = []
        last = end == len(self._breaks) - 1
        for begin in active:
            ratio = fit(natural_width(self._breaks[begin], self._breaks[end]), self._measure.of(begin)).ratio
            if ratio < -1:
                if not self._breaks[end].hyphen:  # without a hyphen the line may be narrower a little later
                    ended.append(begin)
            elif last or ratio <= self._loosest:
                self._add_line(found, begin, end, min(ratio, 0.0) if last else ratio)
            elif begin:
                break  # the later ones are looser still; beside the first line they may not be
        return found, ended

    def _add_line(self, found: dict[_Key, _Way], begin: int, end: int, ratio: float) -> None:
        """Add a line to the ways to its end where it is the best."""
        fitness = _fitness(ratio)
        own = _cost(ratio, self._breaks[end].penalty) + self._cost_of_place(begin, end)
        for key, way in self._ways[begin].items():
            cost = way.cost + own + (_UNEVEN if abs(key.fitness - fitness) > 1 else 0.0)
            after = _Key(key.lines + 1, fitness)
            if after not in found or cost < found[after].cost:
                found[after] = _Way(cost, begin, key)

    def _cost_of_place(self, begin: int, end: int) -> float:
        """What a line costs for its neighbours: the hyphen before it, and that it is the last one."""
        before, here = self._breaks[begin], self._breaks[end]
        if end < len(self._breaks) - 1:
            return _TWO_HYPHENS if before.hyphen and here.hyphen else 0.0
        is_short = natural_width(before, here).width < self._measure.last
        return (_HYPHEN_BEFORE_LAST if before.hyphen else 0.0) + (_SHORT_LAST if is_short else 0.0)

    def _force(self, found: dict[_Key, _Way], begin: int) -> None:
        """A line that does not fit, where there is no other."""
        key, way = min(self._ways[begin].items(), key=lambda one: one[1].cost)
        found[_Key(key.lines + 1, 1)] = _Way(way.cost + _OVERFULL, begin, key)


def _fitness(ratio: float) -> int:
    """Tight, decent, loose or very loose (Knuth and Plass, page 1155)."""
    return 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3


def _cost(ratio: float, penalty: float) -> float:
    """The demerits of a line for itself (The TeXbook, chapter 14)."""
    badness = 100 * abs(ratio) ** 3
    return (_LINE + badness) ** 2 + penalty * abs(penalty)


def ends_of(breaks: Sequence[Break], measure: Measure) -> tuple[int, ...]:
    """The breaks at the ends of the best lines."""
    return next(iter(break_paragraph(breaks, measure).values())).ends


def lines_of(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each line as the breaks that it begins and ends at."""
    return zip((0, *ends), ends, strict=False)
