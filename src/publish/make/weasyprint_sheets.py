"""Pages of WeasyPrint 70.0 as they stand: the blocks of lines of each section, what stands between them, and their notes.

Heights are whole thousandths of a point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from publish.make.pagebreak import Line
from publish.make.weasyprint_notes import is_rest
from publish.make.weasyprint_plans import Key

# The library has no types: its boxes and the elements of a document.
Box: TypeAlias = Any
Element: TypeAlias = Any

Begin: TypeAlias = tuple[Key, int]  # of a page: the block of lines, and the letter in it

UNIT = 750  # thousandths of a point in a CSS pixel: in whole numbers of them nothing is lost by adding
NEAR = 10  # of them by which a page may differ from what is known of it
AVOID = ("avoid", "avoid-page")
FREE = ("auto", "any", *AVOID)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of a block on one page, and the boxes around them, from the section's child to their own."""

    key: Key
    around: tuple[Box, ...]
    lines: tuple[Box, ...]

    @property
    def begin(self) -> Begin:
        return self.key, self.lines[0].start

    @property
    def goes_on(self) -> bool:
        """Whether the block has more lines on the next page."""
        return self.lines[-1].resume_at is not None

    @property
    def is_kept(self) -> bool:
        """Whether its lines stay together."""
        return _stays(self.around)


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two blocks: a margin, and the edges of boxes that close before and open after it.

    `keep` is whether no page may end there, `forced` whether one must.
    """

    margin: int = 0
    closes: int = 0
    opens: int = 0
    keep: bool = False
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a section: its index and box, the section, and its blocks; None for what is no block of lines."""

    index: int
    page: Box
    section: Element
    parts: tuple[Part | None, ...]

    @property
    def area(self) -> Box:
        """The box of the notes."""
        return self.page.children[1]

    @property
    def lines(self) -> list[Box]:
        return [line for part in self.parts if part for line in part.lines]


def number_blocks(root: Box) -> dict[str, str]:
    """Give each block of lines in a section its key; returns the texts of the sections by their ids."""
    texts: dict[str, str] = {}
    for section in _sections(root):
        name = section.element.get("id", "")
        inside = list(section.descendants())
        for number, block in enumerate(box for box in inside if isinstance(box, boxes.LineBox)):
            block.key = (name, number)
        texts[name] = "\n".join(box.text for box in inside if isinstance(box, boxes.TextBox))
    return texts


def read_sheets(pages: Sequence[Box]) -> Iterator[Sheet]:
    """The pages that belong to sections."""
    for index, page in enumerate(pages):
        for section in _sections(page.children[0]):
            yield Sheet(index, page, section.element, tuple(_parts(section, ())))


def units(pixels: float) -> int:
    return round(pixels * UNIT)


def is_hyphenated(line: Box) -> bool:
    """Whether a line ends with a word that the plan divides."""
    planned = getattr(line, "planned", None)
    return planned is not None and planned.hyphen


# -------------------------------------------------------------------------------------------------------------- blocks


def _sections(box: Box) -> Iterator[Box]:
    """The boxes of the sections that begin pages."""
    for child in box.children:
        if isinstance(child, boxes.BlockBox):
            if child.element.tag == "section" and "page" in child.element.get("class", "").split():
                yield child
            else:
                yield from _sections(child)


def _parts(box: Box, around: tuple[Box, ...]) -> Iterator[Part | None]:
    for child in box.children:
        if isinstance(child, AbsolutePlaceholder):
            continue  # it takes no room
        inside = (*around, child)
        if not isinstance(child, boxes.BlockBox) or not _is_plain(child):
            yield None
        elif child.children and all(isinstance(line, boxes.LineBox) for line in child.children):
            yield Part(child.children[0].key, inside, tuple(child.children))
        else:
            yield from _parts(child, inside)


def _is_plain(box: Box) -> bool:
    """Whether a block only holds what stands below each other in it."""
    style = box.style
    flows = style["display"][:2] == ("block", "flow") and box.is_in_normal_flow() and not box.is_table_wrapper
    natural = all(style[name] == "auto" for name in ("height", "min_height", "column_count", "column_width"))
    return bool(flows and natural and style["position"] == "static")


def gap(before: Part, after: Part | None) -> Gap:
    """What stands between two blocks, or behind the last one."""
    closing, opening = before.around, after.around if after else ()
    common = _common(closing, opening)
    around, closing, opening = closing[:common], closing[common:], opening[common:]
    breaks = [box.style["break_after"] for box in closing] + [box.style["break_before"] for box in opening]
    margins = [_length(box, "margin_bottom") for box in closing] + [_length(box, "margin_top") for box in opening]
    return Gap(
        margin=max([0, *margins]) + min([0, *margins]),
        closes=sum(_edge(box, "bottom") for box in closing),
        opens=sum(_edge(box, "top") for box in opening),
        keep=_stays(around) or any(one in AVOID for one in breaks),
        forced=any(one not in FREE for one in breaks),
    )


def _common(one: Sequence[Box], other: Sequence[Box]) -> int:
    """How many of the boxes around one block are around another as well."""
    pairs = enumerate(zip(one, other, strict=False))
    apart = (n for n, (a, b) in pairs if a.element is not b.element or a.element_tag != b.element_tag)
    return next(apart, min(len(one), len(other)))


def _stays(around: Iterable[Box]) -> bool:
    return any(box.style["break_inside"] in AVOID for box in around)


def _length(box: Box, name: str) -> int:
    value = box.style[name]
    return units(value.value) if value != "auto" else 0


def _edge(box: Box, side: str) -> int:
    return _length(box, f"padding_{side}") + units(box.style[f"border_{side}_width"])


def is_known(sheet: Sheet, notes: Notes) -> bool:
    """Whether a page has blocks of lines alone, and these and their notes take up the room that they are known to."""
    parts = [part for part in sheet.parts if part]
    gaps = [gap(*pair) for pair in pairwise(parts)]
    if len(parts) < len(sheet.parts) or not parts or any(one.forced for one in gaps):
        return False
    first, last = sheet.lines[0], sheet.lines[-1]
    stands = units(last.position_y + last.height - first.position_y)
    known = sum(units(line.height) for line in sheet.lines) + sum(one.margin + one.closes + one.opens for one in gaps)
    return abs(known - stands) <= NEAR and notes.are_known(sheet)


# --------------------------------------------------------------------------------------------------------------- notes


class Notes:
    """The notes of a section: the lines of each, on however many pages they stand, and the space between notes and text.

    `lines` are their heights, by the ids of the notes.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        found: dict[Element, list[Box]] = defaultdict(list)
        areas = [sheet.area for sheet in sheets if sheet.area.children]
        for note in (note for area in areas for note in area.children):
            found[note.element] += note.children
        self._heights = {note: _height(inside) for note, inside in found.items()}
        self._rests = {note: tuple(_rests(inside)) for note, inside in found.items()}
        self.lines: Mapping[str, tuple[int, ...]] = {
            note.get("id", ""): tuple(_height([box]) for box in inside) for note, inside in found.items()
        }
        self.gap = units(areas[0].margin_height()) - _height(areas[0].children) if areas else 0

    def line(self, height: float, calls: Sequence[Element], *, hyphen: bool) -> Line:
        """A line of that height, in CSS pixels, that calls these notes."""
        notes = sum(self._heights.get(note, 0) for note in calls)
        return Line(units(height), notes, hyphen, self._rests.get(calls[-1], ()) if calls else ())

    def are_known(self, sheet: Sheet) -> bool:
        """Whether the notes of a page take up the room that they are known to, and those that it calls are somewhere."""
        notes = sheet.area.children
        called = {note for line in sheet.lines for note in notes_called(line)}
        height = units(sheet.area.margin_height()) if notes else self.gap
        return called <= self._heights.keys() and height == _height(notes) + self.gap


def calls_its_notes(sheet: Sheet) -> bool:
    """Whether the notes that begin on a page are those that it calls."""
    begun = [note.element for note in sheet.area.children if not is_rest(note)]
    return begun == [note for line in sheet.lines for note in notes_called(line)]


def notes_called(line: Box) -> list[Element]:
    """The notes that a line calls."""
    return [box.footnote.element for box in line.descendants() if box.footnote]


def _height(inside: Iterable[Box]) -> int:
    return sum(units(box.margin_height()) for box in inside)


def _rests(lines: Sequence[Box]) -> Iterator[int]:
    """The heights of what may be left of a note for the next page: two lines or more, behind as many and no divided word."""
    if all(isinstance(line, boxes.LineBox) for line in lines):
        for count in range(2, len(lines) - 1):
            if not is_hyphenated(lines[-count - 1]):
                yield _height(lines[-count:])
