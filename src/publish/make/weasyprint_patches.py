"""What WeasyPrint 70.0 does wrong or does not do, and the names of its inside: no other module knows them.

Each patch wraps one function and says why. `tests/test_pdf_patches.py` fails when a patch is no longer needed.

    notes            a note that is called on the last line of a page vanishes, or is moved from its call for no reason
    lines            a line whose last word fits, but not the space behind it, is broken after its first word
    margins          a heading at the head of a page stands below its margin: the margin is cut off
    links            every span inside a link is a link of its own: only the link is one
    artifacts        running heads and folios are read aloud as text: they are marked as pagination
    structure        what the tags say: notes, languages, one element for a paragraph that runs over a page
    files            one is left open
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeAlias

import pydyf
import weasyprint.anchors
import weasyprint.draw
import weasyprint.layout.block
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.pdf
import weasyprint.pdf.tags
import weasyprint.text.ffi
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

# The library has no types. These are its boxes, pages and contexts of layout, the elements of a document, and the values of a PDF.
Box: TypeAlias = Any
Page: TypeAlias = Any
Context: TypeAlias = Any
Element: TypeAlias = Any
Value: TypeAlias = Any


def page_box(page: Page) -> Box:
    """The root of the box tree of a laid-out page: the text's root, the footnote area, the margin boxes."""
    return page._page_box  # noqa: SLF001 - the pages that notes and lines are on are told nowhere else


def settled(box: Box) -> Box:
    """The box itself, where the layout has put a placeholder for an absolutely positioned one."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 - as above


def has_subsetter() -> bool:
    """Whether libharfbuzz-subset was found. Without it WeasyPrint subsets fonts another way, and the bytes differ."""
    return weasyprint.text.ffi.harfbuzz_subset is not None


def apply() -> None:
    """Put every patch in its place. Doing it again changes nothing."""
    for module, name, patch in PATCHES:
        original = getattr(module, name)
        if not hasattr(original, "__wrapped__"):
            setattr(module, name, patch(original))


# --------------------------------------------------------------------------------------------------------------- notes


def _keep_notes(original: Callable[..., Any]) -> Callable[..., Any]:
    """Keep each note with its call where a page ends.

    When a line does not fit, `_linebox_layout` moves earlier notes to the next page to make room for it. It then looks at no
    note that the line itself calls: those are on no page at all. And it does so even where the whole paragraph could
    have gone to the next page instead, and every note would have stayed with its call.
    """

    @wraps(original)
    def layout(context: Context, box: Box, index: int, child: Box, new_children: list[Box], *rest: Value) -> Value:
        page_is_empty = rest[0]
        before = list(context.current_page_footnotes)
        result = original(context, box, index, child, new_children, *rest)
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

    @wraps(original)
    def make(context: Context, root: Box, page_type: Value, *rest: Value) -> Value:
        _resume_at, number, _state = rest
        wanted = context.page_maker[number - 1][1]["break"]
        begins = any(name == page_type.name and index == 0 for name, index in page_type.groups)
        context.forced_break = wanted != "any" or begins
        return original(context, root, page_type, *rest)

    return make


# --------------------------------------------------------------------------------------------------------------- links


def _link_once(original: Callable[..., None]) -> Callable[..., None]:
    """Do not hand a link on to the boxes in it: their annotations would lie over its own, and not be tagged as links."""

    @wraps(original)
    def gather(*arguments: Value) -> None:
        *rest, _parent_link = arguments
        original(*rest)

    return gather


# ----------------------------------------------------------------------------------------------------------- artifacts


def _mark_pagination(original: Callable[..., None]) -> Callable[..., None]:
    """Draw margin boxes as pagination artifacts (ISO 32000-1, 14.8.2.2): they are no part of the text."""

    @wraps(original)
    def draw(stream: Value, context: Context) -> None:
        tags = stream._tags  # noqa: SLF001 - None says that what is drawn needs no tag
        if tags is None or not isinstance(context.box, boxes.MarginBox):
            original(stream, context)
            return
        stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        stream._tags = None  # noqa: SLF001
        original(stream, context)
        stream._tags = tags  # noqa: SLF001
        stream.end_marked_content()

    return draw


# ----------------------------------------------------------------------------------------------------------- structure

# Structure types (ISO 32000-1, 14.8.4) of HTML elements that WeasyPrint leaves without one.
STRUCTURE_TYPES = {
    **dict.fromkeys(("em", "strong", "i", "b", "abbr", "dfn", "cite", "q", "sup", "sub", "small"), "Span"),
    **dict.fromkeys(("figure", "aside", "header", "footer"), "Div"),
    "nav": "Sect",
    "code": "Code",
    "a::before": "Span",
    "a::after": "Span",
    "dt": "Lbl",
    "dd": "LBody",
    "span::footnote-call": "Reference",
    "span::footnote-marker": "Lbl",
}
# One element of the text is one element of the structure, on however many pages and lines it stands. Links are not here:
# each line of a link has an annotation of its own. Nor are tables, whose header cells are counted by page.
JOINED = {"Sect", "Div", "P", "BlockQuote", "L", "LI", "LBody", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Part"}
SCOPES = {"col": "/Column", "row": "/Row"}  # ISO 32000-1, table 349
# Elements that keep their id (/ID): by it the proof of the text finds the pages of the contents and the glossary's paragraphs.
NAMED = {"/Sect", "/P"}


def _name_types(original: Callable[[str | None], str]) -> Callable[[str | None], str]:
    @wraps(original)
    def get(tag: str | None) -> str:
        return STRUCTURE_TYPES.get(tag or "") or original(tag)

    return get


class _Structure:
    """The structure tree of one PDF while it is built, box by box in the order of the pages."""

    def __init__(self, pdf: Value) -> None:
        self.pdf = pdf
        self.open: list[Element] = []  # the elements whose boxes are being built, outermost first
        self.built: dict[tuple[Element, str], Value] = {}
        self.calls: dict[Element, Value] = {}

    def object(self, reference: bytes) -> Value:
        return self.pdf.objects[int(reference.split()[0])]

    def receive(self, box: Box, made: Value) -> bool:
        """Complete a finished structure element; say whether its parent is to take it up as a child."""
        if isinstance(box, boxes.FootnoteAreaBox):
            return bool(made["K"])  # empty when every note went to its call
        if box.element is None:
            return True
        _describe(box, made)
        if made["S"] == "/LI":
            self._wrap_body(made)
        if box.element_tag.endswith("::footnote-call"):
            self.calls[box.element] = made
        elif "::" not in box.element_tag:
            return not (self._move_note(box, made) or self._join(box, made))
        return True

    def _wrap_body(self, made: Value) -> None:
        """An item is its label and its body (ISO 32000-1, 14.8.4.3.3); blocks are put into the body."""
        loose = [kid for kid in made["K"] if self.object(kid)["S"] not in {"/Lbl", "/LBody"}]
        if not loose:
            return
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "P": made.reference})
        self.pdf.add_object(body)
        for kid in loose:
            self.object(kid)["P"] = body.reference
        first = made["K"].index(loose[0])
        made["K"][:] = [kid for kid in made["K"] if kid not in loose]
        made["K"].insert(first, body.reference)

    def _move_note(self, box: Box, made: Value) -> bool:
        """A note is read where it is called (Matterhorn 1.1, checkpoint 19), not after its page."""
        if any(box.element is one for one in self.open):
            return False  # a part of the note: its paragraphs are blocks
        call = self.calls.pop(box.element, None)
        if call is None:
            return False
        made["S"] = "/Note"
        made["ID"] = pydyf.String(box.element.get("id") or f"note-{made.number}")
        made["P"] = call["P"]
        kids = self.object(call["P"])["K"]
        kids.insert(kids.index(call.reference) + 1, made.reference)
        return True

    def _join(self, box: Box, made: Value) -> bool:
        """Continue the element that was begun on an earlier line or page."""
        kind = made["S"]
        if kind.removeprefix("/") not in JOINED or any(box.element is one for one in self.open):
            return False
        first: Value = self.built.setdefault((box.element, kind), made)
        if first is made and kind in NAMED and box.element.get("id"):
            made["ID"] = pydyf.String(box.element.get("id"))
        kids = [self.object(kid) if isinstance(kid, bytes) else {} for kid in made["K"]]
        if first is made or any(kid.get("Type") != "/StructElem" for kid in kids):
            return False
        for kid in kids:
            kid["P"] = first.reference
        first["K"].extend(made["K"])
        made.clear()
        return True


def _describe(box: Box, made: Value) -> None:
    """Say the language of foreign words (/Lang), the long form of abbreviations (/E), and what a header cell heads (/Scope)."""
    if "::" in box.element_tag:
        return
    if language := box.element.get("lang"):
        made["Lang"] = pydyf.String(language)
    if box.element_tag == "abbr" and box.element.get("title"):
        made["E"] = pydyf.String(box.element.get("title"))
    if made["S"] == "/TH" and (scope := SCOPES.get(box.element.get("scope", ""))):
        made["A"]["Scope"] = scope


_structures: list[_Structure] = []


def _build_structure(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def add(pdf: Value, *rest: Value) -> None:
        _structures.append(_Structure(pdf))
        try:
            original(pdf, *rest)
        finally:
            _structures.pop()

    return add


def _build_boxes(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    @wraps(original)
    def build(box: Box, parent: Value, pdf: Value, page_number: int, *rest: Value) -> Iterator[Any]:
        structure, box = _structures[-1], settled(box)
        if isinstance(box, boxes.MarginBox):
            return  # an artifact
        made_of = original(box, parent, pdf, page_number, *rest)
        if isinstance(box, boxes.PageBox) or box.element_tag in {"html", "body"}:
            yield from made_of  # no element of its own
            return
        structure.open.append(box.element)
        found = list(made_of)
        structure.open.pop()
        for made in found:
            if box.element_tag == "div" and parent["S"] == "/L":
                made["S"] = "/LI"  # a group of a <dl>
            if made["S"] == "/Figure":
                made["A"]["BBox"] = _on_page(box, structure.object(pdf.page_references[page_number]))
            if structure.receive(box, made):
                yield made

    return build


def _on_page(box: Box, page: Value) -> Value:
    """The box in PDF points from the foot of the page; WeasyPrint gives CSS pixels from its head."""
    left, top = box.content_box_x() * 0.75, page["MediaBox"][3] - box.content_box_y() * 0.75
    return pydyf.Array((left, top - box.height * 0.75, left + box.width * 0.75, top))


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

    @wraps(original)
    def split_first_line(
        text: str, style: Value, context: Context, max_width: float | None, *more: Value, **named: Value
    ) -> Value:
        first = original(text, style, context, max_width, *more, **named)
        words = text.rstrip(" ")
        if first[2] is None or words in ("", text) or len(words) * style["font_size"] > NARROWEST * (max_width or 0):
            return first  # it fits; it does not end in a space; it is longer than a line
        layout, length, rest, *metrics = original(words, style, context, max_width, *more, **named)
        return (layout, length, len(text.encode()), *metrics) if rest is None else first

    return split_first_line


PATCHES: tuple[tuple[Any, str, Callable[[Any], Any]], ...] = (
    (weasyprint.layout.inline, "split_first_line", _let_space_hang),
    (weasyprint.layout.block, "_linebox_layout", _keep_notes),
    (weasyprint.layout.page, "make_page", _know_forced_breaks),
    (weasyprint.anchors, "gather_anchors", _link_once),
    (weasyprint.draw, "draw_stacking_context", _mark_pagination),
    (weasyprint.pdf.tags, "_get_pdf_tag", _name_types),
    (weasyprint.pdf.tags, "_build_box_tree", _build_boxes),
    (weasyprint.pdf, "add_tags", _build_structure),
    (weasyprint.pdf, "ColorProfile", _close_profiles),
)
