"""Where things will stand in print, guessed from the length of the text.

The first layout prints page numbers that nobody knows yet. With about the right ones, as many and as long as the true ones will be, it
breaks its pages nearly where the next does, and fewer layouts are needed until they agree.
"""

from __future__ import annotations

import re

from publish.model import Pagination, Place, Rendering

LETTERS_A_LINE = 67  # what a line of print is made for (Bringhurst: 66 letters)
LETTERS_A_PAGE = 29 * LETTERS_A_LINE  # the lines of a page, less what notes, headings and last lines take

_TAG = re.compile(r'<(?P<name>\w+)[^>]*?(?:\bid="(?P<id>[^"]+)"[^>]*)?>|</[^>]+>')


def estimate_pages(rendering: Rendering) -> Pagination:
    """Guess the page and line of every id in a rendering for print. A section begins a page, and the letters fill it from there."""
    (document,) = rendering.documents
    places: dict[str, Place] = {}
    letters, end = 0, 0
    for tag in _TAG.finditer(document.xhtml):
        letters += tag.start() - end
        end = tag.end()
        if tag["name"] == "section":
            letters = -(-letters // LETTERS_A_PAGE) * LETTERS_A_PAGE
        if tag["id"]:
            page, rest = divmod(letters, LETTERS_A_PAGE)
            places[tag["id"]] = Place(str(page + 1), rest // LETTERS_A_LINE + 1)
    return Pagination(places=places)
