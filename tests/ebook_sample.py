"""The test book as an e-book, made by the real stages, with the pages of a print that is made up.

Run as a program, it writes the golden package document anew: `python tests/ebook_sample.py`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from publish.diagnostics import Location
from publish.load import load_book
from publish.make.epub import make_epub
from publish.model import Artifact, Asset, Book, Pagination, Paragraph, PrintedPage, Project, Rendering
from publish.render import render_epub

TESTS = Path(__file__).parent
STYLES = TESTS.parent / "styles"
GOLDEN = TESTS / "golden" / "garden-content.opf"
COVER = b"\xff\xd8\xff a picture"  # the e-book takes the cover as it is


@cache
def garden() -> Book:
    """The clean test book with the project's own styles."""
    book, report = load_book(Project.at(TESTS / "books" / "garden", styles=STYLES))
    assert book, [str(one) for one in report]
    return book


@cache
def rendering(*, paged: bool = True) -> Rendering:
    return render_epub(garden(), pages() if paged else Pagination())


def pages() -> Pagination:
    """A page for the cover, and one at the second word of each paragraph."""
    blocks = [one for page in garden().pages for one in page.blocks if isinstance(one, Paragraph)]
    pages = [PrintedPage(str(number), one.id, 1) for number, one in enumerate(blocks, start=2)]
    return Pagination((PrintedPage("1", "", 0), *pages))


@cache
def ebook(*, paged: bool = True) -> Artifact:
    return make_epub(rendering(paged=paged), garden(), COVER)


def members(artifact: Artifact) -> dict[str, bytes]:
    """The files of an e-book by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def with_styles(book: Book, changed: Mapping[str, bytes | None]) -> Book:
    """The book with some files of its styles changed, added, or (None) taken away."""
    styles = {name: asset for name, asset in book.styles.items() if name not in changed}
    added = {name: data for name, data in changed.items() if data is not None}
    styles.update({name: Asset(name, data, "text/css", Location(f"styles/{name}")) for name, data in added.items()})
    return replace(book, styles=styles)


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_bytes(members(ebook())["EPUB/content.opf"])
