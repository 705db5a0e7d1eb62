"""What a line of the index is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.diagnostics import Location
from publish.render.passages import Passage
from publish.render.walk import Inlines


@dataclass(frozen=True, slots=True)
class CrossReference:
    """What a line refers to: the id of the other line, and its heading."""

    target: str
    heading: Inlines


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the index: its id, its heading, what it is sorted by, the passages that it leads to, and the lines under it."""

    id: str
    heading: Inlines
    sort: tuple[str, ...]
    location: Location
    passages: tuple[Passage, ...] = ()
    see: tuple[CrossReference, ...] = ()
    see_also: tuple[CrossReference, ...] = ()
    under: tuple[IndexLine, ...] = ()


def every_line(lines: Iterable[IndexLine]) -> Iterator[IndexLine]:
    """Every line, each before those under it."""
    for line in lines:
        yield line
        yield from every_line(line.under)


def by_letter(lines: Iterable[IndexLine]) -> list[list[IndexLine]]:
    """The lines by their first letter; what begins with none stands together before them."""
    groups: dict[str, list[IndexLine]] = {}
    for line in lines:
        first = line.sort[0][:1]
        groups.setdefault(first if first.isalpha() else "", []).append(line)
    return list(groups.values())
