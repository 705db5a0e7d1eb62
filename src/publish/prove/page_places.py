"""Where on the printed pages the words stand that a finding in the prose speaks of, whoever found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.diagnostics import Diagnostic, Location
from publish.model import PageFinding
from publish.prove.page_lines import Line, Paragraph
from publish.prove.page_marks import area
from publish.prove.page_measured import Measured
from publish.prove.page_source import is_within

PROSE = ".md"  # where a block ends is known of prose alone


def placed(measured: Measured, found: Iterable[Diagnostic]) -> Iterator[PageFinding]:
    """Those of the findings whose words are printed, each at the line that has them."""
    for one in found:
        if not (one.location.line and one.location.file.endswith(PROSE)):
            continue
        place = Location(one.location.file, one.location.line, max(one.location.column, 1))
        if block := _block_of(measured, place):
            line = _line_of(measured, block, place)
            printed = measured.place_of(line)
            yield PageFinding(one, printed, block.id, 1.0, line.page, area([line]))


def _block_of(measured: Measured, place: Location) -> Paragraph | None:
    """The last block that begins before a place, if that is still in it."""
    begun = [
        (location, block)
        for block in measured.pages.blocks
        if (location := measured.locations.get(block.id)) and location.file == place.file and location <= place
    ]
    location, block = max(begun, key=lambda one: one[0], default=(place, None))
    source = measured.book.sources.get(place.file, "")
    return block if block and is_within(source, location, place) else None


def _line_of(measured: Measured, block: Paragraph, place: Location) -> Line:
    """The last printed line of a block that begins before a place."""
    begun = [line for line in block.lines if measured.location_of(block, line) <= place]
    return begun[-1] if begun else block.lines[0]
