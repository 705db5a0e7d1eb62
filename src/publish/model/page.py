"""What is said of the printed page for its editors: findings with their places and pictures, figures, and what would save pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from publish.diagnostics import Diagnostic, Location
from publish.model.made import Place

PAGE_REPORT = "page report"  # who finds these rules broken, as other rules name a judge
FAMILY = "page-"  # what the slugs of the rules begin with that the page report goes by
_INNER_QUOTES = str.maketrans("“”", "‘’")
Rectangle: TypeAlias = tuple[
    float, float, float, float
]  # left, foot, right, head: points from the lower left of the page


def counted(number: int, noun: str) -> str:
    """ "1 page", "2 pages"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


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


def rule_title(slug: str) -> str:
    """The name of a rule of the page report in a heading: "page-loose-line" is "Loose line"."""
    return slug.removeprefix(FAMILY).replace("-", " ").capitalize()


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


# ------------------------------------------------------------------------------------------------------- the page budget


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of the book that would lose a page if so many lines went from it; `page` is the label of its last page."""

    title: str
    location: Location
    lines: int
    page: str


@dataclass(frozen=True, slots=True)
class Saving:
    """Pages that the book would have less, and the cuts that it takes: what begins on a page of a certain side moves by two or not."""

    pages: int
    cuts: tuple[Cut, ...]

    @property
    def lines(self) -> int:
        """The lines that go."""
        return sum(one.lines for one in self.cuts)

    def __str__(self) -> str:
        """ "2 pages for 26 lines: List of Emendations 8 (last page 42), Note on the Text 18 (last page 40)"."""
        cuts: dict[tuple[str, str], int] = {}
        for one in self.cuts:
            cuts[one.title, one.page] = cuts.get((one.title, one.page), 0) + one.lines
        parts = ", ".join(f"{title} {lines} (last page {page})" for (title, page), lines in cuts.items())
        return f"{counted(self.pages, 'page')} for {counted(self.lines, 'line')}: {parts}"


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
class Leeway:
    """What a layout could do otherwise, and what not.

    By their ids, the paragraphs and notes that could be set in a line less, and the pages of the contents that have to begin on a page of
    a certain side.
    """

    tightenings: Mapping[str, Tightening] = field(default_factory=dict)
    sided: frozenset[str] = frozenset()


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

    def __str__(self) -> str:
        last = self.last_line.translate(_INNER_QUOTES)
        if self.tightening is None:
            return f"“{last}” is its last line: {counted(self.letters, 'letter')}"
        cost = f"at a cost of {self.tightening.cost:.0f}" if self.tightening.cost > 0.5 else "at no cost"
        spaces = f"{self.tightening.narrowest:.2f} to {self.tightening.widest:.2f} times the font's own"
        return f"“{last}” could end the line before, {cost}; word spaces {spaces}"


@dataclass(frozen=True, slots=True)
class PageBudget:
    """How many pages the book has, with its covers unless they are glued round it, and what would save some.

    `printed` are those of the print PDF, whose last sheet, or leaf, is filled up.
    `savings` come with the fewest lines for a page first, `shortenings` with the cheapest paragraph first; `blank` are the labels of blank
    pages.
    """

    pages: int
    printed: int
    savings: tuple[Saving, ...]
    blank: tuple[str, ...]
    shortenings: tuple[Shortening, ...]

    def savings_for(self, wanted: int) -> tuple[Saving, ...] | None:
        """The savings that it takes for the book to have no more pages than that; None if all of them are not enough."""
        pages = self.pages
        for count, saving in enumerate(self.savings):
            if pages <= wanted:
                return self.savings[:count]
            pages -= saving.pages
        return self.savings if pages <= wanted else None


# ------------------------------------------------------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True)
class PageReport:
    """Everything that was measured on the pages of a file.

    `texts` are the titles of the texts that `figures` are of, and `counts`, the numbers of findings by their rules; `measured` has the
    figures by the ids of the texts, as JSON holds them. The pictures of the page with the worst finding come first. `others` are pictures
    of what was found elsewhere (in the source, in the layout, by a judge) and has a place on a page.
    """

    file: str
    texts: tuple[str, ...]
    figures: tuple[PageFigure, ...]
    counts: tuple[PageFigure, ...]
    measured: Mapping[str, Mapping[str, object]]
    findings: tuple[PageFinding, ...]
    pictures: tuple[PagePicture, ...] = field(repr=False)
    budget: PageBudget
    others: tuple[PagePicture, ...] = field(default=(), repr=False)
