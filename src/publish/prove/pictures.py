"""The pictures of an e-book, as far as their heads tell: size in pixels, colours, whether something of them is transparent."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple


class Picture(NamedTuple):
    """The facts of a picture; zeros and "" where its head does not tell them. `colour` is "grey", "rgb" or "cmyk"."""

    width: int = 0
    height: int = 0
    colour: str = ""
    transparent: bool = False


def look(data: bytes) -> Picture:
    """What the head of a PNG, a JPEG or a GIF tells; nothing of other files."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(data)
        if data.startswith(b"\xff\xd8"):
            return next(_jpeg(data), Picture())
        if data.startswith((b"GIF87a", b"GIF89a")):
            width, height = struct.unpack_from("<HH", data, 6)
            return Picture(width, height, "rgb")
    except (struct.error, IndexError):  # it ends too early
        pass
    return Picture()


def _png(data: bytes) -> Picture:
    """PNG (third edition), 11.2.1: the header is the first chunk; a palette or colour has its transparency in a chunk before the data."""
    width, height, _, kind = struct.unpack_from(">IIBB", data, 16)
    has_alpha = bool(kind & 4) or b"tRNS" in data.partition(b"IDAT")[0]
    return Picture(width, height, "rgb" if kind & 2 else "grey", has_alpha)


_NO_FRAMES = frozenset({0xC4, 0xC8, 0xCC})  # tables among the markers of frames (ITU-T T.81, table B.1)
_COLOURS = {1: "grey", 3: "rgb", 4: "cmyk"}


def _jpeg(data: bytes) -> Iterator[Picture]:
    """ITU-T T.81, B.2.2: the header of the frame has the size and the number of components."""
    place = 2
    while data[place] == 0xFF:
        marker, length = struct.unpack_from(">BH", data, place + 1)
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            height, width, components = struct.unpack_from(">HHB", data, place + 5)
            yield Picture(width, height, _COLOURS.get(components, ""))
        place += 2 + length
