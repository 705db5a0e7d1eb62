"""What is found in the prose has its place on the printed pages: the line that has its words."""

from __future__ import annotations

from functools import cache

import pytest

from proof_sample import garden
from publish.diagnostics import NOWHERE, Diagnostic, Location
from publish.model import PageFinding
from publish.prove.page_marks import area
from publish.prove.page_measured import Measured, measure_pages
from publish.prove.page_places import placed

ESSAY = "book/text/essay.md"


@cache
def measured() -> Measured:
    one = garden()
    return measure_pages(one["screen"], one.book, one.pagination, one.rendering.locations)


def found(location: Location) -> list[PageFinding]:
    return list(placed(measured(), [Diagnostic("dash-spacing", location, "message")]))


def words_at(finding: PageFinding) -> str:
    """The printed line that a finding is placed on."""
    lines = (line for block in measured().pages.blocks for line in block.lines)
    return next(one.text for one in lines if (one.page, area([one])) == (finding.page, finding.rectangle))


@pytest.mark.parametrize(
    "words",
    ["the garden is not dark", "tobacco.", "and it went from", "I counted forty", "is weeded by", "the dew lay"],
)
def test_a_place_in_the_prose_is_on_the_line_that_has_its_words(words: str) -> None:
    lines = garden().book.sources[ESSAY].splitlines()
    line, text = next(((number, one) for number, one in enumerate(lines, 1) if words in one), (0, ""))
    if not line:
        pytest.fail(f"the essay has no “{words}”")
    (finding,) = found(Location(ESSAY, line, text.index(words) + 1))
    assert words.split(maxsplit=1)[0] in words_at(finding)
    assert garden().pagination.pages[finding.page].label == finding.place.page


def test_a_place_of_which_the_column_is_not_known_is_on_the_first_line_of_its_block() -> None:
    line = garden().line_of(ESSAY, "I counted forty")
    (finding,) = found(Location(ESSAY, line))
    assert words_at(finding).startswith("I counted forty")


@pytest.mark.parametrize(
    "location",
    [
        NOWHERE,
        Location(ESSAY),
        Location("book/text/of-another-book.md", 1, 1),
        Location("book/glossary.yaml", 3, 1),
        Location(ESSAY, 2, 1),  # a blank line
    ],
    ids=str,
)
def test_what_is_not_told_of_printed_words_has_no_place(location: Location) -> None:
    assert found(location) == []
