"""The plans of paragraphs for WeasyPrint 70.0: its boxes read as text to be measured, and where in them the planned lines begin and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import font_features
from weasyprint.text.line_break import get_log_attrs

from publish.make.hyphenation import Hyphenation
from publish.make.linebreak import fit
from publish.make.pagebreak import Column, Pages
from publish.make.paragraph import Paragraph, Piece, PlannedLine, PlannedWay
from publish.make.pdf_fonts import Face
from publish.make.shaping import Measurer, Setting
from publish.model import Tightening

# The library has no types: its boxes, the elements of a document, and the values of a style.
Box: TypeAlias = Any
Element: TypeAlias = Any
Value: TypeAlias = Any

Lines: TypeAlias = dict[int, PlannedLine]  # of a paragraph, by the letter that each begins with


Key: TypeAlias = tuple[str, int]  # a block of lines: the id of its section, and its number in that

SIDES = ("left", "right")


class Measures(NamedTuple):
    """The widths of lines in a row: of the first, of most, and of those behind the first that stand beside something."""

    first: float
    rest: float
    beside: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen for the pages of a section: the numbers of lines of paragraphs that are not set in the best ones, the letters that
    pages begin with, and of notes that go on on the next page, by their ids, the numbers of lines on that of the call.
    """

    lengths: Mapping[Key, int] = field(default_factory=dict)
    begins: Mapping[Key, frozenset[int]] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """A block of lines as it was read: its text boxes, and its paragraph and lines if it is one that can be planned.

    The boxes are kept so that no other style can get the identity of theirs (`Planner.read`).
    """

    leaves: list[Box]
    paragraph: Paragraph | None = None
    lines: Lines = field(default_factory=dict)


@dataclass(slots=True)
class Planner:
    """Plans the paragraphs of a layout, and notes them in `planned` with their lines. Those that do not come out so are noted in `missed`:
    the element, and the planned line. Blocks that have been `read` are known by their widths, their wanted number of lines, words and
    styles: a note is laid out once more for each note that follows it on its page.

    `pages` are the best ones of columns, and `choices` what follows from them for sections, by their ids; `tried` are those by which
    pages of this layout were made. Columns whose pages have not come out as chosen are `refused`, and their sections noted in `unkept`.
    """

    measurer: Measurer
    missed: dict[Element, str] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    tried: list[dict[str, Choice]] = field(default_factory=list)
    pages: dict[Column, Pages | None] = field(default_factory=dict)
    refused: set[Column] = field(default_factory=set)
    unkept: set[Element] = field(default_factory=set)
    planned: dict[tuple[Element, Paragraph], Lines] = field(default_factory=dict)
    read: dict[tuple[Value, ...], Read] = field(default_factory=dict)
    _known: dict[Paragraph, tuple[PlannedWay, ...]] = field(default_factory=dict)
    _sections: Mapping[str, str] = field(default_factory=dict)

    def know(self, sections: Mapping[str, str]) -> None:
        """Take down the texts of the sections. What was chosen for one in an earlier layout is let go if it has another text now."""
        known = self._sections
        self.tried.clear()
        self.choices = {one: choice for one, choice in self.choices.items() if sections.get(one) == known.get(one)}
        self._sections = sections

    def ways(self, paragraph: Paragraph) -> tuple[PlannedWay, ...]:
        """The ways to set a paragraph. One that was there before, in an earlier layout perhaps, is not broken again."""
        if paragraph not in self._known:
            self._known[paragraph] = paragraph.ways(self.measurer)
        return self._known[paragraph]

    def wanted(self, key: Key | None) -> int | None:
        """The number of lines that is chosen for a block; None for the best."""
        return self.choice(key).lengths.get(key) if key else None

    def lines(self, paragraph: Paragraph, wanted: int | None) -> Lines:
        """The lines that a paragraph is to be set in."""
        ways = self.ways(paragraph)
        way = next((one for one in ways if len(one.lines) == wanted), ways[0])
        return {line.start: line for line in way.lines}

    def choice(self, key: Key) -> Choice:
        """What is chosen for the section of a block."""
        return self.choices.get(key[0], NOTHING)

    def kept(self, note: str) -> int | None:
        """How many lines of a note stand on the page of its call; None for all of them."""
        return next((choice.kept[note] for choice in self.choices.values() if note in choice.kept), None)

    def tightenings(self) -> Iterator[tuple[Element, Tightening]]:
        """The paragraphs that could be set in a line less than they are, and how."""
        paragraphs = Counter(element for element, _ in self.planned)  # a note may have several
        for (element, paragraph), lines in self.planned.items():
            found = paragraph.tightened(self.ways(paragraph), len(lines))
            if found and element not in self.missed and paragraphs[element] == 1:
                yield element, found


NOTHING = Choice()


@dataclass(slots=True)
class Plan:
    """The plan of one paragraph while it is laid out: its text, its text boxes and where in it each begins, and its lines.

    `forbidden` are the letters before which no line may end.
    """

    text: str
    leaves: list[Box]
    starts: list[int]
    paragraph: Paragraph
    measurer: Measurer
    lines: Lines
    forbidden: frozenset[int] = frozenset()

    def words(self, line: PlannedLine) -> str:
        """The words of a line, without its hyphen."""
        return self.text[line.start : line.stop].rstrip(" ")

    def note_calls(self) -> list[tuple[int, Element]]:
        """The letters at which notes are called, each with the note."""
        pairs = zip(self.starts, self.leaves, strict=True)
        return [(start, leaf.element) for start, leaf in pairs if is_note_call(leaf)]

    def forbid(self, start: int, line: PlannedLine) -> None:
        """Plan the lines from a letter on anew, so that none ends where this one does."""
        self.forbidden |= {line.stop}
        again = self.paragraph.lines(self.measurer, start, self.forbidden, self.lines[start].number)
        self.lines = self.lines | {line.start: line for line in again}

    def refit(self, start: int, measures: Measures) -> PlannedLine:
        """Plan the lines from a letter on anew, to these widths: what they were to stand beside is on another page. Returns the first."""
        there = replace(self.paragraph, first=measures.first, beside=measures.beside)
        again = there.lines(self.measurer, start, self.forbidden)
        self.lines = self.lines | {line.start: line for line in again}
        return again[0]


def read_plan(line: Box, measures: Measures, planner: Planner) -> Plan | None:
    """The plan of a paragraph in lines of these widths; None if it is not one that can be planned."""
    style = line.style
    if style["text_align_all"] != "justify" or style["direction"] != "ltr":
        return None
    leaves: list[Box] = list(_leaves(line))
    if not leaves or None in leaves:
        return None
    wanted = planner.wanted(getattr(line, "key", None))
    known = (measures, wanted, *((leaf.text, id(leaf.style)) for leaf in leaves))
    if known not in planner.read:
        planner.read[known] = _read(leaves, measures, planner, wanted)
    read = planner.read[known]
    if read.paragraph is None:
        return None
    planner.planned[line.element, read.paragraph] = read.lines
    text = "".join(leaf.text for leaf in leaves)
    starts = [sum(len(leaf.text) for leaf in leaves[:index]) for index in range(len(leaves))]
    return Plan(text, leaves, starts, read.paragraph, planner.measurer, read.lines)


def _read(leaves: list[Box], measures: Measures, planner: Planner, wanted: int | None) -> Read:
    """The text boxes of a block as a paragraph in lines of these widths."""
    if not all(_can_be_set(leaf, planner) for leaf in leaves):
        return Read(leaves)
    pieces, text = tuple(_piece(leaf) for leaf in leaves), "".join(leaf.text for leaf in leaves)
    paragraph = Paragraph(pieces, _line_breaks(text, leaves), *measures)
    lines = planner.lines(paragraph, wanted)
    if not all(fit(line.natural, line.measure).fits for line in lines.values()):
        return Read(leaves)  # a word is wider than the line: the library may divide it anywhere, if the style says so
    return Read(leaves, paragraph, lines)


def _leaves(box: Box) -> Iterator[Box]:
    """The text boxes of a line in their order; None for whatever else stands in it."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text:
                yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow() and _is_plain(child):
            yield from _leaves(child)
        elif not child.is_absolutely_positioned():
            yield None


def _is_plain(box: Box) -> bool:
    """Whether an inline box is no wider than what is in it."""
    style = box.style
    return not any(
        style[f"border_{side}_width"] or style[f"padding_{side}"].value or getattr(style[f"margin_{side}"], "value", 0)
        for side in SIDES
    )


def _can_be_set(leaf: Box, planner: Planner) -> bool:
    style = leaf.style
    plain = style["white_space"] in {"normal", "nowrap"} and style["letter_spacing"] == "normal"
    return (
        bool(plain and not style["word_spacing"])
        and planner.measurer.has(leaf.text, _face(style))
        and "\n" not in leaf.text
    )


def _face(style: Value) -> Face:
    return Face(style["font_family"][0], style["font_style"] != "normal", style["font_weight"])


def _piece(leaf: Box) -> Piece:
    style = leaf.style
    language = style["lang"] or ""
    total, before, after = style["hyphenate_limit_chars"]
    automatic = style["hyphens"] == "auto" and style["white_space"] == "normal" and language
    hyphenation = Hyphenation(language, total, before, after) if automatic else None
    setting = Setting(_face(style), style["font_size"], language, _features(style))
    return Piece(leaf.text, setting, style["hyphenate_character"], hyphenation)


def _features(style: Value) -> tuple[tuple[str, int], ...]:
    found = font_features(
        *(style[f"font_{name}"] for name in ("kerning", "variant_ligatures", "variant_position", "variant_caps")),
        *(
            style[f"font_{name}"]
            for name in ("variant_numeric", "variant_alternates", "variant_east_asian", "feature_settings")
        ),
    )
    return tuple(found.items())


def is_note_call(box: Box) -> bool:
    return bool(box.element_tag.endswith("::footnote-call"))


def _line_breaks(text: str, leaves: list[Box]) -> frozenset[int]:
    """The letters of a paragraph that a line may begin with. None begins with the call of a note, whatever stands before that."""
    attributes = get_log_attrs(text, leaves[0].style["lang"])
    found = {place for place in range(1, len(text)) if attributes[place].is_line_break}
    begin = 0
    for leaf in leaves:
        end = begin + len(leaf.text)
        if leaf.style["white_space"] == "nowrap":
            found -= set(range(begin + 1, end))
        if is_note_call(leaf):
            found.discard(begin)
        begin = end
    return frozenset(found)


def letters_before(box: Box, skip: Value) -> int:
    """How many letters of a block of lines, planned or not, stand before the place at which the library resumes it."""
    count = 0
    while skip is not None and not isinstance(box, boxes.TextBox):
        ((index, skip),) = skip.items()
        count += sum(len(leaf.text) for child in box.children[:index] for leaf in _texts(child))
        if index >= len(box.children):
            return count
        box = box.children[index]
    (skipped,) = skip or (0,)
    return count + (len(box.text.encode()[:skipped].decode()) if skipped else 0)


def _texts(box: Box) -> Iterator[Box]:
    return (one for one in box.descendants() if isinstance(one, boxes.TextBox))


def letter_at(plan: Plan, box: Box, skip: Value) -> int:
    """The letter of a paragraph at which the library resumes it."""
    while skip is not None and not isinstance(box, boxes.TextBox):
        ((index, skip),) = skip.items()
        if index >= len(box.children):
            return len(plan.leaves)
        box = box.children[index]
    if isinstance(box, boxes.TextBox):
        (skipped,) = skip or (0,)
        return _start_of(plan, box) + len(box.text.encode()[: skipped or 0].decode())
    leaf = next((leaf for leaf in _leaves(box) if leaf is not None), None)
    return _start_of(plan, leaf) if leaf is not None else -1


def _start_of(plan: Plan, leaf: Box) -> int:
    return next((start for start, one in zip(plan.starts, plan.leaves, strict=True) if one is leaf), -1)
