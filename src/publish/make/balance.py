"""Balanced lines: words broken into a given number of lines that are as even as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TypeAlias

_MANY = 40  # words; with more of them the cost would be seen, and the difference not


def even_lines(words: Sequence[str], widths: Sequence[float], space: float, lines: int) -> list[str]:
    """The words in `lines` lines, as even as can be. There must be at least as many words as lines, and one line.

    `widths` are those of the words, `space` that of the space between two. Very many words are only filled into lines of the least
    width that does, which may leave some lines over.
    """
    ends = line_ends(widths, space, lines)
    return [" ".join(words[begin:end]) for begin, end in zip((0, *ends), ends, strict=False)]


def line_ends(widths: Sequence[float], space: float, lines: int) -> tuple[int, ...]:
    """Where each line ends, as indices into the words."""
    return (_filled if len(widths) > _MANY else _balanced)(widths, space, lines)


def _filled(widths: Sequence[float], space: float, lines: int) -> tuple[int, ...]:
    """Each line filled, in the least width (to a thousandth) that needs no more lines."""
    narrow, wide = max(widths), sum(widths) + space * len(widths)
    while wide - narrow > wide / 1000:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_filled_to(middle, widths, space)) <= lines else (middle, wide)
    return _filled_to(wide, widths, space)


def _filled_to(measure: float, widths: Sequence[float], space: float) -> tuple[int, ...]:
    ends: list[int] = []
    used = 0.0
    for index, width in enumerate(widths):
        if used and used + width > measure:
            ends.append(index)
            used = 0.0
        used += width + space
    return (*ends, len(widths))


def _balanced(widths: Sequence[float], space: float, lines: int) -> tuple[int, ...]:
    """The widest line as narrow as possible and, among such breaks, the sum of the squares of the widths least."""
    widest, _ = _best_breaks(widths, space, lines, max)

    def squares(cost: float, width: float) -> float:
        return cost + width * width if width <= widest else _NEVER

    return _best_breaks(widths, space, lines, squares)[1]


_NEVER = float("inf")
_Choice: TypeAlias = tuple[float, tuple[int, ...]]  # the cost of some lines, and their ends


def _best_breaks(widths: Sequence[float], space: float, lines: int, add: Callable[[float, float], float]) -> _Choice:
    """The cheapest breaks into exactly `lines` lines; `add` gives the cost of lines when one of a width is added to them."""
    start = [0.0, *accumulate(width + space for width in widths)]
    best: list[_Choice] = [(0.0, ()), *([(_NEVER, ())] * len(widths))]
    for line in range(1, lines + 1):
        best = [
            min(
                (add(best[begin][0], start[end] - start[begin] - space), (*best[begin][1], end))
                for begin in range(line - 1, end)
            )
            if end >= line
            else (_NEVER, ())
            for end in range(len(widths) + 1)
        ]
    return best[-1]
