"""Pages that WeasyPrint 70.0 has laid out, read as texts that can be broken into pages in other ways (`pagebreak.py`).

Each section is a column of blocks of lines. A page that does not stand as it is known to, because there is a table or a float on it, stays
as it is: what stands before it and behind it on pages of their own are columns for themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Any, TypeAlias

from publish.make.linebreak import LOOSE, fit
from publish.make.pagebreak import Column, Item, Line, Pages, Way
from publish.make.paragraph import PlannedWay
from publish.make.weasyprint_plans import Key, Plan, Planner
from publish.make.weasyprint_sheets import (
    Begin,
    Gap,
    Notes,
    Part,
    Sheet,
    calls_its_notes,
    gap,
    is_hyphenated,
    is_known,
    notes_called,
    read_sheets,
    units,
)

# The library has no types: its boxes and the elements of a document.
Box: TypeAlias = Any
Element: TypeAlias = Any

MORE_LOOSE = 1  # lines with word spaces that nobody should see, which a way may have more than the best one
# What a way costs beside its lines, so that no page is filled at any price; in the costs of linebreak.py.
_LOOSE_LINE = 56.0  # for each of those lines
_DIVISION = 30.0  # for each divided word that it has more


@dataclass(frozen=True, slots=True)
class BlockWay:
    """A way to set a block: the letters that its lines begin with, and the ids of the notes that they call last, "" for none."""

    way: Way
    starts: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A column with its place in the book: its section, and where its pages begin, but for the first of them.

    `keys` are those of its items, `ways` the ways to set them; `notes` has the heights of the lines of notes, by their ids. `follows` is
    where the next page begins, if that is one of the section. `keeps_notes` is whether notes begin on the pages that call them.
    """

    column: Column
    section: Element
    begins: tuple[Begin, ...]
    keys: tuple[Key, ...]
    ways: tuple[tuple[BlockWay, ...], ...]
    notes: Mapping[str, tuple[int, ...]]
    follows: tuple[Begin, ...]
    keeps_notes: bool

    def begins_of(self, pages: Pages) -> tuple[Begin, ...]:
        """Where pages begin that the column is broken into, but for the first."""
        return tuple((self.keys[one.item], self.ways[one.item][one.way].starts[one.line]) for one in pages.begins)

    def lengths_of(self, pages: Pages) -> Iterator[tuple[Key, int]]:
        """The number of lines of each item that is not set in its natural way."""
        for key, ways, way in zip(self.keys, self.ways, pages.ways, strict=True):
            if way:
                yield key, len(ways[way].starts)

    def kept_of(self, pages: Pages) -> Iterator[tuple[str, int]]:
        """The number of lines on the page of the call of each note that goes on on the next."""
        for one in pages.begins:
            if one.rest:
                item, way = (one.item, one.way) if one.line else (one.item - 1, pages.ways[one.item - 1])
                note = self.ways[item][way].notes[one.line - 1]
                rest = list(accumulate(self.notes[note][::-1])).index(one.rest) + 1
                yield note, len(self.notes[note]) - rest


def read_texts(pages: Sequence[Box], planner: Planner) -> Iterator[Text]:
    """The columns of laid-out pages in which there is something to choose."""
    for _, sheets in groupby(read_sheets(pages), key=lambda sheet: sheet.section):
        yield from _SectionReader(tuple(sheets), planner).texts()


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of a column, from one page or more, with what stands before and after it."""

    parts: tuple[Part, ...]
    before: Gap
    after: Gap

    @property
    def lines(self) -> tuple[Box, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def plan(self) -> Plan | None:
        """The plan that it is set by; None if not all of it is, or not all of it is there."""
        is_whole = self.lines[0].start == 0 and not self.parts[-1].goes_on
        is_planned = all(hasattr(line, "planned") for line in self.lines)
        return getattr(self.lines[0], "plan", None) if is_whole and is_planned else None

    def item(self, ways: Sequence[BlockWay]) -> Item:
        style = self.parts[0].around[-1].style
        orphans = max(len(one.starts) for one in ways) if self.parts[0].is_kept else style["orphans"]
        return Item(tuple(one.way for one in ways), self.before.margin, orphans, style["widows"], self.after.keep)

    def way(self, lines: Iterator[Line], demerits: float = 0.0) -> Way:
        """A way with the edges of the block, which open before its first line and close behind its last one."""
        first, *rest = lines
        opened = (replace(first, height=first.height + self.before.opens), *rest)
        *rest, last = opened
        return Way((*rest, replace(last, height=last.height + self.after.closes)), demerits)


class _SectionReader:
    """Reads the pages of one section."""

    def __init__(self, sheets: tuple[Sheet, ...], planner: Planner) -> None:
        self._sheets = sheets
        self._planner = planner
        self._notes = Notes(sheets)

    def texts(self) -> Iterator[Text]:
        """The columns with something to choose in them. They are parted by pages that stay as they are."""
        for known, run in groupby(self._sheets, key=lambda sheet: is_known(sheet, self._notes)):
            text = self._text(tuple(run)) if known else None
            if text and any(_has_choice(item) for item in text.column.items):
                yield text

    def _text(self, run: tuple[Sheet, ...]) -> Text:
        blocks = _blocks(run, begins=run[0] is self._sheets[0])
        ways = tuple(tuple(self._ways(block)) for block in blocks)
        behind = [sheet for sheet in self._sheets if sheet.index > run[-1].index][:1]
        column = Column(
            items=tuple(block.item(one) for block, one in zip(blocks, ways, strict=True)),
            depth=units(run[0].page.height),
            leading=Counter(units(line.height) for sheet in run for line in sheet.lines).most_common(1)[0][0],
            notes_gap=self._notes.gap,
            recto=run[0].page.page_type.side == "right",
            ends=not behind,
        )
        return Text(
            column=column,
            section=run[0].section,
            begins=tuple(_begins(run[1:])),
            keys=tuple(block.parts[0].key for block in blocks),
            ways=ways,
            notes=self._notes.lines,
            follows=tuple(_begins(behind)),
            keeps_notes=all(map(calls_its_notes, run)),
        )

    def _ways(self, block: _Block) -> Iterator[BlockWay]:
        """The ways that a block can be set in; only as it stands, if it is not planned."""
        plan = block.plan
        if plan is None:
            yield self._standing(block)
            return
        best, *others = self._planner.ways(plan.paragraph)
        yield self._planned(block, plan, best, 0.0)
        for way in others:
            loose = max(0, _loose_lines(way) - _loose_lines(best))
            divided = max(0, _divisions(way) - _divisions(best))
            if loose <= MORE_LOOSE and _badly_divided(way) <= _badly_divided(best):
                cost = way.demerits - best.demerits + loose * _LOOSE_LINE + divided * _DIVISION
                yield self._planned(block, plan, way, cost)

    def _standing(self, block: _Block) -> BlockWay:
        calls = [notes_called(line) for line in block.lines]
        pairs = zip(block.lines, calls, strict=True)
        lines = (self._notes.line(line.height, notes, hyphen=is_hyphenated(line)) for line, notes in pairs)
        return BlockWay(block.way(lines), tuple(line.start for line in block.lines), tuple(map(_last, calls)))

    def _planned(self, block: _Block, plan: Plan, way: PlannedWay, demerits: float) -> BlockWay:
        called = plan.note_calls()
        calls = [[note for letter, note in called if line.start <= letter < line.resume] for line in way.lines]
        height = block.lines[0].height
        pairs = zip(way.lines, calls, strict=True)
        lines = (self._notes.line(height, notes, hyphen=line.hyphen) for line, notes in pairs)
        starts = tuple(line.start for line in way.lines)
        return BlockWay(block.way(lines, demerits), starts, tuple(map(_last, calls)))


def _has_choice(item: Item) -> bool:
    """Whether an item can be set in ways, or a note that it calls be divided."""
    return len(item.ways) > 1 or any(line.rests for line in item.ways[0].lines)


def _last(calls: Sequence[Element]) -> str:
    return str(calls[-1].get("id", "")) if calls else ""


def _loose_lines(way: PlannedWay) -> int:
    return sum(fit(line.natural, line.measure).space > LOOSE for line in way.lines[:-1])


def _divisions(way: PlannedWay) -> int:
    return sum(line.hyphen for line in way.lines)


def _badly_divided(way: PlannedWay) -> int:
    """How many divided words stand before the last line, or below two others."""
    divided = [line.hyphen for line in way.lines]
    return sum(divided[-2:-1]) + sum(map(all, zip(divided, divided[1:], divided[2:], strict=False)))


def _begins(sheets: Sequence[Sheet]) -> Iterator[Begin]:
    return (part.begin for sheet in sheets for part in sheet.parts[:1] if part)


def _blocks(run: Sequence[Sheet], *, begins: bool) -> list[_Block]:
    """The blocks of pages in a row; `begins` is whether the section does with them: then what stands above its first line is counted."""
    parts = [part for sheet in run for part in sheet.parts if part]
    firsts = [n for n, _ in enumerate(parts) if n == 0 or not parts[n - 1].goes_on]
    gaps = [gap(parts[n - 1], parts[n]) for n in firsts[1:]]
    page, first = run[0].page, parts[0].lines[0]
    above = Gap(opens=units(first.position_y - page.content_box_y()) if begins else 0)
    spans = zip(firsts, [*firsts[1:], len(parts)], [above, *gaps], [*gaps, gap(parts[-1], None)], strict=True)
    return [_Block(tuple(parts[start:end]), before, after) for start, end, before, after in spans]
