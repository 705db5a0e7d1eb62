"""Pages that WeasyPrint 70.0 has laid out, read as a text that can be broken into pages in other ways (`pagebreak.py`).

Each section that begins a page is a column of blocks of lines. A page that does not stand as the model says, because there is a table or a
float on it, stays as it is: what stands before it and behind it on pages of their own are columns for themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from publish.make.linebreak import STRETCH, fit
from publish.make.pagebreak import Column, Item, Line, Pages, Way
from publish.make.paragraph import PlannedWay
from publish.make.weasyprint_notes import is_rest
from publish.make.weasyprint_plans import Key, Plan, Planner

# The library has no types: its boxes, the elements of a document, and the values of a style.
Box: TypeAlias = Any
Element: TypeAlias = Any
Value: TypeAlias = Any

Begin: TypeAlias = tuple[Key, int]  # of a page: the block of lines, and the letter in it

UNIT = 750  # thousandths of a point in a CSS pixel: in whole numbers of them nothing is lost by adding
NEAR = 10  # of them by which a page may differ from the model
LOOSE = 1.6  # times its own width that the word spaces of a line are at most, as a rule
LOOSE_LINE = 3e5  # what a line above that costs, in demerits
MORE_LOOSE = 2  # lines above it that a way may have more than the best
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
class Setting:
    """A way to set a block: the letters that its lines begin with, and the ids of the notes that they call last, "" for none."""

    way: Way
    starts: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A column with its place in the book: its section, the indices of its pages, and where these begin, but for the first of them.

    `keys` are those of its items, `ways` what is to be known of the ways to set them, `notes` the heights of the lines of notes by their
    ids. `follows` is where the next page begins, if that is one of the section.
    """

    column: Column
    section: Element
    sheets: tuple[int, ...]
    begins: tuple[Begin, ...]
    keys: tuple[Key, ...]
    ways: tuple[tuple[Setting, ...], ...]
    notes: Mapping[str, tuple[int, ...]]
    follows: tuple[Begin, ...]

    def begins_of(self, pages: Pages) -> tuple[Begin, ...]:
        """Where pages begin that the column is broken into, but for the first."""
        return tuple((self.keys[one.item], self.ways[one.item][one.way].starts[one.line]) for one in pages.begins)

    def lengths_of(self, pages: Pages) -> Iterator[tuple[Key, int]]:
        """The number of lines of each item that is not set in its natural way."""
        for key, ways, way in zip(self.keys, self.ways, pages.ways, strict=True):
            if way:
                yield key, len(ways[way].starts)

    def kept_of(self, pages: Pages) -> Iterator[tuple[str, int]]:
        """The number of lines of each note that goes on on the next page, which stand on the page of its call."""
        for one in pages.begins:
            if one.rest:
                item, way = (one.item, one.way) if one.line else (one.item - 1, pages.ways[one.item - 1])
                note = self.ways[item][way].notes[one.line - 1]
                left = list(accumulate(self.notes[note][::-1])).index(one.rest) + 1
                yield note, len(self.notes[note]) - left


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
    apart = (
        n for n, (a, b) in enumerate(pairs) if a.element is not b.element or a.element_tag != b.element_tag
    )
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
        self._notes = _Notes(sheets)

    def texts(self) -> Iterator[Text]:
        """The columns with something to choose in them. They are parted by pages that stay as they are."""
        for known, run in groupby(self._sheets, key=self._is_known):
            text = self._text(tuple(run)) if known else None
            if text and any(len(item.ways) > 1 for item in text.column.items):
                yield text

    def _is_known(self, sheet: Sheet) -> bool:
        """Whether a page stands as the model says."""
        parts = [part for part in sheet.parts if part]
        gaps = [_gap(*pair) for pair in pairwise(parts)]
        if len(parts) < len(sheet.parts) or not parts or any(gap.forced for gap in gaps):
            return False
        lines = [line for part in parts for line in part.lines]
        text = sum(_units(line.height) for line in lines)
        text += sum(gap.margin + gap.closes + gap.opens for gap in gaps)
        return abs(text - _text_height(parts)) <= NEAR and self._notes.stand(sheet, lines)

    def _text(self, run: tuple[Sheet, ...]) -> Text:
        blocks = _blocks(run, begins=run[0] is self._sheets[0])
        ways = tuple(self._ways(block) for block in blocks)
        behind = [sheet for sheet in self._sheets if sheet.index > run[-1].index][:1]
        column = Column(
            items=tuple(_item(block, one) for block, one in zip(blocks, ways, strict=True)),
            depth=_units(run[0].page.height),
            leading=Counter(_units(line.height) for block in blocks for line in block.lines).most_common(1)[0][0],
            notes_gap=self._notes.gap,
            recto=run[0].page.page_type.side == "right",
            ends=not behind,
        )
        return Text(
            column,
            run[0].section,
            tuple(sheet.index for sheet in run),
            tuple(_begin(sheet) for sheet in run[1:]),
            tuple(block.parts[0].key for block in blocks),
            ways,
            self._notes.heights,
            tuple(_begin(sheet) for sheet in behind if sheet.parts and sheet.parts[0]),
        )

    def _ways(self, block: Block) -> tuple[Setting, ...]:
        """The ways that a block can be set in; only as it stands, if nothing else is known."""
        plan = getattr(block.lines[0], "plan", None)
        is_whole = block.lines[0].start == 0 and not block.parts[-1].goes_on
        if not is_whole or plan is None or not all(hasattr(line, "planned") for line in block.lines):
            return (self._standing(block),)
        best, *others = self._planner.ways(plan.paragraph)
        loose = _loose_lines(best, plan)
        found = [self._planned(block, plan, best, 0.0)]
        for way in others:
            more = _loose_lines(way, plan) - loose
            if more <= MORE_LOOSE:
                found.append(self._planned(block, plan, way, way.demerits - best.demerits + more * LOOSE_LINE))
        return tuple(found)

    def _standing(self, block: Block) -> Setting:
        calls = [_called(line) for line in block.lines]
        lines = (
            self._notes.line(line.height, notes, hyphen=_is_hyphenated(line))
            for line, notes in zip(block.lines, calls, strict=True)
        )
        way = _edged(Way(tuple(lines)), block)
        return Setting(way, tuple(line.start for line in block.lines), tuple(map(_last, calls)))

    def _planned(self, block: Block, plan: Plan, way: PlannedWay, demerits: float) -> Setting:
        called = plan.note_calls()
        calls = [[note for letter, note in called if line.start <= letter < line.resume] for line in way.lines]
        height = block.lines[0].height
        lines = (
            self._notes.line(height, notes, hyphen=line.hyphen) for line, notes in zip(way.lines, calls, strict=True)
        )
        starts = tuple(line.start for line in way.lines)
        return Setting(_edged(Way(tuple(lines), demerits), block), starts, tuple(map(_last, calls)))


class _Notes:
    """The notes of a section: the heights of their lines, by their ids, and the space between them and the text."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        found: dict[Element, list[Box]] = defaultdict(list)
        areas = [sheet.page.children[1] for sheet in sheets if sheet.page.children[1].children]
        for area in areas:
            for note in area.children:
                found[note.element] += note.children
        self._heights = {note: sum(_units(one.margin_height()) for one in inside) for note, inside in found.items()}
        self._rests = {note: tuple(_rests(inside)) for note, inside in found.items()}
        self.heights = {note.get("id", ""): tuple(_units(one.height) for one in inside) for note, inside in found.items()}
        self.gap = _units(areas[0].margin_height()) - _height(areas[0].children) if areas else 0

    def line(self, height: float, calls: Sequence[Element], *, hyphen: bool) -> Line:
        """A line of that height that calls these notes."""
        notes = sum(self._heights.get(note, 0) for note in calls)
        return Line(_units(height), notes, hyphen, self._rests.get(calls[-1], ()) if calls else ())

    def stand(self, sheet: Sheet, lines: Iterable[Box]) -> bool:
        """Whether the notes that lines of a page call begin on it, and take as much room as the model says."""
        area = sheet.page.children[1]
        begun = [note.element for note in area.children if not is_rest(note)]
        called = [note for line in lines for note in _called(line)]
        height = _units(area.margin_height()) if area.children else 0
        return begun == called and height == (_height(area.children) + self.gap if area.children else 0)


def _height(inside: Iterable[Box]) -> int:
    return sum(_units(box.margin_height()) for box in inside)


def _rests(lines: Sequence[Box]) -> Iterator[int]:
    """The heights of what may be left of a note for the next page: two lines or more, which leave as many, and no divided word."""
    if all(isinstance(line, boxes.LineBox) for line in lines):
        for count in range(2, len(lines) - 1):
            if not _is_hyphenated(lines[-count - 1]):
                yield sum(_units(line.height) for line in lines[-count:])


def _called(line: Box) -> list[Element]:
    """The notes that a line calls."""
    return [box.footnote.element for box in line.descendants() if box.footnote]


def _last(calls: Sequence[Element]) -> str:
    return str(calls[-1].get("id", "")) if calls else ""


def _is_hyphenated(line: Box) -> bool:
    planned = getattr(line, "planned", None)
    return planned is not None and planned.hyphen


def _loose_lines(way: PlannedWay, plan: Plan) -> int:
    ratios = (fit(line.natural, plan.paragraph.measure_at(line.start)).ratio for line in way.lines[:-1])
    return sum(1 + STRETCH * ratio > LOOSE for ratio in ratios)


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


def _item(block: Block, settings: Sequence[Setting]) -> Item:
    ways = tuple(one.way for one in settings)
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
