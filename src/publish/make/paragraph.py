"""A paragraph measured, and its lines planned: pieces of text as a layout has them to the lines that they are best set in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.languages import has_telling_capital
from publish.make.hyphenation import SOFT_HYPHEN, Hyphenation, divisible_words, divisions
from publish.make.linebreak import NARROWEST, Break, Extent, Measure, break_paragraph, fit, lines_of, natural_width
from publish.make.shaping import Measurer, Setting
from publish.model import Tightening

SPACES = (" ", "\u00a0")  # those that justification widens
TOKEN = re.compile(r"[ \u00a0]|[^ \u00a0]+")
# Costs of a break, in those of an uneven line (`linebreak.py`).
HYPHEN_PENALTY = 13.0
CAPITAL_PENALTY = 100.0  # in a word that looks like a name and is none: the last resort
COMPOUND_PENALTY = 0.1  # at the hyphen or dash of a word
SHORTEST_LAST = 2.0  # em: the least width of a last line: four letters, and more than the indent above it


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is set in one way. `hyphen` is what a divided word ends with; without `hyphenation` words are divided only by hand."""

    text: str
    setting: Setting
    hyphen: str = "\u2010"
    hyphenation: Hyphenation | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """A place where a line of the paragraph may end: before the letter `stop`, the next one beginning with the letter `resume`.

    `left` is how far the next line hangs out at its beginning, `right` how far this one does at its end.
    """

    where: Break
    stop: int
    resume: int
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line as it is to be: its letters, what it would measure by itself, how far it hangs out on both sides, its number in the
    paragraph, from 0, and the width that it is set to.
    """

    start: int
    stop: int
    resume: int
    hyphen: bool
    natural: Extent
    left: float
    right: float
    last: bool
    number: int
    measure: float


@dataclass(frozen=True, slots=True)
class PlannedWay:
    """Lines that a paragraph can be set in, and what they cost."""

    lines: tuple[PlannedLine, ...]
    demerits: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to be set: its text, the letters that a line may begin with (Unicode Standard Annex 14), the widths of its first line and
    of the others, and of those behind the first that stand beside something.
    """

    pieces: tuple[Piece, ...]
    line_breaks: frozenset[int]
    first: float
    rest: float
    beside: tuple[float, ...] = ()

    @property
    def measure(self) -> Measure:
        return Measure(self.first, self.rest, SHORTEST_LAST * self.pieces[0].setting.size, self.beside)

    def lines(
        self, measurer: Measurer, start: int = 0, without: frozenset[int] = frozenset(), begun: int = 0
    ) -> tuple[PlannedLine, ...]:
        """The best lines from the letter `start`, where a line begins before which there are so many, to the end; none of them ends before
        a letter in `without`.
        """
        return self.ways(measurer, start, without, begun)[0].lines

    def ways(
        self, measurer: Measurer, start: int = 0, without: frozenset[int] = frozenset(), begun: int = 0
    ) -> tuple[PlannedWay, ...]:
        """The best lines, and then the best of a line more and of a line less, if they can be had."""
        every = _Walk(self, measurer).chances()
        chances = [one for one in every if one.resume == start or (one.stop > start and one.stop not in without)]
        measure = self.measure.behind(begun)
        found = break_paragraph([one.where for one in chances], measure)
        best = next(iter(found))
        counts = [count for count in (best, best + 1, best - 1) if count in found]
        planned = ((tuple(_planned(chances, found[one].ends, measure, begun)), found[one].demerits) for one in counts)
        return tuple(PlannedWay(*one) for one in planned)

    def tightened(self, ways: Sequence[PlannedWay], lines: int) -> Tightening | None:
        """How it would be set in a line less than so many, by its ways; None if it cannot be."""
        by_length = {len(way.lines): way for way in ways}
        standing, shorter = by_length.get(lines), by_length.get(lines - 1)
        if standing is None or shorter is None:
            return None
        filled = (line for line in shorter.lines if not line.last)
        spaces = [fit(line.natural, line.measure).space for line in filled]
        if not spaces or min(spaces) < NARROWEST:
            return None
        return Tightening(shorter.demerits - standing.demerits, min(spaces), max(spaces))


def _planned(chances: Sequence[Chance], ends: Sequence[int], measure: Measure, begun: int) -> Iterator[PlannedLine]:
    for number, (begin, end) in enumerate(lines_of(ends)):
        first, last = chances[begin], chances[end]
        hyphen, is_last = last.where.hyphen, last is chances[-1]
        natural = natural_width(first.where, last.where)
        yield PlannedLine(
            start=first.resume,
            stop=last.stop,
            resume=last.resume,
            hyphen=hyphen,
            natural=natural,
            left=first.left,
            right=last.right,
            last=is_last,
            number=begun + number,
            measure=measure.of(number),
        )


class _Walk:
    """The way through the text of a paragraph, measuring."""

    def __init__(self, paragraph: Paragraph, measurer: Measurer) -> None:
        self._pieces = paragraph.pieces
        self._text = "".join(piece.text for piece in self._pieces)
        self._settings = [piece.setting for piece in self._pieces for _ in piece.text]
        self._line_breaks = paragraph.line_breaks
        self._measurer = measurer
        self._divisions = dict(_divisions(paragraph, self._text))
        self._at = 0  # the letter that is come to, and what stands before it
        self._width = 0.0
        self._space = 0.0

    def chances(self) -> Iterator[Chance]:
        """The places where a line may end, from the beginning of the paragraph to its end."""
        yield Chance(Break(Extent(), Extent()), 0, 0)
        for piece in self._pieces:
            for token in TOKEN.findall(piece.text):
                yield from self._space_at(token, piece) if token in SPACES else self._word_at(token, piece)
                self._at += len(token)
        end = len(self._text)
        yield self._chance(end, end, Break(self._sum(), self._sum()))

    def _sum(self, more: float = 0.0) -> Extent:
        return Extent(self._width + more, self._space)

    def _space_at(self, token: str, piece: Piece) -> Iterator[Chance]:
        before = self._sum()
        width = self._measurer.width(token, piece.setting)
        self._width += width
        self._space += width
        if self._at + 1 in self._line_breaks:
            yield self._chance(self._at, self._at + 1, Break(before, self._sum()))

    def _word_at(self, word: str, piece: Piece) -> Iterator[Chance]:
        """The places in the word, and behind it, where a line may end without a space."""
        whole = self._measurer.width(word, piece.setting)
        for count in range(1, len(word) + 1):
            place = self._at + count
            penalty = self._divisions.get(place)
            if penalty or (place in self._line_breaks and place < len(self._text)):
                hyphen = piece.hyphen if penalty else ""
                end = self._measurer.width(word[:count] + hyphen, piece.setting)
                begin = whole - self._measurer.width(word[count:], piece.setting)
                where = Break(self._sum(end), self._sum(begin), penalty or COMPOUND_PENALTY, hyphen=bool(penalty))
                yield self._chance(place, place, where, hyphen)
        self._width += whole

    def _chance(self, stop: int, resume: int, where: Break, hyphen: str = "") -> Chance:
        """A place to break at, with what hangs out on both sides of it taken from the widths."""
        right = self._hang(hyphen or self._text[stop - 1 : stop], stop - 1)
        left = self._hang(self._text[resume : resume + 1], resume)
        end, begin = where.end, where.begin
        hung = Break(
            Extent(end.width - right, end.space), Extent(begin.width + left, begin.space), where.penalty, where.hyphen
        )
        return Chance(hung, stop, resume, left, right)

    def _hang(self, character: str, place: int) -> float:
        return self._measurer.hang(character, self._settings[place]) if character else 0.0


def _divisions(paragraph: Paragraph, text: str) -> Iterator[tuple[int, float]]:
    """The letters before which words may be divided, and the cost of it. A word that is set in two ways is divided only by hand."""
    yield from ((place, HYPHEN_PENALTY) for place in paragraph.line_breaks if text[place - 1] == SOFT_HYPHEN)
    language = paragraph.pieces[0].setting.language
    words = list(divisible_words(text, language))
    begin = 0
    for piece in paragraph.pieces:
        end = begin + len(piece.text)
        for word in words:
            if piece.hyphenation and begin <= word.start() and word.end() <= end:
                penalty = CAPITAL_PENALTY if has_telling_capital(word[0], language) else HYPHEN_PENALTY
                yield from ((word.start() + place, penalty) for place in divisions(word[0], piece.hyphenation))
        begin = end
