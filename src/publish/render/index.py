"""The index: persons, institutions and subjects in one alphabet, with all that refers from one to another.

What its lines are is planned before the pages are known, for each line is a place that can be linked to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publish.languages import marks_inside, quotes_of
from publish.model import Entry, Text
from publish.render.alphabet import filed, folded
from publish.render.index_lines import CrossReference, IndexLine, by_letter
from publish.render.locators import Locator, Spot
from publish.render.passages import Passage
from publish.render.prepare import Prepared
from publish.render.references import UNKNOWN, UNKNOWN_PAGES, References, label, quoted, words
from publish.render.survey import Survey
from publish.render.walk import Inlines, plain
from publish.render.xhtml import Element, Node, Nodes

_XREFS = {"see": "index-xref-preferred", "see-also": "index-xref-related"}  # EPUB Indexes 1.0, by the label
_PARENTHESES = re.compile(r" \([^()]*\)")


def plan_index(prepared: Prepared) -> tuple[IndexLine, ...]:
    """The lines in the order of the alphabet. An entry of the glossary has one if the text speaks of it or a heading stands under it."""
    planner = _Planner(prepared)
    lines = _sorted([*planner.headings(""), *planner.entries()])
    return _sorted((*lines, *planner.other_names(lines)))


def _sorted(lines: Iterable[IndexLine]) -> tuple[IndexLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.sort, plain(line.heading), line.id)))


class _Planner:
    def __init__(self, prepared: Prepared) -> None:
        self._entries = {entry.id: entry for entry in prepared.book.glossary}
        self._headings = {heading.id: heading for heading in prepared.book.index}
        self._passages = _passages(prepared)

    def entries(self) -> Iterator[IndexLine]:
        for entry in self._entries.values():
            under = _sorted(self.headings(entry.id))
            passages = self._passages.get(entry.id, ())
            if passages or under:
                name = _line_id(entry.id)
                heading = quoted(f"{entry.index_as}{_printed_form(entry)}")
                yield IndexLine(name, heading, _filed_entry(entry), entry.location, tuple(passages), under=under)

    def headings(self, parent: str) -> Iterator[IndexLine]:
        """The headings of the index that stand under an entry or heading; those that stand under none for ""."""
        for heading in self._headings.values():
            if heading.under == parent:
                yield IndexLine(
                    _line_id(heading.id),
                    heading.heading,
                    filed(heading.sort or plain(heading.heading)),
                    heading.location,
                    tuple(self._passages.get(heading.id, ())),
                    tuple(self._references(heading.see)),
                    tuple(self._references(heading.see_also)),
                    _sorted(self.headings(heading.id)),
                )

    def other_names(self, lines: tuple[IndexLine, ...]) -> Iterator[IndexLine]:
        """References from other names of entries that have a line, where nobody who looks one up would see that line beside it."""
        places = {line.id: place for place, line in enumerate(lines)}
        order = [line.sort for line in lines]
        for entry in self._entries.values():
            place = places.get(_line_id(entry.id))
            if place is None:
                continue
            names = (name for name in dict.fromkeys(_other_names(entry)) if not _is_near(filed(name), place, order))
            for number, name in enumerate(names, start=1):
                reference = CrossReference(_line_id(entry.id), self._name(entry.id))
                line = IndexLine(f"{_line_id(entry.id)}-see-{number}", quoted(name), filed(name), entry.location)
                yield replace(line, see=(reference,))

    def _references(self, names: Iterable[str]) -> Iterator[CrossReference]:
        return (
            CrossReference(_line_id(name), self._name(name)) for name in names if name in self._headings | self._entries
        )

    def _name(self, name: str) -> Inlines:
        """How a line is referred to: by its heading, a person's without other forms of the name, after that of the line around it."""
        if entry := self._entries.get(name):
            return quoted(_PARENTHESES.sub("", entry.index_as) if entry.kind == "person" else entry.index_as)
        heading = self._headings[name]
        return (*self._name(heading.under), words(": "), *heading.heading) if heading.under else heading.heading


def _line_id(name: str) -> str:
    return f"index-{name}"


def _passages(prepared: Prepared) -> Mapping[str, list[Passage]]:
    """What the index leads to, by the ids of entries and headings: the mentions that count, and the passages that are marked."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for entry, mentions in prepared.mentions.items():
        found[entry] += (Passage((entry,), one.id, one.id, one.note) for one in mentions if one.indexed)
    for passage in prepared.passages:
        for heading in passage.headings:
            found[heading].append(passage)
    return {name: passages for name, passages in found.items() if passages}


# ----------------------------------------------------------------------------------------------------- the names of entries


def _printed_form(entry: Entry) -> str:
    """The form that the text has, in parentheses, behind a heading that does not have its words: " (Bucharin)"."""
    return "" if _words(entry.headword) <= _words(entry.index_as) else f" ({entry.headword})"


def _words(name: str) -> set[str]:
    return set(folded(name.replace("-", " ")).split())


def _filed_entry(entry: Entry) -> tuple[str, ...]:
    """A heading that is the headword is filed as the glossary files it."""
    return filed(entry.sort if entry.index_as == entry.headword else entry.index_as)


def _other_names(entry: Entry) -> Iterator[str]:
    """Names under which an entry may be looked up: its printed form, and unless it is a person each of its names today."""
    yield entry.headword
    if entry.kind != "person":
        name, _, more = entry.modern.partition(" (")
        yield from filter(None, (name, more.removesuffix(")")))


def _is_near(sort: tuple[str, ...], place: int, order: list[tuple[str, ...]]) -> bool:
    """Whether a name would stand right before or behind the line at `place`, or be one of the headings itself."""
    found = bisect_left(order, sort)
    return found in {place, place + 1} or order[found : found + 1] == [sort]


# ---------------------------------------------------------------------------------------------------------------- written


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as it is to be written, and those under it."""

    id: str
    nodes: Nodes
    under: tuple[LineView, ...]


def view_index(lines: Iterable[IndexLine], references: References, language: str) -> list[list[LineView]]:
    """The lines in groups, by their first letter, with the pages that they lead to."""
    return [[_view(line, references, language) for line in group] for group in by_letter(lines)]


def _view(line: IndexLine, references: References, language: str) -> LineView:
    under = tuple(_view(one, references, language) for one in line.under)
    return LineView(line.id, tuple(_nodes(line, references, language)), under)


def _nodes(line: IndexLine, references: References, language: str) -> Iterator[Node]:
    """The words of a line: "Stalin, 7, 9–11. See also hero-cult"."""
    found = _locators(line.passages, references)
    # Behind a number of the heading ("June 18, 1937") a comma would make one list of it and the pages.
    mark = ":" if found and plain(line.heading)[-1:].isdigit() else ","
    heading = _closed(line.heading, language) if mark == "," and (found or line.see) else line.heading
    yield Element("span", heading, ("heading",), type="index-term")
    joint = f"{mark} " if heading is line.heading else " "
    for located in found:
        yield from (words(joint), located)
        joint = ", "
    if line.see:
        yield words(joint)
        yield from _cross_references("see", line.see, references)
    if line.see_also:
        yield words(" " if not found and plain(line.heading).endswith(".") else ". ")
        yield from _cross_references("see-also", line.see_also, references)


def _closed(heading: Inlines, language: str) -> Inlines:
    """A heading with the comma behind it inside its closing quotation mark, where the language has it there; else the heading itself."""
    closing = quotes_of(language)[1]
    last = heading[-1] if heading else None
    if marks_inside(language) and isinstance(last, Text) and last.text.endswith(closing):
        return (*heading[:-1], replace(last, text=f"{last.text.removesuffix(closing)},{closing}"))
    return heading


def _cross_references(key: str, others: Iterable[CrossReference], references: References) -> Iterator[Node]:
    """The label and the headings referred to. One that has no line is no link: only the check knows a blind reference beforehand."""
    yield label(references.labels[key])
    for number, other in enumerate(others):
        yield words("; " if number else " ")
        if other.target in references.survey.titles:
            yield Element("a", other.heading, target=other.target, type=_XREFS[key])
        else:
            yield Element("span", other.heading)


def _locators(passages: tuple[Passage, ...], references: References) -> list[Node]:
    """Links to the passages, their words the pages; where no pages are known, the titles of their sections."""
    places, order = references.pagination.places, references.pagination.order
    known = [one for one in passages if one.first in places and one.last in places]
    spots = [
        Spot(order[places[one.first].page], one.first, order[places[one.last].page], one.last, one.note)
        for one in known
    ]
    if spots:
        return [_located(one, references) for one in references.locators(spots)]
    if references.titled:
        return [_locator(target, title) for title, target in _sections(passages, references.survey).items()]
    return [_locator(one.first, UNKNOWN) for one in passages[:UNKNOWN_PAGES]]


def _sections(passages: tuple[Passage, ...], survey: Survey) -> dict[str, str]:
    """The first passage in each section, by the section's title, in the order of the text, which is that of the survey."""
    wanted = {one.first for one in passages} & survey.titles.keys()
    found: dict[str, str] = {}
    for name in sorted(wanted, key=survey.order.__getitem__):
        found.setdefault(survey.titles[name], name)
    return found


def _located(one: Locator, references: References) -> Node:
    page = references.label(one.page)
    if not one.last:
        return _locator(one.target, f"{page}{references.labels['note-sign']}{one.note}" if one.note else page)
    ends = (_locator(one.target, page), words("–"), _locator(one.end, references.label(one.last)))
    return Element("span", ends, ("nobreak",), type="index-locator-range")


def _locator(target: str, said: str) -> Node:
    return Element("a", quoted(said), target=target, type="index-locator")
