"""Where every id of the book stands: its document, the title of its section, its source place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from publish.diagnostics import Location
from publish.model import (
    COVERS,
    Block,
    Book,
    CodeBlock,
    Division,
    Emendation,
    Entry,
    Event,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    NoteRef,
    Page,
    Paragraph,
    Span,
    Table,
    Term,
    Text,
)
from publish.model.walk import walk_blocks, walk_inlines
from publish.once import once
from publish.render.bibliography import SourceView, view_further_reading, view_sources
from publish.render.front import made_lines
from publish.render.index_lines import IndexLine, every_line
from publish.render.prepare import TOP_SECTION
from publish.render.roles import title_label
from publish.render.walk import Inlines, page_texts, plain

BLOCKS_OF_ENTRY = ("-headword", "-gloss", "-role", "-fate", "-see-also", "-sources", "-mentioned")
BLOCKS_OF_EVENT = ("-date", "-what", "-sources")
CONTENTS_LIST = "contents-list"


@dataclass(slots=True)
class Survey:
    """Facts by id. `documents` are those of the e-book; an id that stands in none of them is missing there.

    `order` are their numbers in the order of the text. `blocks` are the ids of what holds words in the e-book, so that a printed page may
    begin in it; `paragraphs` the numbers of the paragraphs, counted through their page, in which the emendations stand.
    """

    documents: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    blocks: set[str] = field(default_factory=set)
    paragraphs: dict[str, int] = field(default_factory=dict)

    def put(self, identifier: str, document: str, title: str, location: Location) -> None:
        if identifier:
            if document:
                self.documents[identifier] = document
            self.titles[identifier] = title
            self.order.setdefault(identifier, len(self.order))
            self.locations[identifier] = location


def title_of(page: Page, book: Book) -> str:
    """The title of a page in words: its own, or the label of its role; the title of the book on its half-title and title page."""
    if page.role in {"half-title", "titlepage"}:
        return book.metadata.title
    return plain(page.title) or book.labels.get(title_label(page), "")


def take_survey(book: Book, documents: dict[str, str], notes: str, index: Iterable[IndexLine] = ()) -> Survey:
    """Go through a prepared book once. `documents` are the paths by page id, `notes` that of the notes; `index` are its lines."""
    survey = Survey()
    lines = tuple(every_line(index))
    for page in book.pages:
        _Surveyor(survey, book, page, documents.get(page.id, ""), notes, lines).take()
    return survey


@dataclass(slots=True)
class _Surveyor:
    """Goes through one page."""

    survey: Survey
    book: Book
    page: Page
    document: str
    notes: str
    index: tuple[IndexLine, ...]
    calls: dict[str, str] = field(default_factory=dict)  # the titles of the sections in which the notes are called

    def take(self) -> None:
        page, title = self.page, title_of(self.page, self.book)
        for identifier in (page.id, f"{page.id}-title", *([page.inside] if page.role in COVERS else [])):
            self.survey.put(identifier, self.document, title, page.location)
        self.survey.blocks.add(f"{page.id}-title")
        self._inlines(page.title, self.document, title)
        self._blocks(page.blocks, self.document, title, page.location)
        self._number_paragraphs()
        self.survey.blocks.update(identifier for identifier, _ in page_texts(page))
        for note in page.notes:
            section = self.calls.get(note.slug, title)
            self.survey.put(note.id, self.notes, section, note.location)
            self._blocks(note.blocks, self.notes, section, note.location)
        self._made()

    def _number_paragraphs(self) -> None:
        paragraphs = (block for block in walk_blocks(self.page.blocks) if isinstance(block, Paragraph))
        for number, paragraph in enumerate(paragraphs, start=1):
            found = (node for node in walk_inlines(paragraph.children) if isinstance(node, Emendation))
            self.survey.paragraphs.update((emendation.id, number) for emendation in found)

    def _blocks(self, blocks: Iterable[Block], document: str, title: str, around: Location) -> None:
        for block in walk_blocks(blocks):
            if isinstance(block, Heading) and block.level <= TOP_SECTION:
                title = plain(block.children)
            for identifier, location, children in _parts(block, around):
                own = plain(children) if isinstance(block, Heading) else title
                self.survey.put(identifier, document, own, location)
                self._inlines(children, document, title)
            if isinstance(block, CodeBlock):
                self.survey.blocks.add(block.id)

    def _inlines(self, nodes: Inlines, document: str, title: str) -> None:
        inside = walk_inlines(nodes)
        around = next(filter(None, map(location_of, inside)), self.page.location)
        for node in inside:
            around = location_of(node) or around
            if isinstance(node, NoteRef):
                self.calls.setdefault(node.slug, title)
            elif isinstance(node, _NAMED):
                self.survey.put(node.id, document, title, around)

    def _made(self) -> None:
        match self.page.role:
            case "glossary":
                for entry in self.book.glossary:
                    self._entry(entry)
            case "chronology":
                for event in self.book.chronology:
                    self._event(event)
            case "sources" | "further-reading":
                for view in (view_sources if self.page.role == "sources" else view_further_reading)(self.book):
                    self._source(view)
            case "contents":
                self.survey.put(CONTENTS_LIST, self.document, self.book.labels["contents"], self.page.location)
            case _:
                for identifier, title, location in self._lines():
                    self._block(identifier, title, location)

    def _lines(self) -> Iterator[tuple[str, str, Location]]:
        """The id, the title and the source place of each line that the machine writes."""
        book, page = self.book, self.page
        match page.role:
            case "emendations":
                yield from ((reading_id(one), "", one.location) for _, one in emendations_of(book))
            case "index":
                yield from ((line.id, plain(line.heading), line.location) for line in self.index)
            case "half-title" | "titlepage" | "back-cover":
                yield from ((line.id, book.metadata.title, page.location) for line in made_lines(book, page))
            case _:
                pass

    def _entry(self, entry: Entry) -> None:
        self.survey.put(f"term-{entry.id}", self.document, entry.headword, entry.location)
        for part in BLOCKS_OF_ENTRY:
            self._block(f"term-{entry.id}{part}", entry.headword, entry.location)
        for nodes in (entry.gloss, entry.role, entry.fate, entry.cited):
            self._inlines(nodes, self.document, entry.headword)

    def _event(self, event: Event) -> None:
        self.survey.put(f"event-{event.id}", self.document, event.date, event.location)
        for part in BLOCKS_OF_EVENT:
            self._block(f"event-{event.id}{part}", event.date, event.location)
        for nodes in (event.event, event.cited):
            self._inlines(nodes, self.document, event.date)

    def _source(self, view: SourceView) -> None:
        title = title_of(self.page, self.book)
        self.survey.put(view.id, self.document, title, view.source.location)
        for part in view.parts:
            self._block(part.id, title, view.source.location)
        for nodes in (view.source.text, view.source.parts, view.source.further):
            self._inlines(nodes, self.document, title)

    def _block(self, identifier: str, title: str, location: Location) -> None:
        self.survey.put(identifier, self.document, title, location)
        self.survey.blocks.add(identifier)


def _parts(block: Block, around: Location) -> Iterator[tuple[str, Location, Inlines]]:
    """What of a block has an id of its own: the id, its source place, its words."""
    match block:
        case Paragraph() | Heading():
            yield block.id, block.location, block.children
        case CodeBlock() | Division():
            yield block.id, block.location, ()
        case Figure():
            yield block.id, block.image.location, block.caption
        case Table(header=header, rows=rows):
            yield from ((cell.id, block.location, cell.children) for row in (header, *rows) for cell in row)
        case _:
            yield "", around, ()


# For `isinstance`: a union that is written where it is asked for is made anew each time.
_LOCATED = (Text, Span, Link, NoteRef, Emendation, Image)
_NAMED = (Span, Term, Emendation)


def location_of(node: Inline) -> Location | None:
    """The source place of an inline that has one."""
    return node.location if isinstance(node, _LOCATED) else None


@once
def emendations_of(book: Book) -> tuple[tuple[Inlines, Emendation], ...]:
    """Every emendation of the book in its order, each with the words of the block that it stands in."""
    passages = (nodes for page in book.pages for _, nodes in page_texts(page))
    return tuple((nodes, node) for nodes in passages for node in walk_inlines(nodes) if isinstance(node, Emendation))


def reading_id(emendation: Emendation) -> str:
    """The id of an emendation's line in the list of emendations."""
    return f"reading-{emendation.id.removeprefix('emendation-')}"
