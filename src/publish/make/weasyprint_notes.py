"""Notes that go on on the next page, inside WeasyPrint 70.0: patches that `weasyprint_patches.py` puts in their place.

The library sets a note as a whole. Here one that is chosen for it (`weasyprint_pages.py`) gets only so many lines on the page of its call,
and what is left of its text is the first note of the next page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import create_anonymous_boxes

from publish.make import weasyprint_lines as lines

# The library has no types: its boxes and contexts of layout, and whatever its functions take and return.
Box: TypeAlias = Any
Context: TypeAlias = Any
Value: TypeAlias = Any


def is_rest(note: Box) -> bool:
    """Whether a note is what was left of it for this page."""
    return getattr(note, "is_rest", False)


def limit_notes(original: Callable[..., Value]) -> Callable[..., Value]:
    """Set so many lines of a note as were chosen for the page of its call."""

    @wraps(original)
    def layout_footnote(context: Context, note: Box) -> Value:
        planner = lines.planner()
        if planner and not is_rest(note):
            note.style["max_lines"] = planner.kept(note.element.get("id", "")) or "none"
        return original(context, note)

    return layout_footnote


def carry_notes(original: Callable[..., Value]) -> Callable[..., Value]:
    """Hand on what is left of notes to the next page. Wraps no function of the library, but a patch of `make_page`."""

    @wraps(original)
    def make_page(context: Context, *rest: Value) -> Value:
        page, *others = original(context, *rest)
        ends = {note.element: note.children[-1] for note in page.children[1].children}
        limited = [one for one in context.current_page_footnotes if one.style["max_lines"] != "none"]
        rests = [_rest(note, ends[note.element]) for note in limited if note.element in ends]
        context.reported_footnotes[:0] = [one for one in rests if one]
        return page, *others

    return make_page


def _rest(note: Box, end: Box) -> Box | None:
    """What is left of a note, which is one block of lines, behind the last line that is set; None if nothing is."""
    if end.resume_at is None:
        return None
    (text,) = create_anonymous_boxes(note.deepcopy()).children  # as the library does before it sets a note
    rest = note.copy_with_children(_cut(text, end.resume_at).children)
    rest.style = note.style.copy()
    rest.style["max_lines"] = "none"
    rest.is_rest = True
    return rest


def _cut(box: Box, skip: Value) -> Box:
    """What is left of a box behind the place at which the library resumes it."""
    if isinstance(box, boxes.TextBox):
        (skipped,) = skip
        return box.copy_with_text(box.text.encode()[skipped:].decode())
    ((index, inside),) = skip.items()
    first, *others = box.children[index:]
    return box.copy_with_children([first if inside is None else _cut(first, inside), *others])
