"""Preflight: whether a print PDF, a booklet or a wrap is what a printer can print. Our own rules, on pikepdf and pypdfium2.

No checker of PDF/X is to be had as a package, so each rule of the trade that a machine can judge is judged here: boxes, fonts, inks,
leftovers of the screen, number of pages, the margin without text; for a booklet, that it unfolds to the pages in order; and for a
wrap, that its art bleeds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pikepdf
import pypdfium2

from publish import __version__
from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import Artifact, Book, Edition, Verdict
from publish.prove.pdfium import ALONE
from publish.prove.preflight_inks import check_inks
from publish.prove.preflight_wrap import check_wrap
from publish.prove.reasons import reason
from publish.prove.resources import Drawn, walk
from publish.prove.unfolding import Rectangle, check_folding, cut_edges

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

JUDGE = "preflight"
MILLIMETRE = 72 / 25.4
SAFE = 6 * MILLIMETRE  # a cutter is exact to 1–2 mm, and saddle-stitch shops ask for 6 mm
EXACT = 0.001  # points; a box that differs by less is the same box
TOUCHING = 0.05  # points; what a glyph's outline may reach over its place by rounding

_ROOT_LEFTOVERS = {
    "/Outlines": "bookmarks",
    "/StructTreeRoot": "a tag tree",
    "/MarkInfo": "a claim to be tagged",
    "/AcroForm": "form fields",
    "/OpenAction": "an action on opening",
    "/AA": "actions",
    "/Names": "named destinations, scripts or attachments",
    "/AF": "attachments",
    "/Metadata": "a metadata stream",
    "/OutputIntents": "an output intent",
    "/OCProperties": "layers",
}
_PAGE_LEFTOVERS = {
    "/Annots": "links or comments",
    "/AA": "actions",
    "/StructParents": "places in a tag tree",
    "/Metadata": "a metadata stream",
    "/PieceInfo": "private data of a program",
    "/Thumb": "a thumbnail",
}
_SUBSET = re.compile(r"/[A-Z]{6}\+")


def judge(artifact: Artifact, book: Book, printed: Artifact | None = None) -> Verdict:
    """What the rules say of a print PDF, a booklet or a wrap of an edition of the book.

    With the print PDF that a booklet or a wrap was made from, each page on its sheets is also proved to be that PDF's page. Findings are
    told at the source file that can be blamed. Only errors make the file fail; a file of an edition that the book does not have is not
    judged.
    """
    verdict = Verdict(JUDGE, __version__, "own rules for print", artifact.name, "not run")
    edition = next((one for one in book.editions if one.name == artifact.edition), None)
    if edition is None:
        return replace(verdict, detail=f"book.yaml has no edition “{artifact.edition}”")
    try:
        return verdict.found(_findings(artifact, edition, printed))
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        message = f"{artifact.name} cannot be read as a PDF: {reason(error)}"
        return verdict.found([Diagnostic("print-unreadable", NOWHERE, message, "build it again")])


def _findings(artifact: Artifact, edition: Edition, printed: Artifact | None) -> Iterator[Diagnostic]:
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        drawn = list(walk(pdf))
        yield from check_leftovers(pdf)
        yield from check_fonts(drawn)
        yield from check_inks(drawn, partial(told, word=_unit(artifact)))
        if artifact.kind == "wrap":
            yield from check_wrap(pdf, artifact, edition, printed)
            return
        yield from check_boxes(pdf, artifact, edition)
        yield from check_page_count(pdf, artifact, edition)
        yield from check_margins(artifact, edition)
        if artifact.kind == "booklet":
            yield from check_folding(pdf, edition, printed)


# -------------------------------------------------------------------------------------------------------------------- boxes


def check_boxes(pdf: pikepdf.Pdf, artifact: Artifact, edition: Edition) -> Iterator[Diagnostic]:
    """MediaBox, BleedBox and TrimBox are the page, exactly: the edition's trim, or the booklet's sheet; nothing is turned."""
    width, height = (edition.sheet or edition.trim) if artifact.kind == "booklet" else edition.trim
    wrong = [
        count for count, page in enumerate(pdf.pages, start=1) if not _boxes_right(page.obj, (0, 0, width, height))
    ]
    if wrong:
        size = f"{width / MILLIMETRE:.1f} × {height / MILLIMETRE:.1f} mm"
        yield Diagnostic(
            "print-box", NOWHERE, f"{told(wrong)} of {artifact.name} should be exactly {size} and start at 0, 0"
        )


def _boxes_right(page: Thing, wanted: tuple[float, ...]) -> bool:
    if any(key in page for key in ("/Rotate", "/CropBox", "/UserUnit")):
        return False
    boxes = [page.get(name, ()) for name in ("/MediaBox", "/BleedBox", "/TrimBox")]
    return all(len(box) == 4 and _same(box, wanted) for box in boxes)


def _same(box: Thing, wanted: tuple[float, ...]) -> bool:
    return all(abs(float(is_) - should) < EXACT for is_, should in zip(box, wanted, strict=True))


# ---------------------------------------------------------------------------------------------------------------- leftovers


def check_leftovers(pdf: pikepdf.Pdf) -> Iterator[Diagnostic]:
    """Nothing of the screen edition: printers refuse links, bookmarks, scripts and locks."""
    found = [words for key, words in _ROOT_LEFTOVERS.items() if key in pdf.Root]
    found += [words for key, words in _PAGE_LEFTOVERS.items() if any(key in page.obj for page in pdf.pages)]
    found += ["a password"] if pdf.is_encrypted else []
    if found:
        yield Diagnostic("print-leftover", NOWHERE, f"the print file still holds {', '.join(dict.fromkeys(found))}")


# -------------------------------------------------------------------------------------------------------------------- fonts


def check_fonts(drawn: Iterable[Drawn]) -> Iterator[Diagnostic]:
    """Every font is in the file, cut down to the characters that are used, and drawn by outlines with hints (no Type 3)."""
    seen: dict[str, str] = {}
    for one in drawn:
        for font in one.fonts():
            seen.setdefault(str(font.get("/BaseFont", "/without a name")), _fault_of(font))
    for name, fault in sorted(seen.items()):
        if fault:
            yield Diagnostic(
                "print-font", NOWHERE, f"the font {name[1:]} {fault}", "name a TrueType or OpenType file in @font-face"
            )


def _fault_of(font: Thing) -> str:
    if font.get("/Subtype") == "/Type3":
        return "is a Type 3 font: drawings without hints, which print rough"
    described = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = described.get("/FontDescriptor", {})
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
        return "is not in the file"
    return "" if _SUBSET.match(str(font.get("/BaseFont", ""))) else "is in the file whole, not as a subset"


# -------------------------------------------------------------------------------------------------------- pages and margins


def check_page_count(pdf: pikepdf.Pdf, artifact: Artifact, edition: Edition) -> Iterator[Diagnostic]:
    """A folded sheet has four pages, and two sides; a leaf that is glued has two pages."""
    words = "sides" if artifact.kind == "booklet" else "pages"
    unit = edition.fills if artifact.kind == "print" else 2
    if len(pdf.pages) % unit:
        yield Diagnostic(
            "print-page-count", NOWHERE, f"{artifact.name} has {len(pdf.pages)} {words}, not a multiple of {unit}"
        )


def check_margins(artifact: Artifact, edition: Edition) -> Iterator[Diagnostic]:
    """No text nearer than 6 mm to an edge that is cut or folded: on a booklet's side there are two pages with four edges each."""

    near: dict[int, float] = {}
    for count, texts in enumerate(text_rectangles(artifact.data)):
        windows = cut_edges(edition, count // 2) if artifact.kind == "booklet" else [(0.0, 0.0, *edition.trim)]
        room = min((_room(text, windows) for text in texts), default=SAFE)
        if room < SAFE - TOUCHING:
            near[count + 1] = room
    if near:
        least = f"{min(near.values()) / MILLIMETRE:.1f} mm"
        where = told(near, _unit(artifact))
        message = f"{where} of {artifact.name}: text is only {least} from the edge; it should be 6 mm"
        hint = f"widen the margins, or the trim of the edition “{edition.name}” in book.yaml"
        yield Diagnostic("print-margin", NOWHERE, message, hint)


def text_rectangles(data: bytes) -> list[list[Rectangle]]:
    """Where text stands on each page: left, bottom, right, top, in points."""
    with ALONE, pypdfium2.PdfDocument(data) as document:
        return [_rectangles(page) for page in document]


def _rectangles(page: Thing) -> list[Rectangle]:
    text = page.get_textpage()
    found = [text.get_rect(index) for index in range(text.count_rects())]
    text.close()
    page.close()
    return found


def _room(text: Rectangle, windows: list[Rectangle]) -> float:
    """The distance from the text to the nearest edge of the page that it stands on; negative if it reaches over it."""
    middle = (text[0] + text[2]) / 2
    window = min(windows, key=lambda one: abs((one[0] + one[2]) / 2 - middle))
    return min(text[0] - window[0], text[1] - window[1], window[2] - text[2], window[3] - text[3])


def _unit(artifact: Artifact) -> str:
    return "page" if artifact.kind == "print" else "side"


def told(pages: Iterable[int], word: str = "page") -> str:
    """Page numbers in words: "page 3", "pages 3, 4, 7"; the first eight of many."""
    numbers = sorted(pages)
    few = ", ".join(str(one) for one in numbers[:8]) + (f" and {len(numbers) - 8} more" if len(numbers) > 8 else "")
    return f"{word}s {few}" if len(numbers) > 1 else f"{word} {few}"
