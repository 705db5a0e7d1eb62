"""The wrap: front and back cover beside each other on one sheet, as a press prints a cover apart from its pages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from publish.diagnostics import Diagnostic, Location
from publish.make.booklet import drawing_of
from publish.make.cover import DrawnCover
from publish.make.imposition import MILLIMETRE, Mark, marks
from publish.make.operators import cmyk, instructions, numbers
from publish.make.painting import light_of
from publish.make.printing import Size, blank_page, rectangle, save, strip_document
from publish.model import COVER, Artifact, Book, Edition, Pagination

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

BLEED = 3 * MILLIMETRE  # how far art goes on beyond the trim: what most printers ask for
ROOM = 10 * MILLIMETRE  # between the trim and the edge of the sheet, for the bleed and the marks
UNDER = 0.25  # points; so far a piece of a bar reaches under the next, or a seam would be seen


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a wrap: two pages of a trim with the spine between them, and room for bleed and marks around."""

    trim: Size
    spine: float

    @property
    def size(self) -> Size:
        return 2 * self.trim[0] + self.spine + 2 * ROOM, self.trim[1] + 2 * ROOM

    @property
    def front(self) -> float:
        """Where the front cover begins; the back cover begins at `ROOM`."""
        return ROOM + self.trim[0] + self.spine

    @property
    def folds(self) -> list[float]:
        """Where it is folded: once for a stitched pamphlet, at both edges of a spine."""
        return sorted({self.front - self.spine, self.front})

    def box(self, bleed: float) -> tuple[float, float, float, float]:
        """The trim with so much around it: left, bottom, right, top."""
        width, height = self.size
        inset = ROOM - bleed
        return inset, inset, width - inset, height - inset


def make_wrap(printed: Artifact, cover: DrawnCover, book: Book, edition: Edition) -> Artifact:
    """The wrap of an edition from its print PDF, whose first and last page are the covers, and the cover as it was drawn for its layout.

    The back cover stands on the left, the front on the right, between them the spine of a glued book. The cover's bars go on across the
    fold and 3 mm over the edges (BleedBox); crop and fold marks stand outside of that. The inside of the covers is a second side, if
    anything is printed there. Same input, same bytes.
    """
    with pikepdf.open(io.BytesIO(printed.data)) as pdf:
        last = len(pdf.pages)
        sheet = Sheet(edition.trim, edition.spine(last - 2 * COVER))
        forms = {count: pdf.pages[count - 1].as_form_xobject() for count in (1, 2, last - 1, last)}
        inside = _paints(forms[2]) or _paints(forms[last - 1])
        del pdf.pages[:]
        pdf.pages.append(_side(pdf, sheet, forms, (last, 1), _bands(cover, sheet)))
        if inside:
            pdf.pages.append(_side(pdf, sheet, forms, (2, last - 1), ()))
        strip_document(pdf, book.metadata.title)
        name = f"{book.metadata.file_name}-{book.metadata.version}-wrap-{edition.name}.pdf"
        return Artifact(name, "wrap", "application/pdf", save(pdf), edition.name)


def _side(
    pdf: pikepdf.Pdf, sheet: Sheet, forms: Mapping[int, Thing], pages: tuple[int, int], art: Iterable[bytes]
) -> pikepdf.Page:
    """One side of the sheet: the art that bleeds, two pages over it, the marks around."""
    side = blank_page(pdf, sheet.size)
    side.obj.TrimBox, side.obj.BleedBox = rectangle(sheet.box(0)), rectangle(sheet.box(BLEED))
    shown = [_shown(page, x) for page, x in zip(pages, (ROOM, sheet.front), strict=True)]
    side.obj.Contents = pdf.make_stream(b"\n".join([*art, *shown, *map(drawing_of, _marks(sheet))]))
    side.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/P{page}": forms[page] for page in pages}))
    return side


def _shown(page: int, x: float) -> bytes:
    return b"q 1 0 0 1 %s cm /P%d Do Q" % (numbers(x, ROOM), page)


def _marks(sheet: Sheet) -> Iterator[Mark]:
    """Crop marks at the corners of the whole, fold marks at each fold."""
    width, height = sheet.trim
    for mark in marks(sheet.size, (width + sheet.spine / 2, height), 0, innermost=False):
        if mark.kind == "trim":
            yield mark
        else:
            yield from (Mark((x, mark.start[1]), (x, mark.end[1]), mark.kind) for x in sheet.folds)


# ------------------------------------------------------------------------------------------------------------ what bleeds


def _bands(cover: DrawnCover, sheet: Sheet) -> Iterator[bytes]:
    """The cover's bars where its pages do not have them: from the bleed to the first, across the fold to the next, and to the bleed again.

    The cover stands in the middle of its page, as `make/printing.py` has put it there.
    """
    left, _, right, _ = sheet.box(BLEED)
    beside, head = (sheet.trim[0] - cover.size[0]) / 2, ROOM + (sheet.trim[1] + cover.size[1]) / 2
    for band in cover.bands:
        starts = [x + beside + band.x for x in (ROOM, sheet.front)]
        pieces = zip(
            (left, *(x + band.width - UNDER for x in starts)), (*(x + UNDER for x in starts), right), strict=True
        )
        for start, end in pieces:
            area = (start, head - band.y - band.height, end - start, band.height)
            yield b"%s k %s re f" % (numbers(*cmyk(*light_of(band.colour))), numbers(*area))


# ------------------------------------------------------------------------------------------------------------- the inside

_PAINTING = frozenset(b"S s f F f* B B* b b* sh BI Tj TJ ' \"".split())


def _paints(form: Thing) -> bool:
    """Whether anything is drawn, in this form or in one that it draws."""
    drawn = form.get("/Resources", {}).get("/XObject", {})
    return any(
        one.operator in _PAINTING
        or (one.operator == b"Do" and _paints_object(drawn[one.operands.decode("latin-1").strip()]))
        for one in instructions(form.read_bytes())
    )


def _paints_object(thing: Thing) -> bool:
    return thing.get("/Subtype") != "/Form" or _paints(thing)


# ---------------------------------------------------------------------------------------------------------- the back cover


def check_back_cover(book: Book, pagination: Pagination) -> Iterator[Diagnostic]:
    """The back cover is one page, the last: what it has to say finds room there."""
    last = book.pages[-1]
    place = pagination.places.get(last.id)
    if last.role == "back-cover" and place and place.page != pagination.pages[-1].label:
        message = f"what stands on the back cover runs over to another page in the edition “{book.editions[0].name}”"
        yield Diagnostic("back-cover-long", Location("book/book.yaml"), message, "shorten the description")
