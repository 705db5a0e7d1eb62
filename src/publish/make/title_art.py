"""The title of the title page of the e-book, set as large as its lines allow: SVG whose letters are text and take the theme's colour.

Text and not outlines, so that a reader's own face can set it (WCAG 2.2, 1.4.5, "images of text"). It is for the eyes only: the heading that
it stands in has its words for everybody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from publish.make.cover_design import Room, TitleLine, capitals_of, look_of, set_title
from publish.make.fonts import Typeface
from publish.model import Book

_MEASURE = 1000.0  # the width of the drawing; the reading system makes it as wide as its column
_ROOM = Room(_MEASURE, 1000.0, 420.0)
_BRACKET = 0.07  # of the measure: what a bracket takes, with the space beside it
_BRACKET_INK = 0.04  # of the measure: its own width
_SIZE = 100.0  # of the brackets, before they are drawn out; not so small that a reading system would set it larger
_OVER = 0.03  # of the measure: how far brackets reach beyond the lines


def draw_title(book: Book) -> str:
    """The title as SVG in a span, without self-closed elements. What makes a file of the SVG, as calibre does for Kindle, leaves the span.

    Square brackets around the whole stand beside all of its lines. Raises BookHasErrors as `draw_cover` does.
    """
    title, face = book.metadata.title, look_of(book, ground=True).title
    bracketed = title.startswith("[") and title.endswith("]") and bool(title.strip("[ ]"))
    words = title[1:-1].strip() if bracketed else title
    inset = _BRACKET * _MEASURE if bracketed else 0.0
    room = _ROOM._replace(measure=_MEASURE - 2 * inset)
    lines = set_title(face, capitals_of(words, book.metadata.language), book.metadata.language, room)
    top = _OVER * _MEASURE if bracketed else 0.0
    height = 2 * top + lines[-1].y - min(0.0, lines[-1].run.ink.bottom) * lines[-1].size
    left, right = _brackets(face, height) if bracketed else ("", "")
    letters = "\n".join(_lines(lines, words.split(), inset, top))
    return (
        f'<span class="title-art"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_MEASURE:g} {_n(height)}" '
        f'aria-hidden="true">{left}{letters}{right}</svg></span>'
    )


def _lines(lines: Sequence[TitleLine], words: Sequence[str], inset: float, top: float) -> Iterator[str]:
    """The lines as text in the letters of the book: capitals are a matter of style."""
    begin = 0
    for line in lines:
        end = begin + line.words
        x = inset - line.run.ink.left * line.size  # the ink, not the space before it, stands at the edge
        yield (
            f'<text x="{_n(x)}" y="{_n(top + line.y)}" font-size="{_n(line.size)}" '
            f'textLength="{_n(line.run.width * line.size)}" lengthAdjust="spacingAndGlyphs">'
            f"{escape(' '.join(words[begin:end]), quote=False)}</text>"
        )
        begin = end


def _brackets(face: Typeface, height: float) -> tuple[str, str]:
    """The face's own brackets, drawn out to a height, at both edges of the measure."""
    runs = [(sign, face.shape(sign, "")) for sign in "[]"]
    marks = []
    for (sign, run), left in zip(runs, (0.0, (1 - _BRACKET_INK) * _MEASURE), strict=True):
        wide, tall = _BRACKET_INK * _MEASURE / run.ink.width, height / (run.ink.top - run.ink.bottom)  # of an em
        place = f"translate({_n(left - run.ink.left * wide)} {_n(run.ink.top * tall)}) scale({_n(wide / _SIZE)} {_n(tall / _SIZE)})"
        marks.append(f'<text transform="{place}" font-size="{_SIZE:g}">{sign}</text>')
    return marks[0], marks[1]


def _n(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")
