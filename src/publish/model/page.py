"""What is said of the printed page for its editors: findings with their places and pictures, figures, and what would save pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from publish.diagnostics import Diagnostic, Location
from publish.model.made import Place

Rectangle: TypeAlias = tuple[float, float, float, float]  # left, foot, right, head: points from the lower left of the page


@dataclass(frozen=True, slots=True)
class PageFinding:
    """Something on a printed page that an editor may want to mend, told at its source.

    `block` is the id of its paragraph, heading or note, `page` the index of its page in the file, `rectangle` its area there.
    `badness` is 1 at the limit of the rule and more the more it is seen, so that findings of all rules can be put in one order.
    """

    diagnostic: Diagnostic
    place: Place
    block: str
    badness: float
    page: int
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A piece of a printed page as a PNG, with the findings that it shows; `size` is its width and height in pixels."""

    label: str
    rectangle: Rectangle
    size: tuple[int, int]
    png: bytes = field(repr=False)
    findings: tuple[PageFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFigure:
    """A measured figure beside its aim: for each text its value, and whether that meets the aim (without one, every value does)."""

    name: str
    aim: str
    values: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class PageReport:
    """Everything that was measured on the pages of a file.

    `texts` are the titles of the texts that `figures` are of; `measured` has the same, by the ids of the texts, as JSON holds it.
    """

    file: str
    texts: tuple[str, ...]
    figures: tuple[PageFigure, ...]
    measured: Mapping[str, Mapping[str, object]]
    findings: tuple[PageFinding, ...]
    pictures: tuple[PagePicture, ...] = field(repr=False)


# ------------------------------------------------------------------------------------------------------- the page budget


@dataclass(frozen=True, slots=True)
class Saving:
    """Pages of the book that would be saved if a page of its contents ran so many lines less. `why` says what stands there now."""

    title: str
    location: Location
    lines: int
    pages: int
    why: str


@dataclass(frozen=True, slots=True)
class Tightening:
    """How a paragraph could be set in a line less than it is.

    `cost` is what that costs more: 1 is a line whose word spaces differ from even ones by a quarter of the font's own. `narrowest` and
    `widest` would be the spaces of its lines, as multiples of the font's own.
    """

    cost: float
    narrowest: float
    widest: float


@dataclass(frozen=True, slots=True)
class Shortening:
    """A paragraph that could give a line: its place and last line, of so many letters.

    Without a `tightening` its words would have to be fewer by as many letters.
    """

    place: Place
    location: Location
    last_line: str
    letters: int
    tightening: Tightening | None


@dataclass(frozen=True, slots=True)
class PageBudget:
    """What stands between the book and a number of pages.

    `lines` have to go for that, None when no shortening of the texts is enough. Savings come with the fewest lines for a page first,
    paragraphs with the cheapest.
    """

    pages: int
    wanted: int
    lines: int | None
    savings: tuple[Saving, ...]
    shortenings: tuple[Shortening, ...]
