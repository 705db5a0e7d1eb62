"""What WeasyPrint 70.0 does wrong or does not do, and the names of its inside: no other module but `weasyprint_tags.py` knows them.

Each patch wraps one function and says why. `tests/test_pdf_patches.py` fails when a patch is no longer needed.

    notes            a note that is called on the last line of a page vanishes, or is moved from its call for no reason
    lines            a line whose last word fits, but not the space behind it, is broken after its first word
    margins          a heading at the head of a page stands below its margin: the margin is cut off
    pages            they are filled one by one, and notes are set whole (`weasyprint_pages.py`, `weasyprint_notes.py`)
    links            every span inside a link is a link of its own: only the link is one
    artifacts        running heads, folios, ornaments and repeated heads of tables are read aloud as text (`weasyprint_tags.py`)
    structure        what the tags say: notes, languages, one element for a paragraph that runs over a page (the same)
    copied text      has no-break spaces, which hold a line together and are not in what a reader searches for
    files            one is left open
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

import weasyprint.anchors
import weasyprint.css
import weasyprint.css.targets
import weasyprint.document
import weasyprint.draw
import weasyprint.draw.text
import weasyprint.layout
import weasyprint.layout.block
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.pdf
import weasyprint.pdf.tags
import weasyprint.text.ffi

from publish.make import weasyprint_costs as costs
from publish.make import weasyprint_lines as lines
from publish.make import weasyprint_notes as divided
from publish.make import weasyprint_pages as pages
from publish.make import weasyprint_tags as tags

# The library has no types. These are its boxes, pages and contexts of layout, the elements of a document, and the values of a PDF.
Box: TypeAlias = Any
Page: TypeAlias = Any
Context: TypeAlias = Any
Element: TypeAlias = Any
Value: TypeAlias = Any


page_box = tags.page_box
settled = tags.settled


def has_subsetter() -> bool:
    """Whether libharfbuzz-subset was found. Without it WeasyPrint subsets fonts another way, and the bytes differ."""
    return weasyprint.text.ffi.harfbuzz_subset is not None


def apply() -> None:
    """Put every patch in its place. Doing it again changes nothing."""
    for module, name, patch in PATCHES:
        original = getattr(module, name)
        if not hasattr(original, "__wrapped__"):
            setattr(module, name, patch(original))
    # `draw_first_line` cuts each kern to thousandths of an em: by the end of a line that is a tenth of a word space.
    weasyprint.draw.text.int = round


# --------------------------------------------------------------------------------------------------------------- notes


def _keep_notes(original: Callable[..., Any]) -> Callable[..., Any]:
    """Keep each note with its call where a page ends.

    When a line does not fit, `_linebox_layout` moves earlier notes to the next page to make room for it. It then looks at no
    note that the line itself calls: those are on no page at all. And it does so even where the whole paragraph could
    have gone to the next page instead, and every note would have stayed with its call.
    """

    set_lines = pages.begin_pages(lines.end_pages(original))

    @wraps(original)
    def layout(context: Context, box: Box, index: int, child: Box, new_children: list[Box], *rest: Value) -> Value:
        page_is_empty = rest[0]
        before = list(context.current_page_footnotes)
        result = set_lines(context, box, index, child, new_children, *rest)
        abort, stop, *others = result
        if not stop or abort:
            return result
        displaced = [note for note in before if note in context.reported_footnotes]
        if displaced and not page_is_empty:
            _take_back(context, displaced)
            return True, False, *others
        if new_children:
            _hand_on(context, new_children[-1])
        return result

    return layout


def _take_back(context: Context, notes: list[Box]) -> None:
    """Put notes that were moved to the next page back on this one."""
    for note in notes:
        context.reported_footnotes.remove(note)
        context.current_page_footnotes.append(note)
    context._update_footnote_area()  # noqa: SLF001 - what report_footnote does after moving a note away


def _hand_on(context: Context, line: Box) -> None:
    """Move the line's notes that are still to be set to the next page."""
    for descendant in line.descendants() if context.footnotes else ():
        note = descendant.footnote
        if note is not None and note in context.footnotes:
            context.footnotes.remove(note)
            context.reported_footnotes.append(note)


# ------------------------------------------------------------------------------------------------------------- margins


def _know_forced_breaks(original: Callable[..., Any]) -> Callable[..., Any]:
    """Say of a page whether its break was forced: after other breaks margins are cut (CSS Fragmentation 3, 5.2).

    `remake_page` takes every break for a forced one as soon as the page has a name.
    """
    make_page = divided.carry_notes(original)

    @wraps(original)
    def make(context: Context, root: Box, page_type: Value, *rest: Value) -> Value:
        _resume_at, number, _state = rest
        wanted = context.page_maker[number - 1][1]["break"]
        begins = any(name == page_type.name and index == 0 for name, index in page_type.groups)
        context.forced_break = wanted != "any" or begins
        return make_page(context, root, page_type, *rest)

    return make


# --------------------------------------------------------------------------------------------------------------- links


def _link_once(original: Callable[..., None]) -> Callable[..., None]:
    """Do not hand a link on to the boxes in it: their annotations would lie over its own, and not be tagged as links."""

    @wraps(original)
    def gather(*arguments: Value) -> None:
        *rest, _parent_link = arguments
        original(*rest)

    return gather


# -------------------------------------------------------------------------------------------------------- copied text


def _copy_spaces(original: Callable[..., Value]) -> Callable[..., Value]:
    """Let a no-break space be read as a space (the ToUnicode map of its glyph), so that "June 18" is found as it was typed."""

    @wraps(original)
    def build_fonts_dictionary(pdf: Value, fonts: Value, *rest: Value) -> Value:
        for font in fonts.values():
            font.to_unicode = {glyph: text.replace("\u00a0", " ") for glyph, text in font.to_unicode.items()}
        return original(pdf, fonts, *rest)

    return build_fonts_dictionary


# -------------------------------------------------------------------------------------------------------------- files


def _close_profiles(original: Callable[..., Value]) -> Callable[..., Value]:
    """Close the file of the sRGB profile, which `generate_pdf` opens and leaves open."""

    @wraps(original)
    def read(file: Value, *rest: Value) -> Value:
        with file:
            return original(file, *rest)

    return read


# ------------------------------------------------------------------------------------------------------------ lines


NARROWEST = (
    4  # letters are on the average wider than this part of the type size: the library's own measure for a short text
)


def _let_space_hang(original: Callable[..., Any]) -> Callable[..., Any]:
    """Where text ends in a space before an inline element, and fills the line but for that space, end the line there.

    `split_first_line` finds the text too wide by the width of the space and breaks it after its first word, or inside that. The
    space hangs (CSS Text 3, section 4.1.3): the words are measured without it, and the next line begins behind it.
    """

    shape = costs.remember_shapes(original)

    @wraps(original)
    def split_first_line(
        text: str, style: Value, context: Context, max_width: float | None, *more: Value, **named: Value
    ) -> Value:
        first = shape(text, style, context, max_width, *more, **named)
        words = text.rstrip(" ")
        if first[2] is None or words in ("", text) or len(words) * style["font_size"] > NARROWEST * (max_width or 0):
            return first  # it fits; it does not end in a space; it is longer than a line
        layout, length, rest, *metrics = shape(words, style, context, max_width, *more, **named)
        return (layout, length, len(text.encode()), *metrics) if rest is None else first

    return split_first_line


PATCHES: tuple[tuple[Any, str, Callable[[Any], Any]], ...] = (
    (weasyprint.layout.inline, "split_first_line", _let_space_hang),
    (weasyprint.layout.inline, "get_next_linebox", pages.hide_lines),
    (weasyprint.layout.inline, "split_inline_box", lines.fill_lines),
    (weasyprint.layout.inline, "split_text_box", lines.cut_text),
    (weasyprint.layout.inline, "text_align", lines.set_lines),
    (weasyprint.draw.text, "draw_first_line", lines.draw_scaled),
    (weasyprint.layout.block, "_linebox_layout", _keep_notes),
    (weasyprint.layout.LayoutContext, "layout_footnote", divided.limit_notes),
    (weasyprint.layout, "make_all_pages", pages.choose_pages),
    (weasyprint.layout.page, "make_page", _know_forced_breaks),
    (weasyprint.anchors, "gather_anchors", _link_once),
    (weasyprint.draw, "draw_stacking_context", tags.mark_pagination),
    (weasyprint.draw, "draw_inline_level", tags.mark_ornaments),
    (weasyprint.document, "generate_pdf", tags.know_repeated),
    (weasyprint.pdf.tags, "_get_pdf_tag", tags.name_types),
    (weasyprint.pdf.tags, "_build_box_tree", tags.build_boxes),
    (weasyprint.pdf, "add_tags", tags.build_structure),
    (weasyprint.pdf, "build_fonts_dictionary", _copy_spaces),
    (weasyprint.pdf, "ColorProfile", _close_profiles),
    (weasyprint.layout.LayoutContext, "__init__", costs.count_notes_alone),
    (weasyprint.css.targets.TargetCollector, "cache_target_page_counters", costs.tell_who_asks),
    (weasyprint.pdf.pydyf.PDF, "page_references", costs.number_pages_once),
    (weasyprint.css.StyleFor, "set_computed_styles", costs.share_values),
    (weasyprint.css.ComputedStyle, "__missing__", costs.compute_once),
    (weasyprint.layout.inline, "resolve_percentages", costs.resolve_text_once),
    (weasyprint.layout.inline, "can_break_text", costs.remember_texts),
    (weasyprint.layout.inline, "strut", costs.remember_styles),
)
