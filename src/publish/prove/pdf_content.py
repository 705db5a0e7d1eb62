"""The text that a page of a PDF draws, by marked content: what stands where, in which characters.

Follows ISO 32000-1: 9.4 (text), 9.10.3 (ToUnicode), 14.6 (marked content), 14.9.4 (/ActualText).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import pikepdf

from publish.prove.pdf_fonts import Font

Operands: TypeAlias = Any  # numbers, names, strings, arrays: each operator knows which
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_HEX_OR_MOVE = re.compile(r"<([0-9a-fA-F]*)>|([-+.\d]+)")
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class Run(NamedTuple):
    """Characters drawn in one piece: where their baseline begins and ends and how high they are, in points on the page.

    There are as many as the book has glyphs: a tuple is made four times as fast as a frozen dataclass.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float


# --------------------------------------------------------------------------------------------------------------- the page


@dataclass(slots=True)
class _State:
    """The graphics state, as far as text needs it (ISO 32000-1, 8.4 and 9.3)."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> _State:
        return _State(*(getattr(self, name) for name in self.__slots__))


@dataclass(slots=True)
class _Marked:
    """An open marked-content sequence: its number, whether it is an artifact, and the text that stands in its place."""

    tag: str
    mcid: int | None
    replaced: str | None = None
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class PageText:
    """The runs of a page by the number of their marked content, and those in artifacts and in neither.

    `loose` says whether anything is painted, text or not, outside of marked content and artifacts.
    """

    marked: dict[int, list[Run]] = field(default_factory=dict)
    artifacts: list[Run] = field(default_factory=list)
    unmarked: list[Run] = field(default_factory=list)
    loose: bool = False
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def is_beyond(self, run: Run) -> bool:
        """Whether the run reaches over the edge of the page, where nobody can read it; a point is forgiven to sidebearings."""
        left, foot, right, head = self.box
        return run.left < left - 1 or run.right > right + 1 or not foot <= run.baseline <= head


class Interpreter:
    """Draws a page and takes down its text. Fonts are read once for the whole file: hand the same dictionary to each page."""

    def __init__(self, fonts: dict[tuple[int, int], Font]) -> None:
        self.fonts = fonts
        self.page = PageText()
        self.state = _State()
        self.saved: list[_State] = []
        self.open: list[_Marked] = []
        self.text_matrix = self.line_matrix = IDENTITY
        self.resources: list[pikepdf.Object] = []

    def read(self, page: pikepdf.Page) -> PageText:
        self.resources.append(page.obj.get("/Resources", pikepdf.Dictionary()))
        left, foot, right, head = map(float, page.trimbox)
        self.page.box = (left, foot, right, head)
        self._draw(page.obj)
        return self.page

    def _draw(self, content: pikepdf.Object) -> None:
        for instruction in pikepdf.parse_content_stream(content):
            handler = _OPERATORS.get(str(instruction.operator))
            if handler is not None:
                handler(self, instruction.operands)

    def _resource(self, kind: str, name: pikepdf.Object) -> pikepdf.Object:
        return self.resources[-1][kind][str(name)]

    # Each method does one operator; `args` are its operands.

    def save(self, _args: Operands) -> None:
        self.saved.append(self.state.copy())

    def restore(self, _args: Operands) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, args: Operands) -> None:
        self.state.ctm = times(_matrix(args), self.state.ctm)

    def paint(self, _args: Operands) -> None:
        if not any(one.mcid is not None or one.tag == "/Artifact" for one in self.open):
            self.page.loose = True

    def paint_object(self, args: Operands) -> None:
        self.paint(args)
        form = self._resource("/XObject", args[0])
        if form.get("/Subtype") != "/Form":
            return
        state, self.state = self.state, self.state.copy()
        self.state.ctm = times(_matrix(form.get("/Matrix", IDENTITY)), self.state.ctm)
        self.resources.append(form.get("/Resources", self.resources[-1]))
        self._draw(form)
        self.resources.pop()
        self.state = state

    def begin_text(self, _args: Operands) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def set_matrix(self, args: Operands) -> None:
        self.text_matrix = self.line_matrix = _matrix(args)

    def move(self, args: Operands) -> None:
        self.line_matrix = times((1.0, 0.0, 0.0, 1.0, float(args[0]), float(args[1])), self.line_matrix)
        self.text_matrix = self.line_matrix

    def move_and_lead(self, args: Operands) -> None:
        self.state.leading = -float(args[1])
        self.move(args)

    def next_line(self, _args: Operands) -> None:
        self.move((0, -self.state.leading))

    def set_font(self, args: Operands) -> None:
        font, self.state.size = self._resource("/Font", args[0]), float(args[1])
        if not font.is_indirect:
            self.state.font = Font(font)
            return
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = Font(font)
        self.state.font = self.fonts[font.objgen]

    def show(self, args: Operands) -> None:
        self._show([bytes(args[-1])])

    def show_spaced(self, args: Operands) -> None:
        self._show(_strings_and_moves(args[0]))

    def show_next_line(self, args: Operands) -> None:
        self.next_line(())
        self.show(args)

    def show_next_line_spaced(self, args: Operands) -> None:
        self.state.word_space, self.state.character_space = float(args[0]), float(args[1])
        self.show_next_line(args)

    def begin_marked(self, args: Operands) -> None:
        properties = args[1] if len(args) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self._resource("/Properties", properties)
        marked = _marked(str(args[0]), properties)
        self.open.append(marked)
        if marked.mcid is not None:
            self.page.marked.setdefault(marked.mcid, [])

    def end_marked(self, _args: Operands) -> None:
        if not self.open:
            return
        done = self.open.pop()
        if done.replaced is not None and done.runs:
            first, last = done.runs[0], done.runs[-1]
            run = Run(done.replaced, first.left, last.right, first.baseline, first.size)
            if done.mcid is None:
                self._record(run)
            else:
                self.page.marked.setdefault(done.mcid, []).append(run)

    def _show(self, items: Iterable[bytes | float]) -> None:
        """Draws strings, and moves between them by thousandths of the size to the left."""
        self.paint(items)
        state, pieces, advance = self.state, [], 0.0
        if state.font is None:
            return
        for item in items:
            if isinstance(item, float):
                advance -= item / 1000 * state.size
                continue
            text, width, glyphs = state.font.read(item)
            pieces.append(text)
            advance += width * state.size + glyphs * state.character_space
            if state.word_space and not state.font.composite:
                advance += item.count(b" ") * state.word_space
        self._place("".join(pieces), advance * state.scale)

    def _place(self, text: str, advance: float) -> None:
        matrix = times(self.text_matrix, self.state.ctm)
        left, rise = matrix[4], self.state.rise
        right = left + advance * matrix[0]
        size = self.state.size * abs(matrix[3])
        self.text_matrix = times((1.0, 0.0, 0.0, 1.0, advance, 0.0), self.text_matrix)
        if text:
            self._record(Run(text, left, right, matrix[5] + rise * matrix[3], size))

    def _record(self, run: Run) -> None:
        self._runs_here().append(run)

    def _runs_here(self) -> list[Run]:
        """Where the text that is drawn now is taken down."""
        found = (runs for one in reversed(self.open) if (runs := self._runs_of(one)) is not None)
        return next(found, self.page.unmarked)

    def _runs_of(self, marked: _Marked) -> list[Run] | None:
        """Where the text of this sequence is taken down; None if that is for the sequence around it to say."""
        if marked.replaced is not None:
            return marked.runs
        if marked.tag == "/Artifact":
            return self.page.artifacts
        return None if marked.mcid is None else self.page.marked.setdefault(marked.mcid, [])


def _strings_and_moves(array: pikepdf.Object) -> list[bytes | float]:
    """The operand of TJ. It may have a hundred items, and is read ten times as fast if all its strings are hexadecimal."""
    written = array.unparse().decode("latin-1")
    if "(" in written:
        return [bytes(item) if isinstance(item, pikepdf.String) else float(item) for item in array]
    return [float(move) if move else bytes.fromhex(code) for code, move in _HEX_OR_MOVE.findall(written)]


def _matrix(values: Operands) -> Matrix:
    a, b, c, d, e, f = map(float, values)
    return a, b, c, d, e, f


def _marked(tag: str, properties: Operands) -> _Marked:
    if properties is None:
        return _Marked(tag, None)
    mcid, replaced = properties.get("/MCID"), properties.get("/ActualText")
    return _Marked(tag, None if mcid is None else int(mcid), None if replaced is None else str(replaced))


def _setter(name: str, factor: float = 1.0) -> Callable[[Interpreter, Operands], None]:
    def set_value(interpreter: Interpreter, args: Operands) -> None:
        setattr(interpreter.state, name, float(args[0]) * factor)

    return set_value


_OPERATORS: dict[str, Callable[[Interpreter, Operands], None]] = {
    "q": Interpreter.save,
    "Q": Interpreter.restore,
    "cm": Interpreter.transform,
    "Do": Interpreter.paint_object,
    **dict.fromkeys(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"), Interpreter.paint),
    "INLINE IMAGE": Interpreter.paint,
    "BT": Interpreter.begin_text,
    "Tm": Interpreter.set_matrix,
    "Td": Interpreter.move,
    "TD": Interpreter.move_and_lead,
    "T*": Interpreter.next_line,
    "Tf": Interpreter.set_font,
    "Tj": Interpreter.show,
    "TJ": Interpreter.show_spaced,
    "'": Interpreter.show_next_line,
    '"': Interpreter.show_next_line_spaced,
    "BMC": Interpreter.begin_marked,
    "BDC": Interpreter.begin_marked,
    "EMC": Interpreter.end_marked,
    "Tc": _setter("character_space"),
    "Tw": _setter("word_space"),
    "Tz": _setter("scale", 0.01),
    "TL": _setter("leading"),
    "Ts": _setter("rise"),
}
