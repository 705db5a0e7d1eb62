"""The cover: drawn from the facts of the book as an SVG of outlines, and painted as a JPEG for the e-book.

Nothing in the drawing needs a font, so it is the same in every program that shows it. The only module that knows Pillow.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from publish.make.cover_design import Box, Design, Shape, Words, look_of
from publish.make.fonts import Raster
from publish.model import Book, Cover

PIXELS = (
    1600,
    2560,
)  # of the e-book's; the height is 1.6 times the width, which Kindle calls ideal (KDP topic G6GTK3T3NUHKLEFX)
_QUALITY = 85  # of the JPEG: no ring is seen around the letters, and the file is far below the shops' 1 MB


@dataclass(frozen=True, slots=True)
class DrawnCover(Cover):
    """A cover with the shapes that it was drawn from, on a page of `size` (width, height); `bands` are on the back cover, too."""

    shapes: tuple[Shape, ...] = field(repr=False)
    bands: tuple[Box, ...] = field(repr=False)
    size: tuple[float, float]


def draw_cover(book: Book, size: tuple[float, float], *, ground: bool = False) -> DrawnCover:
    """Draw the cover on a page of `size` (width, height): points for print, pixels for the e-book.

    With a `ground` it has the paper and ink of `styles/cover.css`; without, as for print, bare paper and black ink. Raises
    BookHasErrors when that style sheet or a font is missing or wrong, or when no title face has a letter of the title.
    """
    design = Design(book, look_of(book, ground=ground), *size)
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


def rasterise(cover: DrawnCover, width: int, height: int) -> bytes:
    """The cover as an sRGB JPEG of `width` by `height` pixels.

    The glyphs are painted by HarfBuzz: a renderer of SVG needs ten times as long for the same picture.
    """
    from PIL import Image  # slow, and not needed for print

    picture = Image.new("RGB", (width, height), "white")
    scale = width / cover.size[0]
    for box in cover.shapes:
        if isinstance(box, Box):
            picture.paste(box.colour, _pixels(box, scale))
    for colour, words in _by_colour(cover.shapes):
        raster = Raster(width, height)
        for one in words:
            one.face.paint(one.run, one.x * scale, one.y * scale, one.size * scale, raster)
        mask = Image.frombytes("L", (width, height), raster.coverage())
        if inked := mask.getbbox():
            picture.paste(colour, inked, mask.crop(inked))
    out = io.BytesIO()
    # By the ending Pillow finds the format; asked for it by name it would load its other formats first.
    out.name = "cover.jpg"
    picture.save(out, quality=_QUALITY, subsampling="4:4:4")
    return out.getvalue()


def paint_cover(book: Book) -> bytes:
    """The cover of the e-book, a JPEG. Raises BookHasErrors as `draw_cover` does."""
    return rasterise(draw_cover(book, PIXELS, ground=True), *PIXELS)


def light_of(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of a colour of `styles/cover.css`, each from 0 to 1."""
    from PIL import ImageColor

    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red / 255, green / 255, blue / 255


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """The box in whole pixels, never thinner than one: its edges are sharp."""
    left, top = round(box.x * scale), round(box.y * scale)
    right, bottom = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _by_colour(shapes: Iterable[Shape]) -> Iterator[tuple[str, list[Words]]]:
    words = [one for one in shapes if isinstance(one, Words)]
    for colour in dict.fromkeys(one.colour for one in words):
        yield colour, [one for one in words if one.colour == colour]
