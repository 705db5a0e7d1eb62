"""The design of the cover: what stands where, in which face and colour.

A pamphlet of the 1930s: condensed capitals in balanced lines, as large as the page allows, between rules. The faces and colours are
those of `styles/cover.css`. A title that is wholly in square brackets, which say that it is the editors', stands between tall
brackets. Every measure is a part of the page's, so that the design fits any page; y grows downwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from publish.diagnostics import Diagnostic, Location, Report
from publish.errors import BookHasErrors
from publish.make.balance import even_lines
from publish.make.fonts import Run, Typeface, font_file
from publish.model import Asset, Book, Contributor


class Box(NamedTuple):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


class Words(NamedTuple):
    """A line of glyphs, its baseline beginning at (x, y), at `size` units an em."""

    face: Typeface
    run: Run
    x: float
    y: float
    size: float
    colour: str


Shape: TypeAlias = Box | Words

_SAFE = 30.0  # points; a printer wants 10 mm (28.3 points) free of anything that matters
_MARGIN = 0.09  # of the width, so that 8 mm are left on a somewhat narrower page; never less than the safe area
_TITLE_DEPTH = 0.52  # the title's share of the height, at most
_TITLE_CAPS = 0.5  # the height of its capitals, at most, as a part of the width
_TITLE_GAP = 0.2  # between its lines, as a part of the height of the capitals
_INK_GAP = 0.08  # between accents and descenders of neighbouring lines, the same
_EVEN = 1.45  # lines whose widths differ more than this are set in one size, others each as wide as the measure
_EVEN_IS_WORTH = 1.35  # so much smaller may a setting of even lines be than one of uneven lines

# ------------------------------------------------------------------------------------------------------------------ look


@dataclass(frozen=True, slots=True)
class Look:
    """Faces and colours; `paper` is "" where the paper itself is the ground."""

    title: Typeface
    roman: Typeface
    italic: Typeface
    ink: str
    accent: str
    paper: str


_STYLE = Location("styles/cover.css")
_COLOURS = ("accent", "ink", "paper")
_PROPERTIES = ("title", "title-fallback", "roman", "italic", *_COLOURS)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PROPERTY = re.compile(r"--([a-z-]+):\s*(?:url\(([^)]*)\)|([^;]+?))\s*;")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PRINTERS_BLACK = "#000000"


def look_of(book: Book, *, ground: bool) -> Look:
    """The look that `styles/cover.css` gives; without a ground that of print: bare paper and black ink.

    Raises BookHasErrors when a property or a font is missing, or when neither title face has all letters of the title.
    """
    style = _properties(book.styles)
    roman, italic = (Typeface(font_file(book.styles, style[name], _STYLE)) for name in ("roman", "italic"))
    _need_letters(book, roman, italic)
    look = Look(_title_face(book, style), roman, italic, style["ink"], style["accent"], style["paper"])
    return look if ground else replace(look, ink=_PRINTERS_BLACK, paper="")


def _properties(styles: Mapping[str, Asset]) -> dict[str, str]:
    text = styles["cover.css"].data.decode() if "cover.css" in styles else ""
    found = {name: (url or value).strip(" \"'") for name, url, value in _PROPERTY.findall(_COMMENT.sub("", text))}
    missing = ", ".join(f"--{one}" for one in _PROPERTIES if not found.get(one))
    if missing:
        raise _refused("cover-style", f"the cover needs these properties in styles/cover.css: {missing}")
    wrong = ", ".join(f"--{one}" for one in _COLOURS if not _COLOUR.fullmatch(found[one]))
    if wrong:
        raise _refused("cover-style", f"these properties of styles/cover.css are no colours as #rrggbb: {wrong}")
    return found


def _title_face(book: Book, style: Mapping[str, str]) -> Typeface:
    """The first of the two title faces that has every letter of the title."""
    capitals = capitals_of(book.metadata.title, book.metadata.language)
    faces = [Typeface(font_file(book.styles, style[name], _STYLE)) for name in ("title", "title-fallback")]
    missing = [face.missing(capitals) for face in faces]
    if all(missing):
        raise _refused("cover-letter-missing", f"neither title face of styles/cover.css has “{missing[-1]}”")
    return faces[missing.index("")]


def _need_letters(book: Book, roman: Typeface, italic: Typeface) -> None:
    facts = book.metadata
    names = (facts.publisher, *(one.name for one in authors_of(book)))
    signs = (facts.subtitle, *(book.labels[one.qualifier] for one in authors_of(book) if one.qualifier))
    if missing := roman.missing("".join(names)) + italic.missing("".join(signs)):
        raise _refused("cover-letter-missing", f"the roman or the italic face of styles/cover.css lacks “{missing}”")


def authors_of(book: Book) -> list[Contributor]:
    """Those whose names stand on the cover: MARC relator "aut"."""
    return [one for one in book.metadata.contributors if one.role == "aut"]


def _refused(rule: str, message: str) -> BookHasErrors:
    return BookHasErrors(Report.of([Diagnostic(rule, _STYLE, message)]))


_TURKIC = str.maketrans({"i": "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"})
_GREEK_ACCENTS = dict.fromkeys(map(ord, "\u0300\u0301\u0313\u0314\u0342"))


def capitals_of(text: str, language: str) -> str:
    """`text` in capitals as the language writes them: Turkish and Azerbaijani keep the dot of the i, Greek drops the accents."""
    family = language.split("-", maxsplit=1)[0].lower()
    if family in {"tr", "az"}:
        return text.translate(_TURKIC).upper()
    if family in {"el", "grc"}:
        bare = unicodedata.normalize("NFD", text.upper()).translate(_GREEK_ACCENTS)
        return unicodedata.normalize("NFC", bare)
    return text.upper()


# ----------------------------------------------------------------------------------------------------------------- title


class TitleLine(NamedTuple):
    """A line of the title: its glyphs, their size, how far its baseline stands below the top of the title, and how many words it has."""

    run: Run
    size: float
    y: float
    words: int = 0


class Room(NamedTuple):
    """What the title may fill: the width of its lines, the depth of them all, the height of a capital."""

    measure: float
    depth: float
    caps: float


def set_title(face: Typeface, text: str, language: str, room: Room) -> list[TitleLine]:
    """Set the title in the number of lines in which it is largest, within `room`.

    Lines of nearly one width are each made as wide as the measure, others are set in one size; even lines are preferred.
    """
    words = text.split()
    widths, space = [face.shape(word, language).width for word in words], face.shape(" ", language).width
    best, best_score = list[TitleLine](), 0.0
    for count in range(1, len(words) + 1):
        texts = even_lines(words, widths, space, count)
        runs = [face.shape(text, language) for text in texts]
        even = max(map(_wide, runs)) <= _EVEN * min(map(_wide, runs))
        stacked = _stacked(runs, even=even, measure=room.measure, cap=face.cap_height)
        lines, full = _within(room, stacked, face.cap_height)
        score = min(line.size for line in lines) * (_EVEN_IS_WORTH if even and count > 1 else 1.0)
        if score > best_score:
            best_score = score
            best = [line._replace(words=len(text.split())) for line, text in zip(lines, texts, strict=True)]
        if full:
            break  # with more lines it could only become smaller
    return best


def _wide(run: Run) -> float:
    """The width of the ink; something where there is none."""
    return max(run.ink.width, 0.01)


def _stacked(runs: Sequence[Run], *, even: bool, measure: float, cap: float) -> list[TitleLine]:
    """The lines below each other, as wide as the measure; neither capitals nor accents and descenders come too near."""
    widest = max(map(_wide, runs))
    sizes = [measure / (_wide(run) if even else widest) for run in runs]
    lines = [TitleLine(runs[0], sizes[0], max(cap, runs[0].ink.top) * sizes[0])]
    for run, size in zip(runs[1:], sizes[1:], strict=True):
        over = lines[-1]
        step = cap * (size + _TITLE_GAP * min(size, over.size))
        ink = (run.ink.top + _INK_GAP) * size - over.run.ink.bottom * over.size
        lines.append(TitleLine(run, size, over.y + max(step, ink)))
    return lines


def _within(room: Room, lines: Sequence[TitleLine], cap: float) -> tuple[list[TitleLine], bool]:
    """The lines, made smaller where the room demands it, and whether they fill its depth."""
    by_depth = room.depth / lines[-1].y
    shrink = min(1.0, by_depth, room.caps / (cap * max(line.size for line in lines)))
    return [TitleLine(line.run, line.size * shrink, line.y * shrink) for line in lines], by_depth <= 1.0


# ------------------------------------------------------------------------------------------------------------------ page

_SPACE = 0.32  # em; between words of different faces


class Piece(NamedTuple):
    """Some words in one face: what `Typeface.shape` takes."""

    face: Typeface
    text: str
    features: tuple[str, ...] = ()
    tracking: float = 0.0


class TextLine(NamedTuple):
    """A line of the small print: the space from the baseline above, and the size, both in hundredths of the page's width."""

    pieces: tuple[Piece, ...]
    step: float
    size: float


class Design:
    """The cover of a book on a page of `width` by `height`: points for print, pixels for the e-book."""

    def __init__(self, book: Book, look: Look, width: float, height: float) -> None:
        self.data, self.labels, self.look = book.metadata, book.labels, look
        self.authors = authors_of(book)
        self.width, self.height = width, height
        self.unit = width / 100
        self.margin = max(_MARGIN * width, _SAFE)
        self.measure = width - 2 * self.margin
        self.foot = height - self.margin - 8.6 * self.unit  # the fine rule over the publisher's name

    def shapes(self) -> Iterator[Shape]:
        """The cover, from the ground up."""
        if self.look.paper:
            yield Box(0, 0, self.width, self.height, self.look.paper)
        yield from self.bands()
        small, depth = self._small_print()
        top = self.margin + 8 * self.unit
        bottom = yield from self._title(top, self.foot - depth - 8 * self.unit - top)
        yield from self._below_title(bottom, small)
        yield from self._feet()

    def bands(self) -> Iterator[Box]:
        """The bars at the head and the foot, the same on the front and on the back; on a wrap they run round both and over the edges."""
        yield self._rule(self.margin, self.measure, 2.2, self.look.accent)
        yield self._rule(self.margin + 3.1 * self.unit, self.measure, 0.3, self.look.ink)
        yield self._rule(self.foot, self.measure, 0.3, self.look.ink)
        yield self._rule(self.foot + 7.8 * self.unit, self.measure, 0.8, self.look.accent)

    def _rule(self, y: float, width: float, weight: float, colour: str) -> Box:
        return Box(self.margin, y, width, weight * self.unit, colour)

    def _title(self, top: float, depth: float) -> Generator[Shape, None, float]:
        """The title; returns the y below it."""
        title = capitals_of(self.data.title, self.data.language)
        bracketed = title.startswith("[") and title.endswith("]") and bool(title.strip("[ ]"))
        inset = 6.5 * self.unit if bracketed else 0.0
        pad = 4 * self.unit if bracketed else 0.0
        room = Room(
            self.measure - 2 * inset, min(depth, _TITLE_DEPTH * self.height) - 2 * pad, _TITLE_CAPS * self.width
        )
        lines = set_title(self.look.title, title.strip("[]") if bracketed else title, self.data.language, room)
        for run, size, y, _ in lines:
            x = self.margin + inset - run.ink.left * size  # the ink, not the space before it, stands at the edge
            yield Words(self.look.title, run, x, top + pad + y, size, self.look.ink)
        bottom = top + lines[-1].y + 2 * pad - min(0.0, lines[-1].run.ink.bottom) * lines[-1].size
        if bracketed:
            yield from self._brackets(top, bottom)
        return bottom

    def _brackets(self, top: float, bottom: float) -> Iterator[Shape]:
        """Square brackets as tall as the title, at both edges of the measure."""
        stem, arm, accent = 1.8 * self.unit, 5.2 * self.unit, self.look.accent
        right = self.margin + self.measure
        for x, arm_x in ((self.margin, self.margin), (right - stem, right - arm)):
            yield Box(x, top, stem, bottom - top, accent)
            yield Box(arm_x, top, arm, 1.3 * self.unit, accent)
            yield Box(arm_x, bottom - 1.3 * self.unit, arm, 1.3 * self.unit, accent)

    def _small_print(self) -> tuple[list[TextLine], float]:
        """The subtitle and the authors, and their depth; smaller where they would take more than a third of the page."""
        for scale in (1.0, 0.85, 0.7, 0.55, 0.4):
            lines = [*self._subtitle(5.6 * scale), *self._authors(4.8 * scale)]
            depth = sum(line.step for line in lines) * self.unit + 7 * self.unit
            if depth <= self.height / 3:
                break
        return lines, depth

    def _subtitle(self, size: float) -> Iterator[TextLine]:
        for number, line in enumerate(self._wrapped(self.data.subtitle, size * self.unit)):
            yield TextLine((Piece(self.look.italic, line, ("onum",)),), size * (1.2 if number else 1.6), size)

    def _authors(self, size: float) -> Iterator[TextLine]:
        for number, author in enumerate(self.authors):
            name = Piece(self.look.roman, author.name, ("smcp",), 0.06)
            doubt = (Piece(self.look.italic, self.labels[author.qualifier]),) if author.qualifier else ()
            yield TextLine((*doubt, name), size * (1.35 if number else 2.1), size)

    def _below_title(self, y: float, lines: Iterable[TextLine]) -> Iterator[Shape]:
        y += 5.5 * self.unit
        yield self._rule(y, 14 * self.unit, 1.1, self.look.accent)
        y += 2.2 * self.unit
        for line in lines:
            y += line.step * self.unit
            yield from self._words(line.pieces, self.margin, y, line.size * self.unit)

    def _feet(self) -> Iterator[Shape]:
        """The publisher and the year, between the bars."""
        publisher = Piece(self.look.roman, self.data.publisher, ("smcp",), 0.06)
        year = Piece(self.look.roman, self.data.published[:4], ("onum",), 0.06)
        size, baseline = 4 * self.unit, self.foot + 5 * self.unit
        right = self.margin + self.measure - self._shape(year).width * size
        yield from self._words([publisher], self.margin, baseline, size, self.measure * 0.8)
        yield from self._words([year], right, baseline, size)

    # ---- words

    def _shape(self, piece: Piece) -> Run:
        return piece.face.shape(piece.text, self.data.language, piece.features, piece.tracking)

    def _words(self, pieces: Sequence[Piece], x: float, y: float, size: float, measure: float = 0.0) -> Iterator[Words]:
        """Pieces on one line with spaces between, made smaller where they are wider than the measure."""
        runs = [self._shape(piece) for piece in pieces]
        width = sum(run.width for run in runs) + _SPACE * (len(runs) - 1)
        size = min(size, (measure or self.measure) / width) if width else size
        for piece, run in zip(pieces, runs, strict=True):
            yield Words(piece.face, run, x, y, size, self.look.ink)
            x += (run.width + _SPACE) * size

    def _wrapped(self, text: str, size: float) -> list[str]:
        """`text` in italics, in as few even lines as fit the measure."""
        words = text.split()
        widths = [self._shape(Piece(self.look.italic, word)).width * size for word in words]
        for count in range(1, len(words) + 1):
            lines = even_lines(words, widths, 0.25 * size, count)
            if all(self._shape(Piece(self.look.italic, line)).width * size <= self.measure for line in lines):
                return lines
        return words
