"""The proof of the index: each heading is there, and lists exactly the pages on which the PDF's own words speak of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publish.diagnostics import Diagnostic
from publish.languages import quotes_of
from publish.model import Book, Entry, IndexHeading
from publish.prove.mentions import At, Spoken, spoken_of
from publish.prove.reading import LABEL, Reading
from publish.prove.text_pages import starts
from publish.prove.words import Collector, add_inlines, expected_passages, normal

RULE = "index-pages"
NO_PAGE = -1  # a number that is on no page


@dataclass(frozen=True, slots=True)
class Listed:
    """What a line of the index lists: pages of the text, and pages with the notes on them."""

    pages: frozenset[int]
    notes: frozenset[tuple[int, int]]


@dataclass(slots=True)
class Wanted:
    """What it has to list, and what it may. A note is told with all the pages that it stands on. `line`: there has to be one."""

    line: bool = False
    pages: set[int] = field(default_factory=set)
    may_pages: set[int] = field(default_factory=set)
    notes: dict[int, frozenset[int]] = field(default_factory=dict)
    may_notes: set[tuple[int, int]] = field(default_factory=set)


def check_index(name: str, book: Book, reading: Reading) -> Iterator[Diagnostic]:
    """Everything that is wrong in the index of the screen PDF, whose name is given; nothing for a book without one."""
    if all(page.role != "index" for page in book.pages):
        return
    pages = PrintedPages(book, reading)
    wanted, reader = _wanted(book, pages), IndexReader(pages.labels, book.labels["note-sign"])
    closing = quotes_of(book.metadata.language)[1]
    # The comma behind a heading may stand before its closing quotation mark: “dizzy with success,” 23.
    lines = {one: line.replace(f",{closing}", f"{closing},") for one, line in reading.index.items()}
    for record in records(book):
        yield from _check(name, record, lines, reader, wanted.get(record.id))


def records(book: Book) -> tuple[Entry | IndexHeading, ...]:
    """All that may have a line in the index."""
    return (*book.glossary, *book.index)


def _check(
    name: str, record: Entry | IndexHeading, lines: Mapping[str, str], reader: IndexReader, wanted: Wanted | None
) -> Iterator[Diagnostic]:
    line = lines.get(f"index-{record.id}")
    heading = _heading(record)
    if line is None:
        if isinstance(record, IndexHeading) or (wanted and wanted.line):
            yield Diagnostic(RULE, record.location, f"the index of {name} lacks “{heading}”")
        return
    if not _squeezed(line).startswith(_squeezed(heading)):
        yield Diagnostic(RULE, record.location, f"the index of {name} has “{line}” in the place of “{heading}”")
        return
    listed = reader.read(line, heading)
    yield from (
        Diagnostic(RULE, record.location, f"under “{heading}” the index of {name} {what}")
        for what in _differences(listed, wanted or Wanted(), reader)
    )


def _differences(listed: Listed, wanted: Wanted, reader: IndexReader) -> Iterator[str]:
    if lost := sorted(wanted.pages - listed.pages):
        yield f"lacks page {_listed(map(reader.label, lost))}"
    if lost := [number for number, pages in sorted(wanted.notes.items()) if not _has(listed, number, pages)]:
        yield f"lacks note {_listed(lost)}"
    if more := sorted(listed.pages - wanted.may_pages):
        yield f"lists page {_listed(map(reader.label, more))}, on which the text does not speak of it"
    if more := sorted(number for page, number in listed.notes - wanted.may_notes):
        yield f"lists note {_listed(more)}, which does not speak of it there"


def _has(listed: Listed, note: int, pages: frozenset[int]) -> bool:
    """Whether a note is listed by its number, or by one of its pages."""
    return bool(pages & listed.pages) or any((page, note) in listed.notes for page in pages)


def _listed(numbers: Iterable[int | str]) -> str:
    return ", ".join(map(str, numbers))


# -------------------------------------------------------------------------------------------------------------- what is read


def numbers_of(labels: Sequence[str]) -> dict[str, int]:
    """The number of each page in the file, from 0, by what is printed on it."""
    return {label: number for number, label in enumerate(labels)}


class IndexReader:
    """Reads lines of an index. Pages are told by their numbers in the file, from 0."""

    def __init__(self, labels: Sequence[str], note_sign: str) -> None:
        self._labels = labels
        self._numbers = numbers_of(labels)
        note = rf"{re.escape(note_sign)}(?P<note>\d+)"
        self._locator = re.compile(rf"[:,] ?(?P<page>{LABEL})(?:–(?P<last>{LABEL})|{note})?(?!\w)")

    def label(self, page: int) -> str:
        """What is printed on a page."""
        return self._labels[page] if page != NO_PAGE else "(none of the file)"

    def read(self, line: str, heading: str) -> Listed:
        """The pages and notes behind the heading of a line: "Bukharin (Bucharin), 9–11, 14n3. See also …"."""
        at = _end_of(line, heading)
        if form := re.compile(r" ?\([^()]*\)").match(line, at):
            at = form.end()
        pages: set[int] = set()
        notes: set[tuple[int, int]] = set()
        while found := self._locator.match(line, at):
            at = found.end()
            page, last = (self._numbers.get(found[one] or found["page"], NO_PAGE) for one in ("page", "last"))
            if found["note"]:
                notes.add((page, int(found["note"])))
            else:
                pages.update(range(page, last + 1))
        return Listed(frozenset(pages), frozenset(notes))


def _end_of(line: str, heading: str) -> int:
    """Where in a line, which begins with the heading but for spaces, the heading ends."""
    left = len(_squeezed(heading))
    for at, sign in enumerate(line):
        if not left:
            return at
        left -= not sign.isspace()
    return len(line)


def _heading(record: Entry | IndexHeading) -> str:
    if isinstance(record, Entry):
        return normal(record.index_as)
    into = Collector(record.location, {})
    add_inlines(into, record.heading)
    return " ".join("".join(into.pieces).split())


def _squeezed(text: str) -> str:
    return "".join(text.split())


# ------------------------------------------------------------------------------------------------------------ what is wanted


class PrintedPages:
    """On which printed page a word of the source stands, by the pages that the PDF itself begins."""

    def __init__(self, book: Book, reading: Reading) -> None:
        self.labels = [start.label for start in reading.page_starts]
        self._numbers = numbers_of(self.labels)
        passages = {passage.id: passage for passage in expected_passages(book)}
        begun: dict[str, list[tuple[At, str]]] = defaultdict(list)
        for label, start in starts(passages, reading):
            begun[start.passage.id].append((At(start.index, len(start.inside)), label))
        self._notes = reading.note_pages
        self.numbers = {note.id: note.number for page in book.pages for note in page.notes}
        self._begun: dict[str, list[tuple[At, str]]] = {}
        label = ""
        for name in reading.passages:
            self._begun[name] = [(At(-1), label), *begun[name]]
            label = self._begun[name][-1][1]

    def of(self, passage: str, place: At) -> int:
        """The number of the page of a place; 0, that of the first, if the PDF does not have the passage, or no page is known."""
        begun = self._begun.get(passage, [(At(-1), "")])
        label = begun[max(bisect_right(begun, place, key=lambda one: one[0]) - 1, 0)][1]
        return self._numbers.get(label, 0)

    def of_note(self, passage: str) -> frozenset[int]:
        """The numbers of the pages that a note stands on."""
        return frozenset(self._numbers[label] for label in self._notes.get(passage, ()) if label in self._numbers)


def _wanted(book: Book, pages: PrintedPages) -> Mapping[str, Wanted]:
    """What the lines of the index have to list, by the ids of entries and headings."""
    modes = {entry.id: entry.index for entry in book.glossary}
    wanted: dict[str, Wanted] = defaultdict(Wanted)
    for spoken in spoken_of(book):
        mode = "all" if spoken.marked else modes.get(spoken.of, "none")
        if mode != "none":
            wanted[spoken.of].line |= spoken.surely
            _add(wanted[spoken.of], spoken, pages, surely=spoken.surely and mode == "all")
    return wanted


def _add(wanted: Wanted, spoken: Spoken, pages: PrintedPages, *, surely: bool) -> None:
    if number := pages.numbers.get(spoken.passage):
        stands = pages.of_note(spoken.passage)
        wanted.may_notes.update((page, number) for page in stands)
        if surely:
            wanted.notes[number] = stands
        return
    first = pages.of(spoken.passage, spoken.first)
    last = pages.of(spoken.passage, spoken.last) if spoken.marked else first
    wanted.may_pages.update(range(first, last + 1))
    if surely:
        wanted.pages.update(range(first, last + 1))
