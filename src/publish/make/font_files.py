"""Whether each font of a book is whole and may be put into it, asked before anything is made with one.

What measures, subsets and lays out with a font takes it as it is: from a broken one come no letters, or others, and no word of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from publish.diagnostics import Diagnostic
from publish.make.fonts import may_be_embedded, subset
from publish.model import Asset

_SUFFIXES = (".ttf", ".otf", ".woff", ".woff2")
# OpenType, "Required tables", and those of the outlines: TrueType's or one of PostScript's.
_REQUIRED = ("head", "hhea", "hmtx", "maxp", "cmap", "name", "OS/2", "post")
_OUTLINES = ({"glyf", "loca"}, {"CFF "}, {"CFF2"})
_UNREADABLE = "cannot be read as TrueType or OpenType"


def unusable_fonts(styles: Mapping[str, Asset]) -> Iterator[Diagnostic]:
    """The fonts of the styles that are broken, or whose licence bits forbid to embed them; each at its file."""
    for name, asset in sorted(styles.items()):
        if not name.lower().endswith(_SUFFIXES):
            continue
        if wrong := _what_is_wrong(asset.data):
            hint = "take the file from where the font comes from anew, or another font"
            yield Diagnostic("font-broken", asset.location, f"the font {wrong}", hint)
        elif not may_be_embedded(asset.data):
            message = "the licence bits of the font forbid to embed it"
            yield Diagnostic("font-not-embeddable", asset.location, message, "take another font")


def _what_is_wrong(data: bytes) -> str:
    if not data:
        return "is an empty file"
    try:
        return _damage(data) or ("" if subset(data, "a", ()) else _UNREADABLE)
    except Exception:  # noqa: BLE001 - what is raised at broken data is nowhere told
        return _UNREADABLE


def _damage(data: bytes) -> str:
    """What is wrong with a font. Raises anything where its directory or a table of it cannot be read."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # slow, and there already with WeasyPrint

    font: Any = TTFont(BytesIO(data), lazy=True)
    tables = font.reader.tables
    missing = [tag for tag in _REQUIRED if tag not in tables]
    if font.flavor:
        return f"is {font.flavor.upper()}, not TrueType or OpenType"
    if missing or not any(tables.keys() >= outlines for outlines in _OUTLINES):
        return f"has no table “{missing[0]}”" if missing else "has no outlines"
    if any(one.offset + one.length > len(data) for one in tables.values()):
        return "is cut off before its end"
    for tag in _REQUIRED:
        font[tag]
    if not font.getBestCmap():
        return "has no characters"
    return "" if font["name"].getDebugName(16) or font["name"].getDebugName(1) else "does not tell its family"
