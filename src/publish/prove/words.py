"""The words that every output has to hold, taken from the `Book` itself.

Never from the XHTML: what the proof expects is read by other code than what is made, so that a mistake of the one is seen by the other.
The reading text is taken: emendations accepted. Two marks stand among the words, written in the same way by whoever reads an output:
`[3]`, close to the word before, where note 3 is called, and `[page]` for a cross-reference, whose words the machine writes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from publish.diagnostics import Location
from publish.model import (
    Block,
    Book,
    Break,
    Code,
    CodeBlock,
    Division,
    Emendation,
    Emphasis,
    Entry,
    Figure,
    Heading,
    Inline,
    ItemList,
    Link,
    Note,
    NoteRef,
    Page,
    Paragraph,
    Quotation,
    Role,
    Source,
    Span,
    Table,
    Term,
    Text,
)

Kind: TypeAlias = Literal["page", "list", "note", "entry", "row", "source", "reason", "line", "made"]

FACTS = Location("book/book.yaml")
NOTES = "notes"  # the id of the page of notes
LISTS: frozenset[Role] = frozenset(
    {"chronology", "glossary", "emendations", "sources", "further-reading", "index"}
)  # made by the machine
PAGE_REFERENCE = "[page]"
WORD = re.compile(r"\S+")  # the same words as str.split()


def note_call(number: str | int) -> str:
    """The mark that stands for the call of a note."""
    return f"[{number}]"


# --------------------------------------------------------------------------------------------------- declared differences
# All that an output may do to the source's characters, with no difference in its words. Beside these: where a line of a PDF ends, a
# word may go on after a hyphen (`lines.py`), and white space of any kind and length, U+00A0 among it, is one space (`str.split`).

DECLARED: dict[int, str] = {
    0x2060: "",  # word joiner: no line break here
    0x00AD: "",  # soft hyphen: a line may break here
    0xFB00: "ff",  # the ligatures of U+FB00 to U+FB06, one code point each
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}


def normal(text: str) -> str:
    """The text with the declared differences taken away."""
    return text if text.isascii() else text.translate(DECLARED)


# -------------------------------------------------------------------------------------------------------------- passages


@dataclass(frozen=True)
class Passage:
    """Words that stand together, in order: a page of the contents, a note, a paragraph of a glossary entry or of a source, the date or the
    event of a row of the chronology, and two in what the machine writes: the reason of an emendation, and a line of the title page or the
    back cover.

    `id` is that of its element in the XHTML ("essay", "note-essay-army", "term-bukharin-gloss", "titlepage-title"); a reason has that of
    its item and its class ("reading-essay-kamenev-reason"). `starts` and `places` tell, piece by piece, where
    in `text` the words of a place of the source begin.
    """

    id: str
    kind: Kind
    text: str = field(repr=False)
    location: Location
    starts: tuple[int, ...] = field(default=(), repr=False)
    places: tuple[Location, ...] = field(default=(), repr=False)

    @cached_property
    def words(self) -> list[str]:
        return self.text.split()

    @cached_property
    def _offsets(self) -> list[int]:
        return [found.start() for found in WORD.finditer(self.text)]

    def location_of(self, index: int) -> Location:
        """Where the source has the word with this index; the last word's place for an index behind it."""
        if not self.words:
            return self.location
        offset = self._offsets[min(max(index, 0), len(self.words) - 1)]
        piece = bisect_right(self.starts, offset) - 1
        place = self.places[piece]
        before = self.text[self.starts[piece] : offset]
        if not place.column:
            return Location(place.file, place.line + before.count("\n") if place.line else 0)
        if "\n" in before:
            return Location(place.file, place.line + before.count("\n"), len(before) - before.rindex("\n"))
        return Location(place.file, place.line, place.column + len(before))


class Collector:
    """Gathers the text of a passage and remembers where each piece of it comes from."""

    def __init__(self, location: Location, numbers: dict[str, int]) -> None:
        self.location = location
        self.numbers = numbers
        self.pieces: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.places: list[Location] = []

    def add(self, text: str, location: Location | None = None) -> None:
        if location is not None:
            self.starts.append(self.length)
            self.places.append(location)
        text = normal(text)
        self.pieces.append(text)
        self.length += len(text)

    def call(self, note: NoteRef) -> None:
        """A call stands close to the word before, whatever space the source has between them."""
        while self.pieces and not self.pieces[-1].rstrip():
            self.length -= len(self.pieces.pop())
        if self.pieces:
            last = self.pieces[-1]
            self.pieces[-1] = last.rstrip()
            self.length -= len(last) - len(self.pieces[-1])
        self._keep_starts_in_order()
        self.add(note_call(self.numbers.get(note.slug, 0)), note.location)

    def _keep_starts_in_order(self) -> None:
        while self.starts and self.starts[-1] >= self.length:
            self.starts.pop()
            self.places.pop()

    def enter(self, node: Block | Inline) -> None:
        """What comes now stands in this node, until `leave`. Who wants to know more than the text overrides the two."""

    def leave(self, node: Block | Inline) -> None:
        """The node ends."""

    def passage(self, name: str, kind: Kind) -> Passage:
        starts, places = tuple(self.starts) or (0,), tuple(self.places) or (self.location,)
        return Passage(name, kind, "".join(self.pieces), self.location, starts, places)


def add_inlines(into: Collector, inlines: Iterable[Inline]) -> None:
    for inline in inlines:
        into.enter(inline)
        match inline:
            case Text() | Code():
                into.add(inline.text, inline.location)
            case Emendation():
                into.add(inline.added, inline.location)
            case Link(children=()):
                into.add(PAGE_REFERENCE, inline.location)
            case Emphasis() | Span() | Term() | Link():
                add_inlines(into, inline.children)
            case NoteRef():
                into.call(inline)
            case Break():
                into.add(" ")
        into.leave(inline)


def add_blocks(into: Collector, blocks: Iterable[Block]) -> None:
    for block in blocks:
        into.enter(block)
        match block:
            case Quotation() | Division():
                add_blocks(into, block.blocks)
            case ItemList():
                add_blocks(into, (one for item in block.items for one in item))
            case _:
                for inlines in _texts(block):
                    add_inlines(into, inlines)
                    into.add("\n")
        into.leave(block)


def _texts(block: Block) -> Iterator[tuple[Inline, ...]]:
    """The texts of a block in reading order, each of which is set on lines of its own."""
    match block:
        case Heading() | Paragraph():
            yield block.children
        case Quotation() | Division():
            yield from (text for one in block.blocks for text in _texts(one))
        case ItemList():
            yield from (text for item in block.items for one in item for text in _texts(one))
        case Table():
            yield from (cell.children for row in (block.header, *block.rows) for cell in row)
        case Figure():
            yield block.caption
        case CodeBlock():
            yield (Text(block.text, block.location),)


# ------------------------------------------------------------------------------------------------------ what is expected


def _page(page: Page) -> Passage:
    into = Collector(page.location, {note.slug: note.number for note in page.notes})
    add_page(into, page)
    return into.passage(page.id, "page")


def add_page(into: Collector, page: Page) -> None:
    """The words of a page of the contents: its title and its text, without its notes."""
    add_inlines(into, page.title)
    into.add("\n")
    add_blocks(into, page.blocks)


def _note(note: Note, page: Page) -> Passage:
    into = Collector(note.location, {one.slug: one.number for one in page.notes})
    add_blocks(into, note.blocks)
    return into.passage(note.id, "note")


def _entry(entry: Entry) -> Iterator[Passage]:
    parts = {"gloss": entry.gloss, "role": entry.role, "fate": entry.fate, "sources": entry.cited}
    yield from _paragraphs(f"term-{entry.id}", "entry", parts, entry.location)


def _listed(source: Source) -> Iterator[Passage]:
    """What the list of sources says of one that is cited."""
    if source.cited:
        parts = {"entry": source.text, "parts": source.parts}
        yield from _paragraphs(f"source-{source.id}", "source", parts, source.location)


def _further(source: Source) -> Iterator[Passage]:
    """What the further reading says of a source that stands in it."""
    if source.further:
        parts = {"entry": source.text, "annotation": source.further}
        yield from _paragraphs(f"source-{source.id}-further", "source", parts, source.location)


def _paragraphs(
    name: str, kind: Kind, parts: Mapping[str, tuple[Inline, ...]], location: Location
) -> Iterator[Passage]:
    """The paragraphs that have words, each under the name of the whole and its own."""
    for part, inlines in parts.items():
        if inlines:
            into = Collector(location, {})
            add_inlines(into, inlines)
            yield into.passage(f"{name}-{part}", kind)


def _rows(book: Book) -> Iterator[Passage]:
    """The date and the words of each row of the chronology. A year is said once for all rows that share it and have another date."""
    year = ""
    for event in book.chronology:
        said = [event.day] if event.day and event.year == year else [event.year, event.day]
        year = event.year
        into = Collector(event.location, {})
        into.add(" ".join(said), event.location)
        yield into.passage(f"event-{event.id}-date", "row")
        yield from _paragraphs(
            f"event-{event.id}", "row", {"what": event.event, "sources": event.cited}, event.location
        )


def _emendations(book: Book) -> Iterator[Emendation]:
    for page in book.pages:
        yield from _emendations_in(page.title)
        for block in (*page.blocks, *(block for note in page.notes for block in note.blocks)):
            for inlines in _texts(block):
                yield from _emendations_in(inlines)


def _emendations_in(inlines: Iterable[Inline]) -> Iterator[Emendation]:
    for inline in inlines:
        match inline:
            case Emendation():
                yield inline
            case Emphasis() | Span() | Term() | Link():
                yield from _emendations_in(inline.children)


def _reason(emendation: Emendation) -> Passage:
    into = Collector(emendation.location, {})
    add_inlines(into, emendation.reason)
    return into.passage(f"reading-{emendation.id.removeprefix('emendation-')}-reason", "reason")


def _lines(page: Page, book: Book) -> Iterator[Passage]:
    """What the metadata says on the half-title, the title page and the back cover; where it is silent there is no line."""
    facts = book.metadata
    authors = (one for one in facts.contributors if one.role == "aut")
    on_most = {
        "title": facts.title,
        "subtitle": facts.subtitle,
        **{
            f"contributor-{n}": f"{book.labels.get(one.qualifier, '')} {one.name}"
            for n, one in enumerate(authors, start=1)
        },
        "publisher": facts.publisher,
    }
    alone = {
        "half-title": {"title": facts.title},
        "titlepage": {"place": facts.place, "date": facts.published[:4]},  # ISO 8601: the year
        "back-cover": {"description": facts.description},
    }
    said = alone.get(page.role, {}) if page.role == "half-title" else on_most | alone.get(page.role, {})
    for name, text in said.items() if page.role in alone else ():
        if text:
            yield Passage(f"{page.id}-{name}", "line", normal(text), FACTS, (0,), (FACTS,))


def expected_passages(book: Book) -> tuple[Passage, ...]:
    """Every passage that an output of the book has to hold: its pages with words of their own, their notes, the glossary, the
    chronology, the sources, the reasons of the emendations, the lines of the title page and the back cover.

    In reading order, but for entries and sources, which stand as the source has them: they are printed in the alphabet's order.
    """
    pages = [_page(page) for page in book.pages if page.title or page.blocks]
    notes = [_note(note, page) for page in book.pages for note in page.notes]
    roles = {page.role for page in book.pages}
    entries = [passage for entry in book.glossary for passage in _entry(entry)] if "glossary" in roles else []
    rows = list(_rows(book)) if "chronology" in roles else []
    sources = [one for source in book.bibliography for one in _listed(source)] if "sources" in roles else []
    further = [one for source in book.bibliography for one in _further(source)] if "further-reading" in roles else []
    reasons = [_reason(one) for one in _emendations(book)] if "emendations" in roles else []
    lines = [line for page in book.pages for line in _lines(page, book)]
    return (*pages, *notes, *entries, *rows, *sources, *further, *reasons, *lines)


def wanted(passages: Iterable[Passage], book: Book) -> dict[str, Kind]:
    """The kind of each passage by its id; "list" for a page on which a list made by the machine follows the words of the source.

    The pages without words of the source are "made", and so is the e-book's page of notes around them.
    """
    lists = {page.id for page in book.pages if page.role in LISTS}
    made: dict[str, Kind] = dict.fromkeys((NOTES, *(page.id for page in book.pages)), "made")
    return made | {passage.id: "list" if passage.id in lists else passage.kind for passage in passages}
