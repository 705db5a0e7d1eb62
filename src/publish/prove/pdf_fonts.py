"""What the codes of a PDF's fonts mean: the characters (ISO 32000-1, 9.10.3) and the advance (9.2.4, 9.7.4.3) of each glyph."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

UNKNOWN = "\ufffd"  # stands for a glyph without a character

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_CMAP_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class Font:
    """What the codes of a font mean: their characters, and their advance in units of the font's size."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.name = str(font.get("/BaseFont", ""))
        self.composite = font.get("/Subtype") == "/Type0"
        self.length = 2 if self.composite else 1
        self.has_unicode = "/ToUnicode" in font
        self.characters = dict(_to_unicode(font["/ToUnicode"].read_bytes())) if self.has_unicode else {}
        self.widths, self.default_width = _composite_widths(font) if self.composite else _simple_widths(font)
        self.embedded = _is_embedded(font)
        self._known: dict[bytes, tuple[str, float, int]] = {}

    def read(self, data: bytes) -> tuple[str, float, int]:
        """The characters of a string, its advance, and how many glyphs it has."""
        known = self._known.get(data)
        if known is None:
            codes = self.codes(data)
            text = "".join(self.characters.get(code, UNKNOWN) for code in codes)
            advance = sum(self.widths.get(code, self.default_width) for code in codes) / 1000
            known = self._known[data] = (text, advance, len(codes))
        return known

    def used(self) -> set[int]:
        """The codes that have been read."""
        return {code for data in self._known for code in self.codes(data)}

    def codes(self, data: bytes) -> list[int]:
        return [int.from_bytes(data[at : at + self.length]) for at in range(0, len(data), self.length)]


def _is_embedded(font: pikepdf.Object) -> bool:
    owner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    descriptor = owner.get("/FontDescriptor", pikepdf.Dictionary())
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _to_unicode(cmap: bytes) -> Iterator[tuple[int, str]]:
    for kind, body in _SECTION.findall(cmap):
        tokens = iter(_CMAP_TOKEN.findall(body))
        for token in tokens:
            first = int(token[0], 16)
            if kind == b"bfchar":
                yield first, _characters(next(tokens)[0])
            else:
                yield from _range(first, int(next(tokens)[0], 16), tokens)


def _range(first: int, last: int, tokens: Iterator[tuple[bytes, bytes, bytes]]) -> Iterator[tuple[int, str]]:
    token = next(tokens)
    if token[1]:  # an array: one string a code
        for code in range(first, last + 1):
            yield code, _characters(next(tokens)[0])
        next(tokens)
        return
    start = _characters(token[0])
    for code in range(first, last + 1):
        yield code, start[:-1] + chr(ord(start[-1]) + code - first)


def _characters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _composite_widths(font: pikepdf.Object) -> tuple[dict[int, float], float]:
    """The array W: `c [w1 w2 …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    descendant = font["/DescendantFonts"][0]
    widths: dict[int, float] = {}
    pending: list[int] = []
    for item in descendant.get("/W", []):
        if isinstance(item, pikepdf.Array):
            widths.update((pending[0] + place, float(width)) for place, width in enumerate(item))
            pending.clear()
        elif len(pending) == 2:
            widths.update(dict.fromkeys(range(pending[0], pending[1] + 1), float(item)))
            pending.clear()
        else:
            pending.append(int(item))
    return widths, float(descendant.get("/DW", 1000))


def _simple_widths(font: pikepdf.Object) -> tuple[dict[int, float], float]:
    first = int(font.get("/FirstChar", 0))
    return {first + place: float(width) for place, width in enumerate(font.get("/Widths", []))}, 0.0
