"""The labels of the printed pages: "C1" on a cover, "iv" in front matter that is numbered apart, "12" in the text.

The same labels are printed as folios (print.css), stand in the PDF (ISO 32000-1, 12.4.2) and in the e-book's list of pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.model import Book

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the pages of a book are labelled: the names of its covers by the id of what stands on them, and the section that begins page 1.

    `one` is "" where pages are numbered straight through from the first leaf inside the cover.
    """

    covers: Mapping[str, str]
    one: str = ""

    @classmethod
    def of(cls, book: Book) -> Numbering:
        covers: dict[str, str] = {}
        for page in book.pages:
            if page.role == "cover":
                covers |= {page.id: "C1", page.inside: "C2"}
            if page.role == "back-cover":
                covers |= {page.inside: "C3", page.id: "C4"}
        return cls(covers, next((page.id for page in book.pages if page.opens_numbering), ""))


@dataclass(frozen=True, slots=True)
class Label:
    """What a page is called, and whether it is one of the covers, which are not counted."""

    text: str
    cover: bool = False


def label_pages(standing: Sequence[Collection[str]], numbering: Numbering) -> Iterator[Label]:
    """The label of each page, by the ids of the sections that stand on it.

    A cover is called C1 to C4, as printers call them, and C4+ what does not find room on it. Of the others those before page 1 have small
    roman numerals, and are counted apart.
    """
    front = next((number for number, ids in enumerate(standing) if numbering.one in ids), 0)
    count, before = 0, ""
    for number, ids in enumerate(standing):
        cover = next((numbering.covers[one] for one in ids if one in numbering.covers), "")
        if cover == before.rstrip("+"):
            cover = before and f"{before}+"
        before = cover
        count = 0 if front and number == front else count
        count += not cover
        yield Label(cover or (roman(count) if number < front else str(count)), bool(cover))


def roman(number: int) -> str:
    """A number from 1 on in small roman numerals."""
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written
