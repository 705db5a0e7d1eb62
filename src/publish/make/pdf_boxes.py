"""A laid-out page as its lines: the words of the text in each, and where each element begins.

The running heads, the folios and whatever else the styles generate are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from weasyprint.formatting_structure import boxes

from publish.make import weasyprint_patches as inside
from publish.make.weasyprint_patches import Box, Element, Page, Value

SIDES = frozenset(
    {"left", "right", "recto", "verso"}
)  # values of break-before and break-after (CSS Fragmentation 3, section 3.1)


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one piece: the element that they stand in, and the style that they are set in.

    `right` is where they end, in CSS pixels from the left edge of the page, `widened` what justification added to each word space.
    """

    text: str
    element: Element
    style: Value
    right: float
    widened: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. `baseline` is in CSS pixels from the head of the page; `ids` are of the elements that begin in it."""

    baseline: float
    ids: tuple[str, ...]
    runs: tuple[Run, ...]

    @property
    def words(self) -> bool:
        """Whether anything is to be read in the line."""
        return any(not run.text.isspace() and run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Begin:
    """An element with an id begins here, before the next line."""

    id: str


@dataclass(slots=True)
class Walk:
    """A walk over the pages in their order. It knows the table headers that have been, for they are repeated on each page."""

    headers: set[Element]

    def text(self, page: Page) -> Iterator[Begin | Line]:
        """What stands in the text of the page, in reading order, notes aside."""
        for child in inside.page_box(page).children:
            if not isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
                yield from self._walk(child)

    def notes(self, page: Page) -> Iterator[Begin | Line]:
        """What stands in the notes at the foot of the page."""
        for note in note_boxes(page):
            yield from self._walk(note)

    def _walk(self, box: Box) -> Iterator[Begin | Line]:
        box = inside.settled(box)
        if isinstance(box, boxes.LineBox):
            yield from self._line(box)
            return
        if getattr(box, "is_header", False):
            if box.element in self.headers:
                return
            self.headers.add(box.element)
        if name := own_id(box):
            yield Begin(name)
        for child in box.children:
            yield from self._walk(child)

    def _line(self, line: Box) -> Iterator[Begin | Line]:
        ids: list[str] = []
        runs: list[Run] = []
        beside: list[Box] = []
        _read(line, ids, runs, beside)
        yield Line(line.position_y + line.baseline, tuple(ids), tuple(runs))
        for box in beside:
            yield from self._walk(box)


def _read(box: Box, ids: list[str], runs: list[Run], beside: list[Box]) -> None:
    """Read the inline boxes of a line in order; floats and positioned boxes are set aside for later."""
    for child in box.children:
        one = inside.settled(child)
        if one is not child or (isinstance(one, boxes.BlockLevelBox) and not isinstance(one, boxes.InlineLevelBox)):
            beside.append(one)
        elif "::" not in (one.element_tag or ""):
            if name := own_id(one):
                ids.append(name)
            if isinstance(one, boxes.TextBox):
                right = one.position_x + one.width
                runs.append(Run(one.text, one.element, one.style, right, one.justification_spacing))
            else:
                _read(one, ids, runs, beside)


def own_id(box: Box) -> str:
    """The id of the element that the box is of, "" for a box that is generated or only part of one."""
    if box.element is None or isinstance(box, boxes.TextBox) or "::" in box.element_tag:
        return ""
    return box.element.get("id") or ""


def note_boxes(page: Page) -> Iterator[Box]:
    """The notes at the foot of the page."""
    for child in inside.page_box(page).children:
        if isinstance(child, boxes.FootnoteAreaBox):
            yield from child.children


def note_calls(page: Page) -> Iterator[Element]:
    """The elements of the notes that are called on the page, in the order of the calls."""
    for box in inside.page_box(page).descendants():
        if box.element_tag and box.element_tag.endswith("::footnote-call") and not isinstance(box, boxes.TextBox):
            yield box.element


def sections(page: Page) -> Iterator[str]:
    """The ids of the elements right in the body that stand on the page."""
    for box in inside.page_box(page).children:
        if isinstance(box, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        yield from (own_id(one) for body in box.children for one in body.children)


def sided(pages: Iterable[Page]) -> Iterator[str]:
    """The ids of the sections that have to begin on a page of a certain side, by their own style or that of the section before."""
    before, seen = None, set[Element]()
    for box in (box for page in pages for box in inside.page_box(page).descendants() if box.element_tag == "section"):
        if box.element in seen:
            continue
        seen.add(box.element)
        if box.style["break_before"] in SIDES or (before is not None and before.style["break_after"] in SIDES):
            yield own_id(box)
        before = box
