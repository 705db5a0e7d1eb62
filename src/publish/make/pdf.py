"""The typeset PDF: a rendering of the book laid out in pages by WeasyPrint, and painted for the screen.

A `Typesetter` is made once for a book: it reads the fonts and the styles. It may then lay out several renderings, of which
the later ones tell the page numbers that were found in the earlier; the first may be a draft.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publish.errors import ToolMissing
from publish.make.pdf_fonts import Fonts

if TYPE_CHECKING:
    from publish.diagnostics import Diagnostic
    from publish.make.pdf_press import LaidOut, Press
    from publish.model import Artifact, Book, Cover, Leeway, Pagination, Rendering

INSTALL = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def lay_out(rendering: Rendering, book: Book, cover: Cover) -> Layout:
    """Lay out one rendering. For several renderings of a book, make a `Typesetter` once and ask that."""
    return Typesetter(book).lay_out(rendering, cover)


@dataclass(frozen=True, slots=True)
class Layout:
    """Laid-out pages: what they tell the other outputs, what is wrong with them, and how they are painted."""

    _pages: LaidOut
    _press: Press = field(repr=False)

    @property
    def pagination(self) -> Pagination:
        """Where the pages begin in the text, and where each id stands."""
        return self._pages.pagination

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the pages and with the style sheets."""
        return self._pages.diagnostics

    @property
    def leeway(self) -> Leeway:
        """What could be laid out otherwise."""
        return self._pages.leeway

    def screen_pdf(self) -> Artifact:
        """Paint the pages as a tagged PDF with bookmarks and links, PDF/A-3a and PDF/UA-1 in one.

        Raises `BookHasErrors` if the pages have errors, or painting finds what layout could not see.
        """
        return self._press.paint(self._pages)


class Typesetter:
    """WeasyPrint, with the fonts and the styles of one book and nothing else.

    Raises `ToolMissing` if Pango or HarfBuzz is not installed.
    """

    def __init__(self, book: Book) -> None:
        fonts = Fonts(book.styles)
        with fonts.alone():
            self._press = _start_press(book, fonts)

    def find_pages(self, rendering: Rendering, cover: Cover) -> Pagination:
        """Lay out a draft, to find where its elements stand and for nothing else: it is not checked."""
        return self._press.find_pages(rendering, cover)

    def lay_out(self, rendering: Rendering, cover: Cover) -> Layout:
        """Break the one document of the rendering into pages. What is wrong with the styles is told in each layout."""
        return Layout(self._press.lay_out(rendering, cover), self._press)


def _start_press(book: Book, fonts: Fonts) -> Press:
    """Import WeasyPrint, which is slow and needs its fonts set up before."""
    try:
        from publish.make import pdf_press, weasyprint_patches
    except OSError as error:  # cffi finds no library of that name
        raise ToolMissing(f"laying out pages needs Pango: {INSTALL}") from error
    if not weasyprint_patches.has_subsetter():
        raise ToolMissing(f"writing a PDF needs the font subsetter of HarfBuzz: {INSTALL}")
    weasyprint_patches.apply()
    return pdf_press.Press(book, fonts)
