"""The e-book without a layout: made while it is checked, as quickly as two processors can."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module

from publish.alongside import alongside
from publish.collecting import uncollected
from publish.diagnostics import Report
from publish.model import Book, Project
from publish.model.work import Made
from publish.pipeline import Progress, check_fonts, load, passed, render_ebook

# What comes after the loading: to read it takes as long as to load a short book, so both are done at once.
_NEXT = (
    "check",
    "render",
    "make.epub",
    "make.font_files",
    "make.locators",
    "make.painting",
    "make.title_art",
    "release",
    "saying",
)
_LONG = 1_000_000  # bytes of a text: a longer book would take longer than that on its way from one process to the other


@uncollected(kept=True)
def check_and_make_ebook(project: Project, progress: Progress) -> tuple[Book, Report, Made]:
    """Load the book, and make the e-book while it is checked. Without a layout it tells the pages of an earlier one if they are true.

    Raises `BookHasErrors` as `check` and `make` do, `NoProject` where there is no book.
    """
    short = _size(project) < _LONG
    with alongside(lambda: load(project, progress), worth=short) as loading:
        if short:
            _make_ready()
        written = _written_pages(project)
        book, loaded = loading()
    progress("render", "e-book")
    with alongside(lambda: _check_and_paint(book, loaded)) as checking:
        from publish.make.epub import make_epub
        from publish.make.locators import NO_PAGES, known_pages

        try:
            known = known_pages(written, book)
            rendering = render_ebook(book, known)
            progress("make", "e-book")
            artifact = make_epub(rendering, book, lambda: checking()[1])
        except Exception:
            checking()  # raises, if it was for the book: nobody promised that what has errors can be rendered
            raise
        report, _ = checking()
    return book, report, Made((artifact,), rendering, known, Report.of(() if known.pages else [NO_PAGES]))


def _make_ready() -> None:
    """Read the programs and templates that will be needed."""
    for module in _NEXT:
        import_module(f"publish.{module}")
    from publish.render.templates import read_all

    read_all()


def _size(project: Project) -> int:
    """The bytes of the text, roughly: of the files that lie in `text/` itself. What is wrong with that is for the loading to tell."""
    with suppress(OSError):
        return sum(one.stat(follow_symlinks=False).st_size for one in os.scandir(project.book / "text"))
    return 0


def _check_and_paint(book: Book, loaded: Report) -> tuple[Report, bytes]:
    """What is wrong with the book, as a JPEG its cover. Raises `BookHasErrors`."""
    from publish.check import check_book
    from publish.make.painting import paint_cover

    report = passed(check_book(book, loaded))
    check_fonts(book, printed=False)
    return report, paint_cover(book)


def _written_pages(project: Project) -> bytes:
    """The locators of an earlier build, b"" where there are none. What is compared of this program is asked while there is time."""
    from publish.make.fingerprint import of_program
    from publish.release import earlier

    written = earlier(project.build, "locators")
    if written:
        of_program()
    return written
