"""All that a PDF draws: its pages, and what they draw in turn, each with the operators that colour, draw and mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

Thing = Any  # whatever stands in a PDF: pikepdf tells its kind only when it is read

_WANTED = "rg RG k K cs CS scn SCN sh gs Do BMC BDC MP DP BI ID EI"

Operation = tuple[str, tuple[Thing, ...]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A content stream: a page's, a form's or a tiling pattern's. `page` is the page, from 1, that draws it first."""

    page: int
    resources: Thing
    operations: tuple[Operation, ...]

    def named(self, kind: str, name: Thing) -> Thing:
        """The resource of a kind ("/Font") by its name; None if there is none."""
        return self.resources.get(kind, {}).get(str(name))

    def fonts(self) -> Iterator[Thing]:
        """The fonts that the content may use, in the order of their names."""
        found = self.resources.get("/Font", {})
        yield from (found[name] for name in sorted(found.keys()))

    def streams(self) -> Iterator[Thing]:
        """The forms, tiling patterns and soft masks that the content draws."""
        for operator, operands in self.operations:
            thing = self._used(operator, operands)
            if isinstance(thing, pikepdf.Stream) and (thing.get("/Subtype") == "/Form" or "/PatternType" in thing):
                yield thing

    def _used(self, operator: str, operands: tuple[Thing, ...]) -> Thing:
        if operator == "Do":
            return self.named("/XObject", operands[0])
        if operator in ("scn", "SCN"):
            return self.named("/Pattern", operands[-1])
        if operator == "gs":
            mask = (self.named("/ExtGState", operands[0]) or {}).get("/SMask")
            return mask.get("/G") if isinstance(mask, pikepdf.Dictionary) else None
        return None


def walk(pdf: pikepdf.Pdf) -> Iterator[Drawn]:
    """Every content stream that is drawn, once: the pages in order, each followed by what it draws."""
    seen: set[tuple[int, int]] = set()
    for count, page in enumerate(pdf.pages, start=1):
        yield from _walk(_read(count, page, page.obj), seen)


def _walk(drawn: Drawn, seen: set[tuple[int, int]]) -> Iterator[Drawn]:
    yield drawn
    for stream in drawn.streams():
        if stream.objgen not in seen:
            seen.add(stream.objgen)
            yield from _walk(_read(drawn.page, stream, stream), seen)


def _read(page: int, content: Thing, holder: Thing) -> Drawn:
    found = pikepdf.parse_content_stream(content, _WANTED)
    operations = tuple((str(one.operator), tuple(_operands(one))) for one in found)
    return Drawn(page, holder.get("/Resources", {}), operations)


def _operands(one: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> Iterator[Thing]:
    """The operands; of an inline image its dictionary."""
    if isinstance(one, pikepdf.ContentStreamInlineImage):
        yield one.iimage.obj
    else:
        yield from one.operands
