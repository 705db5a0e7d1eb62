"""Lines by total fit: of all ways to break a paragraph, the one whose lines are the best together.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981), with costs of hyphens and
of two in a row, of a hyphen before the last line and of a short last line; and with glyphs that widen and narrow a little with the spaces
(Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system", 2000). Where their demerits grow with the sixth power, so that
only the worst lines count, these are squares: they make spaces deviate the least, up to a wall beyond which a line is loose.

The boxes, glue and discretionary hyphens of the paper come summed: a `Break` knows what stands before it if a line ends there, and if
a line begins there. So the natural width of a line is a difference of two sums. Lengths are in any one unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

# Word spaces as multiples of their own width, which is 0.2 em in EB Garamond.
NARROWEST = 0.74
EVEN = 1.1  # what the glyphs give spaces where they can: nearer to the mean of all lines than 1, and so evener
LOOSE = 1.6
WIDEST = (2.5, 4.0, 7.0, math.inf)  # beyond these no line is set, each if it cannot be done with those before it
EXPANSION = 0.015  # by which glyphs may be widened or narrowed: nobody sees it (Thành, 2000, chapter 3)

# Costs. That of a line whose spaces differ from even ones by a quarter of their own width is 1.
_QUARTER = 0.25
_STEEP = 50.0  # so many times more costs what is beyond `LOOSE`
_TWO_HYPHENS = 100.0
_HYPHEN_BEFORE_LAST = 2000.0
_SHORT_LAST = 2000.0
_OVERFULL = 1e9
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
    `penalty` is the cost of a break here.
    """

    end: Extent
    begin: Extent
    penalty: float = 0.0
    hyphen: bool = False


class Fit(NamedTuple):
    """How a line is set to its measure: its spaces as multiples of their own width, and the scale of its glyphs.

    Spaces below `NARROWEST` are those of a line that does not fit.
    """

    space: float
    scale: float = 1.0

    @property
    def fits(self) -> bool:
        return self.space >= NARROWEST


@dataclass(frozen=True, slots=True)
class Measure:
    """The width of the first line, that of the others, and the least width of a last line that looks right.

    `beside` are the widths of the lines behind the first that stand beside something: an initial, a picture.
    """

    first: float
    rest: float
    last: float = 0.0
    beside: tuple[float, ...] = ()

    def of(self, line: int) -> float:
        """The width of a line by its number; 0 is the first."""
        if line == 0:
            return self.first
        return self.beside[line - 1] if line <= len(self.beside) else self.rest

    def behind(self, lines: int) -> Measure:
        """That of the lines behind so many."""
        return replace(self, first=self.of(lines), beside=self.beside[lines:]) if lines else self


class _Way(NamedTuple):
    """The best way to a break in some number of lines: its cost, and the break that its last line begins at."""

    cost: float
    begin: int = -1


_Ways: TypeAlias = dict[int, _Way]  # by the number of lines


def fit(natural: Extent, measure: float) -> Fit:
    """How a line of that natural width is set to the measure.

    The glyphs give first, for what they give is not seen; the spaces give what is left.
    """
    width, space = natural
    letters = width - space
    limit = EXPANSION * letters
    given = max(-limit, min(limit, measure - letters - EVEN * space))
    scale = 1 + given / letters if letters > 0 else 1.0
    left = measure - letters - given
    if space > 0:
        return Fit(left / space, scale)
    return Fit(EVEN if abs(left) <= _NOTHING * measure else math.copysign(math.inf, left), scale)


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
    searches = (_Search(breaks, measure, widest) for widest in WIDEST)
    return next(search.best() for search in searches if search.succeeds())


class _Search:
    """The search for the cheapest way through the breaks of a paragraph. No line has spaces above `widest`."""

    def __init__(self, breaks: Sequence[Break], measure: Measure, widest: float) -> None:
        self._breaks = breaks
        self._measure = measure
        self._widest = widest
        self._ways: list[_Ways] = [{0: _Way(0.0)}]  # to each break
        self._onward = [self._by_measure(self._ways[0])]

    def succeeds(self) -> bool:
        """Find the best ways to each break; say whether there is one to the end."""
        active = [0]  # breaks that a line may still begin at
        for end in range(1, len(self._breaks)):
            found, ended = self._ways_to(end, active)
            if len(ended) == len(active) and not found:
                if self._widest < math.inf:
                    return False
                self._force(found, active[-1])
            if ended:
                active = [one for one in active if one not in ended]
            if found:
                active.append(end)
            self._ways.append(found)
            self._onward.append(self._by_measure(found))
        return bool(self._ways[-1])

    def best(self) -> dict[int, Broken]:
        """The best way for each number of lines, the cheapest first."""
        ordered = sorted(self._ways[-1].items(), key=lambda one: one[1].cost)
        return {lines: Broken(tuple(self._trace(lines))[::-1], way.cost) for lines, way in ordered}

    def _trace(self, lines: int) -> Iterator[int]:
        place = len(self._ways) - 1
        for count in range(lines, 0, -1):
            yield place
            place = self._ways[place][count].begin

    def _by_measure(self, ways: _Ways) -> tuple[tuple[float, _Ways], ...]:
        """The ways to a break by the widths of the lines that they go on with: but for the first lines there is one."""
        widths = {lines: self._measure.of(lines) for lines in ways}
        return tuple(
            (width, {lines: ways[lines] for lines in ways if widths[lines] == width})
            for width in dict.fromkeys(widths.values())
        )

    def _ways_to(self, end: int, active: Sequence[int]) -> tuple[_Ways, list[int]]:
        """The best ways to a break, and the breaks from which no line reaches as far as this any more."""
        found: _Ways = {}
        ended = []
        last = end == len(self._breaks) - 1
        for begin in active:
            natural = natural_width(self._breaks[begin], self._breaks[end])
            fits = is_loose = False
            for width, ways in self._onward[begin]:
                line = fit(natural, width)
                fits |= line.fits
                if line.fits and (last or line.space <= self._widest):
                    self._add_line(found, ways, begin, end, min(line.space, EVEN) if last else line.space)
                else:
                    is_loose |= line.fits
            if not fits:
                if not self._breaks[end].hyphen:  # without a hyphen the line may be narrower a little later
                    ended.append(begin)
            elif is_loose and begin and not self._measure.beside:
                break  # the later ones are looser still; beside the first line they may not be
        return found, ended

    def _add_line(self, found: _Ways, ways: _Ways, begin: int, end: int, space: float) -> None:
        """Add a line to the ways to its end where it is the best."""
        own = _cost(space) + self._breaks[end].penalty + self._cost_of_place(begin, end)
        for lines, way in ways.items():
            cost = way.cost + own
            if lines + 1 not in found or cost < found[lines + 1].cost:
                found[lines + 1] = _Way(cost, begin)

    def _cost_of_place(self, begin: int, end: int) -> float:
        """What a line costs for its neighbours: the hyphen before it, and that it is the last one."""
        before, here = self._breaks[begin], self._breaks[end]
        if end < len(self._breaks) - 1:
            return _TWO_HYPHENS if before.hyphen and here.hyphen else 0.0
        is_short = natural_width(before, here).width < self._measure.last
        return (_HYPHEN_BEFORE_LAST if before.hyphen else 0.0) + (_SHORT_LAST if is_short else 0.0)

    def _force(self, found: _Ways, begin: int) -> None:
        """A line that does not fit, where there is no other."""
        lines, way = min(self._ways[begin].items(), key=lambda one: one[1].cost)
        found[lines + 1] = _Way(way.cost + _OVERFULL, begin)


def _cost(space: float) -> float:
    """The cost of a line for its spaces."""
    return ((space - EVEN) / _QUARTER) ** 2 + _STEEP * (max(space - LOOSE, 0.0) / _QUARTER) ** 2


def ends_of(breaks: Sequence[Break], measure: Measure) -> tuple[int, ...]:
    """The breaks at the ends of the best lines."""
    return next(iter(break_paragraph(breaks, measure).values())).ends


def lines_of(ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each line as the breaks that it begins and ends at."""
    return zip((0, *ends), ends, strict=False)
