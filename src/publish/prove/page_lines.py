"""The lines of a finished PDF, glyph by glyph: where each letter and each word space of a paragraph stands."""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf

from publish.model import Artifact
from publish.prove.pdf_content import Interpreter, PageText, Run, times
from publish.prove.pdf_fonts import Font

HYPHENS = (
    "\u00ad",
    "\u2010",
)  # what a divided word ends with, in files that follow ISO 32000-1, 14.8.2.2.3, and in others
INITIAL = 1.5  # times the size of the first line: what is larger is an initial
SAME_LINE = 1.0  # points by which the letters of a line may stand higher or lower
SPACE = 0.2  # em: the word space of a file without any
WORD_SPACES = frozenset({" ", "\u00a0"})
CALL = re.compile(r"(?<=[.,;:!?”’)])\d+$")  # of a note, at the end of a line
KINDS = frozenset({"P", "Note", "H1", "H2", "H3", "H4", "H5", "H6"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A word space: where it begins and ends, in points from the left of the page."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph: its page (from 0), its letters and word spaces, and where it stands; in points from the lower left.

    `size` is that of its largest letters.
    """

    page: int
    baseline: float
    size: float
    left: float
    right: float
    text: str
    gaps: tuple[Gap, ...]

    @property
    def words(self) -> str:
        """Its text without the call of a note at its end."""
        return CALL.sub("", self.text)

    @property
    def hyphenated(self) -> bool:
        """Whether it ends in a divided word."""
        return self.text.endswith(HYPHENS)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's lines, on however many pages, and the ids of the sections around it, from the outermost.

    `kind` is what it is in the structure of the file: a heading ("H1" to "H6") or a note ("Note") has lines as a paragraph ("P") has.
    """

    sections: tuple[str, ...]
    lines: tuple[Line, ...]
    id: str = ""
    kind: str = "P"


@dataclass(frozen=True, slots=True)
class Pages:
    """What a file sets: its paragraphs, the first baseline of the notes on each page that has notes, the scales of glyphs, its language.

    The scales are the least and the most by which glyphs are widened. `blocks` are the paragraphs with the headings and notes among them,
    in the order of reading, `baselines` those of each page's text and notes from the head down, and `space` is the font's own word
    space, that of most of the text, in em.
    """

    paragraphs: tuple[Paragraph, ...]
    notes: dict[int, float]
    scales: tuple[float, float]
    language: str = "en"
    blocks: tuple[Paragraph, ...] = ()
    baselines: dict[int, tuple[float, ...]] = field(default_factory=dict)
    space: float = SPACE


class _ByGlyph(Interpreter):
    """Draws a page and takes down each glyph as a run of its own."""

    def __init__(self, fonts: dict[tuple[int, int], Font]) -> None:
        super().__init__(fonts)
        self.scales: set[float] = set()
        self.spaces: Counter[float] = Counter()

    def _show(self, items: Iterable[bytes | float]) -> None:
        state, font = self.state, self.state.font
        if font is None:
            return
        self.scales.add(round(abs(self.text_matrix[0] / self.text_matrix[3]) * state.scale, 4))
        a, _, _, d, left, baseline = times(self.text_matrix, state.ctm)
        size, baseline, runs = state.size * abs(d), baseline + state.rise * d, self._runs_here()
        x = 0.0
        for text, advance in self._glyphs(items, font):
            if text:
                runs.append(Run(text, left + x * a, left + (x + advance) * a, baseline, size))
            x += advance
        self.text_matrix = times((1.0, 0.0, 0.0, 1.0, x, 0.0), self.text_matrix)

    def _glyphs(self, items: Iterable[bytes | float], font: Font) -> Iterator[tuple[str, float]]:
        """The text of each glyph and how far it advances; moves between glyphs have no text."""
        state = self.state
        for item in items:
            if isinstance(item, float):
                yield "", -item / 1000 * state.size * state.scale
                continue
            for at in range(0, len(item), font.length):
                glyph = item[at : at + font.length]
                text, width, _ = font.read(glyph)
                if text == " ":
                    self.spaces[round(width, 3)] += 1
                word_space = state.word_space if glyph == b" " else 0.0
                yield text, (width * state.size + state.character_space + word_space) * state.scale


def read_lines(artifact: Artifact) -> Pages:
    """Read the lines of every tagged paragraph, heading and note of a PDF; a note is no part of the paragraph that calls it."""
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        return _Reader(pdf).read()


@dataclass(slots=True)
class _Reader:
    """The structure tree being read, beside what its pages draw."""

    pdf: pikepdf.Pdf
    pages: list[PageText] = field(default_factory=list)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    found: list[Paragraph] = field(default_factory=list)
    notes: dict[int, float] = field(default_factory=dict)

    def read(self) -> Pages:
        scales: set[float] = set()
        spaces: Counter[float] = Counter()
        fonts: dict[tuple[int, int], Font] = {}
        for number, page in enumerate(self.pdf.pages):
            drawing = _ByGlyph(fonts)
            self.pages.append(drawing.read(page))
            self.numbers[page.obj.objgen] = number
            scales |= drawing.scales
            spaces += drawing.spaces
        self._walk(self.pdf.Root.StructTreeRoot, ())
        around = min(scales, default=1.0), max(scales, default=1.0)
        return Pages(
            tuple(one for one in self.found if one.kind == "P"),
            self.notes,
            around,
            str(self.pdf.Root.get("/Lang", "en")),
            tuple(self.found),
            {number: tuple(_baselines(page)) for number, page in enumerate(self.pages)},
            max(spaces, key=lambda width: spaces[width], default=SPACE),
        )

    def _walk(self, element: pikepdf.Object, sections: tuple[str, ...]) -> None:
        kind, name = str(element.get("/S", ""))[1:], str(element.get("/ID", ""))
        if kind == "Sect" and name:
            sections = (*sections, name)
        if kind in KINDS and (lines := _without_initial(tuple(_lines(self._runs(element, 0))))):
            self.found.append(Paragraph(sections, lines, name, kind))
        if kind == "Note":
            for page, run in self._runs(element, 0):
                self.notes[page] = max(run.baseline, self.notes.get(page, run.baseline))
            return
        for kid in _elements(element):
            self._walk(kid, sections)

    def _runs(self, element: pikepdf.Object, page: int) -> Iterator[tuple[int, Run]]:
        """Every glyph of an element but those of notes, with its page."""
        page = self._page(element, page)
        for kid in _kids(element):
            if isinstance(kid, int):
                yield from ((page, run) for run in self.pages[page].marked.get(kid, ()))
            elif kid.get("/Type") == "/MCR":
                on = self._page(kid, page)
                yield from ((on, run) for run in self.pages[on].marked.get(int(kid.MCID), ()))
            elif kid.get("/S") not in {None, "/Note", "/P"}:
                yield from self._runs(kid, page)

    def _page(self, element: pikepdf.Object, page: int) -> int:
        own = element.get("/Pg")
        return page if own is None else self.numbers[own.objgen]


def _kids(element: pikepdf.Object) -> Iterator[Any]:
    kids = element.get("/K", ())
    return iter(kids if isinstance(kids, pikepdf.Array) else (kids,))


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    return (kid for kid in _kids(element) if not isinstance(kid, int) and "/S" in kid)


def _baselines(page: PageText) -> Iterator[float]:
    """Where the lines of a page's text and notes stand, from the head down."""
    last = math.inf
    for baseline in sorted({run.baseline for runs in page.marked.values() for run in runs if run.text.strip()})[::-1]:
        if last - baseline > SAME_LINE:
            yield baseline
            last = baseline


def _lines(runs: Iterable[tuple[int, Run]]) -> Iterator[Line]:
    """The glyphs of a paragraph by lines."""
    line: list[Run] = []
    last = -1
    for page, run in runs:
        if line and (page != last or abs(run.baseline - line[0].baseline) > SAME_LINE):
            yield from _line(last, line)
            line = []
        line.append(run)
        last = page
    yield from _line(last, line)


def _without_initial(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """An initial stands beside the first lines, and is none of them."""
    return lines[1:] if len(lines) > 1 and lines[0].size > INITIAL * lines[1].size else lines


def _line(page: int, runs: list[Run]) -> Iterator[Line]:
    seen = list[Run]()
    spaced = set[int]()  # the glyphs that a space stands before
    for run in runs:
        if run.text.strip():
            seen.append(run)
        elif run.text in WORD_SPACES:
            spaced.add(len(seen))
    if not seen:
        return
    size = max(run.size for run in seen)
    text, gaps = seen[0].text, []
    for number, (before, after) in enumerate(pairwise(seen), 1):
        # Narrower gaps are kerning, and narrow no-break spaces before and behind marks: between letters a space is one that got tight.
        tight = number in spaced and before.text.isalpha() and after.text.isalpha()
        if tight or after.left - before.right > size / 8:
            gaps.append(Gap(before.right, after.left))
            text += " "
        text += after.text
    yield Line(page, seen[0].baseline, size, seen[0].left, seen[-1].right, text, tuple(gaps))
