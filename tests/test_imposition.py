"""The arithmetic of the booklet: folding the sheets gives the pages in order, whatever their number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.make import imposition
from publish.make.imposition import MILLIMETRE, Side

LENGTHS = st.floats(100, 1000)


def folded(sides: list[Side]) -> list[int]:
    """The pages as they are turned: each sheet is laid into those before it, folded in the middle; no arithmetic of pages."""
    leaves: list[tuple[int, int]] = []
    for outer, inner in zip(sides[::2], sides[1::2], strict=True):
        front, rear = (outer.right, inner.left), (inner.right, outer.left)
        middle = len(leaves) // 2
        leaves[middle:middle] = [front, rear]
    return [page for leaf in leaves for page in leaf]


@pytest.mark.parametrize("pages", range(4, 201, 4))
def test_the_folded_sheets_give_every_page_once_and_in_order(pages: int) -> None:
    sides = list(imposition.sides(pages))
    assert folded(sides) == list(range(1, pages + 1))
    assert len(sides) == pages // 2
    assert [(side.depth, side.outer) for side in sides] == [
        (k, outer) for k in range(pages // 4) for outer in (True, False)
    ]


def test_eight_pages_are_two_sheets() -> None:
    assert [(side.left, side.right) for side in imposition.sides(8)] == [(8, 1), (2, 7), (6, 3), (4, 5)]


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 30])
def test_pages_that_do_not_fill_their_sheets_are_refused(pages: int) -> None:
    with pytest.raises(ValueError, match="whole sheets"):
        list(imposition.sides(pages))


@given(LENGTHS, LENGTHS, st.floats(0, 30), st.floats(0, 200), st.floats(0, 200))
def test_pages_meet_at_the_spine_and_show_as_much_as_is_left_of_them(
    width: float, height: float, shift: float, beside: float, above: float
) -> None:
    sheet = (2 * width + beside, height + above)
    left, right = imposition.place(sheet, (width, height), shift)
    spine = sheet[0] / 2
    assert left.x + width - shift == pytest.approx(spine)
    assert right.x + shift == pytest.approx(spine)
    for placement, edge in ((left, left.window[0] + left.window[2]), (right, right.window[0])):
        assert edge == pytest.approx(spine)
        assert placement.window[2] == pytest.approx(width - shift)
        assert placement.window[3] == height
    assert left.window[0] == pytest.approx(left.x)
    assert right.window[0] + right.window[2] == pytest.approx(right.x + width)


def test_creep_grows_by_a_leaf_from_sheet_to_sheet() -> None:
    assert imposition.creep(0, 0.3) == 0
    assert imposition.creep(7, 0.12 * MILLIMETRE) == pytest.approx(0.84 * MILLIMETRE)  # 32 pages on 100 g/m²


def test_a_sheet_fits_two_pages_or_does_not() -> None:
    assert imposition.fits((841.89, 595.276), (148 * MILLIMETRE, 210 * MILLIMETRE))
    assert imposition.fits((792, 612), (396, 612))
    assert not imposition.fits((792, 612), (432, 648))


@pytest.mark.parametrize("innermost", [True, False])
@given(trim=st.tuples(LENGTHS, LENGTHS), room=st.tuples(st.floats(0, 300), st.floats(0, 300)), shift=st.floats(0, 20))
def test_marks_keep_out_of_the_pages_and_on_the_sheet(
    trim: tuple[float, float], room: tuple[float, float], shift: float, *, innermost: bool
) -> None:
    width, height = trim
    sheet = (2 * width + room[0], height + room[1])
    found = imposition.marks(sheet, trim, shift, innermost=innermost)
    foot, head = room[1] / 2, room[1] / 2 + height
    for mark in found:
        for x, y in (mark.start, mark.end):
            assert -0.01 <= x <= sheet[0] + 0.01
            assert -0.01 <= y <= sheet[1] + 0.01
        if mark.kind == "faint fold":
            assert innermost
            assert mark.start[0] == mark.end[0] == sheet[0] / 2
        else:
            beside_pages = abs(mark.start[0] - sheet[0] / 2) > width - shift + 8
            assert (
                beside_pages or max(mark.start[1], mark.end[1]) < foot - 8 or min(mark.start[1], mark.end[1]) > head + 8
            )


def test_a_large_sheet_has_all_marks_and_a_full_one_a_faint_fold_on_its_innermost_side() -> None:
    large = imposition.marks((1224, 792), (396, 612), 0, innermost=False)
    assert sorted(mark.kind for mark in large) == ["fold"] * 2 + ["trim"] * 8
    assert not imposition.marks((792, 612), (396, 612), 0, innermost=False)
    assert [mark.kind for mark in imposition.marks((792, 612), (396, 612), 0, innermost=True)] == ["faint fold"] * 2


def test_the_fore_edge_is_cut_where_the_creep_has_moved_it() -> None:
    marks = imposition.marks((1224, 792), (396, 612), 3, innermost=False)
    upright = {mark.start[0] for mark in marks if mark.kind == "trim" and mark.start[0] == mark.end[0]}
    assert upright == {612 - 393, 612 + 393}
