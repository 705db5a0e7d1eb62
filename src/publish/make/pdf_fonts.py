"""The faces of a book: they, and no font of the machine, are what a layout knows."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from publish.make.fonts import Typeface
from publish.model import Asset
from publish.scratch import Scratch

# fontconfig wants a file that says where fonts are; the cache lies beside them and goes with them.
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True, slots=True)
class Face:
    """What a style asks for: a family, upright or not, and a weight from 1 to 1000."""

    family: str
    italic: bool
    weight: int

    def __str__(self) -> str:
        extras = [*(["italic"] if self.italic else []), *([f"of weight {self.weight}"] if self.weight != 400 else [])]
        return " ".join([self.family, *extras])


def is_font(name: str) -> bool:
    """Whether a file of the styles is a font that is laid out with."""
    return name.startswith("fonts/") and name.endswith((".ttf", ".otf"))


class Fonts:
    """The fonts of `styles/fonts`, in a folder of their own that goes when this object does."""

    def __init__(self, styles: Mapping[str, Asset]) -> None:
        self._files = {name: asset.data for name, asset in sorted(styles.items()) if is_font(name)}
        scratch = Scratch()
        weakref.finalize(self, scratch.close)
        self._folder = scratch.path
        (self._folder / "fonts").mkdir()
        for number, data in enumerate(self._files.values()):
            (self._folder / "fonts" / f"{number}.font").write_bytes(data)
        (self._folder / "fonts.conf").write_text(FONTCONFIG.format(folder=self._folder), encoding="utf-8")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While this lasts, fontconfig finds these fonts and no others."""
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(self._folder / "fonts.conf")
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before

    @cached_property
    def coverage(self) -> dict[Face, frozenset[str]]:
        """The characters that each face has."""
        return dict(_read_face(data) for data in self._files.values())

    @cached_property
    def typefaces(self) -> dict[Face, Typeface]:
        """The faces, to be measured in."""
        return {face: Typeface(data) for face, data in zip(self.coverage, self._files.values(), strict=True)}


def _read_face(data: bytes) -> tuple[Face, frozenset[str]]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # slow, and there already with WeasyPrint

    font: Any = TTFont(BytesIO(data), lazy=True)
    name, style = font["name"], font["OS/2"]
    family = name.getDebugName(16) or name.getDebugName(1)
    face = Face(family, bool(style.fsSelection & 1), style.usWeightClass)  # OpenType, OS/2: bit 0 is ITALIC
    return face, frozenset(map(chr, font.getBestCmap()))
