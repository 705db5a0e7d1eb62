"""The booklet: the print PDF imposed for an office duplex printer, two pages beside each other, to be folded and stapled once."""

from __future__ import annotations

import io

import pikepdf

from publish.diagnostics import Diagnostic, Location, Report
from publish.errors import BookHasErrors
from publish.make.imposition import Mark, Placement, Side, creep, fits, marks, place, sides
from publish.make.operators import numbers
from publish.make.printing import Size, blank_page, save, strip_document
from publish.model import Artifact, Book, Edition

#: How each kind of mark is drawn: its width in points, its dashes, its tint of K.
_STYLES: dict[str, bytes] = {
    "trim": b"0.25 w [] 0 d 0 0 0 1 K",
    "fold": b"0.25 w [3 2] 0 d 0 0 0 1 K",
    "faint fold": b"0.25 w [2 1] 0 d 0 0 0 0.3 K",
}


def make_booklet(printed: Artifact, book: Book, edition: Edition) -> Artifact:
    """The imposed booklet of an edition from its print PDF: saddle stitch, one signature, two pages a side.

    Pages are moved toward the spine by the creep and cut off at trim and spine; fold and trim marks stand where the sheet leaves room.
    The file asks the printer for both sides, flipped on the short edge, in true size; its name says so, too. Same input, same bytes.
    Raises `BookHasErrors` if two pages do not fit on the sheet, `ValueError` if the edition has no sheet or the pages are not a
    multiple of 4.
    """
    if edition.sheet is None:
        raise ValueError(f"the edition {edition.name} has no booklet")
    if not fits(edition.sheet, edition.trim):
        raise BookHasErrors(Report((_too_small(edition),)))
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        _impose(pdf, edition, edition.sheet)
        strip_document(pdf, book.metadata.title, book.labels.get("flip-short-edge", ""))
        pdf.Root.ViewerPreferences.Duplex = pikepdf.Name.DuplexFlipShortEdge
        name = f"{book.metadata.file_name}-{book.metadata.version}-booklet-{edition.name}-on-{edition.sheet_name}"
        return Artifact(f"{name}-flip-short-edge.pdf", "booklet", "application/pdf", save(pdf), edition.name)


def _too_small(edition: Edition) -> Diagnostic:
    return Diagnostic(
        "sheet-too-small",
        Location("book/book.yaml"),
        f"the edition “{edition.name}” is to be a booklet on {edition.sheet_name}, but two of its pages do not fit beside each other there",
        "name a larger sheet as `booklet`, or a smaller `trim`",
    )


def _impose(pdf: pikepdf.Pdf, edition: Edition, sheet: Size) -> None:
    """Put the sides in the place of the pages."""
    forms = {count: page.as_form_xobject() for count, page in enumerate(pdf.pages, start=1)}
    del pdf.pages[:]
    for side in sides(len(forms)):
        page = blank_page(pdf, sheet)
        page.obj.Contents = pdf.make_stream(_drawing(side, edition, sheet))
        page.obj.Resources = _resources(side, forms)
        pdf.pages.append(page)


def _resources(side: Side, forms: dict[int, pikepdf.Object]) -> pikepdf.Dictionary:
    """The two pages under names of our own: a library's would be random."""
    return pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/P{one}": forms[one] for one in (side.left, side.right)}))


def _drawing(side: Side, edition: Edition, sheet: Size) -> bytes:
    """The content of a side: the two pages through their windows, then the marks."""
    shift = creep(side.depth, edition.paper_thickness)
    left, right = place(sheet, edition.trim, shift)
    innermost = side.left + 1 == side.right and not side.outer
    lines = [_page(side.left, left), _page(side.right, right)]
    lines += (drawing_of(one) for one in marks(sheet, edition.trim, shift, innermost=innermost))
    return b"\n".join(lines)


def _page(count: int, placement: Placement) -> bytes:
    window = numbers(*placement.window)
    return b"q %s re W n 1 0 0 1 %s cm /P%d Do Q" % (window, numbers(placement.x, placement.y), count)


def drawing_of(mark: Mark) -> bytes:
    """The operators that draw a mark."""
    return b"q %s %s m %s l S Q" % (_STYLES[mark.kind], numbers(*mark.start), numbers(*mark.end))
