"""Where the printed pages begin in the text, and where each element stands in print.

The words are counted, not measured: a page begins at an offset of letters and digits in a block, which holds however the
block is hyphenated, justified, or set in another medium.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from publish.make.page_labels import Numbering, label_pages
from publish.make.pdf_boxes import Begin, Line, Walk, sections
from publish.make.weasyprint_patches import Element, Page
from publish.model import Pagination, Place, PrintedPage

# Elements that stand in a line and are no block of their own, whatever id they have.
INLINE = {
    "a",
    "abbr",
    "b",
    "br",
    "cite",
    "code",
    "dfn",
    "em",
    "i",
    "img",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}


def paginate(pages: Sequence[Page], parents: dict[Element, Element], numbering: Numbering) -> Pagination:
    """Read the pagination off laid-out pages. `parents` has the parent of each element of the document.

    The notes' lines are counted on from those of the text above them.
    """
    counter = _Counter(parents)
    walk = Walk(set())
    printed = []
    labels = label_pages([list(sections(page)) for page in pages], numbering)
    for label, page in zip(labels, pages, strict=True):
        text, notes = list(walk.text(page)), list(walk.notes(page))
        counter.place(label.text, text, notes)
        printed.append(replace(counter.begin(label.text, text), cover=label.cover))
    return Pagination(tuple(printed), counter.places)


@dataclass(slots=True)
class _Counter:
    """How much of each block has been set so far, and where each id was met first."""

    parents: dict[Element, Element]
    set_so_far: dict[str, int] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    blocks: dict[Element, str] = field(default_factory=dict)

    def begin(self, label: str, text: Sequence[Begin | Line]) -> PrintedPage:
        """The place where the page begins; its words are counted after that."""
        first: PrintedPage | None = None
        for run in (run for line in text if isinstance(line, Line) for run in line.runs):
            count = sum(map(str.isalnum, run.text))
            if not count:
                continue
            block = self.block_of(run.element)
            so_far = self.set_so_far.get(block, 0)
            first = first or PrintedPage(label, block, so_far)
            self.set_so_far[block] = so_far + count
        return first or PrintedPage(label, "", 0)

    def block_of(self, element: Element) -> str:
        """The id of the block that holds the element: the nearest one that is not merely part of a line."""
        if element not in self.blocks:
            found = "" if element is None else element.get("id", "")
            if element is not None and (not found or element.tag in INLINE):
                found = self.block_of(self.parents.get(element))
            self.blocks[element] = found
        return self.blocks[element]

    def place(self, label: str, text: Sequence[Begin | Line], notes: Sequence[Begin | Line]) -> None:
        """Note the page and line of every id that begins here."""
        numbers = _number_lines((*text, *notes))
        for events in (text, notes):
            line, waiting = 0, list[str]()
            for event in events:
                if isinstance(event, Begin):
                    waiting.append(event.id)
                    continue
                if not event.words:  # a picture, or a line that only holds something empty
                    waiting.extend(event.ids)
                    continue
                line = numbers[event.baseline]
                self._stand((*waiting, *event.ids), Place(label, line))
                waiting.clear()
            self._stand(waiting, Place(label, line))

    def _stand(self, ids: Iterable[str], place: Place) -> None:
        for one in ids:
            self.places.setdefault(one, place)


def _number_lines(events: Sequence[Begin | Line]) -> dict[float, int]:
    """The number of each baseline; cells of a table that stand beside each other are on the same line."""
    baselines = sorted({event.baseline for event in events if isinstance(event, Line) and event.words})
    numbers: dict[float, int] = {}
    number, last = 0, float("-inf")
    for baseline in baselines:
        number += baseline - last > 1  # of a pixel: less is rounding
        numbers[baseline], last = number, baseline
    return numbers
