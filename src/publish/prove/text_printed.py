"""Print files have no tags: each is compared, page by page, with the file that it was made from, by another reader (PDFium).

What is compared is all that stands on a page, running heads and folios included, in the order in which it is drawn: every character but
spaces, which the reader guesses from distances, otherwise in a page that was made smaller (a row of short cells becomes one word). The
hyphen of a divided word is said to be one in the screen PDF only; in print it is a hyphen like others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

import pypdfium2

from publish.diagnostics import NOWHERE, Diagnostic
from publish.model import COVER, LEAF, SHEET, Artifact, Book
from publish.prove.compare import Difference, compare
from publish.prove.pdfium import ALONE
from publish.prove.reading import Unreadable
from publish.prove.reasons import reason

QUOTED = 8  # words
DIVISION = "\x02"  # what PDFium has for a soft hyphen at the end of a line

Words = list[str]


def check_print(artifact: Artifact, screen: Artifact, book: Book) -> tuple[int, list[Diagnostic]]:
    """How many pages the print PDF has, and where it differs from the screen PDF. Raises `Unreadable`.

    That of a glued edition has no covers if these are on a wrap.
    """
    glued = any(one.name == artifact.edition and one.glued for one in book.editions)
    found, wanted = pages_of(artifact), bound(screen, book, LEAF if glued else SHEET)
    if glued and book.has_both_covers:
        wanted = wanted[COVER:-COVER]
    return len(found), list(_check(artifact, found, wanted))


def check_booklet(artifact: Artifact, screen: Artifact, book: Book) -> tuple[int, list[Diagnostic]]:
    """How many pages the folded booklet has, and where it differs from the screen PDF. Raises `Unreadable`."""
    found = unfolded(halves_of(artifact))
    return len(found), list(_check(artifact, found, bound(screen, book, SHEET)))


def bound(screen: Artifact, book: Book, unit: int) -> list[Words]:
    """The pages of the screen PDF, and blank ones up to a multiple: before the leaf of the back cover, else at the end."""
    pages = pages_of(screen)
    blanks: list[Words] = [[] for _ in range(-len(pages) % unit)]
    place = len(pages) - COVER if book.has_back_cover else len(pages)
    return [*pages[:place], *blanks, *pages[place:]]


def check_wrap(artifact: Artifact, screen: Artifact) -> tuple[int, list[Diagnostic]]:
    """How many pages the wrap shows, and where they differ from those of the screen PDF: the last and the first, and those inside.

    The inside of the covers is there only if something stands on it. Raises `Unreadable`.
    """
    found = [half for side in halves_of(artifact) for half in side]
    pages = pages_of(screen)
    shown = [len(pages), 1, 2, len(pages) - 1]
    if len(found) == 2 and not any(pages[number - 1] for number in shown[2:]):
        del shown[2:]
    return len(found), list(_check(artifact, found, [pages[number - 1] for number in shown], shown))


def unfolded(sides: Sequence[tuple[Words, Words]]) -> list[Words]:
    """The pages in the order of reading, from the left and right halves of the sides in the order of printing.

    The sheets lie in one another, the first outermost. On its outer side the page on the right comes before those of the sheets
    within, the one on the left after them; on its inner side it is the other way about.
    """
    front: list[Words] = []
    rear: list[Words] = []
    for number, (left, right) in enumerate(sides):
        outer = number % 2 == 0
        front.append(right if outer else left)
        rear.append(left if outer else right)
    return front + rear[::-1]


@lru_cache(maxsize=2)  # the screen PDF for each edition, and its print PDF for the booklet
def pages_of(artifact: Artifact) -> list[Words]:
    """The words of each page. Raises `Unreadable`."""
    return [words for (words,) in _read(artifact, halves=False)]


def halves_of(artifact: Artifact) -> list[tuple[Words, Words]]:
    """The words of the left and the right half of each side. Raises `Unreadable`."""
    return [(left, right) for left, right in _read(artifact, halves=True)]


def _read(artifact: Artifact, *, halves: bool) -> list[list[Words]]:
    try:
        with ALONE, pypdfium2.PdfDocument(artifact.data) as document:
            return [list(_words(page, halves=halves)) for page in document]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{artifact.name} cannot be read as a PDF: {reason(error)}") from error


def _words(page: pypdfium2.PdfPage, *, halves: bool) -> Iterator[Words]:
    text = page.get_textpage()
    if halves:
        width, height = page.get_size()
        yield _split(text.get_text_bounded(0, 0, width / 2, height))
        yield _split(text.get_text_bounded(width / 2, 0, width, height))
    else:
        yield _split(text.get_text_bounded())
    text.close()
    page.close()


def _split(text: str) -> Words:
    return text.replace(DIVISION, "\u2010 ").split()


# ---------------------------------------------------------------------------------------------------------------- findings


def _check(
    artifact: Artifact, found: Sequence[Words], wanted: Sequence[Words], numbers: Sequence[int] = ()
) -> Iterator[Diagnostic]:
    """Compare page by page; `numbers` are those of the pages where they do not stand in order."""
    if len(found) != len(wanted):
        message = f"{artifact.name} has {len(found)} pages in the place of {len(wanted)}"
        yield Diagnostic("text-differs", NOWHERE, message)
    for index, (has, should) in enumerate(zip_longest(found, wanted, fillvalue=list[str]())):
        if "".join(has) != "".join(should):
            number = numbers[index] if index < len(numbers) else index + 1
            first = next(one for one in compare(should, has).differences if "".join(one.lost) != "".join(one.added))
            yield Diagnostic("text-differs", NOWHERE, f"page {number} of {artifact.name} {_told(first, should)}")


def _told(one: Difference, page: Words) -> str:
    after = f", after {_quoted(page[max(one.start - 4, 0) : one.start])}" if one.start else ", at its head"
    if not one.added:
        return f"has lost {_quoted(one.lost)}{after}"
    if not one.lost:
        return f"has {_quoted(one.added)} added{after}"
    return f"has {_quoted(one.added)} for {_quoted(one.lost)}{after}"


def _quoted(words: Sequence[str]) -> str:
    shown = " ".join(words[:QUOTED])
    return f"“{shown}”" if len(words) <= QUOTED else f"“{shown} …” ({len(words)} words)"
