"""The printed pages on which something is spoken of, as an index lists them: "7, 9–11, 14n3".

Second numbers are given in full ("108–112"): each end of a range is a link in the e-book, and its words are the number of a page.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

LEAST_RUN = 3  # "9, 10" but "9–11": two pages that follow each other are a range only if one passage goes over both


@dataclass(frozen=True, slots=True)
class Spot:
    """What is spoken of from the page `first` to the page `last`, and the ids that stand there; `note` is the note's number, 0 in text."""

    first: int
    target: str
    last: int
    end: str
    note: int = 0

    @classmethod
    def on(cls, page: int, target: str, note: int = 0) -> Spot:
        """What stands on one page."""
        return cls(page, target, page, target, note)


@dataclass(frozen=True, slots=True)
class Locator:
    """A page and the id that stands on it, with the number of the note that it stands in, or 0; of a range also the last page."""

    page: int
    target: str
    note: int = 0
    last: int = 0
    end: str = ""


def locators(spots: Iterable[Spot], one: int = 0) -> list[Locator]:
    """The spots as locators in the order of the pages, each page once. A note is not listed where the text of its page is.

    Pages are told by their numbers in the file; `one` is that of page 1, before which no range begins that goes beyond it.
    """
    spots = list(spots)
    runs = list(_runs([spot for spot in spots if not spot.note], one))
    first_pages, last_pages = [run.page for run in runs], [run.last or run.page for run in runs]
    notes: dict[tuple[int, int], Locator] = {}
    for spot in (one for one in spots if one.note):
        run = bisect(first_pages, spot.first) - 1  # the last that begins here or before
        if run < 0 or last_pages[run] < spot.first:
            notes.setdefault((spot.first, spot.note), Locator(spot.first, spot.target, spot.note))
    return sorted((*runs, *notes.values()), key=lambda one: (one.page, one.note))


def _runs(spots: list[Spot], one: int) -> Iterator[Locator]:
    """The pages of the text: three or more that follow each other are one range, and so are two that one passage joins."""
    targets = _targets(spots)
    joined = {
        page for spot in spots for page in range(spot.first, spot.last)
    }  # from these a passage goes on to the next page
    pages = sorted({page for spot in spots for page in range(spot.first, spot.last + 1)})
    for run in _following(pages, one):
        if len(run) >= LEAST_RUN or run[0] in joined:
            yield Locator(run[0], targets[run[0]], last=run[-1], end=targets[run[-1]])
        else:
            yield from (Locator(page, targets[page]) for page in run)


def _targets(spots: list[Spot]) -> dict[int, str]:
    """The id that stands first on each page; none on a page in the midst of a passage."""
    targets: dict[int, str] = {}
    for spot in spots:
        targets.setdefault(spot.first, spot.target)
        targets.setdefault(spot.last, spot.end)
    return targets


def _following(pages: list[int], one: int) -> Iterator[list[int]]:
    """The pages in runs of numbers that follow each other."""
    for _, run in groupby(enumerate(pages), key=lambda item: (item[1] < one, item[1] - item[0])):
        yield [page for _, page in run]
