"""How wide words are, in the faces, sizes and features that the styles give them; and how far their ends may hang out of a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from publish.make.fonts import Typeface
from publish.make.pdf_fonts import Face

# The parts of their width by which characters hang out of a line, so that its edge looks straight (R. Schlicht, The microtype
# package, section 5.2, for faces of this kind), and how far at most, in em.
HANGING = {
    **dict.fromkeys(".,-\u2010", 0.7),
    **dict.fromkeys("'\"\u2018\u2019\u201c\u201d", 0.5),
    **dict.fromkeys(":;", 0.5),
    **dict.fromkeys("\u2013\u2014", 0.2),
    **dict.fromkeys("!?)(", 0.15),
}
FARTHEST = 0.18


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set: the face, the size, the language, and OpenType features as (name, value). Widths are in the unit of the size."""

    face: Face
    size: float
    language: str
    features: tuple[tuple[str, int], ...] = ()


class Measurer:
    """Measures words in the faces of a book. A word is shaped once for all its uses."""

    def __init__(self, typefaces: Mapping[Face, Typeface]) -> None:
        self._typefaces = typefaces
        self._known: dict[tuple[str, Setting], float] = {}

    def has(self, text: str, face: Face) -> bool:
        """Whether the face is there and has all characters of the text."""
        return face in self._typefaces and not self._typefaces[face].missing(text)

    def width(self, text: str, setting: Setting) -> float:
        """The advance of the text, which has no spaces between words."""
        known = self._known.get((text, setting))
        if known is None:
            em = self._typefaces[setting.face].advance(text, setting.language, dict(setting.features))
            known = self._known[text, setting] = em * setting.size
        return known

    def hang(self, character: str, setting: Setting) -> float:
        """How far the character hangs out of a line that it begins or ends."""
        part = HANGING.get(character)
        return min(part * self.width(character, setting), FARTHEST * setting.size) if part else 0.0
