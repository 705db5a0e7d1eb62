"""The cover of the e-book, painted. The only module that makes pictures with Pillow; for print none is needed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from PIL import Image, ImageColor
from PIL import JpegImagePlugin as _JpegImagePlugin  # noqa: F401 - read with the rest, not first when a JPEG is written

from publish.make.cover_design import Box, Design, Shape, Words, look_of
from publish.make.fonts import Raster
from publish.model import Book

# Of the e-book's cover; the height is 1.6 times the width, which Kindle calls ideal (KDP topic G6GTK3T3NUHKLEFX).
PIXELS = (1600, 2560)
_QUALITY = 85  # of the JPEG: no ring is seen around the letters, and the file is far below the shops' 1 MB


def rasterise(shapes: Sequence[Shape], width: int, height: int) -> bytes:
    """The shapes of a cover of `width` by `height` pixels as an sRGB JPEG.

    The glyphs are painted by HarfBuzz: a renderer of SVG needs ten times as long for the same picture.
    """
    picture = Image.new("RGB", (width, height), "white")
    for box in shapes:
        if isinstance(box, Box):
            picture.paste(box.colour, _pixels(box))
    for colour, words in _by_colour(shapes):
        raster = Raster(width, height)
        for one in words:
            one.face.paint(one.run, one.x, one.y, one.size, raster)
        mask = Image.frombytes("L", (width, height), raster.coverage())
        if inked := mask.getbbox():
            picture.paste(colour, inked, mask.crop(inked))
    out = io.BytesIO()
    # By the ending Pillow finds the format; asked for it by name it would load its other formats first.
    out.name = "cover.jpg"
    picture.save(out, quality=_QUALITY, subsampling="4:4:4")
    return out.getvalue()


def paint_cover(book: Book, pixels: tuple[int, int] = PIXELS) -> bytes:
    """The cover of the e-book, a JPEG: with the paper and ink of `styles/cover.css`. Raises BookHasErrors as `draw_cover` does."""
    return rasterise(tuple(Design(book, look_of(book, ground=True), *pixels).shapes()), *pixels)


def light_of(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of a colour of `styles/cover.css`, each from 0 to 1."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red / 255, green / 255, blue / 255


def _pixels(box: Box) -> tuple[int, int, int, int]:
    """The box in whole pixels, never thinner than one: its edges are sharp."""
    left, top = round(box.x), round(box.y)
    right, bottom = round(box.x + box.width), round(box.y + box.height)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _by_colour(shapes: Iterable[Shape]) -> Iterator[tuple[str, list[Words]]]:
    words = [one for one in shapes if isinstance(one, Words)]
    for colour in dict.fromkeys(one.colour for one in words):
        yield colour, [one for one in words if one.colour == colour]
