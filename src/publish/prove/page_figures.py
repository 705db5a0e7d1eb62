"""How well a text is set, in figures, measured on the glyphs of the finished PDF.

Full lines are all lines of a paragraph but its last. Word spaces are in em of the line's type size; shares are of full lines.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import fmean, pstdev

from publish.languages import is_name
from publish.prove.page_lines import Gap, Line, Pages, Paragraph

LOOSE = 1.6  # times the font's own word space
WIDE = 1.5  # times the font's own word space: the narrowest gap of a wide river
OVERLAP = 0.5  # of the narrower of two gaps of neighbouring lines that lies over or under the other, for a river to run through both
LETTERS = re.compile(r"[^\W\d_]+")
ON_GRID = 0.5  # points by which a baseline may miss the grid


@dataclass(frozen=True, slots=True)
class WordSpaces:
    """Word spaces in em: the mean of each line's, its standard deviation and 95th percentile, and the share of lines that are loose.

    No space at all is narrower than `least` or wider than `most`. `jump` is the mean difference between neighbouring lines.
    """

    mean: float
    stdev: float
    least: float
    percentile_95: float
    most: float
    loose: float
    jump: float


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Divided words: their share, runs of two and of three or more lines in a row, those at the end of a page or before the last line of
    a paragraph, and what looks like a name in the language of the file.
    """

    share: float
    runs_of_two: int
    runs_of_three: int
    at_page_ends: int
    before_last_lines: int
    names: int


@dataclass(frozen=True, slots=True)
class Rivers:
    """Word spaces that lie over each other: in three lines or more, per 100 lines; wide ones in so many, all of whose spaces are wide."""

    of_three: float
    wide_of_three: int
    wide_of_four: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text: its full lines and pages, what was measured, and which lines of its pages are not filled."""

    lines: int
    pages: int
    letters: float
    word_spaces: WordSpaces
    hyphens: Hyphens
    rivers: Rivers
    on_grid: float
    glyph_scales: tuple[float, float]
    right_edge: float
    shortest_last_line: float
    short_pages: dict[int, int]
    uneven_spreads: int

    def json(self) -> str:
        """The figures as JSON, rounded to what can be measured."""
        return json.dumps(_rounded(asdict(self)), indent=2)


def measure(pages: Pages, section: str, space: float = 0.2) -> Figures:
    """Measure the paragraphs of a section, by its id, that are set in the type size of most of them.

    `space` is the font's own word space, in em. Raises `ValueError` when the section has no full lines.
    """
    body = body_of([one for one in pages.paragraphs if section in one.sections])
    full = [line for paragraph in body for line in paragraph.lines[:-1]]
    if not full:
        raise ValueError(f"{section} has no full lines")
    lines = [line for paragraph in body for line in paragraph.lines]
    leading = leading_of(body)
    alike = of_size(pages.paragraphs, size_of(body))
    lowest = min(line.baseline for one in alike for line in one.lines)
    short = dict(_short_pages(pages.notes, lines, leading, lowest))
    return Figures(
        lines=len(full),
        pages=len({line.page for line in lines}),
        letters=fmean(len(line.text) for line in full),
        word_spaces=_word_spaces(body, space),
        hyphens=_hyphens(body, pages.language),
        rivers=_rivers(body, space),
        on_grid=_on_grid(lines, leading),
        glyph_scales=pages.scales,
        right_edge=_right_edge(full),
        shortest_last_line=min((one.lines[-1].right - one.lines[-1].left) / one.lines[-1].size for one in body),
        short_pages=short,
        uneven_spreads=_uneven_spreads(short, {line.page for line in lines}),
    )


def body_of(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs in the commonest size."""
    return of_size(paragraphs, size_of(paragraphs)) if paragraphs else []


def size_of(paragraphs: Sequence[Paragraph]) -> float:
    """The commonest type size of their lines, in points; raises `IndexError` when there are none."""
    return Counter(round(line.size, 1) for one in paragraphs for line in one.lines).most_common(1)[0][0]


def of_size(paragraphs: Sequence[Paragraph], size: float) -> list[Paragraph]:
    """The paragraphs that begin in a size."""
    return [one for one in paragraphs if round(one.lines[0].size, 1) == size]


# ---------------------------------------------------------------------------------------------------------- word spaces


def _word_spaces(body: Sequence[Paragraph], space: float) -> WordSpaces:
    by_line = [[_of_line(line) for line in paragraph.lines[:-1] if line.gaps] for paragraph in body]
    means = sorted(mean for lines in by_line for mean in lines)
    every = [gap.width / line.size for paragraph in body for line in paragraph.lines[:-1] for gap in line.gaps]
    jumps = [abs(one - other) for lines in by_line for one, other in pairwise(lines)]
    return WordSpaces(
        mean=fmean(means),
        stdev=pstdev(means),
        least=min(every),
        percentile_95=means[int(0.95 * (len(means) - 1))],
        most=max(every),
        loose=sum(mean > LOOSE * space for mean in means) / len(means),
        jump=fmean(jumps) if jumps else 0.0,
    )


def _of_line(line: Line) -> float:
    return fmean(gap.width for gap in line.gaps) / line.size


# ------------------------------------------------------------------------------------------------------------- hyphens


def _hyphens(body: Sequence[Paragraph], language: str) -> Hyphens:
    full = [line for paragraph in body for line in paragraph.lines[:-1]]
    runs = Counter(length for paragraph in body for length in _runs(line.hyphenated for line in paragraph.lines))
    pairs = [pair for paragraph in body for pair in pairwise(paragraph.lines) if pair[0].hyphenated]
    return Hyphens(
        share=sum(line.hyphenated for line in full) / len(full),
        runs_of_two=sum(count for length, count in runs.items() if length >= 2),
        runs_of_three=sum(count for length, count in runs.items() if length >= 3),
        at_page_ends=sum(one.page != other.page for one, other in pairs),
        before_last_lines=sum(paragraph.lines[-2].hyphenated for paragraph in body if len(paragraph.lines) > 1),
        names=sum(is_name(divided_word(one, other), language) for one, other in pairs),
    )


def divided_word(line: Line, after: Line) -> str:
    """The word that a line ends with, and the next begins with."""
    return "".join((*LETTERS.findall(line.text)[-1:], *LETTERS.findall(after.text)[:1]))


def _runs(flags: Iterable[bool]) -> Iterator[int]:
    """The lengths of the runs of true ones."""
    length = 0
    for flag in (*flags, False):
        if not flag and length:
            yield length
        length = length + 1 if flag else 0


# -------------------------------------------------------------------------------------------------------------- rivers


def _rivers(body: Sequence[Paragraph], space: float) -> Rivers:
    lines = sum(len(paragraph.lines) for paragraph in body)
    all_gaps = Counter(length for one in body for length in _river_lengths(one.lines, 0.0))
    wide = Counter(length for one in body for length in _river_lengths(one.lines, WIDE * space))
    return Rivers(
        of_three=100 * sum(count for length, count in all_gaps.items() if length >= 3) / lines,
        wide_of_three=sum(count for length, count in wide.items() if length >= 3),
        wide_of_four=sum(count for length, count in wide.items() if length >= 4),
    )


def _river_lengths(lines: Sequence[Line], least: float) -> Iterator[int]:
    """How many lines each river runs through, counted where it ends; of gaps of at least so many em."""
    above: list[tuple[Gap, int]] = []
    for line in lines:
        here = []
        for gap in (gap for gap in line.gaps if gap.width >= least * line.size):
            joined = [length for other, length in above if overlap(gap, other)]
            here.append((gap, max(joined, default=0) + 1))
        yield from (length for gap, length in above if not any(overlap(gap, other) for other, _ in here))
        above = here
    yield from (length for _, length in above)


def overlap(one: Gap, other: Gap) -> bool:
    common = min(one.right, other.right) - max(one.left, other.left)
    return common >= OVERLAP * min(one.width, other.width)


# ------------------------------------------------------------------------------------------------- edges, grid, pages


def _right_edge(full: Sequence[Line]) -> float:
    """The standard deviation of where lines end that have nothing to hang out, in em; on left and on right pages apart."""
    sides: dict[int, list[float]] = {}
    for line in full:
        if line.text[-1].isalpha():
            sides.setdefault(line.page % 2, []).append(line.right / line.size)
    misses = [end - fmean(ends) for ends in sides.values() for end in ends]
    return pstdev(misses) if misses else 0.0


def leading_of(body: Sequence[Paragraph]) -> float:
    """The commonest distance between lines, in points."""
    steps = Counter(
        round(one.baseline - other.baseline, 1)
        for paragraph in body
        for one, other in pairwise(paragraph.lines)
        if one.page == other.page
    )
    return steps.most_common(1)[0][0]


def _on_grid(lines: Sequence[Line], leading: float) -> float:
    """The share of lines that stand on the grid that most of them stand on."""
    phases = [line.baseline % leading for line in lines]
    grid = Counter(round(phase, 1) for phase in phases).most_common(1)[0][0]
    return fmean(abs((phase - grid + leading / 2) % leading - leading / 2) <= ON_GRID for phase in phases)


def _short_pages(
    notes: dict[int, float], lines: Sequence[Line], leading: float, lowest: float
) -> Iterator[tuple[int, int]]:
    """How many more lines a page could have: above its notes, as near to them as on any page, or else down to the lowest line of all.

    The last page of a text may be short.
    """
    feet = {
        number: min(line.baseline for line in lines if line.page == number) for number in {one.page for one in lines}
    }
    white = {number: foot - notes[number] for number, foot in feet.items() if number in notes}
    nearest = min(white.values(), default=0.0)
    for number in sorted(feet)[:-1]:
        free = white[number] - nearest if number in white else feet[number] - lowest
        if short := int((free + ON_GRID) / leading):
            yield number + 1, short


def _uneven_spreads(short: dict[int, int], pages: set[int]) -> int:
    """Pages that face each other and end at different heights; the last page of a text is not compared."""
    numbers = sorted(number + 1 for number in pages)[:-1]
    spreads = [(number, number + 1) for number in numbers if number % 2 == 0 and number + 1 in numbers]
    return sum(short.get(left, 0) != short.get(right, 0) for left, right in spreads)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, tuple | list) else value
