"""How much there is of a book: the numbers that its text may state, and those of the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from publish.model.book import Book, Page
from publish.model.text import Block, Break, Code, Division, Emendation, Heading, Inline, Paragraph, Text
from publish.model.walk import passages, text_passages, walk_blocks, walk_inlines

# What stands at the end of a text is no paragraph of it.
_ENDINGS = {"dateline", "signature"}


def emendations(page: Page) -> Counter[str]:
    """How many emendations of each kind a page has."""
    inlines = (inline for passage in text_passages(page) for inline in walk_inlines(passage))
    return Counter(inline.kind for inline in inlines if isinstance(inline, Emendation))


def _paragraphs(page: Page) -> int:
    endings = (block for block in walk_blocks(page.blocks) if isinstance(block, Division))
    ended = sum(_of_kind(ending.blocks, Paragraph) for ending in endings if _ENDINGS.intersection(ending.classes))
    return _of_kind(page.blocks, Paragraph) - ended


def _of_kind(blocks: tuple[Block, ...], kind: type[Heading | Paragraph]) -> int:
    return sum(isinstance(block, kind) for block in walk_blocks(blocks))


def _words(runs: Iterator[tuple[Inline, ...]]) -> int:
    """Words parted by white space, as a word processor counts them; a dash that stands alone is none."""
    return sum(any(map(str.isalnum, word)) for run in runs for word in _text(run).split())


def _text(run: tuple[Inline, ...]) -> str:
    """The words of a passage as they are to be read."""
    words: list[str] = []
    for inline in walk_inlines(run):
        match inline:
            case Text(text=text) | Code(text=text) | Emendation(added=text):
                words.append(text)
            case Break():
                words.append(" ")
            case _:
                pass
    return "".join(words)


def _passages(book: Book) -> Iterator[tuple[Inline, ...]]:
    """All that was written for the book and is read in running words: pages with their notes, glossary, chronology."""
    for page in book.pages:
        yield from text_passages(page)
        for note in page.notes:
            yield from passages(note.blocks)
    for entry in book.glossary:
        yield from (entry.gloss, entry.role, entry.fate)
    for event in book.chronology:
        yield event.event


# What a page has, and what only the book has. docs/source-format.md tells the names.
OF_PAGE: Mapping[str, Callable[[Page], int]] = {
    "emendations": lambda page: emendations(page).total(),
    "joins": lambda page: emendations(page)["join"],
    "paragraphs": _paragraphs,
    "headings": lambda page: _of_kind(page.blocks, Heading),
    "words": lambda page: _words(text_passages(page)),
    "notes": lambda page: len(page.notes),
}
OF_BOOK: Mapping[str, Callable[[Book], int]] = {
    "words": lambda book: _words(_passages(book)),
    "entries": lambda book: len(book.glossary),
    "persons": lambda book: sum(entry.kind == "person" for entry in book.glossary),
    "events": lambda book: len(book.chronology),
    "sources": lambda book: len(book.bibliography),
}
COUNTS = tuple(dict.fromkeys((*OF_PAGE, *OF_BOOK)))


def count(book: Book, name: str, page: Page | None = None) -> int:
    """The number of one of `COUNTS` in the book, or in one page: KeyError for what only the book has.

    Of a page the words are those of its title and text, of the book also those of notes, glossary, and chronology.
    """
    if page is not None:
        return OF_PAGE[name](page)
    if name in OF_BOOK:
        return OF_BOOK[name](book)
    return sum(OF_PAGE[name](one) for one in book.pages)
