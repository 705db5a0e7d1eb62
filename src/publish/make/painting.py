"""The cover of the e-book, painted. The only module that makes pictures with Pillow; for print none is needed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import ceil, floor

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
    for box in (one for one in shapes if isinstance(one, Box)):
        picture.paste(box.colour, _pixels(box))
    for words in (one for one in shapes if isinstance(one, Words)):
        if inked := _inked(words, picture):
            raster = Raster(*inked)
            words.face.paint(words.run, words.x, words.y, words.size, raster)
            picture.paste(words.colour, inked, Image.frombytes("L", raster.size, raster.coverage()))
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


def _inked(words: Words, picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The pixels of the picture that a line of glyphs may cover, if there are any; a font tells its ink in whole units."""
    ink, size = words.run.ink, words.size
    left, right = floor(words.x + ink.left * size) - 1, ceil(words.x + ink.right * size) + 1
    top, bottom = floor(words.y - ink.top * size) - 1, ceil(words.y - ink.bottom * size) + 1
    seen = max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height)
    return seen if seen[0] < seen[2] and seen[1] < seen[3] else None
