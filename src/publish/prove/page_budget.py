"""What would save pages: which parts of a book would for few lines, and which paragraphs could give one.

Lines are counted on the finished PDF. Where a part of the book has to begin on a right or a left page, the layout says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.diagnostics import Location
from publish.model import COVERS, Cut, Leeway, PageBudget, Saving, Shortening
from publish.prove.page_lines import Paragraph
from publish.prove.page_measured import Measured
from publish.prove.page_texts import title_of

DEAR = 50.0  # the cost of two divided words in a row (make/linebreak.py): a word less is cheaper


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of the contents as it is printed: the lines of each of its pages, and how many blank pages are behind it.

    `last` is the label of its last page. What follows is `bound` if it has to begin on a page of a certain side.
    """

    title: str
    location: Location
    lines: tuple[int, ...]
    blanks: int
    last: str
    bound: bool

    def cuts(self) -> Iterator[Cut]:
        """What has to go for it to have a page less, another page less, and so on until it has one."""
        for number in range(len(self.lines) - 1):
            yield Cut(self.title, self.location, max(self.lines) if number else self.lines[-1], self.last)


def page_budget(measured: Measured, leeway: Leeway) -> PageBudget:
    """What would save pages of the book that was measured. `leeway` is what its layout could do otherwise."""
    savings = all_savings(tuple(stretches_of(measured, leeway)))
    edition, apart = measured.book.editions[0], measured.book.has_both_covers
    pages = len(measured.pagination.numbered if edition.glued and apart else measured.pagination.pages)
    printed = pages + -pages % edition.fills
    return PageBudget(pages, printed, savings, tuple(blank_pages(measured)), shortenings(measured, leeway))


def stretches_of(measured: Measured, leeway: Leeway) -> Iterator[Stretch]:
    """Every page of the contents that is printed, in the order of the book."""
    labels, order = [page.label for page in measured.pagination.pages], measured.pagination.order
    places, baselines = measured.pagination.places, measured.pages.baselines
    # A back cover begins with the blank page inside it.
    first_ids = [(page, page.inside if page.role == "back-cover" else page.id) for page in measured.book.pages]
    starts = [(page, order[places[name].page]) for page, name in first_ids if name in places]
    ends = [(number, page.id in leeway.sided) for page, number in starts[1:]]
    for (page, first), (after, bound) in zip(starts, [*ends, (len(labels), False)], strict=True):
        used = [number for number in range(first, after) if number == first or baselines[number]]
        lines = tuple(len(baselines[number]) for number in used) if page.role not in COVERS else (0,)
        blanks, last = after - first - len(used), labels[used[-1]]
        yield Stretch(title_of(page.id, measured.pages), page.location, lines, blanks, last, bound)


def blank_pages(measured: Measured) -> Iterator[str]:
    """The labels of pages without words on which nothing begins."""
    begun = {place.page for place in measured.pagination.places.values()}
    for number, page in enumerate(measured.pagination.pages):
        if not measured.pages.baselines[number] and page.label not in begun:
            yield page.label


# --------------------------------------------------------------------------------------------------------------- savings


def all_savings(stretches: Sequence[Stretch]) -> tuple[Saving, ...]:
    """Every saving, that with the fewest lines for a page first. Those of neighbours come in the order in which they add up."""
    found = [saving for neighbours in unbound(stretches) for saving in savings_in(neighbours)]
    return tuple(sorted(found, key=lambda one: one.lines / one.pages))


def unbound(stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, ...]]:
    """Neighbours that move when one of them gets shorter: up to where something is bound to a side."""
    neighbours: list[Stretch] = []
    for one in stretches:
        neighbours.append(one)
        if one.bound:
            yield tuple(neighbours)
            neighbours = []
    if neighbours:
        yield tuple(neighbours)


def savings_in(neighbours: Sequence[Stretch]) -> Iterator[Saving]:
    """The savings among neighbours, the shortest cuts first; where something bound follows, two pages at a time, blank ones counted."""
    cuts = sorted((cut for one in neighbours for cut in one.cuts()), key=lambda cut: cut.lines)
    gone, pending = neighbours[-1].blanks, list[Cut]()
    step = 2 if neighbours[-1].bound else 1
    for cut in cuts:
        pending.append(cut)
        gone += 1
        if gone >= step:
            yield Saving(gone - gone % step, tuple(pending))
            gone, pending = gone % step, []


# ----------------------------------------------------------------------------------------------------------- paragraphs


def shortenings(measured: Measured, leeway: Leeway) -> tuple[Shortening, ...]:
    """The paragraphs and notes of the texts that have more than a line, the cheapest to shorten first.

    First those that could be set in a line less as they are, by what that costs; then the others, by the letters of their last line.
    """
    found = [
        _shortening(measured, leeway, block)
        for text in measured.texts
        for block in (*text.paragraphs, *text.notes)
        if len(block.lines) > 1
    ]
    return tuple(sorted(found, key=_price))


def _shortening(measured: Measured, leeway: Leeway, block: Paragraph) -> Shortening:
    last = block.lines[-1]
    location, letters = measured.location_of(block, last), sum(map(str.isalnum, last.words))
    tightening = leeway.tightenings.get(block.id)
    if tightening and tightening.cost > DEAR:
        tightening = None
    return Shortening(measured.place_of(last), location, last.words, letters, tightening)


def _price(one: Shortening) -> tuple[bool, float]:
    return (one.tightening is None, one.letters if one.tightening is None else one.tightening.cost)
