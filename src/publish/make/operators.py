"""Content streams for the press: colours become K or CMYK, the marks of the tag tree go. Bytes in, bytes out.

A content stream is a row of instructions, operands first (ISO 32000-1, 7.8.2). Nearly all of them are copied as they stand, so one
regular expression reads a whole instruction at once and only those that colour or mark are taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from publish.errors import ToolFailed

Family = Literal["grey", "rgb", "other"]

#: Text that no colour operator precedes is black in DeviceGray (ISO 32000-1, 8.4.1); this says it in ink.
BLACK = b"0 0 0 1 k 0 0 0 1 K\n"

# ------------------------------------------------------------------------------------------------------------- instructions

_REGULAR = rb"[^\x00\t\n\f\r ()<>\[\]{}/%]"


def _literal_string(depth: int) -> bytes:
    """Parentheses may stand in a string unescaped if they are balanced; a regular expression counts to a fixed depth."""
    inner = b""
    for _ in range(depth):
        nested = rb"|\(" + inner + rb"\)" if inner else b""
        inner = rb"(?:[^()\\]++|\\." + nested + rb")*"
    return rb"\(" + inner + rb"\)"


# Of one kind of character alone a repetition is possessive here: of others Python 3.11.2, Debian's, goes back into it (gh-106052).
_KEYWORD = rb"(?:true|false|null)(?!" + _REGULAR + rb")"
_OPERANDS = rb"""(?:[\x00\t\n\f\r ]++|[-+.0-9]%(regular)s*+|<[0-9A-Fa-f\x00\t\n\f\r ]*+>|/%(regular)s*+|[\[\]]|<<|>>
    |%(string)s|%%[^\r\n]*+|%(keyword)s)*""" % {
    b"regular": _REGULAR,
    b"keyword": _KEYWORD,
    b"string": _literal_string(12),
}
_INSTRUCTION = re.compile(rb"(?sx)(" + _OPERANDS + rb")((?!" + _KEYWORD + rb")[A-Za-z'\"]" + _REGULAR + rb"*+|\Z)")
_COMMENT = re.compile(rb"%[^\r\n]*")
_IMAGE_DATA = re.compile(rb"[\x00\t\n\f\r ]ID[\x00\t\n\f\r ]")
# The data of an inline image is binary: "EI" counts as its end only if what follows reads like operators (as qpdf decides it).
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=\Z|[\x00\t\n\f\r ][\t\n\f\r -~]{0,10}(?:\Z|[\t\n\f\r -~]))")


class Instruction(NamedTuple):
    """An operator with its operands as they stand, and where it begins and ends in the stream."""

    operator: bytes
    operands: bytes
    start: int
    end: int

    @property
    def strokes(self) -> bool:
        """Of an operator of colour: whether it is that for lines, the capital of the two."""
        return self.operator.isupper()


def instructions(content: bytes) -> Iterator[Instruction]:
    """Each instruction in order; an inline image is one, with the operator `BI`. `ToolFailed` if the stream is not well formed."""
    start = 0
    while start < len(content):
        match = _INSTRUCTION.match(content, start)
        if match is None:
            raise ToolFailed(f"a page of the PDF has a content stream that cannot be read at byte {start}")
        operands, operator = match.groups()
        end = _end_of_image(content, match.end()) if operator == b"BI" else match.end()
        if operator:
            yield Instruction(operator, operands, start, end)
        start = end


def _end_of_image(content: bytes, start: int) -> int:
    data = _IMAGE_DATA.search(content, start)
    end = data and _IMAGE_END.search(content, data.end() - 1)
    if not end:
        raise ToolFailed(f"an inline image of the PDF has no end after byte {start}")
    return end.end()


def _words(operands: bytes) -> list[bytes]:
    """The operands of an operator that takes only numbers and names."""
    return (_COMMENT.sub(b" ", operands) if b"%" in operands else operands).split()


# ------------------------------------------------------------------------------------------------------------------ colours


def cmyk(red: float, green: float, blue: float) -> tuple[float, float, float, float]:
    """The inks of a colour, by the plain formula without a profile; grey becomes K alone.

    Black takes all that the three inks share, so that small black type is one plate and cannot go out of register:
    K = 1 − max(R, G, B), C = (1 − R − K) / (1 − K), and so on. Two values that differ by less than half of 1/255 are one.
    """
    brightest = max(red, green, blue)
    if brightest - min(red, green, blue) < 0.5 / 255:
        return 0.0, 0.0, 0.0, 1 - brightest
    cyan, magenta, yellow = (1 - one / brightest for one in (red, green, blue))
    return cyan, magenta, yellow, 1 - brightest


def number(value: float) -> bytes:
    """A number as PDF writes it, to four decimals: no press holds a finer tint, no cutter a finer length."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode("ascii")


def numbers(*values: float) -> bytes:
    """Numbers as operands."""
    return b" ".join(map(number, values))


@lru_cache(maxsize=1024)
def _inks(components: bytes) -> bytes:
    """The operands of `k` for those of `rg` or `g`."""
    values = [min(max(float(one), 0.0), 1.0) for one in _words(components)]
    red, green, blue = values if len(values) == 3 else values * 3
    return numbers(*cmyk(red, green, blue))


@dataclass(slots=True)
class _Space:
    """The colour space of the fill and of the stroke; part of the graphics state."""

    fill: Family = "other"
    stroke: Family = "other"


_COMPONENTS: dict[Family, int] = {"grey": 1, "rgb": 3}


@dataclass(slots=True)
class _Rewriter:
    """What has been read of a stream: the colour spaces now, and those saved by `q`. `kept` collects the names of those left alone."""

    spaces: Mapping[bytes, Family]
    kept: MutableSet[bytes]
    now: _Space = field(default_factory=_Space)
    saved: list[_Space] = field(default_factory=list)

    def drop(self, _one: Instruction) -> bytes:
        return b""

    def save(self, _one: Instruction) -> None:
        self.saved.append(_Space(self.now.fill, self.now.stroke))

    def restore(self, _one: Instruction) -> None:
        if self.saved:
            self.now = self.saved.pop()

    def device(self, one: Instruction) -> bytes:
        """`rg`, `g` and their capitals: a colour space and a colour at once."""
        self._enter(one, "grey" if one.operator in (b"g", b"G") else "rgb")
        return _paint(one, one.operands)

    def ink(self, one: Instruction) -> None:
        """`k` and `K` are right as they are."""
        self._enter(one, "other")

    def space(self, one: Instruction) -> bytes | None:
        """`cs`, `CS`: a space of light is left out; choosing one also makes the colour black (ISO 32000-1, 8.6.5.1)."""
        name = _words(one.operands)[-1]
        family = self.spaces.get(name, "other")
        self._enter(one, family)
        if family == "other":
            self.kept.add(name)
            return None
        return _paint(one, b"0")

    def colour(self, one: Instruction) -> bytes | None:
        """`sc`, `scn` and their capitals: a colour in the space that was chosen before."""
        family = self.now.stroke if one.strokes else self.now.fill
        if _COMPONENTS.get(family) != len(_words(one.operands)):
            return None
        return _paint(one, one.operands)

    def _enter(self, one: Instruction, family: Family) -> None:
        if one.strokes:
            self.now.stroke = family
        else:
            self.now.fill = family


def _paint(one: Instruction, components: bytes) -> bytes:
    return _inks(components) + (b" K" if one.strokes else b" k")


_HANDLERS: dict[bytes, Callable[[_Rewriter, Instruction], bytes | None]] = {
    **dict.fromkeys((b"BMC", b"BDC", b"EMC", b"MP", b"DP"), _Rewriter.drop),
    **dict.fromkeys((b"rg", b"RG", b"g", b"G"), _Rewriter.device),
    **dict.fromkeys((b"k", b"K"), _Rewriter.ink),
    **dict.fromkeys((b"cs", b"CS"), _Rewriter.space),
    **dict.fromkeys((b"sc", b"SC", b"scn", b"SCN"), _Rewriter.colour),
    b"q": _Rewriter.save,
    b"Q": _Rewriter.restore,
}


def for_press(content: bytes, spaces: Mapping[bytes, Family], kept: MutableSet[bytes]) -> bytes:
    """The stream without marked content, its greys as K and its colours as CMYK.

    `spaces` tells the family of each colour space that the stream may name (b"/srgb"); the names of those that are still used are
    added to `kept`. Raises `ToolFailed` for a stream that is not well formed.
    """
    rewriter, copied = _Rewriter(spaces, kept), 0
    parts: list[bytes] = []
    for one in instructions(content):
        handler = _HANDLERS.get(one.operator)
        replacement = handler(rewriter, one) if handler else None
        if replacement is not None:
            parts += (content[copied : one.start], replacement and b"\n" + replacement)
            copied = one.end
    return b"".join((*parts, content[copied:]))
