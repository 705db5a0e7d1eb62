"""The sources of a book by their keys: what a citation of them says, and which of them are cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token

from publish.diagnostics import Location
from publish.load.chicago import Chicago, Reference
from publish.load.citations import Citation, Item
from publish.load.words import Words
from publish.model import Inline, Span, Text


class Part(NamedTuple):
    """A part of a source that has a key of its own: the key of the whole, and the place in it."""

    whole: str
    locator: Words


def _unlabelled(key: str) -> str:
    return key


@dataclass(slots=True)
class Sources:
    """Puts the words of citations in the place of their keys.

    A source is cited in its short form. In a book that has no list of its sources (`listed`), the first citation that was met is a full
    note. `words` sets the quotation marks of what is typed. `cited` are the keys that were cited, `seen` the sources.
    """

    chicago: Chicago = field(default_factory=lambda: Chicago("en", _unlabelled))
    words: Callable[[str], str] = str
    wholes: Mapping[str, Reference] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    listed: bool = True
    cited: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def meet(self, tokens: Iterable[Token]) -> None:
        """Take note of the tokens of citations in the order in which they are read, before they are cited."""
        for token in tokens:
            token.meta["full"] = self._first([item.key for item in token.meta["citation"].items])

    def cite(self, citation: Citation, full: frozenset[str], location: Location) -> Words:
        """The words of a citation, each source in a span of its own; `full` are those to be cited in full."""
        cited = self._cited(citation.items, full, location)
        if citation.after and isinstance(cited[-1], Span):
            children = self.chicago.marks.closed(cited[-1].children, citation.after, location)
            cited[-1] = Span(children, location, cites=cited[-1].cites)
        return tuple(cited)

    def cite_all(self, keys: Iterable[str], location: Location) -> Words:
        """The sources with these keys, one behind the other; the parts of a work together, in the place of the first."""
        order = {key: number for number, key in reversed(list(enumerate(map(self.whole, keys))))}
        items = [Item(key) for key in sorted(keys, key=lambda key: order[self.whole(key)])]
        return tuple(self._cited(items, self._first(keys), location))

    def whole(self, key: str) -> str:
        """The key of the work of which this is a part; the key itself where it is none."""
        return self.parts[key].whole if key in self.parts else key

    def _first(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the sources that were not met before."""
        new = frozenset() if self.listed else frozenset(map(self.whole, keys)) - self.seen
        self.seen |= new
        return new

    def _cited(self, items: Iterable[Item], full: frozenset[str], location: Location) -> list[Inline]:
        cited: list[Inline] = []
        left = set(full)
        for group in self._grouped(items):
            if cited:
                cited.append(Text("; ", location))
            if group[0].prefix:
                cited.append(Text(f"{self.words(group[0].prefix)} ", location))
            whole = self.whole(group[0].key)
            keys = tuple(item.key for item in group)
            cited.append(Span(self._words(whole, group, location, in_full=whole in left), location, cites=keys))
            left.discard(whole)
            self.cited.update((whole, *keys))
        return cited

    def _grouped(self, items: Iterable[Item]) -> list[list[Item]]:
        """The items, those that follow each other and are of one work together."""
        groups: list[list[Item]] = []
        for item in items:
            if groups and not item.prefix and self.whole(groups[-1][0].key) == self.whole(item.key):
                groups[-1].append(item)
            else:
                groups.append([item])
        return groups

    def _words(self, whole: str, items: Iterable[Item], location: Location, *, in_full: bool) -> Words:
        source = self.wholes.get(whole)
        marks = self.chicago.marks
        places = [place for item in items for place in self._places(item, location)]
        if source and in_full:
            return self.chicago.note(source, marks.joined(places, ",", location))
        short = self.chicago.short(source) if source else (Text(f"@{whole}", location),)
        return marks.joined((short, *places), ",", location)

    def _places(self, item: Item, location: Location) -> Iterable[Words]:
        """Where in the work: the place of the part, and what the citation says."""
        if item.key in self.parts:
            yield self.parts[item.key].locator
        if item.locator:
            yield (Text(self.words(item.locator), location),)
