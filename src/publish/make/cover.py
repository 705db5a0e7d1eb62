"""The cover of the printed book: drawn from its facts as an SVG of outlines.

Nothing in the drawing needs a font, so it is the same in every program that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from publish.make.cover_design import Box, Design, Shape, Words, look_of
from publish.model import Book, Cover


@dataclass(frozen=True, slots=True)
class DrawnCover(Cover):
    """A cover with the shapes that it was drawn from, on a page of `size` (width, height); `bands` are on the back cover, too."""

    shapes: tuple[Shape, ...] = field(repr=False)
    bands: tuple[Box, ...] = field(repr=False)
    size: tuple[float, float]


def draw_cover(book: Book, size: tuple[float, float]) -> DrawnCover:
    """Draw the cover for print, black on bare paper, on a page of `size` (width, height), in points.

    Raises BookHasErrors when `styles/cover.css` or a font is missing or wrong, or when no title face has a letter of the title.
    """
    design = Design(book, look_of(book, ground=False), *size)
    shapes, bands = tuple(design.shapes()), tuple(design.bands())
    alternative = book.labels["cover-alt"].replace("{title}", book.metadata.title)
    return DrawnCover(_svg(shapes, size, alternative), alternative, _svg(bands, size), shapes, bands, size)


def _svg(shapes: Iterable[Shape], size: tuple[float, float], alternative: str = "") -> str:
    """The shapes as SVG; without self-closed elements, for it stands in HTML as well as in XML."""
    paths = "".join(f'<path fill="{escape(one.colour)}" d="{_path(one)}"></path>' for one in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(size[0])} {_n(size[1])}" role="img">'
        f"<title>{escape(alternative, quote=False)}</title>{paths}</svg>"
    )


def _path(shape: Shape) -> str:
    if isinstance(shape, Words):
        return shape.face.outline(shape.run, shape.x, shape.y, shape.size)
    return f"M{_n(shape.x)} {_n(shape.y)}h{_n(shape.width)}v{_n(shape.height)}h{_n(-shape.width)}Z"


def _n(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")
