"""Fonts, by HarfBuzz: what a font holds, what a line of text measures in it, its outlines, and a subset of it.

The only module that knows uharfbuzz. Lengths are in em (1 em is the font size) until a size is given.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import uharfbuzz as hb

from publish.diagnostics import Diagnostic, Location, Report
from publish.errors import BookHasErrors
from publish.model import Asset

# OS/2 fsType (OpenType 1.9, "OS/2", fsType): licences that forbid to embed the font, a part of it, or its outlines.
_RESTRICTED, _NO_SUBSETTING, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_FS_TYPE = 8  # the offset of fsType in the table OS/2

_FAMILIES = (hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY, hb.OTNameIdPredefined.FONT_FAMILY)
_FULL_NAME, _VERSION = hb.OTNameIdPredefined.FULL_NAME, hb.OTNameIdPredefined.VERSION_STRING
# The OpenType names that a subset keeps: copyright to version and PostScript name, then licence and its address.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)


class Ink(NamedTuple):
    """The box that the ink of a run fills, from the beginning of its baseline: x to the right, y upwards; in em."""

    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Run:
    """A shaped line of text: (glyph, x) pairs from its beginning, its advance width, and its ink; in em."""

    glyphs: tuple[tuple[int, float], ...]
    width: float
    ink: Ink


class Typeface:
    """A font that can be asked for its characters, widths and outlines.

    Takes the bytes of a TrueType or OpenType font.
    """

    def __init__(self, data: bytes) -> None:
        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        self._em = float(self._face.upem)

    @property
    def cap_height(self) -> float:
        """The height of a capital, in em."""
        return float(self._font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)) / self._em

    def missing(self, text: str) -> str:
        """The characters of `text` that the font does not have, each once, in order; spaces and what is never seen aside."""
        glyph = self._font.get_nominal_glyph
        return "".join(one for one in dict.fromkeys(text) if _seen(one) and glyph(ord(one)) is None)

    def shape(self, text: str, language: str, features: Iterable[str] = (), tracking: float = 0.0) -> Run:
        """`text` as one line, kerned, with OpenType `features`; `tracking` (em) stands between its letters."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = language
        hb.shape(self._font, buffer, dict.fromkeys(features, True))
        glyphs: list[tuple[int, float]] = []
        x = 0.0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
            glyphs.append((info.codepoint, x + position.x_offset / self._em))
            x += position.x_advance / self._em + tracking
        return Run(tuple(glyphs), max(0.0, x - tracking), self._ink(glyphs))

    def advance(self, text: str, language: str, features: Mapping[str, int]) -> float:
        """How far `text` advances as one line, kerned, with OpenType `features` on (1) and off (0); in em."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = language
        hb.shape(self._font, buffer, dict(features))
        return float(sum(position.x_advance for position in buffer.glyph_positions or ())) / self._em

    def _ink(self, glyphs: Iterable[tuple[int, float]]) -> Ink:
        boxes = [(x, box) for glyph, x in glyphs if (box := self._font.get_glyph_extents(glyph)) and box.width]
        if not boxes:
            return Ink()
        em = self._em
        return Ink(
            min(x + box.x_bearing / em for x, box in boxes),
            min((box.y_bearing + box.height) / em for _, box in boxes),
            max(x + (box.x_bearing + box.width) / em for x, box in boxes),
            max(box.y_bearing / em for _, box in boxes),
        )

    def paint(self, run: Run, x: float, y: float, size: float, raster: Raster) -> None:
        """Add a run to a raster: its baseline begins at (x, y) pixels, at `size` pixels an em."""
        scale = size / self._em
        for glyph, offset in run.glyphs:
            raster.drawn.transform = (scale, 0, 0, -scale, x + offset * size, y)
            raster.drawn.draw_glyph(self._font, glyph)

    def outline(self, run: Run, x: float, y: float, size: float) -> str:
        """The outlines of a run as SVG path data: its baseline begins at (x, y), y downwards, at `size` units an em."""
        pen: list[str] = []
        scale = size / self._em
        for glyph, offset in run.glyphs:
            self._font.draw_glyph(glyph, _draw_functions(), (pen, x + offset * size, y, scale))
        return "".join(pen)


def _seen(character: str) -> bool:
    """Whether a character has a glyph to be seen: not a space, nor a joiner or soft hyphen (Unicode category Cf)."""
    return not character.isspace() and unicodedata.category(character) != "Cf"


class Raster:
    """A canvas of pixels for glyphs, a part of a picture: `Typeface.paint` adds to it, `coverage` says how far each pixel is covered."""

    def __init__(self, left: int, top: int, right: int, bottom: int) -> None:
        self.size = right - left, bottom - top
        self.drawn = hb.RasterDraw()
        self.drawn.extents = hb.RasterExtents(left, top, *self.size)

    def coverage(self) -> bytes:
        """The pixels row by row from the top, a byte each: 0 is bare, 255 covered. The canvas is empty afterwards."""
        image = self.drawn.render()
        rows, stride, width = bytes(image.buffer), image.extents.stride, image.extents.width
        if stride == width:
            return rows
        return b"".join(rows[at : at + width] for at in range(0, len(rows), stride))


_Pen = tuple[list[str], float, float, float]


@cache
def _draw_functions() -> hb.DrawFuncs:
    """HarfBuzz's callbacks, each of which writes one SVG path command with absolute coordinates."""

    def move(x: float, y: float, pen: _Pen) -> None:
        _command("M", (x, y), pen)

    def line(x: float, y: float, pen: _Pen) -> None:
        _command("L", (x, y), pen)

    def quadratic(cx: float, cy: float, x: float, y: float, pen: _Pen) -> None:
        _command("Q", (cx, cy, x, y), pen)

    def cubic(ax: float, ay: float, bx: float, by: float, x: float, y: float, pen: _Pen) -> None:  # noqa: PLR0913, PLR0917 - HarfBuzz's signature
        _command("C", (ax, ay, bx, by, x, y), pen)

    def close(pen: _Pen) -> None:
        pen[0].append("Z")

    functions = hb.DrawFuncs()
    functions.set_move_to_func(move)
    functions.set_line_to_func(line)
    functions.set_quadratic_to_func(quadratic)
    functions.set_cubic_to_func(cubic)
    functions.set_close_path_func(close)
    return functions


def _command(letter: str, points: tuple[float, ...], pen: _Pen) -> None:
    path, left, baseline, scale = pen
    xs, ys = points[::2], points[1::2]
    places = (f"{left + x * scale:.2f} {baseline - y * scale:.2f}" for x, y in zip(xs, ys, strict=True))
    path.append(letter + " ".join(places))


def subset(data: bytes, characters: Iterable[str], features: Iterable[str]) -> bytes:
    """The font with only the glyphs that `characters` can become through `features` (and kerning, marks, ligatures).

    The same input gives the same bytes: HarfBuzz keeps the font's own time stamps.
    """
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, (*_ALWAYS, *features)))
    wanted.name_id_set.update(_NAMES)
    wanted.flags = hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(hb.Face(data), wanted).blob.data)


# The features that a reading system applies unasked.
_ALWAYS = ("ccmp", "locl", "rlig", "liga", "clig", "calt", "kern", "mark", "mkmk")


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def may_be_embedded(data: bytes) -> bool:
    """Whether the font's own fsType allows a subset of it to be embedded in a publication."""
    table: bytes = hb.Face(data).reference_table("OS/2").data
    fs_type = int.from_bytes(table[_FS_TYPE : _FS_TYPE + 2], "big")
    return not fs_type & (_RESTRICTED | _NO_SUBSETTING | _BITMAPS_ONLY)


def has_characters(data: bytes) -> bool:
    return bool(hb.Face(data).unicodes)


def family_of(data: bytes) -> str:
    """The family that a font gives itself, the typographic one if it tells that ("name", 16 and 1); "" where it gives none."""
    face = hb.Face(data)
    return next(filter(None, map(face.get_name, _FAMILIES)), "")


def named(data: bytes) -> tuple[str, str]:
    """The full name and the version that a font gives itself (OpenType 1.9, "name", 4 and 5); each is "" where it gives none."""
    face = hb.Face(data)
    name, version = (face.get_name(one) or "" for one in (_FULL_NAME, _VERSION))
    return name, version.removeprefix("Version ")


def font_file(styles: Mapping[str, Asset], name: str, location: Location) -> bytes:
    """The bytes of a font of `styles/`, named at `location`.

    Raises BookHasErrors when there is no such file, or when its licence bits forbid that it is embedded.
    """
    if name not in styles:
        fonts = [one for one in styles if one.startswith("fonts/")]
        near = difflib.get_close_matches(name, fonts, 1)
        hint = f"did you mean “{near[0]}”?" if near else "put the font file into styles/fonts/ with its licence"
        raise _refused("font-file-missing", location, f"there is no font styles/{name}", hint)
    if not may_be_embedded(styles[name].data):
        raise _refused("font-not-embeddable", location, f"the licence bits of styles/{name} forbid to embed it")
    return styles[name].data


def _refused(rule: str, location: Location, message: str, hint: str = "") -> BookHasErrors:
    return BookHasErrors(Report.of([Diagnostic(rule, location, message, hint)]))
