"""Preflight of a wrap: its boxes, the pages that it shows, its art that bleeds, and the safe area along edges and folds.

Whether something stands too near to an edge is not read from the drawing but seen in the picture of it: letters may be outlines, and
white is no ink.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2

from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.model import COVER, Artifact, Edition
from publish.prove.pdfium import ALONE
from publish.prove.unfolding import Rectangle, read_side

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

FACTS = Location("book/book.yaml")

MILLIMETRE = 72 / 25.4
BLEED = 3 * MILLIMETRE  # most printers ask for 3 mm, those of the United States for an eighth of an inch
SAFE = 8 * MILLIMETRE  # a cover is cut and folded less exactly than its pages
MARKS = 5 * MILLIMETRE  # the room for crop marks beyond the bleed
LEAF = 0.12 * MILLIMETRE  # the thickness of a leaf that is not told: of offset paper of 100 g/m²
STITCHED = 32 * LEAF  # 64 pages; the fold of a thicker pamphlet springs open
EXACT = 0.001  # points
SCALE = 2.0  # pixels a point: a hair of a quarter point still leaves its trace in one
JUST = 2 / SCALE  # so much within an edge lies a whole pixel, wherever the edge falls


def check_wrap(
    pdf: pikepdf.Pdf, artifact: Artifact, edition: Edition, printed: Artifact | None
) -> Iterator[Diagnostic]:
    """Everything by which a wrap could not be printed, cut and folded round its pages."""
    pages = _page_count(printed) if printed else 0
    trim = _trim(pdf)
    stitched = not edition.glued
    # How thick a glued book is, only its pages tell.
    spine = edition.spine(pages) if printed or stitched else max(trim[2] - trim[0] - 2 * edition.trim[0], 0.0)
    wrong = list(_check_boxes(pdf, artifact, edition, spine))
    yield from wrong
    if wrong:
        return  # what follows is measured from the boxes
    if stitched:
        yield from _check_thickness(edition, pages)
    if printed:
        yield from _check_pages(pdf, artifact, Spread(trim, spine), printed, bound=stitched)
    yield from _check_edges(artifact, Spread(trim, spine))


def _page_count(printed: Artifact) -> int:
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        return len(pdf.pages)


def _check_thickness(edition: Edition, pages: int) -> Iterator[Diagnostic]:
    thickness = (edition.paper_thickness or LEAF) * pages / 2
    if thickness > STITCHED + EXACT:
        message = f"the edition “{edition.name}” has {pages} pages, too many to be stitched, and its cover has no spine"
        yield Diagnostic("wrap-spine", FACTS, message, "say `binding: perfect`, and give the `paper-thickness`")


def _trim(pdf: pikepdf.Pdf) -> Rectangle:
    """The TrimBox of the first side; nothing where there is none."""
    box = pdf.pages[0].obj.get("/TrimBox") if len(pdf.pages) else None
    left, bottom, right, top = (float(one) for one in (box if box is not None else (0, 0, 0, 0)))
    return left, bottom, right, top


# -------------------------------------------------------------------------------------------------------------------- boxes


def _check_boxes(pdf: pikepdf.Pdf, artifact: Artifact, edition: Edition, spine: float) -> Iterator[Diagnostic]:
    """One or two sides; the trim two pages and the spine, the bleed 3 mm around it, and room for the marks around that."""
    width, height = 2 * edition.trim[0] + spine, edition.trim[1]
    if not 1 <= len(pdf.pages) <= 2 or not all(_boxes_right(page.obj, width, height) for page in pdf.pages):
        size = f"{width / MILLIMETRE:.1f} × {height / MILLIMETRE:.1f} mm"
        message = (
            f"{artifact.name} should be one or two sides with a trim of exactly {size}, 3 mm bleed and room for marks"
        )
        yield Diagnostic("print-box", NOWHERE, message)


def _boxes_right(page: Thing, width: float, height: float) -> bool:
    names = ("/MediaBox", "/BleedBox", "/TrimBox")
    if any(key in page for key in ("/Rotate", "/CropBox", "/UserUnit")) or not all(name in page for name in names):
        return False
    media, bleed, trim = ([float(length) for length in page[name]] for name in names)
    return (
        _same(trim, (trim[0], trim[1], trim[0] + width, trim[1] + height))
        and _same(bleed, _grown(trim, BLEED))
        and _same(media[:2], (0, 0))
        and all(one <= other for one, other in zip(media[:2], _grown(bleed, MARKS)[:2], strict=True))
        and all(one >= other for one, other in zip(media[2:], _grown(bleed, MARKS)[2:], strict=True))
    )


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) < EXACT for a, b in zip(one, other, strict=True))


def _grown(box: Sequence[float], by: float) -> Rectangle:
    left, bottom, right, top = box
    return left - by, bottom - by, right + by, top + by


# ------------------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class Spread:
    """What is left of a wrap when it is cut, and how much of it the spine is, in the middle."""

    trim: Rectangle
    spine: float

    @property
    def folds(self) -> tuple[float, float]:
        """The edges of the spine; without one, twice the fold."""
        middle = (self.trim[0] + self.trim[2]) / 2
        return middle - self.spine / 2, middle + self.spine / 2

    @property
    def halves(self) -> tuple[Rectangle, Rectangle]:
        """The left and the right page."""
        left, bottom, right, top = self.trim
        return (left, bottom, self.folds[0], top), (self.folds[1], bottom, right, top)


def _check_pages(
    pdf: pikepdf.Pdf, artifact: Artifact, spread: Spread, printed: Artifact, *, bound: bool
) -> Iterator[Diagnostic]:
    """Each half of a side is the page that belongs there, whole and in its place: that of the print PDF, if covers are `bound` in it."""
    with pikepdf.open(io.BytesIO(printed.data)) as reader:
        last = len(reader.pages) + (0 if bound else 2 * COVER)
        for side, numbers in zip(pdf.pages, [(last, 1), (2, last - 1)], strict=False):
            shown = sorted(read_side(side), key=lambda one: one.area[0])
            if [one.number for one in shown] != list(numbers):
                message = f"a side of {artifact.name} does not show the pages {numbers[0]} and {numbers[1]}"
                yield Diagnostic("wrap-pages", NOWHERE, message)
                continue
            for page, place in zip(shown, spread.halves, strict=True):
                drawn = page.form.read_bytes().rstrip()
                same = not bound or reader.pages[page.number - 1].obj.Contents.read_bytes().rstrip() == drawn
                if not same or not _near(page.window, place):
                    message = (
                        f"page {page.number} in {artifact.name} is not that of the print file, or not at its place"
                    )
                    yield Diagnostic("wrap-pages", NOWHERE, message)


def _near(one: Rectangle, other: Rectangle) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip(one, other, strict=True))


# ------------------------------------------------------------------------------------------------- edges, seen in a picture


def _check_edges(artifact: Artifact, spread: Spread) -> Iterator[Diagnostic]:
    """Across every edge, from the end of the bleed to 8 mm within, and across the fold, nothing begins and nothing ends.

    So what touches an edge bleeds, and what does not stays away from it; and nothing stands in the fold but what runs through it.
    """
    for number, picture in enumerate(_pictures(artifact), start=1):
        where = f"side {number} of {artifact.name}"
        if edges := [edge for edge in EDGES if not picture.is_even(edge.strip(spread.trim, BLEED, JUST), edge)]:
            message = f"{where}: what stands at {_named(edges)} does not go on 3 mm beyond it"
            yield Diagnostic("wrap-bleed", NOWHERE, message, "let it end 8 mm before the edge")
        near = [edge for edge in EDGES if not picture.is_even(edge.strip(spread.trim, 0, SAFE), edge)]
        near += [] if picture.is_even(_around_fold(spread), FOLD) else [FOLD]
        if near:
            message = f"{where}: something stands nearer than 8 mm to {_named(near)}"
            yield Diagnostic(
                "wrap-margin",
                NOWHERE,
                message,
                "widen the margins of the covers, or name the edition with the smallest page first",
            )


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the trim: its name, and which side of the rectangle (left, bottom, right, top) it is."""

    name: str
    side: int

    @property
    def is_upright(self) -> bool:
        """Whether one crosses it from left to right."""
        return self.side % 2 == 0

    def strip(self, trim: Rectangle, outer: float, inner: float) -> Rectangle:
        """The strip along the edge, so far beyond it and so far within, on the whole length of the bleed."""
        strip = list(_grown(trim, BLEED))
        outward, opposite = (-1 if self.side < 2 else 1), (self.side + 2) % 4
        strip[self.side] = trim[self.side] + outward * outer
        strip[opposite] = trim[self.side] - outward * inner
        left, bottom, right, top = strip
        return left, bottom, right, top


EDGES = (Edge("the left edge", 0), Edge("the foot", 1), Edge("the right edge", 2), Edge("the head", 3))
FOLD = Edge("the fold", 0)


def _named(edges: Iterable[Edge]) -> str:
    return ", ".join(edge.name for edge in edges)


def _around_fold(spread: Spread) -> Rectangle:
    first, last = spread.folds
    _, bottom, _, top = _grown(spread.trim, BLEED)
    return first - SAFE, bottom, last + SAFE, top


@dataclass(frozen=True, slots=True)
class Picture:
    """A side as pixels, in rows from the top, three bytes a pixel; its height in points."""

    rows: list[bytes]
    height: float

    def is_even(self, strip: Rectangle, across: Edge) -> bool:
        """Whether the colour changes nowhere on the way across the strip; only pixels count that lie in it whole."""
        left, bottom, right, top = strip
        span = slice(3 * _first(left), 3 * _last(right))
        rows = [row[span] for row in self.rows[_first(self.height - top) : _last(self.height - bottom)]]
        if across.is_upright:
            return all(row == row[:3] * (len(row) // 3) for row in rows)
        return len(set(rows)) <= 1


def _first(length: float) -> int:
    return math.ceil(length * SCALE - EXACT)


def _last(length: float) -> int:
    return math.floor(length * SCALE + EXACT)


def _pictures(artifact: Artifact) -> list[Picture]:
    with ALONE, pypdfium2.PdfDocument(artifact.data) as document:
        return [_picture(page) for page in document]


def _picture(page: pypdfium2.PdfPage) -> Picture:
    bitmap, height = page.render(scale=SCALE), page.get_height()
    data = bytes(bitmap.buffer)
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    rows = [data[start : start + 3 * bitmap.width] for start in starts]
    bitmap.close()
    page.close()
    return Picture(rows, height)
