"""Whether each font of a book is whole and may be put into it, asked before anything is made with one.

What measures, subsets and lays out with a font takes it as it is: from a broken one come no letters, or others, and no word of it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from publish.diagnostics import Diagnostic
from publish.make.fonts import family_of, has_characters, may_be_embedded, subset
from publish.model import Asset

_SUFFIXES = (".ttf", ".otf", ".woff", ".woff2")
# How a font begins (OpenType 1.9, "Table directory"; "true" is Apple's), and how one for web pages (WOFF 1.0 and 2.0, "Header").
_BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_FOR_WEB_PAGES = {b"wOFF": "WOFF", b"wOF2": "WOFF2"}
# OpenType, "Required tables", and those of the outlines: TrueType's or one of PostScript's.
_REQUIRED = ("head", "hhea", "hmtx", "maxp", "cmap", "name", "OS/2", "post")
_OUTLINES = ({"glyf", "loca"}, {"CFF "}, {"CFF2"})
# What stands in every table "head", 12 bytes from its beginning ("head", magicNumber).
_MAGIC = (0x5F0F3CF5).to_bytes(4)
_UNREADABLE = "cannot be read as TrueType or OpenType"


def unusable_fonts(styles: Mapping[str, Asset], *, printed: bool) -> Iterator[Diagnostic]:
    """The fonts of the styles that are broken, or whose licence bits forbid to embed them; each at its file.

    With those of a book that is `printed`, more is done: its pages are laid out by who reads tables that an e-book is made without.
    """
    for name, asset in sorted(styles.items()):
        if not name.lower().endswith(_SUFFIXES):
            continue
        if wrong := _what_is_wrong(asset.data, printed=printed):
            hint = "take the file from where the font comes from anew, or another font"
            yield Diagnostic("font-broken", asset.location, f"the font {wrong}", hint)
        elif not may_be_embedded(asset.data):
            message = "the licence bits of the font forbid to embed it"
            yield Diagnostic("font-not-embeddable", asset.location, message, "take another font")


def _what_is_wrong(data: bytes, *, printed: bool) -> str:
    if not data:
        return "is an empty file"
    try:
        wrong = _damage(data) or ("" if subset(data, "a", ()) else _UNREADABLE)
        if printed and not wrong:
            _read_tables(data)
    except Exception:  # noqa: BLE001 - what is raised at broken data is nowhere told
        return _UNREADABLE
    return wrong


def _damage(data: bytes) -> str:
    """What is wrong with a font. Raises anything where its directory cannot be read."""
    if data[:4] in _FOR_WEB_PAGES:
        return f"is {_FOR_WEB_PAGES[data[:4]]}, not TrueType or OpenType"
    if data[:4] not in _BEGINNINGS:
        return _UNREADABLE
    tables = dict(_directory(data))
    missing = [tag for tag in _REQUIRED if tag not in tables]
    if missing or not any(tables.keys() >= outlines for outlines in _OUTLINES):
        return f"has no table “{missing[0]}”" if missing else "has no outlines"
    if any(end > len(data) for _, end in tables.values()):
        return "is cut off before its end"
    head, _ = tables["head"]
    return _UNREADABLE if data[head + 12 : head + 16] != _MAGIC else _lack(data)


def _lack(data: bytes) -> str:
    """What a font that can be read does not tell of itself."""
    if not has_characters(data):
        return "has no characters"
    return "" if family_of(data) else "does not tell its family"


def _directory(data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every table of a font: its tag, where it begins in the file and where it ends (OpenType 1.9, "Table directory")."""
    (number,) = struct.unpack_from(">H", data, 4)
    for record in range(number):
        tag, _, begin, length = struct.unpack_from(">4sIII", data, 12 + 16 * record)
        yield tag.decode("latin-1"), (begin, begin + length)


def _read_tables(data: bytes) -> None:
    """Read the tables that every font has. Raises anything where one cannot be read."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # slow, and there already with WeasyPrint

    font: Any = TTFont(BytesIO(data), lazy=True)
    for tag in _REQUIRED:
        font[tag]
