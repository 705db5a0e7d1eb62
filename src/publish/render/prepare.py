"""The text made ready for both media: mentions linked, initialisms marked, signs for the line breaking put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publish.model import Book, Cell, Entry, Figure, Heading, Note, Page, Paragraph, Source
from publish.render.abbreviations import mark_abbreviations
from publish.render.roles import RUNNING_TEXT, title_label
from publish.render.terms import Linker, Mention, link_by_id
from publish.render.typography import typeset
from publish.render.walk import Inlines, change_blocks, inlines_of, plain

TOP_SECTION = 2  # the level of heading that begins a section of its own


@dataclass(frozen=True, slots=True)
class Prepared:
    """A book whose text is ready, and the mentions of each glossary entry in the order of the text."""

    book: Book
    mentions: Mapping[str, tuple[Mention, ...]]


def prepare(book: Book) -> Prepared:
    """Make the text ready. Without a glossary page there is nothing to link to, and nothing is linked."""
    has_glossary = any(page.role == "glossary" for page in book.pages)
    preparer = _Preparer(book, book.glossary if has_glossary else ())
    pages = tuple(preparer.page(page) for page in book.pages)
    glossary = tuple(preparer.entry(entry) for entry in book.glossary)
    bibliography = tuple(preparer.source(source) for source in book.bibliography)
    mentions = {entry: tuple(found) for entry, found in preparer.linker.mentions.items()}
    return Prepared(replace(book, pages=pages, glossary=glossary, bibliography=bibliography), mentions)


class _Preparer:
    def __init__(self, book: Book, entries: tuple[Entry, ...]) -> None:
        self._language = book.metadata.language
        self._labels = book.labels
        self._entries = {entry.id for entry in entries}
        self.linker = Linker(entries, self._language)

    def page(self, page: Page) -> Page:
        self.linker.begin_section(plain(page.title) or self._labels.get(title_label(page), ""))
        running = page.role in RUNNING_TEXT
        title = self._finish(self.linker.link(page.title, automatic=False))
        blocks = change_blocks(page.blocks, self._in_text if running else self._by_hand)
        return replace(page, title=title, blocks=blocks, notes=tuple(self._note(note) for note in page.notes))

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

    def _note(self, note: Note) -> Note:
        return Note(note.slug, note.number, change_blocks(note.blocks, self._by_hand), note.location)

    def _in_text(self, block: Heading | Paragraph | Cell | Figure) -> Inlines:
        if isinstance(block, Heading) and block.level <= TOP_SECTION:
            self.linker.begin_section(plain(block.children))
        return self._finish(self.linker.link(inlines_of(block), automatic=not isinstance(block, Heading)))

    def _by_hand(self, block: Heading | Paragraph | Cell | Figure) -> Inlines:
        return self._finish(self.linker.link(inlines_of(block), automatic=False))

    def _in_glossary(self, nodes: Inlines) -> Inlines:
        return self._finish(link_by_id(nodes, self._entries))

    def _finish(self, nodes: Inlines) -> Inlines:
        return typeset(mark_abbreviations(nodes), self._language)
