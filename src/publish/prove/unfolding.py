"""The booklet unfolded: what really stands on its sheets, read from the finished file, folded in the mind, and counted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import COVER, SHEET, Artifact, Edition

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

EXACT = 0.01  # points

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top
_NAME = re.compile(r"/P(\d+)")


@dataclass(frozen=True, slots=True)
class Imposed:
    """A page as it stands on a side: its number, its whole area on the sheet, and the part of it that shows."""

    number: int
    area: Rectangle
    window: Rectangle
    form: Thing


def cut_edges(edition: Edition, depth: int) -> list[Rectangle]:
    """The finished left and right page on a sheet: from the spine to where the fore-edge is cut, from foot to head.

    The sheet at `depth` (0 is outermost) is pushed out by so many thicknesses of a leaf, and loses as much at the fore-edge.
    """
    width, height = edition.sheet or edition.trim
    spine, foot = width / 2, (height - edition.trim[1]) / 2
    seen = edition.trim[0] - depth * edition.paper_thickness
    return [(spine - seen, foot, spine, foot + edition.trim[1]), (spine, foot, spine + seen, foot + edition.trim[1])]


def check_folding(pdf: pikepdf.Pdf, edition: Edition, printed: Artifact | None) -> Iterator[Diagnostic]:
    """Folded, the sheets give the pages 1 to n in order, each whole and where the creep wants it."""
    spreads = [sorted(read_side(page), key=lambda one: one.area[0]) for page in pdf.pages]
    if any(len(spread) != 2 for spread in spreads) or len(spreads) % 2:
        yield Diagnostic("booklet-order", NOWHERE, "a side of the booklet does not hold two pages")
        return
    pages = fold(spreads)
    if [page.number for page in pages] != list(range(1, len(pages) + 1)):
        numbers = ", ".join(str(page.number) for page in pages)
        yield Diagnostic(
            "booklet-order", NOWHERE, f"the booklet does not unfold to the pages in order, but to {numbers}"
        )
    yield from _check_places(spreads, edition)
    if printed is not None:
        yield from _check_contents(pages, edition, printed)


def fold(spreads: list[list[Imposed]]) -> list[Imposed]:
    """The pages in the order in which a reader turns them. The sides come in printing order, two a sheet, outermost sheet first.

    The right half of a sheet is a leaf in the front of the booklet, its outer side a recto; the left half a leaf in the rear, its
    outer side a verso.
    """
    front: list[Imposed] = []
    rear: list[Imposed] = []
    for outer, inner in zip(spreads[::2], spreads[1::2], strict=True):
        front += (outer[1], inner[0])
        rear = [inner[1], outer[0], *rear]
    return front + rear


def _check_places(spreads: list[list[Imposed]], edition: Edition) -> Iterator[Diagnostic]:
    """Each page shows from its cut fore-edge to the spine, and has moved toward it by the creep."""
    for count, spread in enumerate(spreads):
        depth = count // 2
        shift = depth * edition.paper_thickness
        left, right = cut_edges(edition, depth)
        wanted = [(left, (left[0], left[1], left[2] + shift, left[3])), (right, (right[0] - shift, *right[1:]))]
        for page, (window, area) in zip(spread, wanted, strict=True):
            if not (_same(page.window, window) and _same(page.area, area)):
                millimetres = f"{shift * 25.4 / 72:.2f} mm"
                message = f"page {page.number} of the booklet is not at its place, {millimetres} toward the spine"
                yield Diagnostic("booklet-creep", NOWHERE, message)


def _same(one: Rectangle, other: Rectangle) -> bool:
    return all(abs(a - b) < EXACT for a, b in zip(one, other, strict=True))


def _check_contents(pages: list[Imposed], edition: Edition, printed: Artifact) -> Iterator[Diagnostic]:
    """Page n of the booklet draws what page n of the print PDF draws; of a glued edition, that has no covers, page n inside them."""
    with pikepdf.open(io.BytesIO(printed.data)) as reader:
        count = len(reader.pages)
        filled = count + -count % SHEET
        first = COVER if edition.glued and len(pages) == filled + 2 * COVER else 0
        if len(pages) != filled + 2 * first:
            yield Diagnostic("booklet-order", NOWHERE, f"the booklet has {len(pages)} pages, the print file {count}")
            return
        for number, (imposed, page) in enumerate(zip(pages[first:], reader.pages, strict=False), start=1):
            if imposed.form.read_bytes().rstrip() != page.obj.Contents.read_bytes().rstrip():
                yield Diagnostic(
                    "booklet-order",
                    NOWHERE,
                    f"page {first + number} of the booklet is not page {number} of the print file",
                )


# ------------------------------------------------------------------------------------------------------- reading a side


@dataclass(frozen=True, slots=True)
class _State:
    """Of the graphics state, what places a page: how far it is moved, and the window it is clipped to."""

    x: float = 0.0
    y: float = 0.0
    window: Rectangle = (float("-inf"), float("-inf"), float("inf"), float("inf"))


def read_side(page: pikepdf.Page) -> Iterator[Imposed]:
    """The pages that a side draws, from its operators. One that is turned or scaled is none: it would not be the page in its size."""
    state, saved, path = _State(), list[_State](), None
    for one in pikepdf.parse_content_stream(page, "q Q cm re W n Do"):
        operands = list(one.operands)
        match str(one.operator):
            case "q":
                saved.append(state)
            case "Q":
                state = saved.pop()
            case "cm":
                state = _moved(state, [float(one) for one in operands])
            case "re":
                path = _rectangle(state, [float(one) for one in operands])
            case "W" if path is not None:
                state = _State(state.x, state.y, _common(state.window, path))
            case "Do":
                yield from _imposed(page, str(operands[0]), state)


def _moved(state: _State, matrix: list[float]) -> _State:
    """Only a movement keeps the page as it is; anything else puts it nowhere, where the rules will not find it right."""
    upright = matrix[:4] == [1, 0, 0, 1]
    x, y = matrix[4:] if upright else (float("nan"), float("nan"))
    return _State(state.x + x, state.y + y, state.window)


def _rectangle(state: _State, operands: list[float]) -> Rectangle:
    x, y, width, height = operands
    return (state.x + x, state.y + y, state.x + x + width, state.y + y + height)


def _common(one: Rectangle, other: Rectangle) -> Rectangle:
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def _imposed(page: pikepdf.Page, name: str, state: _State) -> Iterator[Imposed]:
    form, match = page.obj.Resources.XObject[name], _NAME.fullmatch(name)
    if match is None or form.get("/Subtype") != "/Form" or "/Matrix" in form:
        return
    left, bottom, right, top = (float(one) for one in form.BBox)
    area = (state.x + left, state.y + bottom, state.x + right, state.y + top)
    yield Imposed(int(match[1]), area, _common(area, state.window), form)
