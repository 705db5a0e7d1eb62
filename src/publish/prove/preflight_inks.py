"""Preflight of the inks: a press prints K, CMYK and grey; it does not print light."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from publish.diagnostics import NOWHERE, Diagnostic
from publish.prove.resources import Drawn

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

_INKS = {"/DeviceGray", "/DeviceCMYK", "/Pattern"}
_ABBREVIATED = {"/G": "/DeviceGray", "/CMYK": "/DeviceCMYK", "/RGB": "/DeviceRGB", "/I": "/Indexed"}
_BLACK = 0.9  # from this tint of K on, the eye sees black


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a colour, whatever the page."""

    rule: str
    what: str
    hint: str = ""


_RGB = Fault("print-colour", "a colour is in RGB, which a press cannot print")
_RICH_BLACK = Fault("print-rich-black", "black is mixed of several inks", "make it black (#000), or clearly a colour")
_TRANSPARENT = Fault(
    "print-transparency", "something is transparent", "use a lighter solid colour instead of `opacity`"
)
_TAGGED = Fault("print-leftover", "the content still has marks of a tag tree")
_PICTURE = Fault(
    "print-colour-image",
    "a picture is coloured, and not in CMYK",
    "save it as greyscale, or as CMYK with the printer's profile",
)


def check_inks(drawn: Iterable[Drawn], told: Callable[[Iterable[int]], str]) -> Iterator[Diagnostic]:
    """Colours, pictures, gradients and groups are in K, CMYK or grey; black is K alone; transparency and tags are told.

    `told` says pages in words. What is wrong in the same way on several pages is said once.
    """
    pages: dict[Fault, set[int]] = {}
    for one in drawn:
        for fault in faults(one):
            pages.setdefault(fault, set()).add(one.page)
    for fault, where in sorted(pages.items()):
        yield Diagnostic(fault.rule, NOWHERE, f"{told(where)}: {fault.what}", fault.hint)


def faults(drawn: Drawn) -> Iterator[Fault]:
    """What is wrong with the colours of a content stream, operator by operator."""
    for operator, operands in drawn.operations:
        check = _CHECKS.get(operator)
        if check is not None:
            yield from check(drawn, operands)


# ---------------------------------------------------------------------------------------------------------------- operators


def _light(_drawn: Drawn, _operands: tuple[Thing, ...]) -> Iterator[Fault]:
    yield _RGB


def _marked(_drawn: Drawn, _operands: tuple[Thing, ...]) -> Iterator[Fault]:
    yield _TAGGED


def _ink(_drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    *colours, black = (float(one) for one in operands)
    if black >= _BLACK and max(colours) > 0.01:
        yield _RICH_BLACK


def _space(drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    space = drawn.named("/ColorSpace", operands[0])
    yield from _strange("a colour", operands[0] if space is None else space)


def _pattern(drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    pattern = drawn.named("/Pattern", operands[-1])
    if pattern is not None and "/Shading" in pattern:
        yield from _strange("a gradient", pattern.Shading.ColorSpace)


def _shading(drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    shading = drawn.named("/Shading", operands[0])
    if shading is not None:
        yield from _strange("a gradient", shading.ColorSpace)


def _object(drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    thing = drawn.named("/XObject", operands[0])
    if thing is None:
        return
    if thing.get("/Subtype") == "/Image" and not thing.get("/ImageMask", False):
        yield from _picture(thing.get("/ColorSpace"))
    if "/CS" in thing.get("/Group", {}):
        yield from _strange("a transparent group", thing.Group.CS)


def _inline_image(drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    image = operands[0]
    space = image.get("/ColorSpace", image.get("/CS"))
    if not image.get("/ImageMask", image.get("/IM", False)):
        named = drawn.named("/ColorSpace", space)
        yield from _picture(space if named is None else named)


def _picture(space: Thing) -> Iterator[Fault]:
    if space is None or _is_strange(space):
        yield _PICTURE


def _state(drawn: Drawn, operands: tuple[Thing, ...]) -> Iterator[Fault]:
    state = drawn.named("/ExtGState", operands[0])
    if state is not None and _is_transparent(state):
        yield _TRANSPARENT


_CHECKS: dict[str, Callable[[Drawn, tuple[Thing, ...]], Iterator[Fault]]] = {
    **dict.fromkeys(("rg", "RG"), _light),
    **dict.fromkeys(("k", "K"), _ink),
    **dict.fromkeys(("cs", "CS"), _space),
    **dict.fromkeys(("scn", "SCN"), _pattern),
    **dict.fromkeys(("BMC", "BDC", "MP", "DP"), _marked),
    "sh": _shading,
    "gs": _state,
    "Do": _object,
    "INLINE IMAGE": _inline_image,
}

# ------------------------------------------------------------------------------------------------------------ colour spaces


def _strange(what: str, space: Thing) -> Iterator[Fault]:
    if _is_strange(space):
        yield Fault("print-colour", f"{what} is in the colour space {_called(space)}, which a press cannot print")


def _called(space: Thing) -> str:
    return str(space[0] if isinstance(space, pikepdf.Array) else space).removeprefix("/")


def _is_strange(space: Thing) -> bool:
    """Whether a colour space is none of ink: neither grey nor CMYK of the device, nor a palette or pattern of these."""
    if not isinstance(space, pikepdf.Array):
        return _ABBREVIATED.get(str(space), str(space)) not in _INKS
    if str(space[0]) in ("/Indexed", "/I", "/Pattern") and len(space) > 1:
        return _is_strange(space[1])
    return str(space[0]) not in _INKS


def _is_transparent(state: Thing) -> bool:
    opaque = all(float(state.get(alpha, 1)) >= 1 for alpha in ("/ca", "/CA"))
    plain = str(state.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
    return not (opaque and plain) or isinstance(state.get("/SMask"), pikepdf.Dictionary)
