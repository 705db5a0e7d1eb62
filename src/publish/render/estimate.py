"""What is laid out first, to find the pages that the text names: the book as far as it names any, with page numbers that are guessed.

With about the right ones, as many and as long as the true ones will be, it breaks its pages nearly where the next layout does, and fewer
layouts are needed until they agree. Where things stand is guessed from the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from publish.model import Book, Cover, Pagination, Place, PrintedPage, Rendering
from publish.render.printed import render_print

LETTERS_A_LINE = 67  # what a line of print is made for (Bringhurst: 66 letters)
LETTERS_A_PAGE = 29 * LETTERS_A_LINE  # the lines of a page, less what notes, headings and last lines take

_TAG = re.compile(r'<(?P<name>\w+)[^>]*?(?:\bid="(?P<id>[^"]+)"[^>]*)?>|</[^>]+>')
_SECTION = re.compile(r'^(?=<section class="page )', re.MULTILINE)
_UNCOUNTED = re.compile(r'class="[^"]*\b(?:inside-cover|page-one)\b')  # before one is not counted on
_ID = re.compile(r'\bid="([^"]+)"')
_END = "</body>\n</html>\n"


class _Places(dict[str, Place]):
    """Places that note which of them were asked for."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        super().__init__(places)
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Place | None = None) -> Place | None:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


def render_draft(book: Book, cover: Cover) -> Rendering | None:
    """The rendering for print up to the last section of which a page is named, with guessed page numbers; None if none is named."""
    guessed = estimate_pages(render_print(book, cover, Pagination()))
    places = _Places(guessed.places)
    rendering = render_print(book, cover, replace(guessed, places=places))
    return up_to(places.asked, rendering) if places.asked else None


def up_to(names: set[str], rendering: Rendering) -> Rendering:
    """The rendering without the sections behind the last in which one of these ids stands."""
    (document,) = rendering.documents
    head, *sections = _SECTION.split(document.xhtml.removesuffix(_END))
    while sections and names.isdisjoint(_ID.findall(sections[-1])):
        sections.pop()
    return replace(rendering, documents=(replace(document, xhtml="".join((head, *sections, _END))),))


def estimate_pages(rendering: Rendering) -> Pagination:
    """Guess the page and line of every id in a rendering for print. A section begins a page, and the letters fill it from there."""
    (document,) = rendering.documents
    places: dict[str, Place] = {}
    letters, end = 0, 0
    for tag in _TAG.finditer(document.xhtml):
        letters += tag.start() - end
        end = tag.end()
        if tag["name"] == "section":
            uncounted = _UNCOUNTED.search(tag[0])
            letters = 0 if uncounted else -(-letters // LETTERS_A_PAGE) * LETTERS_A_PAGE
        if tag["id"]:
            page, rest = divmod(letters, LETTERS_A_PAGE)
            places[tag["id"]] = Place(str(page + 1), rest // LETTERS_A_LINE + 1)
    last = max((int(place.page) for place in places.values()), default=0)
    return Pagination(tuple(PrintedPage(str(number), "", 0) for number in range(1, last + 1)), places)
