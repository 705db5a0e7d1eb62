"""The print PDF: the pages of the screen PDF as a press wants them, without tags, links or light, on the trim of an edition."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pikepdf

from publish.make.inks import Separation
from publish.make.operators import number
from publish.model import COVER, SHEET, Artifact, Book, Edition

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

Size = tuple[float, float]

_STILL = 0.001  # points; a page that would move by less stays


def make_print(screen: Artifact, book: Book, edition: Edition) -> Artifact:
    """The print-ready PDF of an edition from the finished screen PDF.

    The same pages with the same words: untagged, without links, outline and metadata, every colour as K or CMYK, the page exactly the
    edition's trim (MediaBox, BleedBox and TrimBox alike: nothing bleeds), and blank pages at their end that fill up the last sheet, or
    the last leaf of a glued edition. Same input, same bytes. Raises `ToolFailed` for a content stream that is not well formed.
    """
    with pikepdf.open(io.BytesIO(screen.data)) as pdf:
        labels = [str(page.label) for page in pdf.pages]
        separation = Separation()
        positions = _positions(pdf, book, edition)
        for page, position in zip(pdf.pages, positions, strict=True):
            _strip(pdf, page, separation.page(page), position)
        separation.finish()
        labels = _fill(pdf, labels, edition.trim, edition.fills, book)
        strip_document(pdf, book.metadata.title)
        _label(pdf, labels)
        name = f"{book.metadata.file_name}-{book.metadata.version}-print-{edition.name}.pdf"
        return Artifact(name, "print", "application/pdf", save(pdf), edition.name)


def without_covers(printed: Artifact) -> Artifact:
    """The pages between the covers of a print PDF that has both: what a printer is sent where the cover is a file of its own, the wrap."""
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        labels = [str(page.label) for page in pdf.pages][COVER:-COVER]
        del pdf.pages[-COVER:]
        del pdf.pages[:COVER]
        _label(pdf, labels)
        return replace(printed, data=save(pdf))


def fill_sheets(printed: Artifact, book: Book, edition: Edition) -> Artifact:
    """The pages of a print PDF that has all of the book's covers, with as many blank ones as fill up a sheet of four."""
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        _label(pdf, _fill(pdf, [str(page.label) for page in pdf.pages], edition.trim, SHEET, book))
        return replace(printed, data=save(pdf))


def _fill(pdf: pikepdf.Pdf, labels: list[str], trim: Size, unit: int, book: Book) -> list[str]:
    """Blank pages up to a multiple, before the leaf of the back cover or at the end; returns the labels of all, "" of the blank ones."""
    end = len(labels) - (COVER if book.has_back_cover else 0)
    blanks = [""] * (-len(labels) % unit)
    for _ in blanks:
        pdf.pages.insert(end, blank_page(pdf, trim))
    return [*labels[:end], *blanks, *labels[end:]]


def _label(pdf: pikepdf.Pdf, labels: Sequence[str]) -> None:
    """Call the pages what they are called on the screen: each a range with nothing but a prefix (ISO 32000-1, 12.4.2)."""
    said = enumerate(pikepdf.Dictionary(P=pikepdf.String(label)) for label in labels)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([one for pair in said for one in pair]))


# ----------------------------------------------------------------------------------------------------------------- position


@dataclass(frozen=True, slots=True)
class _Position:
    """A page's new trim, the size that it was laid out on, and how far its content moves, right and up."""

    trim: Size
    laid_out: Size
    x: float
    y: float


def _positions(pdf: pikepdf.Pdf, book: Book, edition: Edition) -> list[_Position]:
    """Where each page's content goes. Covers are drawn round the middle of their page and stay there."""
    inward = edition.inner_margin - book.editions[0].inner_margin
    centred = {1 if book.pages and book.pages[0].role == "cover" else 0, len(pdf.pages) if book.has_back_cover else 0}
    return [
        _centred(page, edition.trim)
        if count in centred
        else _at_spine(page, edition.trim, inward, recto=count % 2 == 1)
        for count, page in enumerate(pdf.pages, start=1)
    ]


def _centred(page: pikepdf.Page, trim: Size) -> _Position:
    laid_out = size_of(page)
    return _Position(trim, laid_out, (trim[0] - laid_out[0]) / 2, (trim[1] - laid_out[1]) / 2)


def _at_spine(page: pikepdf.Page, trim: Size, inward: float, *, recto: bool) -> _Position:
    """The text frame keeps its distance from the spine, `inward` added: the left edge of a recto, the right edge of a verso."""
    laid_out = size_of(page)
    right = inward if recto else trim[0] - laid_out[0] - inward
    return _Position(trim, laid_out, right, (trim[1] - laid_out[1]) * foot_share(page))


def foot_share(page: pikepdf.Page) -> float:
    """The foot margin's share of head and foot margin together: what a page is higher is shared out in the same proportion.

    The text frame is the page's ArtBox, "the extent of the page's meaningful content" (ISO 32000-1, 14.11.2). A layout that does not
    tell it has head to foot as 2 to 3.
    """
    if "/ArtBox" not in page.obj:
        return 0.6
    foot, head = float(page.artbox[1] - page.mediabox[1]), float(page.mediabox[3] - page.artbox[3])
    return foot / (head + foot) if head + foot > 0 else 0.5


# -------------------------------------------------------------------------------------------------------------------- pages


def _strip(pdf: pikepdf.Pdf, page: pikepdf.Page, content: bytes, position: _Position) -> None:
    """Leave of a page only what is printed, on its new trim."""
    resources = page.obj.get("/Resources")
    for key in set(page.obj.keys()) - {"/Type", "/Parent", "/Resources"}:
        del page.obj[key]
    if abs(position.x) > _STILL or abs(position.y) > _STILL:
        content, resources = _moved(pdf, content, resources, position)
    page.obj.Contents = pdf.make_stream(content)
    page.obj.Resources = resources
    set_boxes(page, position.trim)


def _moved(pdf: pikepdf.Pdf, content: bytes, resources: Thing, position: _Position) -> tuple[bytes, pikepdf.Dictionary]:
    """The page as a form XObject that is moved: a pattern keeps to the page, but goes with a form (ISO 32000-1, 8.7.2)."""
    form = pdf.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, Resources=resources)
    form.BBox = rectangle((0, 0, *position.laid_out))
    drawing = b"q 1 0 0 1 %s %s cm /Page Do Q" % (number(position.x), number(position.y))
    return drawing, pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=form))


# ------------------------------------------------------------------------------------------- shared with make/booklet.py


def size_of(page: pikepdf.Page) -> Size:
    """Width and height of a page's MediaBox, in points."""
    left, bottom, right, top = (float(one) for one in page.mediabox)
    return right - left, top - bottom


def rectangle(corners: Iterable[float]) -> pikepdf.Array:
    """A rectangle as PDF has it, to a ten-thousandth of a point."""
    return pikepdf.Array([Decimal(number(one).decode("ascii")) for one in corners])


def set_boxes(page: pikepdf.Page, size: Size) -> None:
    """MediaBox, BleedBox and TrimBox alike: what is printed is what is kept."""
    for box in ("/MediaBox", "/BleedBox", "/TrimBox"):
        page.obj[box] = rectangle((0, 0, *size))


def blank_page(pdf: pikepdf.Pdf, size: Size) -> pikepdf.Page:
    """An empty page of that size."""
    page = pikepdf.Page(pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary())))
    page.obj.Contents = pdf.make_stream(b"")
    set_boxes(page, size)
    return page


def strip_document(pdf: pikepdf.Pdf, title: str, subject: str = "") -> None:
    """Leave of the document only its pages, a title, and the wish that they be printed in their true size."""
    for key in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
        del pdf.Root[key]
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(PrintScaling=pikepdf.Name("/None"))
    facts = {"/Title": title, "/Subject": subject}
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary({key: fact for key, fact in facts.items() if fact}))


def save(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file, which depend on nothing but its content: no date, an identifier made from the content."""
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()
