"""The booklet: the finished sheets, folded, are the print PDF."""

from __future__ import annotations

import dataclasses

import pikepdf
import pytest

import press
from press import A5, EDITIONS, HALF_LETTER, ON_TABLOID
from publish.errors import BookHasErrors
from publish.make.booklet import make_booklet
from publish.model import Edition


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.sheet_name)
def test_the_folded_sheets_are_the_pages_of_the_print_pdf(edition: Edition) -> None:
    leaves: list[tuple[list[str], list[str]]] = []
    sides = press.halves(press.booklet(edition))
    for outer, inner in zip(sides[::2], sides[1::2], strict=True):
        middle = len(leaves) // 2  # each sheet is laid into those before it
        leaves[middle:middle] = [(outer[1], inner[0]), (inner[1], outer[0])]
    assert [page for leaf in leaves for page in leaf] == press.texts(press.printed(edition))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.sheet_name)
def test_a_booklet_tells_the_printer_how_to_print_it(edition: Edition) -> None:
    with press.opened(press.booklet(edition)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences"}
        wishes = {"/PrintScaling": pikepdf.Name("/None"), "/Duplex": pikepdf.Name.DuplexFlipShortEdge}
        assert dict(pdf.Root.ViewerPreferences.items()) == wishes
        assert pdf.docinfo["/Subject"] == "Flip on the short edge."
        assert edition.sheet
        for page in pdf.pages:
            for box in ("/MediaBox", "/BleedBox", "/TrimBox"):
                assert [float(one) for one in page.obj[box]] == pytest.approx([0, 0, *edition.sheet], abs=0.0001)


def test_the_name_says_sheet_and_side_to_flip() -> None:
    booklet = press.booklet(HALF_LETTER)
    assert booklet.name == "garden-1.0.0-booklet-half-letter-on-letter-flip-short-edge.pdf"
    assert (booklet.kind, booklet.edition) == ("booklet", "half-letter")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make_booklet(press.printed(A5), press.book(), A5).data == press.booklet(A5).data


def test_pages_are_drawn_under_names_of_our_own() -> None:
    with press.opened(press.booklet(A5)) as pdf:
        pages = 2 * len(pdf.pages)
        assert [sorted(page.Resources.XObject.keys()) for page in pdf.pages][:2] == [
            sorted(["/P1", f"/P{pages}"]), sorted(["/P2", f"/P{pages - 1}"]),
        ]  # fmt: skip


def test_marks_stand_where_the_sheet_has_room() -> None:
    with press.opened(press.booklet(ON_TABLOID)) as large, press.opened(press.booklet(HALF_LETTER)) as full:
        assert all(page.Contents.read_bytes().count(b" l S Q") == 10 for page in large.pages)
        assert [page.Contents.read_bytes().count(b" l S Q") for page in full.pages] == [0] * (len(full.pages) - 1) + [2]


def test_two_pages_that_do_not_fit_are_an_error_of_the_book() -> None:
    small = dataclasses.replace(A5, sheet=(500.0, 400.0), sheet_name="small")
    with pytest.raises(BookHasErrors) as caught:
        make_booklet(press.printed(A5), press.book(), small)
    (diagnostic,) = caught.value.report
    assert (diagnostic.rule, diagnostic.severity) == ("sheet-too-small", "error")


def test_an_edition_without_a_sheet_has_no_booklet() -> None:
    with pytest.raises(ValueError, match="no booklet"):
        make_booklet(press.printed(A5), press.book(), dataclasses.replace(A5, sheet=None))
