"""Lines as they are planned, inside WeasyPrint 70.0: patches that `weasyprint_patches.py` puts in their place.

The library breaks a line where the next word does not fit, and only ever widens word spaces. Here each justified paragraph is read when
its first line is asked for and planned as a whole (`weasyprint_plans.py`); then each line is ended where the plan says, and set to the
measure by glyphs and spaces that widen or narrow. The text, and the boxes that tags, links and notes are made from, stay as they are.

What is not planned (with pictures, forced breaks or floats in it) is set as the library does it. So is the rest of a paragraph in which a
line does not come out as planned; that is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.float import avoid_collisions
from weasyprint.matrix import Matrix

from publish.make.hyphenation import SOFT_HYPHEN
from publish.make.linebreak import fit
from publish.make.paragraph import PlannedLine
from publish.make.weasyprint_plans import Measures, Plan, Planner, letter_at, read_plan

# The library has no types: its boxes, contexts and streams, and the values of a PDF.
Box: TypeAlias = Any
Context: TypeAlias = Any
Value: TypeAlias = Any

# CSS pixels a letter that a line may differ from its plan, which is what Pango rounds to; and by which two heights are the same.
AGREEMENT = 1 / 1024
LAST_GLYPH = re.compile(rb"(\[.*?)(<?)([0-9a-f]{4})>[-.0-9]*\] TJ", re.DOTALL)
UNBOUNDED = float("inf")


@dataclass(slots=True)
class _Line:
    """The line that is being laid out: its plan, the text box that it ends in, and where in it, in letters from the box's beginning."""

    plan: Plan
    planned: PlannedLine
    leaf: Box
    stop: int
    resume: int
    fits: bool = True

    def is_that(self, line: Box) -> bool:
        """Whether a line has come out as planned."""
        words = "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
        hyphen = self.leaf.style["hyphenate_character"] if self.planned.hyphen else ""
        return self.fits and words == self.plan.words(self.planned) + hyphen


def _measures(context: Context, box: Box, around: Box, y: float) -> Measures:
    """The widths of the lines of a block from the next one on, which stands at the height `y`."""
    rest = float(around.width)
    first, *beside = (*_widths(context, box, around, y),) or (rest,)
    return Measures(first - box.text_indent, rest, tuple(beside))


def _widths(context: Context, box: Box, around: Box, y: float) -> Iterator[float]:
    """Those of the lines that stand beside floats."""
    if not context.excluded_shapes:
        return
    line = box.copy()
    line.width, line.height = 0.0, inline.strut(box.style)[0]
    lowest = max(_feet(context))
    while y < lowest:
        line.position_y = y
        yield float(avoid_collisions(context, line, around, outer=False)[2])
        y = _under(context, y + line.height)


def _under(context: Context, y: float) -> float:
    """The foot of a float that is next to a height but for what rounding leaves: a line there does not stand beside that."""
    return next((foot for foot in _feet(context) if abs(foot - y) < AGREEMENT), y)


def _feet(context: Context) -> Iterator[float]:
    return (one.position_y + one.margin_height() for one in context.excluded_shapes)


_planners: list[Planner] = []
_current: list[_Line] = []


@contextmanager
def planning(planner: Planner) -> Iterator[None]:
    """While this lasts, paragraphs are laid out as this planner plans them."""
    planner.missed.clear()
    planner.planned.clear()
    planner.read.clear()
    planner.unkept.clear()
    _planners.append(planner)
    try:
        yield
    finally:
        _planners.pop()


def planner() -> Planner | None:
    """The planner of the layout that is being made."""
    return _planners[-1] if _planners else None


# --------------------------------------------------------------------------------------------------- ending the lines


def end_lines(original: Callable[..., Value]) -> Callable[..., Value]:
    """Lay out the next line of a paragraph as it is planned. If it comes out otherwise, the rest of the paragraph is not."""

    @wraps(original)
    def get_next_linebox(*arguments: Value) -> Value:
        context, box, y, _, skip, around, absolute, fixed, *first_styles = arguments
        y = _under(context, y)
        arguments = (context, box, y, *arguments[3:])
        line = None
        if _planners and not any(first_styles):
            line = _next_line(box, skip, _measures(context, box, around, y))
        if line is None:
            return original(*arguments)
        before = len(absolute), len(fixed)
        _current.append(line)
        try:
            result = original(*arguments)
        finally:
            _current.pop()
        if result[0] is not None and line.is_that(result[0]):
            result[0].planned = line.planned
            return result
        del absolute[before[0] :], fixed[before[1] :]
        _give_up(box, line.plan.words(line.planned))
        return original(*arguments)

    return get_next_linebox


def _next_line(box: Box, skip: Value, measures: Measures) -> _Line | None:
    """The line that is next by the plan of its paragraph; None if that has none."""
    if skip is None and not hasattr(box, "plan"):
        box.plan = read_plan(box, measures, _planners[-1])
    plan = getattr(box, "plan", None)
    if plan is None:
        return None
    start = letter_at(plan, box, skip)
    planned = plan.lines.get(start)
    if planned is None or plan.paragraph.rest != measures.rest:
        _give_up(box, plan.text[start : start + 40])
        return None
    if abs(planned.measure - measures.first) >= AGREEMENT:
        planned = plan.refit(start, measures)
    index = next(i for i in range(len(plan.leaves) - 1, -1, -1) if plan.starts[i] < planned.resume)
    leaf, begin = plan.leaves[index], plan.starts[index]
    return _Line(plan, planned, leaf, planned.stop - begin, planned.resume - begin)


def _give_up(box: Box, words: str) -> None:
    """Leave the rest of a paragraph to the library."""
    _planners[-1].missed.setdefault(box.element, words)
    box.plan = None


def fill_lines(original: Callable[..., Value]) -> Callable[..., Value]:
    """Let a planned line be as long as it is planned: its spaces are narrowed later."""

    @wraps(original)
    def split_inline_box(context: Context, box: Box, x: float, right: float, *rest: Value) -> Value:
        return original(context, box, x, UNBOUNDED if _current else right, *rest)

    return split_inline_box


def cut_text(original: Callable[..., Value]) -> Callable[..., Value]:
    """Cut the text box that a planned line ends in."""

    @wraps(original)
    def split_text_box(context: Context, box: Box, width: float | None, skip: int, **named: Value) -> Value:
        line = _current[-1] if _current else None
        if line is None or box is not line.leaf or line.planned.last:
            return original(context, box, width, skip, **named)
        hyphen = box.style["hyphenate_character"] if line.planned.hyphen else ""
        cut = box.copy_with_text(box.text[: line.stop] + hyphen) if line.stop else None
        new = original(context, cut, None, skip)[0] if cut else None
        if new and hyphen:
            new.is_hyphenated = True
        return new, len(box.text[: line.resume].encode()), False

    return split_text_box


def end_pages(original: Callable[..., Value]) -> Callable[..., Value]:
    """Let no page end with a divided word, if the paragraph can be broken in another way. Wraps no function of the library, but a patch."""

    @wraps(original)
    def layout(context: Context, box: Box, index: int, child: Box, new_children: list[Box], *rest: Value) -> Value:
        page_is_empty, absolute, fixed, adjoining, bottom, y, skip, *others = rest
        before = len(absolute), len(fixed)
        notes = [list(one) for one in _notes(context)]
        while True:
            given = page_is_empty, absolute, fixed, list(adjoining), bottom, y, skip, *others
            result = original(context, box, index, child, new_children, *given)
            abort, stop, *_ = result
            plan = getattr(child, "plan", None)
            last = getattr(new_children[-1], "planned", None) if new_children else None
            if abort or not stop or plan is None or last is None or not last.hyphen:
                return result
            plan.forbid(letter_at(plan, child, skip), last)
            new_children.clear()
            del absolute[before[0] :], fixed[before[1] :]
            for now, then in zip(_notes(context), notes, strict=True):
                now[:] = then
            context._update_footnote_area()  # noqa: SLF001 - what the library does after moving a note

    return layout


def _notes(context: Context) -> tuple[list[Box], ...]:
    """The notes that are still to be set, those of this page, and those that are moved to the next."""
    return context.footnotes, context.current_page_footnotes, context.reported_footnotes


# -------------------------------------------------------------------------------------------------- setting the lines


def set_lines(original: Callable[..., float]) -> Callable[..., float]:
    """Set a planned line to the measure."""

    @wraps(original)
    def text_align(context: Context, line: Box, width: float, *, last: bool) -> float:
        if not _current:
            return float(original(context, line, width, last=last))
        current = _current[-1]
        planned = current.planned
        indent = line_indent(line)
        natural = line.width - indent
        measure = planned.measure  # the library looks for room for the line as it was before its spaces narrowed
        difference = abs(natural - planned.natural.width - planned.left - planned.right)
        current.fits = difference <= AGREEMENT * (planned.resume - planned.start + 1)
        if current.fits and not (planned.last and planned.natural.width <= measure):
            scale = fit(planned.natural, measure).scale
            wanted = measure + planned.left + planned.right - natural * scale
            spaces = inline.count_expandable_spaces(line)
            _spread(line, scale, wanted / spaces if spaces else 0.0, 0.0)
        return -planned.left

    return text_align


def line_indent(line: Box) -> float:
    """What stands before the first word of a line."""
    return next((child.position_x - line.position_x for child in line.children if child.is_in_normal_flow()), 0.0)


def _spread(box: Box, scale: float, spacing: float, shift: float) -> float:
    """Scale the glyphs of a box, widen its word spaces, and move it; returns by how much what stands behind it is to be moved."""
    box.position_x += shift
    if isinstance(box, boxes.TextBox):
        return shift + _spread_text(box, scale, spacing)
    if isinstance(box, boxes.InlineBox | boxes.LineBox):
        end = shift
        for child in box.children:
            if child.is_in_normal_flow():
                end = _spread(child, scale, spacing, end)
        box.width += end - shift
        return end
    return shift


def _spread_text(box: Box, scale: float, spacing: float) -> float:
    before = box.width
    box.glyph_scale = scale
    box.justification_spacing = spacing / scale  # it is drawn scaled, as the glyphs are
    box.width = before * scale + spacing * inline.count_expandable_spaces(box)
    box.pango_layout.justification_spacing = box.justification_spacing  # it is shaped when it is drawn
    return float(box.width - before)


def draw_scaled(original: Callable[..., Value]) -> Callable[..., Value]:
    """Draw the glyphs of a planned line scaled, and say that the hyphen of a divided word is no letter of it.

    The hyphen has a soft hyphen as its text (ISO 32000-1, 14.8.2.2.3), so that a word is found and copied whole.
    """

    @wraps(original)
    def draw_first_line(stream: Value, box: Box, overflow: Value, ellipsis: Value, matrix: Value) -> Value:
        scale = getattr(box, "glyph_scale", 1.0)
        if scale != 1:
            (_, _, _), (_, d, _), (e, f, _) = matrix
            matrix = Matrix(a=scale, d=d, e=e, f=f)
        if not getattr(box, "is_hyphenated", False):
            return original(stream, box, overflow, ellipsis, matrix)
        result = original(stream, box, overflow, ellipsis, matrix)
        _part_hyphen(stream)
        return result

    return draw_first_line


def _part_hyphen(stream: Value) -> None:
    """Part the last glyph that was shown from those before it, and say that it stands for a soft hyphen."""
    found = LAST_GLYPH.fullmatch(stream.stream[-1])
    if found is None:
        return
    before, begins, glyph = found.groups()
    stream.stream[-1] = before + (b"] TJ" if begins else b">] TJ")
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(SOFT_HYPHEN)}))
    stream.stream.append(b"[<" + glyph + b">] TJ")
    stream.end_marked_content()
