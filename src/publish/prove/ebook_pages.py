"""The printed pages in an e-book: that its list of them is whole and in order, and each entry leads to a marker that says what it is.

EPUBCheck passes any list, of whatever. Whether a marker stands at the right word is proved beside the PDF (text_pages.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publish.prove.ebook import Ebook, Tag
from publish.prove.ebook_notes import Fault
from publish.prove.read_epub import EPUB_TYPE, IN_LINE, Element
from publish.prove.text_pages import differences

RULE = "ebook-page"
MARKER = "pagebreak"
_SIGN = "\ue000"  # a character that no text has: for private use (Unicode 23.5)
_IN_A_WORD = re.compile(rf"[^\W_]({_SIGN})+[^\W_]")


def check_pages(ebook: Ebook, labels: Sequence[str]) -> Iterator[Fault]:
    """Everything that is wrong with the pages. `labels` are those of the printed pages, in order; none where they are not known."""
    markers, listed = list(ebook.with_type(MARKER)), ebook.nav("page-list")
    marked = [_label(one) for one in markers]
    printed = list(labels) or marked
    for message in (
        *differences("the page markers", marked, "the printed book", printed),
        *differences("the entries of the page list", [one.text for one in listed], "the page markers", marked),
    ):
        yield Fault(RULE, None, message)
    for marker in markers:
        yield from _check_marker(marker)
    yield from _check_targets(listed, markers)
    yield from _check_words(ebook)
    if markers and not any(ebook.meta("pageBreakSource")):
        yield Fault(RULE, None, "the package does not say which printed book the pages are those of (pageBreakSource)")


def _label(marker: Tag) -> str:
    return marker.element.get("aria-label", "") or marker.element.get("title", "")


def _check_marker(marker: Tag) -> Iterator[Fault]:
    """A marker has what readers with and without eyes find it by (EPUB Accessibility 1.1, section 4.1.2; ace #414)."""
    missing = [name for name in ("id", "aria-label") if not marker.element.get(name)]
    if marker.element.get("role") != "doc-pagebreak":
        missing.append("role")
    if missing:
        yield Fault(RULE, marker, f"the marker of page {_label(marker)} has no {' and no '.join(missing)}")


def _check_targets(listed: Sequence[Tag], markers: Sequence[Tag]) -> Iterator[Fault]:
    places = {_label(one): f"{one.path}#{one.id}" for one in markers}
    for link in listed:
        if link.text in places and link.target != places[link.text]:
            yield Fault(
                RULE, None, f"the page list leads for page {link.text} to {link.target}, its marker is elsewhere"
            )


def _check_words(ebook: Ebook) -> Iterator[Fault]:
    """No marker parts a word."""
    for path in ebook.spine:
        root, *_ = ebook.documents[path]
        markers = [one for one in ebook.documents[path] if MARKER in one.types]
        words = _flat(root.element)
        for found in _IN_A_WORD.finditer(words):
            marker = markers[words.count(_SIGN, 0, found.start(1))]
            yield Fault(RULE, marker, f"the marker of page {_label(marker)} stands inside a word")


def _flat(element: Element) -> str:
    """The words of an element, with a sign for each marker, and lines of their own for what stands so."""
    if MARKER in element.get(EPUB_TYPE, "").split():
        return _SIGN
    inside = (element.text or "") + "".join(_flat(child) + (child.tail or "") for child in element)
    return inside if element.tag in IN_LINE else f"\n{inside}\n"
