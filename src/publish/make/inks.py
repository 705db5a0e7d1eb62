"""The inks of a PDF: every colour in its pages and in what they draw becomes K or CMYK, in place.

Followed are form XObjects, tiling patterns, shadings, soft masks and the groups of transparency. A picture whose pixels are all grey
becomes a grey picture. A coloured picture is left alone and told by preflight: how a photograph is to be separated depends on press and
paper, and a formula without their profile would be a guess. So is a colour in a space that has no plain formula (Lab, Separation).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from publish.make.operators import BLACK, Family, cmyk, for_press

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

_DEVICE: dict[bytes, Family] = {b"/DeviceGray": "grey", b"/DeviceRGB": "rgb"}
_PROFILES: dict[int, Family] = {1: "grey", 3: "rgb"}  # by the number of components
_SAME_SPACE: dict[str, Family] = {"/DeviceGray": "grey", "/CalGray": "grey", "/DeviceRGB": "rgb", "/CalRGB": "rgb"}


@dataclass(slots=True)
class Separation:
    """The separation of one PDF: what was done already, and which named colour spaces are still in use."""

    done: set[tuple[int, int]] = field(default_factory=set)
    kept: set[bytes] = field(default_factory=set)
    resources: list[Thing] = field(default_factory=list)
    groups: list[Thing] = field(default_factory=list)
    opaque: bool = True

    def page(self, page: pikepdf.Page) -> bytes:
        """The page's content for the press; what its resources draw is changed in place."""
        resources: Thing = page.obj.get("/Resources", {})
        self._resources(resources)
        page.contents_coalesce()
        content = page.obj.Contents.read_bytes() if "/Contents" in page.obj else b""
        return BLACK + for_press(content, _families(resources), self.kept)

    def finish(self) -> None:
        """Take out what is of no use any more: colour spaces that nothing names, with their profiles, and groups of opaque things.

        Round these a group of transparency changes nothing, but printers who want no transparency refuse it.
        """
        for form in self.groups if self.opaque else ():
            del form["/Group"]
        for resources in self.resources:
            spaces = resources.get("/ColorSpace", {})
            for name in [name for name in spaces if name.encode("latin-1") not in self.kept]:
                del spaces[name]
            if "/ColorSpace" in resources and not len(spaces):
                del resources["/ColorSpace"]

    def _first_time(self, thing: Thing) -> bool:
        """Whether a shared object is met for the first time; a direct one always is."""
        known = thing.is_indirect and thing.objgen in self.done
        self.done.add(thing.objgen)
        return not known

    def _resources(self, resources: Thing) -> None:
        if not len(resources) or not self._first_time(resources):
            return
        self.resources.append(resources)
        for drawn in _values(resources, "/XObject"):
            self._drawn(drawn)
        for pattern in _values(resources, "/Pattern"):
            self._pattern(pattern)
        for shading in _values(resources, "/Shading"):
            self._shading(shading)
        for state in _values(resources, "/ExtGState"):
            self.opaque = self.opaque and _is_opaque(state)
            mask = state.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary):
                self._drawn(mask.G)

    def _drawn(self, drawn: Thing) -> None:
        if not self._first_time(drawn):
            return
        if drawn.get("/Subtype") == "/Image":
            _make_grey(drawn)
        elif drawn.get("/Subtype") == "/Form":
            self._stream(drawn, b"")
            if "/Group" in drawn:
                self.groups.append(drawn)
                if _family(drawn.Group.get("/CS")) == "rgb":
                    drawn.Group.CS = pikepdf.Name.DeviceCMYK

    def _pattern(self, pattern: Thing) -> None:
        if not self._first_time(pattern):
            return
        if pattern.get("/PatternType") == 2:
            self._shading(pattern.Shading)
        else:
            # A cell begins with the graphics state of a new page, whatever was drawn before (ISO 32000-1, 8.7.3.1); an uncoloured
            # one (PaintType 2) has no colours.
            self._stream(pattern, BLACK if pattern.get("/PaintType") == 1 else b"")

    def _stream(self, stream: Thing, prologue: bytes) -> None:
        resources = stream.get("/Resources", {})
        self._resources(resources)
        stream.write(prologue + for_press(stream.read_bytes(), _families(resources), self.kept))
        for key in ("/StructParent", "/StructParents", "/Metadata", "/PieceInfo"):
            if key in stream:
                del stream[key]

    def _shading(self, shading: Thing) -> None:
        if not self._first_time(shading):
            return
        family = _family(shading.get("/ColorSpace"))
        functions = list(_simple_functions(shading.get("/Function")))
        if family in ("grey", "rgb") and functions and all(one is not None for one in functions):
            for one in functions:
                _separate_ends(one, 1 if family == "grey" else 3)
            shading.ColorSpace = pikepdf.Name.DeviceCMYK
            if "/Background" in shading:
                shading.Background = _array(shading.Background)


def _values(resources: Thing, kind: str) -> Iterator[Thing]:
    found = resources.get(kind)
    if found is not None:
        yield from (found[name] for name in sorted(found.keys()))


def _is_opaque(state: Thing) -> bool:
    """Whether a graphics state has no effect of transparency (ISO 32000-1, 11.6.4)."""
    plain = str(state.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
    solid = all(float(state.get(alpha, 1)) >= 1 for alpha in ("/ca", "/CA"))
    return plain and solid and not isinstance(state.get("/SMask"), pikepdf.Dictionary)


def _family(space: Thing) -> Family:
    """Whether a colour space is one of light that the plain formula can turn into inks."""
    name = str(space[0] if isinstance(space, pikepdf.Array) else space)
    if name == "/ICCBased":
        return _PROFILES.get(int(space[1].N), "other")
    return _SAME_SPACE.get(name, "other")


def _families(resources: Thing) -> dict[bytes, Family]:
    named = resources.get("/ColorSpace", {})
    return _DEVICE | {name.encode("latin-1"): _family(named[name]) for name in named}


# ------------------------------------------------------------------------------------------------------------- shadings


def _simple_functions(function: Thing) -> Iterator[Thing]:
    """The exponential functions (type 2) that a gradient is stitched of (type 3); None for a function of another type."""
    kind = function.get("/FunctionType") if isinstance(function, pikepdf.Dictionary | pikepdf.Stream) else None
    if kind == 2:
        yield function
    elif kind == 3:
        for part in function.Functions:
            yield from _simple_functions(part)
    else:
        yield None


def _separate_ends(function: Thing, components: int) -> None:
    """The two end colours of a step of a gradient; its steps between them are then steps of ink."""
    for key, default in (("/C0", [0]), ("/C1", [1])):
        values = [float(one) for one in function.get(key, default)]
        if len(values) == components:
            function[key] = _array(values)


# --------------------------------------------------------------------------------------------------------------- pictures


def _make_grey(image: Thing) -> None:
    """An RGB picture of 8 bits becomes DeviceGray, pixel for pixel, if every pixel is grey."""
    if image.get("/BitsPerComponent") != 8 or "/Decode" in image or _family(image.get("/ColorSpace")) != "rgb":
        return
    if "/JPXDecode" in str(image.get("/Filter")):
        return
    pixels = image.read_bytes(decode_level=pikepdf.StreamDecodeLevel.all)
    red = pixels[0::3]
    if red == pixels[1::3] == pixels[2::3]:
        image.write(red)
        image.ColorSpace = pikepdf.Name.DeviceGray


def _array(values: Thing) -> pikepdf.Array:
    """A colour of light as an array of inks."""
    light = [float(one) for one in values]
    red, green, blue = light if len(light) == 3 else light * 3
    return pikepdf.Array([round(one, 4) for one in cmyk(red, green, blue)])
