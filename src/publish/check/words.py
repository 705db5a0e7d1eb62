"""The words of a page, passage by passage, each letter with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from publish.diagnostics import Location
from publish.model import RUNNING_TEXT, Book, Break, Code, Container, Emendation, Inline, Page, Span, Text
from publish.model.walk import all_passages, passages, text_passages, walk_inlines
from publish.once import once

# What stands for a paragraph break in a reading, and for code, whose letters are no prose.
PARAGRAPH = "\N{PARAGRAPH SEPARATOR}"
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_WORDLY = re.compile(r"\w")
_LEAVES = (Emendation, Code)  # a union that is written where it is asked for is made anew each time

# Which marks a language sets for the two that a typist has is no word's matter: every quotation mark is levelled to one, and so is the
# apostrophe, which is one of them.
_QUOTES = "“”„‟«»‘’‚‛‹›「」『』'"

# What a reading takes from an emendation and from code: `accepted`, `rejected` or `prose`.
Leaf: TypeAlias = Callable[[Emendation | Code], str]


def level_quotes(text: str) -> str:
    """The text with one mark for every quotation mark. Mark by mark: `str.translate` would take a hundred times as long for a page."""
    for mark in _QUOTES:
        text = text.replace(mark, '"')
    return text


def accepted(leaf: Emendation | Code) -> str:
    """The text to be read: every emendation made."""
    return leaf.text if isinstance(leaf, Code) else leaf.added


def rejected(leaf: Emendation | Code) -> str:
    """The text of the witness: every emendation undone."""
    if isinstance(leaf, Code):
        return leaf.text
    return PARAGRAPH if leaf.kind == "join" else leaf.removed


def prose(leaf: Emendation | Code) -> str:
    """The text to be read, without what stands in code."""
    return OBJECT if isinstance(leaf, Code) else leaf.added


@once
def book_passages(book: Book) -> tuple[tuple[Inline, ...], ...]:
    """Every passage of the book that a reader sees: pages, notes, reasons of emendations, glossary, chronology, sources."""
    return tuple(_book_passages(book))


def _book_passages(book: Book) -> Iterator[tuple[Inline, ...]]:
    for page in book.pages:
        for passage in all_passages(page):
            yield passage
            for inline in walk_inlines(passage):
                if isinstance(inline, Emendation):
                    yield inline.reason
    for entry in book.glossary:
        yield from (entry.gloss, entry.role, entry.fate)
    for event in book.chronology:
        yield event.event
    for source in book.bibliography:
        yield from (source.text, source.parts, source.further)


@once
def book_spans(book: Book) -> tuple[Span, ...]:
    """Every marked span of these passages."""
    inlines = (inline for passage in book_passages(book) for inline in walk_inlines(passage))
    return tuple(inline for inline in inlines if isinstance(inline, Span))


def running_passages(book: Book) -> Iterator[tuple[Inline, ...]]:
    """The passages in which glossary entries are mentioned: those of running text, and all notes."""
    for page in book.pages:
        if page.role in RUNNING_TEXT:
            yield from text_passages(page)
        for note in page.notes:
            yield from passages(note.blocks)


def own_passages(book: Book) -> Iterator[tuple[Inline, ...]]:
    """The passages in which the edition itself speaks: all but the edited texts, whose words are another's, and the sources."""
    for page in book.pages:
        if page.witness is None:
            yield from text_passages(page)
        for note in page.notes:
            yield from passages(note.blocks)
    for entry in book.glossary:
        yield from (entry.gloss, entry.role, entry.fate)
    for event in book.chronology:
        yield event.event


@dataclass(slots=True)
class Reading:
    """Words in a row, and where each piece of them came from."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)

    def at(self, offset: int) -> Location:
        """The place in the source of the letter at an offset of the text; of the first or the last when it is outside."""
        if not self.starts:
            return Location("")
        index = self._index(offset)
        start, place = self.starts[index], self.places[index]
        before = self.text[start : max(start, offset)]
        lines = before.count("\n")
        if lines:
            return Location(place.file, place.line + lines, len(before) - before.rfind("\n"))
        return Location(place.file, place.line, place.column + len(before) if place.column else 0)

    def piece_at(self, offset: int) -> Location:
        """Where the piece of the source begins that has the letter at an offset."""
        return self.places[self._index(offset)] if self.places else Location("")

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)


def read(runs: Iterator[tuple[Inline, ...]], leaf: Leaf = accepted, plain: Callable[[str], str] = str) -> Reading:
    """The words of passages, each followed by a paragraph separator; `plain` may level what is set by the machine."""
    pieces: list[str] = []
    reading = Reading()
    length = 0
    for run in runs:
        for text, place in _pieces(run, leaf):
            if place is not None:
                reading.starts.append(length)
                reading.places.append(place)
            pieces.append(plain(text))
            length += len(pieces[-1])
        pieces.append(PARAGRAPH)
        length += 1
    reading.text = "".join(pieces)
    return reading


@once
def read_passage(run: tuple[Inline, ...]) -> Reading:
    """The words of one passage."""
    return read(iter((run,)))


def text_of(runs: Iterable[tuple[Inline, ...]]) -> str:
    """The words of passages, each followed by a paragraph separator, where nobody asks for their places."""
    return "".join(read_passage(run).text for run in runs)


@once
def page_prose(page: Page) -> Reading:
    """The words of a page with its notes, without what stands in code."""
    return read(all_passages(page), prose)


@once
def extents(run: tuple[Inline, ...]) -> tuple[tuple[Inline, int, int], ...]:
    """Every inline of a passage with the offsets where its words begin and end in the reading; each before those inside it."""
    found: list[tuple[Inline, int, int]] = []
    _place(run, 0, found)
    return tuple(found)


def begins(words: str, text: str, after: int = 0) -> Iterator[int]:
    """The offsets behind another where words stand in a text and begin a word there. A pattern would be slow in a long text."""
    at = text.find(words, after)
    while at >= 0:
        if not (at and _WORDLY.match(text, at - 1)):
            yield at
        at = text.find(words, at + 1)


def _place(run: tuple[Inline, ...], start: int, found: list[tuple[Inline, int, int]]) -> int:
    """Puts the extents of inlines that begin at an offset behind those that are found; returns where they end."""
    for inline in run:
        place, begin = len(found), start
        found.append((inline, begin, begin))
        if isinstance(inline, Text):
            start += len(inline.text)
        elif isinstance(inline, Container):
            start = _place(inline.children, begin, found)
        else:
            start += sum(len(text) for text, _ in _pieces((inline,), accepted))
        found[place] = inline, begin, start
    return start


def _pieces(inlines: tuple[Inline, ...], leaf: Leaf) -> Iterator[tuple[str, Location | None]]:
    for inline in walk_inlines(inlines):
        if isinstance(inline, Text):
            yield inline.text, inline.location
        elif isinstance(inline, _LEAVES):
            yield leaf(inline), inline.location
        elif isinstance(inline, Break):
            yield "\n", None
