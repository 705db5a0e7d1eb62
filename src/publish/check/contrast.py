"""Whether what the e-book's style sheets colour can be read: WCAG 2.2, success criteria 1.4.3 and 1.4.11, on light and dark ground.

No reading system is asked: every ink that is given can come to stand on every ground that is given, and on the reader's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.check.stylesheets import SCHEMES, Colour, Declaration, Scheme, declarations
from publish.diagnostics import Diagnostic, Location
from publish.model import Book

_TEXT, _LARGE, _LINES = 4.5, 3.0, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11: the least ratio
_LARGE_SIZE = 1.5  # em; 18 points, where the text has 12 (WCAG 2.2, "large scale")
_EM = re.compile(r"(\d*\.?\d+)em")
_GROUNDS = {"background", "background-color"}
_LINE_ENDINGS = ("-color", "border", "outline", "-left", "-right", "-top", "-bottom", "-decoration", "-rule")
_BLACK, _WHITE = Colour((0.0, 0.0, 0.0), 1.0, "black"), Colour((1.0, 1.0, 1.0), 1.0, "white")
_PAPER: dict[Scheme, Colour] = {"light": _WHITE, "dark": _BLACK}
_INK: dict[Scheme, Colour] = {"light": _BLACK, "dark": _WHITE}


@dataclass(frozen=True, slots=True)
class Pair:
    """An ink on a ground, in a theme, the ratio that it needs, and the place that is to be mended."""

    selector: str
    ink: Colour
    ground: Colour
    scheme: Scheme
    needed: float
    location: Location


def low_contrast(book: Book) -> Iterator[Diagnostic]:
    """Pairs of colours that the style sheets can give, in either theme, and that are too near to each other."""
    told = declarations(book)
    for pair in (pair for scheme in SCHEMES for pair in _pairs(_in_force(told, scheme), scheme)):
        ratio = contrast(pair.ink, pair.ground, _PAPER[pair.scheme])
        if ratio < pair.needed:
            message = (
                f"“{pair.selector}”: {pair.ink.typed} on {pair.ground.typed} has a contrast of {ratio:.1f}:1 in the "
                f"{pair.scheme} theme, and needs {pair.needed:g}:1"
            )
            hint = "leave colours to the reading system, or give ink and ground together"
            yield Diagnostic("low-contrast", pair.location, message, hint)


_Sheet = dict[str, dict[str, Declaration]]


def _in_force(told: list[Declaration], scheme: Scheme) -> _Sheet:
    """By selector and property what is said last in a theme."""
    sheet: _Sheet = {}
    for one in told:
        if one.scheme in {"", scheme}:
            sheet.setdefault(one.selector, {})["background" if one.name in _GROUNDS else one.name] = one
    return sheet


def _pairs(sheet: _Sheet, scheme: Scheme) -> Iterator[Pair]:
    grounds = [(given["background"], one) for given in sheet.values() for one in _colour(given, "background")]
    for selector, given in sheet.items():
        own = _colour(given, "background")
        below = own or [_PAPER[scheme], *(one for _, one in grounds)]
        for declaration in given.values():
            if needed := _needed(declaration, given):
                for ink in declaration.colours:
                    yield from (Pair(selector, ink, one, scheme, needed, declaration.location) for one in below)
        if own and not _colour(given, "color"):
            yield Pair(selector, _INK[scheme], own[0], scheme, _TEXT, given["background"].location)


def _colour(given: dict[str, Declaration], name: str) -> list[Colour]:
    return list(given[name].colours[:1]) if name in given else []


def _needed(one: Declaration, given: dict[str, Declaration]) -> float:
    """The ratio that a declaration's colours need, if they are those of text or of lines; else 0."""
    if one.name == "color":
        return _LARGE if _is_large(given) else _TEXT
    is_line = one.name in {"fill", "stroke"} or one.name.endswith(_LINE_ENDINGS)
    return _LINES if is_line and one.name not in _GROUNDS else 0.0


def _is_large(given: dict[str, Declaration]) -> bool:
    size = _EM.fullmatch(given["font-size"].value) if "font-size" in given else None
    return size is not None and float(size[1]) >= _LARGE_SIZE


# ---------------------------------------------------------------------------------------------------------------- ratios


def contrast(ink: Colour, ground: Colour, paper: Colour = _WHITE) -> float:
    """The contrast of an ink on a ground on a paper, from 1 to 21 (WCAG 2.2, "contrast ratio"); what is transparent lets through."""
    below = _over(ground.rgb, ground.alpha, paper.rgb)
    lights = sorted((_luminance(_over(ink.rgb, ink.alpha, below)), _luminance(below)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


_Light = tuple[float, float, float]


def _over(above: _Light, alpha: float, below: _Light) -> _Light:
    red, green, blue = (alpha * one + (1 - alpha) * other for one, other in zip(above, below, strict=True))
    return red, green, blue


def _luminance(light: _Light) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in light)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
