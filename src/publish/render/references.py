"""How a place in the book is named in words: by its printed page, or by the title of its section where there are no pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publish.diagnostics import NOWHERE
from publish.model import Inline, Link, Pagination, Span, Text
from publish.render.abbreviations import mark_abbreviations
from publish.render.locators import Locator, Spot, locators
from publish.render.survey import Survey
from publish.render.terms import Mention
from publish.render.typography import NO_BREAK_SPACE
from publish.render.walk import Inlines

# A page number not known yet, in the first layout: as long as most, so that the second differs little.
UNKNOWN = "00"
UNKNOWN_PAGES = 3  # mentions shown at most while no page is known


def words(text: str) -> Text:
    """Words that the machine adds."""
    return Text(text, NOWHERE)


def quoted(text: str) -> Inlines:
    """Words of the book that the machine repeats, their initialisms marked."""
    found = (words(text),)
    return mark_abbreviations(found) if "." in text else found  # most are numbers of pages


def label(text: str) -> Span:
    """A label among the words of an entry."""
    return Span((words(text),), NOWHERE, ("label",))


def link(target: str, text: str) -> Link:
    return Link(f"#{target}", quoted(text), NOWHERE)


@dataclass(frozen=True, slots=True)
class References:
    """Names places. `titled`: a place whose page is not known is named by its section's title (else by a page to be filled in)."""

    labels: Mapping[str, str]
    pagination: Pagination
    survey: Survey
    titled: bool

    def page(self, target: str) -> str:
        """The page of an id: "p. 12"."""
        known = self.pagination.places.get(target)
        if known is None and self.titled:
            return self.survey.titles.get(target, "")
        return self._numbered("page", known.page if known else UNKNOWN)

    def exact(self, target: str) -> str:
        """The place of an id in print to the line, "12.3"; in the e-book, which has no lines, to the paragraph: "par. 9, p. 12"."""
        known = self.pagination.places.get(target)
        if not self.titled:
            return f"{known.page}.{known.line}" if known else f"{UNKNOWN}.{UNKNOWN}"
        number = self.survey.paragraphs.get(target)
        where = self._numbered("paragraph", str(number)) if number else self.survey.titles.get(target, "")
        return f"{where}, {self._numbered('page', known.page)}" if known else where

    def mentions(self, mentions: Iterable[Mention]) -> Inlines:
        """The places of an entry's mentions as links: "pp. 7, 9–11", or the titles of their sections."""
        known = list(mentions)
        order, places = self.pagination.order, self.pagination.places
        spots = [Spot.on(order[place.page], one.id) for one in known if (place := places.get(one.id))]
        if not spots and self.titled:
            return tuple(listed([link(one.id, one.section)] for one in _one_a_section(known)))
        found = [self._located(one) for one in self.locators(spots)]
        found = found or [[link(one.id, UNKNOWN)] for one in known[:UNKNOWN_PAGES]]
        several = len(found) > 1 or len(found[0]) > 1
        sign = self.labels["pages" if several else "page"]
        return (words(f"{sign}{NO_BREAK_SPACE}"), *listed(found))

    def locators(self, spots: Iterable[Spot]) -> list[Locator]:
        """The spots as locators, no range of which goes beyond the front matter into the text."""
        return locators(spots, self.pagination.order.get("1", 0))

    def label(self, page: int) -> str:
        """What is printed on a page, by its number in the file from 0."""
        return self.pagination.pages[page].label

    def _located(self, one: Locator) -> list[Inline]:
        """A locator as links: "9", or "9–11"."""
        first = link(one.target, self.label(one.page))
        return [first, words("–"), link(one.end, self.label(one.last))] if one.last else [first]

    def _numbered(self, key: str, number: str) -> str:
        return f"{self.labels[key]}{NO_BREAK_SPACE}{number}"


def _one_a_section(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The first of the mentions in each section."""
    last: str | None = None
    for mention in mentions:
        if mention.section != last:
            yield mention
        last = mention.section


def listed(items: Iterable[list[Inline]], between: str = ", ") -> Iterator[Inline]:
    """The items, with that sign between them."""
    for number, item in enumerate(items):
        if number:
            yield words(between)
        yield from item
