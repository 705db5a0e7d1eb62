"""What WeasyPrint 70.0 does wrong or does not do in the tags of a PDF: patches that `weasyprint_patches.py` puts in their place.

What is read aloud is in the structure tree; what is not is an artifact: running heads, ornaments, the head of a table where it is
repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeAlias

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

# The library has no types: its boxes, pages and contexts, the elements of a document, the values of a PDF.
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


# ----------------------------------------------------------------------------------------------------------- artifacts


def mark_pagination(original: Callable[..., None]) -> Callable[..., None]:
    """Draw margin boxes as pagination artifacts (ISO 32000-1, 14.8.2.2): they are no part of the text."""

    @wraps(original)
    def draw(stream: Value, context: Context) -> None:
        if not isinstance(context.box, boxes.MarginBox):
            original(stream, context)
            return
        with _artifact(stream, pydyf.Dictionary({"Type": "/Pagination"})):
            original(stream, context)

    return draw


def mark_ornaments(original: Callable[..., None]) -> Callable[..., None]:
    """Draw lines that are not read as artifacts: ornaments, and the head of a table where it is repeated on a page."""

    @wraps(original)
    def draw(stream: Value, page: Page, box: Box, *rest: Value) -> None:
        if not isinstance(box, boxes.LineBox) or not _is_unread(box):
            original(stream, page, box, *rest)
            return
        with _artifact(stream):
            original(stream, page, box, *rest)

    return draw


@contextmanager
def _artifact(stream: Value, properties: Value = None) -> Iterator[None]:
    """All that is drawn meanwhile is one artifact."""
    tags = stream._tags  # noqa: SLF001 - None says that what is drawn needs no tag
    if tags is None:
        yield
        return
    stream.begin_marked_content("Artifact", properties)
    stream._tags = None  # noqa: SLF001
    yield
    stream._tags = tags  # noqa: SLF001
    stream.end_marked_content()


def know_repeated(original: Callable[..., Value]) -> Callable[..., Value]:
    """Say of the head and the foot of a table, which are laid out again on every page of it, where they are repeated.

    There they are no part of the text, nor do they have links.
    """

    @wraps(original)
    def generate(document: Value, *rest: Value, **named: Value) -> Value:
        seen: set[Element] = set()
        for page in document.pages:
            if _mark_repeated(page_box(page), seen):
                page.links = [link for link in page.links if not _is_unread(link[3])]
        return original(document, *rest, **named)

    return generate


def _mark_repeated(page: Box, seen: set[Element]) -> bool:
    """Mark the groups of rows that earlier pages have, and what is in them; say whether there are any."""
    repeated = False
    for group in _heads_and_feet(page):
        if group.element in seen:
            repeated = True
            for box in (group, *group.descendants()):
                box.is_repeated = True
        seen.add(group.element)
    return repeated


def _heads_and_feet(box: Box) -> Iterator[Box]:
    box = settled(box)
    if isinstance(box, boxes.TableRowGroupBox):
        if box.is_header or box.is_footer:
            yield box
    elif isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
        for child in box.children:
            yield from _heads_and_feet(child)


def _is_unread(box: Box) -> bool:
    """Whether the box is an ornament, or repeated: the words in it are the layout's."""
    is_ornament = box.element is not None and box.element_tag.partition("::")[0] == "hr"
    return is_ornament or getattr(box, "is_repeated", False)


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
CELLS = {"/TH", "/TD"}
# One element of the text is one element of the structure, on however many pages and lines it stands. Links are not here:
# each line of a link has an annotation of its own.
JOINED = {
    *("Sect", "Div", "P", "BlockQuote", "L", "LI", "Lbl", "LBody", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Part"),
    *("Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"),
}
SCOPES = {"col": "/Column", "row": "/Row"}  # ISO 32000-1, table 349
# Elements that keep their id (/ID): by it the proof of the text finds the pages of the contents, the lines of the title page and the
# glossary's paragraphs, and the rows of the chronology, whose dates are labels; and the page report each paragraph and heading.
NAMED = {"/Sect", "/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Lbl"}
PARTS = {"reason"}  # classes of words of the source in a line that the machine writes, which have no id of their own


def name_types(original: Callable[[str | None], str]) -> Callable[[str | None], str]:
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
        self.cells: list[Value] = []  # of the table that is being built
        self.stand_ins: list[
            tuple[Value, Value]
        ] = []  # what is numbered in the place of a cell of an earlier page, and that

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
        elif made["S"] == "/Table":
            self._settle_headers()
        if box.element_tag.endswith("::footnote-call"):
            self.calls[box.element] = made
        elif "::" not in box.element_tag:
            return not (self._move_note(box, made) or self._join(box, made))
        return True

    def unwrap(self, made: Value, around: Value) -> Iterator[Value]:
        """What is in an anonymous block, the lines beside an initial, is the element's around it."""
        kids = [self.object(kid) for kid in made["K"]]
        self._move(kids, around)
        made.clear()
        yield from kids

    def _move(self, kids: Iterable[Value], parent: Value) -> None:
        for kid in kids:
            kid["P"] = parent.reference

    def _wrap_body(self, made: Value) -> None:
        """An item is its label and its body (ISO 32000-1, 14.8.4.3.3); blocks are put into the body."""
        loose = [kid for kid in made["K"] if self.object(kid)["S"] not in {"/Lbl", "/LBody"}]
        if not loose:
            return
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "P": made.reference})
        self.pdf.add_object(body)
        self._move(map(self.object, loose), body)
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
        self.built[box.element, made["S"]] = made  # what is left of it for the next page is joined to it
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
        if first is made and (name := _name(box, kind, self.open)):
            made["ID"] = pydyf.String(name)
        if first is made and kind in CELLS:
            self.cells.append(made)
        kids = [self.object(kid) if isinstance(kid, bytes) else {} for kid in made["K"]]
        if first is made or any(kid.get("Type") != "/StructElem" for kid in kids):
            return False
        self._move(kids, first)
        first["K"].extend(made["K"])
        made.clear()
        if kind in CELLS:
            self._stand_in(box, first)
        return True

    def stand_in(self, group: Box) -> None:
        """Let the cells of a repeated head, which are in the tree already, be numbered with those of its page."""
        for box in group.descendants():
            if first := self.built.get((box.element, "/TH")):
                self._stand_in(box, first)

    def _stand_in(self, cell: Box, first: Value) -> None:
        cell.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})
        self.stand_ins.append((cell.mark, first))

    def _settle_headers(self) -> None:
        """Each cell names its header cells (/Headers): of those that stand on an earlier page, by the names that they have there."""
        names = {mark["ID"].string: first["ID"] for mark, first in self.stand_ins if "ID" in mark}
        for cell in self.cells:
            if headers := cell["A"].get("Headers"):
                headers[:] = [names.get(header.string, header) for header in headers]
        self.cells.clear()
        self.stand_ins.clear()


def _name(box: Box, kind: str, around: list[Element]) -> str:
    """The id that the structure keeps of an element: its own, or for a part of a list item that of the item with its class."""
    if kind in NAMED:
        return str(box.element.get("id") or "")
    part = box.element.get("class") if kind == "/Span" else None
    if part not in PARTS:
        return ""
    return next((f"{one.get('id')}-{part}" for one in reversed(around) if one.get("id")), "")


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


def build_structure(original: Callable[..., None]) -> Callable[..., None]:
    @wraps(original)
    def add(pdf: Value, *rest: Value) -> None:
        _structures.append(_Structure(pdf))
        try:
            original(pdf, *rest)
        finally:
            _structures.pop()

    return add


def build_boxes(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    @wraps(original)
    def build(box: Box, parent: Value, pdf: Value, page_number: int, *rest: Value) -> Iterator[Any]:
        structure, box = _structures[-1], settled(box)
        if isinstance(box, boxes.MarginBox):
            return  # an artifact
        if _is_unread(box):
            structure.stand_in(box)
            return
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
            if made["S"] == parent["S"] == "/P" and structure.open[-1:] == [box.element]:
                yield from structure.unwrap(made, parent)
                continue
            if made["S"] == "/Figure":
                made["A"]["BBox"] = _on_page(box, structure.object(pdf.page_references[page_number]))
            if structure.receive(box, made):
                yield made

    return build


def _on_page(box: Box, page: Value) -> Value:
    """The box in PDF points from the foot of the page; WeasyPrint gives CSS pixels from its head."""
    left, top = box.content_box_x() * 0.75, page["MediaBox"][3] - box.content_box_y() * 0.75
    return pydyf.Array((left, top - box.height * 0.75, left + box.width * 0.75, top))
