"""The text made ready for both media: mentions linked, initialisms marked, signs for the line breaking put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publish.model import (
    RUNNING_TEXT,
    Book,
    Cell,
    Entry,
    Event,
    Figure,
    Heading,
    IndexHeading,
    Note,
    NoteRef,
    Page,
    Paragraph,
    Source,
)
from publish.model.walk import walk_inlines
from publish.once import once
from publish.render.abbreviations import mark_abbreviations
from publish.render.passages import Passage, PassageMarker
from publish.render.roles import title_label
from publish.render.terms import Linker, Mention, link_about, link_by_id
from publish.render.typography import typeset
from publish.render.walk import Inlines, change_blocks, inlines_of, plain

TOP_SECTION = 2  # the level of heading that begins a section of its own


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book whose text is ready, the mentions of each glossary entry in the order of the text, and the passages that are marked."""

    book: Book
    mentions: Mapping[str, tuple[Mention, ...]]
    passages: tuple[Passage, ...] = ()


@once
def prepare(book: Book) -> Prepared:
    """Make the text ready. Without a glossary page there is nothing to link to, and nothing is linked."""
    preparer = _Preparer(book)
    pages = tuple(preparer.page(page) for page in book.pages)
    glossary = tuple(preparer.entry(entry) for entry in book.glossary)
    chronology = tuple(preparer.event(event) for event in book.chronology)
    bibliography = tuple(preparer.source(source) for source in book.bibliography)
    index = tuple(preparer.heading(heading) for heading in book.index)
    mentions = {entry: tuple(found) for entry, found in preparer.linker.mentions.items()}
    made = replace(book, pages=pages, glossary=glossary, chronology=chronology, bibliography=bibliography, index=index)
    return Prepared(made, mentions, preparer.marker.passages())


class _Preparer:
    def __init__(self, book: Book) -> None:
        roles = {page.role for page in book.pages}
        self._language = book.metadata.language
        self._labels = book.labels
        self._entries = {entry.id: entry for entry in book.glossary} if "glossary" in roles else {}
        self._sections: dict[str, str] = {}  # the titles of the sections in which the notes of a page are called
        self.linker = Linker(self._entries.values(), self._language, indexing="index" in roles)
        self.marker = PassageMarker(indexing="index" in roles)

    def page(self, page: Page) -> Page:
        title = plain(page.title) or self._labels.get(title_label(page), "")
        self.linker.begin_section(title)
        self._sections.clear()
        running = page.role in RUNNING_TEXT
        words = self._words(self.marker.inlines(page.title), automatic=False, running=running)
        blocks = change_blocks(self.marker.blocks(page.blocks), self._in_text if running else self._by_hand)
        notes = tuple(self._note(note, title) for note in page.notes)
        return replace(page, title=words, blocks=blocks, notes=notes)

    def entry(self, entry: Entry) -> Entry:
        return replace(
            entry,
            gloss=self._in_glossary(entry.gloss),
            role=self._in_glossary(entry.role),
            fate=self._in_glossary(entry.fate),
            cited=self._in_glossary(entry.cited),
        )

    def source(self, source: Source) -> Source:
        return replace(
            source,
            text=self._in_glossary(source.text),
            parts=self._in_glossary(source.parts),
            further=self._in_glossary(source.further),
        )

    def event(self, event: Event) -> Event:
        about = [self._entries[name] for name in event.about if name in self._entries]
        words = link_about(link_by_id(event.event, set(self._entries)), about, self._language)
        return replace(event, event=self._finish(self.marker.inlines(words)), cited=self._in_glossary(event.cited))

    def heading(self, heading: IndexHeading) -> IndexHeading:
        return replace(heading, heading=self._finish(heading.heading))

    def _note(self, note: Note, title: str) -> Note:
        self.linker.begin_section(self._sections.get(note.slug, title), note.number)
        self.marker.note = note.number
        blocks = change_blocks(self.marker.blocks(note.blocks), self._in_note)
        self.marker.note = 0
        return replace(note, blocks=blocks)

    def _in_text(self, block: Heading | Paragraph | Cell | Figure) -> Inlines:
        if isinstance(block, Heading) and block.level <= TOP_SECTION:
            self.linker.begin_section(plain(block.children))
        words = inlines_of(block)
        called = (node.slug for node in walk_inlines(words) if isinstance(node, NoteRef))
        self._sections.update(dict.fromkeys(called, self.linker.section))
        return self._words(words, automatic=not isinstance(block, Heading))

    def _in_note(self, block: Heading | Paragraph | Cell | Figure) -> Inlines:
        return self._words(inlines_of(block), automatic=False)

    def _by_hand(self, block: Heading | Paragraph | Cell | Figure) -> Inlines:
        return self._words(inlines_of(block), automatic=False, running=False)

    def _in_glossary(self, nodes: Inlines) -> Inlines:
        return self._finish(link_by_id(self.marker.inlines(nodes), set(self._entries)))

    def _words(self, nodes: Inlines, *, automatic: bool, running: bool = True) -> Inlines:
        return self._finish(self.linker.link(nodes, automatic=automatic, running=running))

    def _finish(self, nodes: Inlines) -> Inlines:
        return typeset(mark_abbreviations(nodes), self._language)
