"""Pages that WeasyPrint 70.0 has laid out, read as a text that can be broken into pages in other ways (`pagebreak.py`).

Each section that begins a page is a column of blocks of lines. A page that does not stand as the model says, because there is a table or a
float on it, stays as it is: what stands before it and behind it on pages of their own are columns for themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from publish.make.linebreak import LOOSE, fit
from publish.make.pagebreak import Column, Item, Line, Pages, Way
from publish.make.paragraph import PlannedWay
from publish.make.weasyprint_plans import Key, Plan, Planner

# The library has no types: its boxes, the elements of a document, and the values of a style.
Box: TypeAlias = Any
Element: TypeAlias = Any
Value: TypeAlias = Any

Begin: TypeAlias = tuple[Key, int]  # of a page: the block of lines, and the letter in it

UNIT = 750  # thousandths of a point in a CSS pixel: in whole numbers of them nothing is lost by adding
NEAR = 10  # of them by which a page may differ from the model
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


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two blocks: a margin, the edges that close before and open after it, and whether it may be at a page's end."""

    margin: int
    closes: int
    opens: int
    keep: bool
    forced: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a section: its index and box, the section, and its blocks; None for what cannot be read."""

    index: int
    page: Box
    section: Element
    parts: tuple[Part | None, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a column, from one page or more, with the gaps before and after it."""

    parts: tuple[Part, ...]
    before: Gap
    after: Gap

    @property
    def lines(self) -> tuple[Box, ...]:
        return tuple(line for part in self.parts for line in part.lines)


@dataclass(frozen=True, slots=True)
class Text:
    """A column with its place in the book: its section, the indices of its pages, and where these begin, but for the first of them.

    `keys` are those of its items, `starts` the letters that the lines of their ways begin with. `follows` is where the next page begins, if
    that is one of the section.
    """

    column: Column
    section: Element
    sheets: tuple[int, ...]
    begins: tuple[Begin, ...]
    keys: tuple[Key, ...]
    starts: tuple[tuple[tuple[int, ...], ...], ...]
    follows: tuple[Begin, ...]

    def begins_of(self, pages: Pages) -> tuple[Begin, ...]:
        """Where pages begin that the column is broken into, but for the first."""
        return tuple((self.keys[one.item], self.starts[one.item][one.way][one.line]) for one in pages.begins)

    def lengths_of(self, pages: Pages) -> Iterator[tuple[Key, int]]:
        """The number of lines of each item that is not set in its natural way."""
        for key, starts, way in zip(self.keys, self.starts, pages.ways, strict=True):
            if way:
                yield key, len(starts[way])


def number_blocks(root: Box) -> None:
    """Give each block of lines in a section its key."""
    for section in _sections(root):
        blocks = [one for one in section.descendants() if isinstance(one, boxes.LineBox)]
        for number, block in enumerate(blocks):
            block.key = (section.element.get("id", ""), number)


def read_texts(pages: Sequence[Box], planner: Planner) -> Iterator[Text]:
    """The columns of laid-out pages in which there is something to choose."""
    for _, sheets in groupby(_sheets(pages), key=lambda sheet: sheet.section):
        yield from _SectionReader(tuple(sheets), planner).texts()


# ------------------------------------------------------------------------------------------------------ what is there


def _units(pixels: float) -> int:
    return round(pixels * UNIT)


def _sections(box: Box) -> Iterator[Box]:
    """The boxes of the sections that begin pages."""
    for child in box.children:
        if isinstance(child, boxes.BlockBox) and not isinstance(child, AbsolutePlaceholder):
            if child.element.tag == "section" and "page" in child.element.get("class", "").split():
                yield child
            else:
                yield from _sections(child)


def _sheets(pages: Sequence[Box]) -> Iterator[Sheet]:
    for index, page in enumerate(pages):
        for section in _sections(page.children[0]):
            yield Sheet(index, page, section.element, tuple(_parts(section, ())))


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


def _gap(before: Part | None, after: Part | None) -> Gap:
    """What stands between two blocks; None is the beginning or the end of what is known."""
    closing = before.around if before else ()
    opening = after.around if after else ()
    common = _common(closing, opening)
    apart = any(box.style["break_inside"] in AVOID for box in closing[:common])
    closing, opening = closing[common:], opening[common:]
    breaks = [box.style["break_after"] for box in closing] + [box.style["break_before"] for box in opening]
    margins = [_length(box, "margin_bottom") for box in closing] + [_length(box, "margin_top") for box in opening]
    return Gap(
        margin=max([0, *margins]) + min([0, *margins]),
        closes=sum(_edge(box, "bottom") for box in closing),
        opens=sum(_edge(box, "top") for box in opening),
        keep=apart or any(one in AVOID for one in breaks),
        forced=bool(before) and any(one not in FREE for one in breaks),
    )


def _common(one: Sequence[Box], other: Sequence[Box]) -> int:
    """How many of the boxes around one block are around another as well."""
    pairs = zip(one, other, strict=False)
    apart = (n for n, (a, b) in enumerate(pairs) if a.element is not b.element or a.element_tag != b.element_tag)
    return next(apart, min(len(one), len(other)))


def _length(box: Box, name: str) -> int:
    value = box.style[name]
    return _units(value.value) if value != "auto" else 0


def _edge(box: Box, side: str) -> int:
    return _length(box, f"padding_{side}") + _units(box.style[f"border_{side}_width"])


# --------------------------------------------------------------------------------------------------- as it could be


class _SectionReader:
    """Reads the pages of one section."""

    def __init__(self, sheets: tuple[Sheet, ...], planner: Planner) -> None:
        self._sheets = sheets
        self._planner = planner
        areas = [sheet.page.children[1] for sheet in sheets if sheet.page.children[1].children]
        self._notes = {note.element: _units(note.margin_height()) for area in areas for note in area.children}
        gaps = [_units(area.margin_height()) - self._height(note.element for note in area.children) for area in areas]
        self._notes_gap = gaps[0] if gaps else 0

    def texts(self) -> Iterator[Text]:
        """The columns with something to choose in them. They are parted by pages that stay as they are."""
        for known, run in groupby(self._sheets, key=self._is_known):
            text = self._text(tuple(run)) if known else None
            if text and any(len(item.ways) > 1 for item in text.column.items):
                yield text

    def _height(self, notes: Iterable[Element]) -> int:
        return sum(self._notes.get(note, 0) for note in notes)

    def _line(self, line: Box) -> Line:
        """A line as it is laid out."""
        calls = (box.footnote.element for box in line.descendants() if box.footnote)
        return Line(_units(line.height), self._height(calls), _is_hyphenated(line))

    def _is_known(self, sheet: Sheet) -> bool:
        """Whether a page stands as the model says."""
        parts = [part for part in sheet.parts if part]
        gaps = [_gap(*pair) for pair in pairwise(parts)]
        if len(parts) < len(sheet.parts) or not parts or any(gap.forced for gap in gaps):
            return False
        lines = [self._line(line) for part in parts for line in part.lines]
        text = sum(line.height for line in lines) + sum(gap.margin + gap.closes + gap.opens for gap in gaps)
        notes = sum(line.notes for line in lines)
        area = sheet.page.children[1]
        stands = _units(area.margin_height()) if area.children else 0
        return abs(text - _text_height(parts)) <= NEAR and stands == (notes + self._notes_gap if notes else 0)

    def _text(self, run: tuple[Sheet, ...]) -> Text:
        blocks = _blocks(run, begins=run[0] is self._sheets[0])
        ways = [self._ways(block) for block in blocks]
        pairs = zip(blocks, ways, strict=True)
        behind = [sheet for sheet in self._sheets if sheet.index > run[-1].index][:1]
        column = Column(
            items=tuple(_item(block, tuple(way for way, _ in one)) for block, one in pairs),
            depth=_units(run[0].page.height),
            leading=Counter(_units(line.height) for block in blocks for line in block.lines).most_common(1)[0][0],
            notes_gap=self._notes_gap,
            recto=run[0].page.page_type.side == "right",
            ends=not behind,
        )
        return Text(
            column,
            run[0].section,
            tuple(sheet.index for sheet in run),
            tuple(_begin(sheet) for sheet in run[1:]),
            tuple(block.parts[0].key for block in blocks),
            tuple(tuple(starts for _, starts in one) for one in ways),
            tuple(_begin(sheet) for sheet in behind if sheet.parts and sheet.parts[0]),
        )

    def _ways(self, block: Block) -> tuple[tuple[Way, tuple[int, ...]], ...]:
        """The ways that a block can be set in, each with the letters that its lines begin with; as it stands, if nothing else is known."""
        plan = getattr(block.lines[0], "plan", None)
        is_whole = block.lines[0].start == 0 and not block.parts[-1].goes_on
        if not is_whole or plan is None or not all(hasattr(line, "planned") for line in block.lines):
            standing = Way(tuple(self._line(line) for line in block.lines))
            return ((_edged(standing, block), tuple(line.start for line in block.lines)),)
        ways = self._planner.ways(plan.paragraph)
        least, loose = ways[0].demerits, _loose_lines(ways[0], plan)
        height = _units(block.lines[0].height)
        return tuple(
            (_edged(self._way(way, plan, height, way.demerits - least), block), tuple(one.start for one in way.lines))
            for way in ways
            if _loose_lines(way, plan) <= loose
        )

    def _way(self, way: PlannedWay, plan: Plan, height: int, demerits: float) -> Way:
        calls = plan.note_calls()
        lines = (
            Line(height, self._height(note for letter, note in calls if one.start <= letter < one.resume), one.hyphen)
            for one in way.lines
        )
        return Way(tuple(lines), demerits)


def _is_hyphenated(line: Box) -> bool:
    planned = getattr(line, "planned", None)
    return planned is not None and planned.hyphen


def _loose_lines(way: PlannedWay, plan: Plan) -> int:
    """How many lines have word spaces that nobody should see; no way may have more of them than the natural one."""
    return sum(fit(line.natural, plan.paragraph.measure_at(line.start)).space > LOOSE for line in way.lines[:-1])


def _text_height(parts: Sequence[Part]) -> int:
    """How much the blocks of a page measure from the first line to the last."""
    first, last = parts[0].lines[0], parts[-1].lines[-1]
    return _units(last.position_y + last.height - first.position_y)


def _begin(sheet: Sheet) -> Begin:
    part = sheet.parts[0]
    assert part is not None  # noqa: S101
    return part.begin


def _blocks(run: Sequence[Sheet], *, begins: bool) -> list[Block]:
    """The blocks of pages in a row; `begins` is whether the section does with them: then what stands above its first line is counted."""
    parts = [part for sheet in run for part in sheet.parts if part]
    firsts = [n for n, part in enumerate(parts) if n == 0 or not parts[n - 1].goes_on]
    ends = [*firsts[1:], len(parts)]
    gaps = [_gap(parts[n - 1], parts[n]) for n in firsts[1:]]
    page = run[0].page
    above = _units(parts[0].lines[0].position_y - page.content_box_y()) if begins else 0
    before = [Gap(0, 0, above, keep=False, forced=False), *gaps]
    after = [*gaps, _gap(parts[-1], None)]
    spans = zip(firsts, ends, before, after, strict=True)
    return [Block(tuple(parts[first:end]), *around) for first, end, *around in spans]


def _item(block: Block, ways: tuple[Way, ...]) -> Item:
    style = block.parts[0].around[-1].style
    apart = any(box.style["break_inside"] in AVOID for box in block.parts[0].around)
    orphans = max(len(way.lines) for way in ways) if apart else style["orphans"]
    return Item(ways, block.before.margin, orphans, style["widows"], block.after.keep)


def _edged(way: Way, block: Block) -> Way:
    """A way with the edges of its block, which open before its first line and close behind its last one."""
    first, *rest = way.lines
    opened = (replace(first, height=first.height + block.before.opens), *rest)
    *rest, last = opened
    return replace(way, lines=(*rest, replace(last, height=last.height + block.after.closes)))
