"""Where each page of a saddle-stitched booklet goes: arithmetic alone, no PDF. Lengths are in points (1/72 inch).

One signature: the sheets lie in one another, sheet 0 outermost, and are folded once in the middle. Two pages stand side by side on
each side of a sheet; the spine is the middle of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: how deep the sheet lies (0 is outermost), and its two pages, counted from 1."""

    depth: int
    outer: bool
    left: int
    right: int


def sides(pages: int) -> Iterator[Side]:
    """The sides in the order in which a duplex printer wants them: outer and inner side of sheet 0, of sheet 1 …

    The outer side of sheet k has the last page that is left and the first, its inner side the next from each end. Raises `ValueError`
    unless `pages` is a multiple of 4.
    """
    if pages % 4:
        raise ValueError(f"{pages} pages do not fill whole sheets of 4")
    for depth in range(pages // 4):
        first, last = 2 * depth + 1, pages - 2 * depth
        yield Side(depth, outer=True, left=last, right=first)
        yield Side(depth, outer=False, left=first + 1, right=last - 1)


def creep(depth: int, thickness: float) -> float:
    """How far the pages of a sheet move toward the spine.

    Each sheet is folded round those that lie in it, so that the fold of the sheet at `depth` lies `depth` thicknesses of a leaf
    further out than that of sheet 0, and the knife, which cuts all sheets together, takes so much more off its fore-edge. Moved by as
    much toward the spine, its pages keep their outer margin; the whole push-out is (sheets - 1) × thickness.
    """
    return depth * thickness


@dataclass(frozen=True, slots=True)
class Placement:
    """A page on a sheet: the lower left corner of its trim, and the window (left, bottom, width, height) through which it shows.

    The window is the trim without what would lie beyond the spine, on the other page.
    """

    x: float
    y: float
    window: tuple[float, float, float, float]


def place(sheet: tuple[float, float], trim: tuple[float, float], shift: float) -> tuple[Placement, Placement]:
    """Where the left and the right page of a side go: they meet in the middle of the sheet, `shift` moves them toward it."""
    spine, (width, height) = sheet[0] / 2, trim
    foot = (sheet[1] - height) / 2
    seen = width - shift
    left = Placement(spine - width + shift, foot, (spine - seen, foot, seen, height))
    return left, Placement(spine - shift, foot, (spine, foot, seen, height))


def fits(sheet: tuple[float, float], trim: tuple[float, float]) -> bool:
    """Whether two pages side by side find room on the sheet; a hundredth of a point is forgiven to rounding."""
    return 2 * trim[0] <= sheet[0] + 0.01 and trim[1] <= sheet[1] + 0.01


# -------------------------------------------------------------------------------------------------------------------- marks

OFFSET = (
    3 * MILLIMETRE
)  # of a trim mark from the corner that it points at: the usual bleed, so that no mark shows after cutting
LENGTH = 5 * MILLIMETRE
SHORTEST = 2 * MILLIMETRE  # a shorter mark is of no use at the knife
TICK = 6 * MILLIMETRE  # length of a fold mark that must stand on the page: within the margin that holds no text


@dataclass(frozen=True, slots=True)
class Mark:
    """A thin line on a sheet. Fold marks are dashed; a faint one stands inside the trim, where nothing may draw the eye."""

    start: tuple[float, float]
    end: tuple[float, float]
    kind: Literal["trim", "fold", "faint fold"]


def marks(sheet: tuple[float, float], trim: tuple[float, float], shift: float, *, innermost: bool) -> list[Mark]:
    """The trim and fold marks of a side: outside the trim, where the sheet leaves room for them.

    A sheet that two pages fill needs no trim marks, and has no room outside the trim for a fold mark. Only its innermost side, from
    which the booklet is stapled and folded, then has short faint fold marks; they end up in the gutter of the middle pages.
    """
    beside, above = (sheet[0] / 2 - trim[0]), (sheet[1] - trim[1]) / 2
    cuts = _horizontal(sheet, trim, shift, beside) + _vertical(sheet, trim, shift, above)
    if _length(above):
        return cuts + _folds(sheet, above - OFFSET - _length(above), above - OFFSET, "fold")
    return cuts + (_folds(sheet, above, above + TICK, "faint fold") if innermost else [])


def _folds(sheet: tuple[float, float], low: float, high: float, kind: Literal["fold", "faint fold"]) -> list[Mark]:
    """The fold mark between two heights at the foot of the sheet, and its fellow at the head."""
    spine, top = sheet[0] / 2, sheet[1]
    return [Mark((spine, start), (spine, end), kind) for start, end in ((low, high), (top - high, top - low))]


def _length(room: float) -> float:
    """How long a mark can be in the room between trim and edge of the sheet; 0 if too short to be of use."""
    length = min(LENGTH, room - OFFSET)
    return length if length >= SHORTEST else 0.0


def _horizontal(sheet: tuple[float, float], trim: tuple[float, float], shift: float, room: float) -> list[Mark]:
    """The marks beside the pages, which tell the knife the head and the foot."""
    if not (length := _length(room)):
        return []
    spine, foot = sheet[0] / 2, (sheet[1] - trim[1]) / 2
    reach = trim[0] - shift + OFFSET
    return [
        Mark((spine + turn * reach, y), (spine + turn * (reach + length), y), "trim")
        for y in (foot, foot + trim[1])
        for turn in (-1, 1)
    ]


def _vertical(sheet: tuple[float, float], trim: tuple[float, float], shift: float, room: float) -> list[Mark]:
    """The marks above and below the pages, which tell the knife the fore-edge: it cuts where the creep has moved the trim."""
    if not (length := _length(room)):
        return []
    spine, low, high = sheet[0] / 2, room - OFFSET, sheet[1] - room + OFFSET
    return [
        Mark((spine + turn * (trim[0] - shift), start), (spine + turn * (trim[0] - shift), end), "trim")
        for start, end in ((low - length, low), (high, high + length))
        for turn in (-1, 1)
    ]
